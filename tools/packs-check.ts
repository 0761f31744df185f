import { PackError, loadPacks } from '@concordat/packs';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './services/built';

/** Folders below `packs` that hold no pack. */
const NO_PACKS = new Set(['demo']);

/**
 * `npm run packs:check [-- FOLDER…]`: checks packs, all that are shipped unless some are named. Prints every finding as
 * `file:line: place: reason` and ends with 1 when there is one.
 */
function main(asked: readonly string[]): void {
  for (const folder of asked.length > 0 ? asked : shipped()) {
    try {
      const packs = loadPacks(folder);
      const kinds = packs.reviewKinds();
      console.log(
        `${folder}: ${packs.version}, ${packs.pathways().length} pathways, ${kinds.length} kinds of reviews, nothing wrong`,
      );
      // What review-kinds/published.yaml must say of them once they are published.
      for (const { code, version, digest } of kinds.filter(({ published }) => !published))
        console.log(`  not published yet: { code: ${code}, version: ${version}, digest: ${digest} }`);
    } catch (error) {
      process.exitCode = 1;
      for (const line of told(folder, error)) console.error(line);
    }
  }
}

const shipped = (): string[] =>
  readdirSync(join(ROOT, 'packs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_PACKS.has(entry.name))
    .map((entry) => relative(process.cwd(), join(ROOT, 'packs', entry.name)));

function told(folder: string, error: unknown): string[] {
  if (error instanceof PackError)
    return error.findings.map(({ file, line, path, reason }) =>
      [`${join(folder, file)}:${line}`, ...(path === '' ? [] : [path]), reason].join(': '),
    );
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [`${folder}:1: there is no such folder`];
  throw error;
}

main(process.argv.slice(2));
