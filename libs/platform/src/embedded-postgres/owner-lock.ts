import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors';
import { startTimeOf } from './process';

interface Owner {
  readonly pid: number;
  /** Of the process, as `startTimeOf` gives it. */
  readonly started: string;
  /** ISO 8601, for the message. */
  readonly since: string;
}

/**
 * Takes the data folder for this process: one running Concordat per folder, because two would each run relays and
 * jobs as if alone. The lock is a file with the pid and start time of its owner, so it needs no clean-up after
 * `kill -9`: a lock whose owner no longer runs is simply taken over. Returns the release.
 *
 * @throws EmbeddedPostgresError `folder-taken` while the owner runs (also when it is this very process).
 */
export function takeFolder(dir: string): () => void {
  const path = join(dir, 'owner.json');
  const own: Owner = {
    pid: process.pid,
    started: startTimeOf(process.pid) ?? 'unknown',
    since: new Date().toISOString(),
  };
  const mine = `${path}.${process.pid}`;
  const text = JSON.stringify(own);
  writeFileSync(mine, text, { mode: 0o644 });
  try {
    for (let tries = 0; tries < 10; tries++) {
      // link() fails when the name exists and shows the file only with its whole content, which open('wx') does not.
      if (linked(mine, path)) return () => release(path, text);
      const held = read(path);
      if (held === undefined) continue;
      const owner = parse(held);
      if (owner !== undefined && startTimeOf(owner.pid) === owner.started) throw taken(dir, owner);
      setAside(path, held);
    }
    throw taken(dir, undefined);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Moves a dead owner's lock out of the way; when another starter was quicker and it is theirs by now, puts it back. */
function setAside(path: string, seen: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside) !== seen) linked(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, text: string): void {
  if (read(path) === text) rmSync(path, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

function taken(dir: string, owner: Owner | undefined): EmbeddedPostgresError {
  const who = owner === undefined ? 'another process' : `process ${owner.pid}, running since ${owner.since}`;
  return new EmbeddedPostgresError(
    'folder-taken',
    `The data folder ${dir} is in use by another running Concordat (${who}). ` +
      'Stop that one first, or give this one a folder of its own with CONCORDAT_DATA.',
  );
}
