import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the repository, found from the sources and from dist alike. */
export function repositoryRoot(): string {
  for (let dir = __dirname; dirname(dir) !== dir; dir = dirname(dir)) {
    const manifest = join(dir, 'package.json');
    if (
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'concordat'
    ) {
      return dir;
    }
  }
  throw new Error(`${__dirname} is not inside the Concordat repository`);
}

/** Where things that were fetched or compiled once are kept: CONCORDAT_CACHE, else .cache in the repository. */
export function cacheFolder(name: string): string {
  return join(process.env['CONCORDAT_CACHE'] || join(repositoryRoot(), '.cache'), name);
}
