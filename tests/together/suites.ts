import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import alone from './alone.json';

const ROOT = join(__dirname, '../..');

/** Every app that is not named, so that a new context's suites are run without anybody thinking of it. */
export const allBut = (...contexts: string[]): string[] =>
  readdirSync(join(ROOT, 'apps')).filter((app) => !contexts.includes(app));

/**
 * Loads every `of`-th suite of some contexts that needs a database, beginning with the `part`-th, to run one after another in
 * one process: to load the code anew for each took as long as its tests. Each keeps its own platform and its own database, and
 * still runs by itself when jest is asked for its file. What `alone.json` names measures memory, or takes as long as all others
 * of its context.
 */
export function suitesOf(contexts: readonly string[], part = 1, of = 1): void {
  contexts
    .flatMap((context) =>
      readdirSync(join(ROOT, 'apps', context, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.int.spec.ts'))
        .map((name) => join('apps', context, 'src', name))
        .sort(),
    )
    .filter((file) => !alone.includes(file))
    .filter((_, i) => i % of === part - 1)
    .forEach((file) => {
      // In a block, so that what a suite does before all of its tests is not done before those of others.
      describe(file, () => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        require(join(ROOT, file));
      });
    });
}
