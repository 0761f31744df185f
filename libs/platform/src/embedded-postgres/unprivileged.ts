import { accessSync, chmodSync, constants, mkdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './errors';

/** Who the PostgreSQL processes run as. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** "nobody": needs no account on the machine, since PostgreSQL only ever compares numbers. */
const NOBODY: RunAs = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root, so root hands it to an unprivileged uid: the owner of an existing cluster (one
 * that was started without root before), else nobody. Undefined means: run it as we are.
 */
export function runAs(cluster: string): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = stat(cluster);
  return owner === undefined || owner.uid === 0 ? NOBODY : { uid: owner.uid, gid: owner.gid };
}

/** Whether `who` can reach into `dir`: every folder on the way must let it pass (a 0700 home does not). */
export function reachable(dir: string, who: RunAs): boolean {
  for (let at = resolve(dir); ; at = dirname(at)) {
    const s = stat(at);
    if (s !== undefined && !mayPass(s, who)) return false;
    if (dirname(at) === at) return true;
  }
}

function mayPass(s: Stats, who: RunAs): boolean {
  if (s.uid === who.uid) return (s.mode & 0o100) !== 0;
  if (s.gid === who.gid) return (s.mode & 0o010) !== 0;
  return (s.mode & 0o001) !== 0;
}

/** Makes `dir` so that an unprivileged uid can pass through the folders made now, whatever the umask. */
export function makePassable(dir: string): void {
  const first = mkdirSync(dir, { recursive: true });
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let at = resolve(dir); ; at = dirname(at)) {
    chmodSync(at, 0o711);
    if (at === resolve(first) || dirname(at) === at) return;
  }
}

/**
 * A folder for what cannot stay where it is because nobody could not reach it: under /var/lib, which survives a
 * restart of the machine, else under /var/tmp.
 *
 * @param forDir the folder it stands in for, for the message
 * @param name the same name gives the same folder again
 */
export function standIn(forDir: string, name: string): string {
  for (const base of ['/var/lib/concordat', '/var/tmp/concordat']) {
    try {
      const dir = join(base, name);
      makePassable(dir);
      accessSync(dir, constants.W_OK);
      if (reachable(dir, NOBODY)) return dir;
    } catch {
      continue;
    }
  }
  throw new EmbeddedPostgresError(
    'folder-not-ours',
    `PostgreSQL may not run as root, and an unprivileged user cannot reach ${forDir}. ` +
      'Choose a data folder that every user may pass through (CONCORDAT_DATA=/srv/concordat), or do not run as root.',
  );
}

function stat(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
