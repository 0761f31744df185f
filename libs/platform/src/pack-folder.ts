import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of a shipped pack. Packs lie beside `apps` and `libs`, and are not copied to where built code runs, so it is
 * looked for upwards from here. Throws when it is not installed.
 */
export function packFolder(pack: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = join(folder, 'packs', pack);
    if (existsSync(join(found, 'manifest.yaml'))) return found;
    if (folder === dirname(folder)) throw new Error(`The pack ${pack} is not installed`);
  }
}
