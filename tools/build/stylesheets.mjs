import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const isStylesheet = (path) => path.endsWith('.scss');

/**
 * Compiles the Sass entry points (files not named `_…`) to minified CSS at `outputOf(path)`. Sass takes seconds over
 * the whole of govuk-frontend, so results are kept in .cache/ by the content of all stylesheets and the versions of
 * the packages they load from.
 */
export async function compileStylesheets(root, paths, outputOf) {
  const key = createHash('sha256');
  for (const path of [...paths].sort()) key.update(path).update(readFileSync(join(root, path)));
  for (const name of ['sass', 'govuk-frontend', '@ministryofjustice/frontend']) {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (existsSync(manifest)) key.update(readFileSync(manifest));
  }
  const cache = join(root, '.cache', 'stylesheets', key.digest('hex').slice(0, 24));
  for (const path of paths.filter((at) => !basename(at).startsWith('_'))) {
    const cached = join(cache, `${path.replaceAll('/', '-')}.css`);
    if (!existsSync(cached)) {
      const sass = await import('sass');
      // Synchronously is a third faster, and SWC works on threads of its own meanwhile.
      const { css } = sass.compile(join(root, path), {
        // The root itself because the MoJ frontend loads 'node_modules/govuk-frontend/…'.
        loadPaths: [join(root, 'node_modules'), root],
        style: 'compressed',
        quietDeps: true,
        silenceDeprecations: ['import'],
        logger: { warn: (message, about) => isOurs(about) && console.warn(message) },
      });
      mkdirSync(cache, { recursive: true });
      writeFileSync(cached, css);
    }
    mkdirSync(dirname(outputOf(path)), { recursive: true });
    cpSync(cached, outputOf(path));
  }
}

/** The design systems warn about themselves; only what our own stylesheets do is worth reading. */
function isOurs({ span, stack }) {
  return !`${span?.url ?? ''} ${stack ?? ''}`.includes('node_modules');
}
