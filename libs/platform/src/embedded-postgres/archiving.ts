import { accessSync, chownSync, constants, copyFileSync, existsSync, mkdirSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors';
import { makePassable, reachable, type RunAs } from './unprivileged';

/** Where the server's log of changes (WAL) is archived, so that a base backup can be brought to any later moment. */
export interface Archive {
  /** The folder of backups, on other storage than the data. */
  readonly folder: string;
  /** To whom each file is sealed: `age1…`. */
  readonly recipient: string;
  /** A change is in the archive after this many seconds at the latest, though its file is not full. */
  readonly withinSeconds: number;
}

const PROGRAMS = ['archive-wal.js', 'age.js', 'age-keys.js'];

/**
 * The settings with which the server archives, after everything that they need has been put where its user can reach it.
 *
 * @throws EmbeddedPostgresError `folder-not-ours` when that user cannot reach the folder or Node
 */
export function archiving(archive: Archive, home: string, who: RunAs | undefined): Record<string, string> {
  const to = join(archive.folder, 'wal');
  const programs = join(home, 'archiver');
  makePassable(archive.folder);
  for (const [dir, mode] of [
    [to, 0o700],
    [programs, 0o755],
  ] as const) {
    mkdirSync(dir, { recursive: true });
    chmodSync(dir, mode);
  }
  for (const name of PROGRAMS) {
    const source = join(__dirname, '..', 'backup', name);
    if (!existsSync(source))
      throw new EmbeddedPostgresError('start-failed', 'The archiver has not been built: npm run build');
    copyFileSync(source, join(programs, name));
    chmodSync(join(programs, name), 0o644);
  }
  if (who !== undefined) {
    chownSync(to, who.uid, who.gid);
    for (const path of [to, process.execPath])
      if (!reachable(path, who))
        throw new EmbeddedPostgresError(
          'folder-not-ours',
          `PostgreSQL may not run as root, and the user that it runs as cannot reach ${path}. ` +
            'Choose a folder of backups that every user may pass through (CONCORDAT_BACKUP=/srv/backup), and a Node for all users.',
        );
  } else accessSync(to, constants.W_OK);
  const word = (text: string): string => `"${text.replaceAll('%', '%%').replaceAll('"', '\\"')}"`;
  return {
    wal_level: 'replica',
    archive_mode: 'on',
    archive_timeout: `${archive.withinSeconds}s`,
    archive_command: `${word(process.execPath)} ${word(join(programs, PROGRAMS[0]!))} "%p" "%f" ${word(to)} ${archive.recipient}`,
  };
}
