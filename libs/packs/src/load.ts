import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Finding, PackError } from './findings';
import type * as reader from './read';
import { Packs } from './packs';
import type { PackContents } from './types';

/** Raised whenever what is kept would no longer fit: it is part of the name of a kept pack. */
const FORMAT = 15;

/** Where a checked pack may be kept between starts. */
export type LoadOptions = {
  /**
   * A folder of our own, such as `<data>/cache`. Reading and checking YAML costs 100 to 300 ms; a pack whose files are
   * unchanged, byte for byte, is taken from here in 5 ms. A folder that cannot be read or written is done without.
   */
  readonly cache?: string;
};

/**
 * loadPacks reads, checks and freezes the pack in a folder: every `.yaml` file in it and in the folders below.
 * @throws PackError naming all that is wrong with file, line and place
 * @throws Error (ENOENT) if there is no such folder
 */
export function loadPacks(folder: string, options: LoadOptions = {}): Packs {
  const sources = sourcesIn(folder);
  if (options.cache === undefined) return new Packs(check(folder, sources));

  const digest = createHash('sha256')
    .update(JSON.stringify([FORMAT, sources]))
    .digest('hex');
  const kept = join(options.cache, `pack-${digest}.json`);
  const known = recall(kept);
  if (known) return new Packs(known);
  const contents = check(folder, sources);
  keep(options.cache, kept, contents);
  return new Packs(contents);
}

/** What a folder would hold with one more file: everything that is wrong, or the pack that it would be. */
export type Tried = { readonly problems: readonly Finding[]; readonly packs: Packs | null };

/**
 * tryDocument checks the pack of a folder as if a file lay in it, in the place of the one that has its name in the folder or
 * below, if there is one. Nothing is written, and nothing is kept.
 * @throws Error (ENOENT) if there is no such folder
 */
export function tryDocument(folder: string, { file, text }: reader.SourceText): Tried {
  const there = sourcesIn(folder);
  const place = there.find((source) => basename(source.file) === file)?.file ?? file;
  const sources = [...there.filter((source) => source.file !== place), { file: place, text }];
  try {
    return { problems: [], packs: new Packs(check(folder, sources)) };
  } catch (error) {
    if (error instanceof PackError) return { problems: error.findings, packs: null };
    // Whoever sends a file may send one on which the parser of YAML runs out of stack.
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ file: place, line: 1, path: '', reason: 'is nested too deeply to be read' }], packs: null };
  }
}

function sourcesIn(folder: string): reader.SourceText[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

function check(folder: string, sources: readonly reader.SourceText[]): PackContents {
  // Required here so that a start with a kept pack does not pay 30 ms for the YAML parser.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readPack } = require('./read') as typeof reader;
  return readPack(folder, sources);
}

function recall(file: string): PackContents | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PackContents;
  } catch {
    return undefined;
  }
}

/** Written aside and renamed, so that another process never sees half of it. */
function keep(folder: string, file: string, contents: PackContents): void {
  const aside = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(aside, JSON.stringify(contents), { mode: 0o600 });
    renameSync(aside, file);
  } catch {
    // The pack is loaded all the same; the next start reads the YAML again.
  }
}
