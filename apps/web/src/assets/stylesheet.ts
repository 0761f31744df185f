import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Sass from 'sass';

const ENTRY = 'concordat';

/**
 * The stylesheet as CSS. The build compiles it beside this file; where this runs unbuilt (tests), the build's result is
 * taken if it is not older than its sources, and else it is compiled once per content and kept in `.cache`.
 */
export function stylesheet(): string {
  const beside = join(__dirname, `${ENTRY}.css`);
  if (existsSync(beside)) return readFileSync(beside, 'utf8');
  const root = join(__dirname, '../../../..');
  const built = join(root, 'dist/apps/web/src/assets', `${ENTRY}.css`);
  const sources = readdirSync(__dirname)
    .filter((name) => name.endsWith('.scss'))
    .map((name) => join(__dirname, name));
  const changed = Math.max(...sources.map((source) => statSync(source).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return readFileSync(built, 'utf8');
  return compiledOnce(root, sources);
}

function compiledOnce(root: string, sources: readonly string[]): string {
  const key = createHash('sha256');
  for (const source of [...sources].sort()) key.update(readFileSync(source));
  const folder = join(root, '.cache', 'stylesheets');
  const kept = join(folder, `unbuilt-${key.digest('hex').slice(0, 24)}.css`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  // Only where nothing was built: a compiler has no place in a running service.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const sass = require('sass') as typeof Sass;
  const { css } = sass.compile(join(__dirname, `${ENTRY}.scss`), {
    // The root itself because the MoJ frontend loads 'node_modules/govuk-frontend/…'.
    loadPaths: [join(root, 'node_modules'), root],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import'],
    logger: sass.Logger.silent,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, css);
  renameSync(`${kept}.${process.pid}`, kept);
  return css;
}
