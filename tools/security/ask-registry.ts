import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataUsed, holesIn, type Holes } from './holes';

/** Asks the registry that npm is set to here about what the lock file pins. Changes nothing; takes a request to the network. */
export function askRegistry(root: string, args: readonly string[]): { readonly holes: Holes; readonly data: string } {
  const npm = (...words: string[]): string =>
    spawnSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout;
  const at = new Date();
  const holes = holesIn(npm('audit', '--json', ...args));
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return { holes, data: dataUsed(holes, { registry: npm('config', 'get', 'registry').trim(), at, lock }) };
}
