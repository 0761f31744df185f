import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine';
import type { Result } from './result';

/** Where runs are kept, from the root of the repository. A file holds the runs of one benchmark, oldest first. */
export const RECORDS = 'docs/evidence/performance';

/** One run of a benchmark: what it said, of which state of the code, on which machine, and what was special about it. */
export interface Recorded extends Result {
  /** The commit; `+` after it says that files had been changed since. */
  readonly commit: string;
  /** What was run, as a person would type it. */
  readonly command: string;
  readonly machine: Machine;
  /** Load average of the last minute when the run ended, its own load included. */
  readonly loadAfter?: number;
  readonly note?: string;
}

/** Adds one run to those kept of its benchmark. Answers the file's path. */
export function record(run: Recorded, root = process.cwd()): string {
  const folder = join(root, RECORDS);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${run.name}.json`);
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Recorded[]) : [];
  writeFileSync(path, `${JSON.stringify([...kept, run], null, 2)}\n`);
  return path;
}

/** Every run that is kept, by benchmark, oldest first. */
export function recorded(root = process.cwd()): ReadonlyMap<string, readonly Recorded[]> {
  const folder = join(root, RECORDS);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return new Map(
    files
      .sort()
      .map((name) => [
        name.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded[],
      ]),
  );
}

/** The commit that is checked out; `unknown` where there is no git. */
export function commit(root = process.cwd()): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    // What is recorded between two runs does not change the code.
    const changed = git('status', '--porcelain', '--', '.', `:!${RECORDS}`, ':!docs/performance.md');
    return `${git('rev-parse', '--short=9', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}
