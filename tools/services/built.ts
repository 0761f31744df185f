import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json, seen from the source tree and from `dist` alike. */
export const ROOT = findRoot(__dirname);

/** Where the built form of a source file is: `apps/web/src/main` → `…/dist/apps/web/src/main.js`. */
export function built(path: string): string {
  const file = join(ROOT, 'dist', `${path}.js`);
  if (!existsSync(file)) throw new Error(`${path}.ts has not been built: npm run build`);
  return file;
}

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const up = dirname(from);
  if (up === from) throw new Error('There is no package.json above this file');
  return findRoot(up);
}
