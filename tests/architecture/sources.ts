import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Files below some folders whose path fits. */
export function sources(folders: readonly string[], fits: (path: string) => boolean): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path) && fits(path))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  );
}

export const isTest = (path: string): boolean => /\.(spec|testing|contract)\.ts$/.test(path);
