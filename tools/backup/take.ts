import { seal } from '@concordat/platform';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import type { BaseBackup } from './catalogue';
import { pack, walk, type Entry } from './tar';

export interface Taking {
  /** The data folder of the all-in-one that runs. */
  readonly dataDir: string;
  /** As the superuser of its database. */
  readonly adminUrl: string;
  readonly folder: string;
  readonly recipient: string;
}

/** How long the server may take to archive the last file that the base needs. */
const ARCHIVED_WITHIN_MS = 10 * 60_000;

/** What of a cluster is not copied (PostgreSQL's manual, 25.3.4): made anew at each start, or not for a copy. */
const EMPTIED =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/(?!archive_status$|summaries$)/;
const LEFT =
  /^(postmaster\.(pid|opts)|backup_label|tablespace_map|global\/pg_control)$|(^|\/)(pgsql_tmp|pg_internal\.init)/;
/** What of a data folder is not copied: the database, which is copied by itself, and what can be made again. */
const APART = /^(postgres|log|cache|\.cache)(\/|$)|\.part$/;

/**
 * takeBase takes a base backup of a running installation: the database's files while it works, and everything else in the data
 * folder (secrets, the ledger's key and copies, documents), each packed, compressed and sealed. It is in the catalogue only
 * when it is whole. Throws when the server does not archive: a base could then not be used.
 */
export async function takeBase({ dataDir, adminUrl, folder, recipient }: Taking): Promise<BaseBackup> {
  const client = new Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  const aside = join(folder, 'base', `taking-${process.pid}`);
  try {
    const server = await archivingServer(client);
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    const from = await client.query<{ at: Date; wal: string }>(
      `SELECT clock_timestamp() AS at, pg_walfile_name(pg_backup_start('concordat', true)) AS wal`,
    );
    let label = '';
    let until: { at: Date; wal: string } | null = null;
    const cluster = async function* (): AsyncGenerator<Entry> {
      yield* walk(server.dir, (name) => EMPTIED.test(name) || LEFT.test(name));
      yield { name: 'global/pg_control', bytes: await settled(join(server.dir, 'global', 'pg_control')) };
      const stopped = await client.query<{ label: string; wal: string; at: Date }>(
        'SELECT labelfile AS label, pg_walfile_name(lsn) AS wal, clock_timestamp() AS at FROM pg_backup_stop(true)',
      );
      label = stopped.rows[0]!.label;
      until = stopped.rows[0]!;
      yield { name: 'backup_label', bytes: Buffer.from(label) };
    };
    const files = {
      'cluster.tar.gz.age': await write(join(aside, 'cluster.tar.gz.age'), cluster(), recipient),
      'files.tar.gz.age': await write(join(aside, 'files.tar.gz.age'), otherFiles(dataDir), recipient),
    };
    const { at, wal } = until as unknown as { at: Date; wal: string };
    const stamp = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const backup: BaseBackup = {
      stamp,
      startedAt: from.rows[0]!.at.toISOString(),
      finishedAt: at.toISOString(),
      firstWal: from.rows[0]!.wal,
      lastWal: wal,
      serverVersion: server.version,
      recipient,
      files,
    };
    writeFileSync(join(aside, 'backup.json'), `${JSON.stringify(backup, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(aside, join(folder, 'base', stamp));
    return backup;
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end(); // a backup that was begun and not ended ends with its session
  }
}

async function archivingServer(client: Client): Promise<{ dir: string; version: string }> {
  const { rows } = await client.query<{ dir: string; version: string; mode: string }>(
    `SELECT current_setting('data_directory') AS dir, current_setting('server_version') AS version, current_setting('archive_mode') AS mode`,
  );
  if (rows[0]!.mode === 'off')
    throw new Error('The database does not archive. Start with CONCORDAT_BACKUP and CONCORDAT_BACKUP_RECIPIENT first');
  if (!existsSync(rows[0]!.dir)) throw new Error('The database is on another machine: back it up there');
  await client.query(`SET statement_timeout = ${ARCHIVED_WITHIN_MS}`);
  return rows[0]!;
}

/** The control file is written in one piece, and two reads that agree have not met that. */
async function settled(path: string): Promise<Buffer> {
  for (let tries = 0; tries < 100; tries++) {
    const [a, b] = [readFileSync(path), readFileSync(path)];
    if (a.equals(b)) return a;
  }
  throw new Error('The control file does not come to rest');
}

async function* otherFiles(dataDir: string): AsyncGenerator<Entry> {
  const moved = join(dataDir, 'postgres', 'moved-to');
  const home = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : join(dataDir, 'postgres');
  // The roles' passwords are derived from it, and the database knows them.
  yield { name: 'postgres/password', bytes: readFileSync(join(home, 'password')) };
  yield* walk(dataDir, (name) => APART.test(name));
}

async function write(path: string, entries: AsyncIterable<Entry>, recipient: string) {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(part: Buffer, _, done) {
      hash.update(part);
      bytes += part.length;
      done(null, part);
    },
  });
  const out = createWriteStream(path, { mode: 0o600 });
  await pipeline(Readable.from(pack(entries)), createGzip({ level: 1 }), seal(recipient), measure, out);
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
  return { sha256: hash.digest('hex'), bytes };
}
