import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { EmbeddedPostgresError } from './errors';
import type { RunAs } from './unprivileged';

/** The superuser that initdb makes. It bypasses row-level security, so it migrates and never serves. */
export const ADMIN = 'concordat';

/** PostgreSQL's own folder inside the data folder. */
export const clusterDir = (home: string): string => join(home, 'cluster');

/**
 * Makes the cluster in `home` if there is none: UTF-8, the C.UTF-8 locale of PostgreSQL's own builtin provider (code
 * point order, the same on every machine and across library upgrades), UTC, scram-sha-256 with a generated password.
 * It is made under another name and renamed when complete, so a start that is killed half-way leaves nothing that
 * looks like a cluster. Returns whether it was made now.
 */
export async function ensureCluster(
  home: string,
  binaries: Binaries,
  who: RunAs | undefined,
  durable: boolean,
): Promise<boolean> {
  const dir = clusterDir(home);
  if (existsSync(join(dir, 'PG_VERSION'))) {
    refuseForeign(dir, binaries);
    return false;
  }
  const making = `${dir}.new`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  const password = `${making}.password`;
  writeFileSync(password, ensurePassword(home), { mode: 0o600 });
  if (who !== undefined) for (const path of [making, password]) chownSync(path, who.uid, who.gid);
  const options = [
    ...['-D', making, '-U', ADMIN, '-A', 'scram-sha-256', `--pwfile=${password}`, '-E', 'UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await run(binaries.initdb, options, who);
  } finally {
    rmSync(password, { force: true });
  }
  renameSync(making, dir);
  return true;
}

/** The generated password of the superuser, in a file only the owner of the data folder can read. */
export function ensurePassword(home: string): string {
  const path = join(home, 'password');
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

function refuseForeign(dir: string, binaries: Binaries): void {
  const made = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  const have = binaries.version.split('.')[0];
  if (made !== have) {
    throw new EmbeddedPostgresError(
      'folder-not-ours',
      `The data in ${dir} was written by PostgreSQL ${made}, and this Concordat brings PostgreSQL ${have}. ` +
        'Keep the folder, and see docs/how-to for moving it; or choose another with CONCORDAT_DATA.',
    );
  }
  const uid = process.getuid?.();
  if (uid !== undefined && uid !== 0 && statSync(dir).uid !== uid) {
    throw new EmbeddedPostgresError(
      'folder-not-ours',
      `The data folder ${dir} belongs to another user (uid ${statSync(dir).uid}). ` +
        'Run as that user (as root, if it was made by root), or choose another folder with CONCORDAT_DATA.',
    );
  }
}

/** PATH and friends of the caller are of no use to PostgreSQL, and PG* variables could change what it does. */
export const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

function run(file: string, args: string[], who: RunAs | undefined): Promise<void> {
  return new Promise((done, fail) => {
    // cwd: initdb starts children and wants to come back to where it began, which nobody may be unable to enter.
    const child = spawn(file, args, { ...who, cwd: '/', env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (cause) => fail(new EmbeddedPostgresError('start-failed', `${file} did not start.`, { cause })));
    child.on('close', (code) =>
      code === 0 ? done() : fail(new EmbeddedPostgresError('start-failed', `initdb failed (${code}):\n${output}`)),
    );
  });
}
