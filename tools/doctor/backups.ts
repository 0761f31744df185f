import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { basesIn, holesIn, walFrom, type BaseBackup } from '../backup/catalogue';
import { notChecked, orWell, wrong, type Finding } from './finding';

/** A base a day, and some hours for it to be taken in. */
const BASE_WITHIN_H = 26;

/** How the server archives, as it says itself. */
export interface ArchiverAsFound {
  readonly mode: string;
  readonly lastArchived: Date | null;
  readonly lastFailed: Date | null;
}

/** What a folder of backups holds. */
export interface BackupsAsFound {
  readonly bases: readonly BaseBackup[];
  readonly wal: readonly string[];
}

/** Looks at how the database is backed up: at the server, and at the folder of backups where there is one (CONCORDAT_BACKUP). */
export async function examineBackups(client: Client, folder: string | null): Promise<readonly Finding[]> {
  const { rows } = await client.query<ArchiverAsFound>(
    `SELECT current_setting('archive_mode') AS mode, last_archived_time AS "lastArchived", last_failed_time AS "lastFailed"
       FROM pg_stat_archiver`,
  );
  return judgeBackups(rows[0]!, folder === null ? null : backupsIn(folder), new Date());
}

function backupsIn(folder: string): BackupsAsFound {
  const wal = join(folder, 'wal');
  return { bases: basesIn(folder), wal: existsSync(wal) ? readdirSync(wal) : [] };
}

/** `now` is compared with times of the database, which may be some seconds apart from it. */
export function judgeBackups(server: ArchiverAsFound, found: BackupsAsFound | null, now: Date): readonly Finding[] {
  const about = 'Backups';
  const { mode, lastArchived, lastFailed } = server;
  if (found === null && mode === 'off')
    return [notChecked(about, 'how the database is backed up is not known here: restore one, and verify its ledger')];
  const failing = lastFailed !== null && (lastArchived === null || lastFailed > lastArchived);
  const archiving: Finding[] =
    mode === 'off'
      ? [
          wrong(
            about,
            'the database does not archive: what is after the last base would be lost',
            'Set CONCORDAT_BACKUP for the service too, and restart it',
          ),
        ]
      : failing
        ? [
            wrong(
              about,
              `archiving fails; the last that succeeded was ${lastArchived?.toISOString() ?? 'never'}`,
              'Look at the log of PostgreSQL and at the space in the folder of backups. What is not archived fills the disk',
            ),
          ]
        : [];
  if (found === null) return orWell(about, 'the database archives; where its bases are is not known here', archiving);
  const base = found.bases.at(-1);
  const hours = base ? (now.getTime() - new Date(base.finishedAt).getTime()) / 3600_000 : Infinity;
  const holes = base ? holesIn(walFrom(base, found.wal)) : [];
  return orWell(about, `a base of ${hours.toFixed(1)} hours ago, and the archive since`, [
    ...archiving,
    ...(base && hours <= BASE_WITHIN_H
      ? []
      : [
          wrong(
            about,
            base ? `the newest base is ${Math.round(hours)} hours old` : 'there is no base',
            'Run npm run backup, every night',
          ),
        ]),
    ...(holes.length > 0
      ? [
          wrong(
            about,
            `the archive lacks ${holes.join(', ')}`,
            'Take a base now: nothing after the hole can be reached from an older one',
          ),
        ]
      : []),
  ]);
}
