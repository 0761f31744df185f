import { runAs, startEmbeddedPostgres, unseal } from '@concordat/platform';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Client } from 'pg';
import { basesIn, baseFor, holesIn, walFrom, type BaseBackup } from './catalogue';
import { isEmpty, unpack, walk } from './tar';

export interface BringingBack {
  readonly folder: string;
  /** The text of the key file that opens the backups. */
  readonly keyFile: string;
  /** A data folder that is not there yet, or is empty. */
  readonly dataDir: string;
  /** The moment to bring the database to; as far as the archive reaches when null. */
  readonly until: Date | null;
  /** Checkpoints of the ledger that were kept elsewhere, as notes: what the restored ledger is held against at its start. */
  readonly checkpoints: readonly string[];
  readonly say: (line: string) => void;
}

/** What a restore came to. */
export interface BroughtBack {
  readonly base: BaseBackup;
  readonly walFiles: number;
  readonly documents: number;
  /** When the last transaction that is there was committed, by the database that was lost. */
  readonly lastCommit: Date | null;
}

const PATIENCE_MS = 24 * 3600_000;

/**
 * bringBack makes a data folder out of backups: the newest base of before `until`, the database brought forward by the archive,
 * secrets, keys and documents. It leaves the database stopped, on a timeline of its own. Throws, naming what is missing.
 */
export async function bringBack(options: BringingBack): Promise<BroughtBack> {
  const { folder, keyFile, dataDir, until, say } = options;
  const base = baseFor(basesIn(folder), until);
  if (!base) throw new Error(`There is no base backup${until ? ` of before ${until.toISOString()}` : ''} in ${folder}`);
  if (!(await isEmpty(dataDir))) throw new Error(`${dataDir} is not empty: a restore is made into a folder of its own`);
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
  const at = (name: string): string => join(folder, 'base', base.stamp, name);
  for (const [name, { sha256 }] of Object.entries(base.files))
    if ((await digest(at(name))) !== sha256) throw new Error(`${name} of ${base.stamp} is not what was backed up`);
  say(`Base backup of ${base.finishedAt}`);

  const cluster = join(dataDir, 'postgres', 'cluster');
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  chmodSync(join(dataDir, 'postgres'), 0o711);
  const owner = runAs(cluster);
  if (owner) await chown(cluster, owner.uid, owner.gid);
  await unpack(opened(at('cluster.tar.gz.age'), keyFile, true), cluster, owner);
  await unpack(opened(at('files.tar.gz.age'), keyFile, true), dataDir);
  const documents = await documentsSince(folder, keyFile, dataDir);

  const names = walFrom(base, readdirSync(join(folder, 'wal')));
  const holes = holesIn(names);
  if (holes.length > 0) say(`The archive lacks ${holes.join(', ')}: nothing after the first of them can be reached`);
  for (const name of names) {
    const to = join(cluster, 'pg_wal', name.replace(/(\.gz)?\.age$/, ''));
    const parts: Buffer[] = [];
    for await (const part of opened(join(folder, 'wal', name), keyFile, /\.gz\./.test(name))) parts.push(part);
    await writeFile(to, Buffer.concat(parts), { mode: 0o600 });
    if (owner) await chown(to, owner.uid, owner.gid);
  }
  say(`${names.length} files of the archive, ${documents} documents of since the base`);
  keepOutside(dataDir, options.checkpoints);
  const lastCommit = await recover(dataDir, cluster, until, owner);
  say(`The last transaction that is there: ${lastCommit?.toISOString() ?? 'none since the base'}`);
  return { base, walFiles: names.length, documents, lastCommit };
}

/** Starts the server in recovery and waits until it has come as far as it can, or as it should. */
async function recover(
  dataDir: string,
  cluster: string,
  until: Date | null,
  owner: { uid: number; gid: number } | undefined,
): Promise<Date | null> {
  const signal = join(cluster, 'recovery.signal');
  await writeFile(signal, '', { mode: 0o600 });
  if (owner) await chown(signal, owner.uid, owner.gid);
  const server = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'postgres'),
    readyWithinMs: PATIENCE_MS,
    settings: {
      // Everything lies in pg_wal already, where the server looks when this gives it nothing.
      restore_command: 'exit 1',
      recovery_target_action: 'promote',
      // Not with a Z: the names of time zones are not known yet when the server reads this.
      ...(until ? { recovery_target_time: until.toISOString().replace('Z', '+00') } : {}),
    },
  });
  try {
    const client = new Client({ connectionString: server.adminUrl });
    await client.connect();
    try {
      for (;;) {
        const { rows } = await client.query<{ going: boolean; at: Date | null }>(
          'SELECT pg_is_in_recovery() AS going, pg_last_xact_replay_timestamp() AS at',
        );
        if (!rows[0]!.going) return rows[0]!.at;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

/** Puts checkpoints that were kept elsewhere where the ledger looks before it signs anything. */
function keepOutside(dataDir: string, notes: readonly string[]): void {
  if (notes.length === 0) return;
  const dir = join(dataDir, 'ledger', 'checkpoints');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const at = new Date().toISOString();
  const lines = notes.map((note) => JSON.stringify({ at, note })).join('\n');
  writeFileSync(join(dir, `${at.slice(0, 10)}.jsonl`), `\n${lines}\n`, { flag: 'a', mode: 0o600 });
}

async function documentsSince(folder: string, keyFile: string, dataDir: string): Promise<number> {
  const from = join(folder, 'documents');
  if (!existsSync(from)) return 0;
  let count = 0;
  for await (const entry of walk(from, (name) => name.endsWith('.part'))) {
    const to = join(dataDir, 'documents', entry.name.replace(/\.age$/, ''));
    if (!('path' in entry) || existsSync(to)) continue;
    mkdirSync(join(to, '..'), { recursive: true, mode: 0o700 });
    const parts: Buffer[] = [];
    for await (const part of opened(entry.path, keyFile, false)) parts.push(part);
    await writeFile(to, Buffer.concat(parts), { mode: 0o600 });
    count++;
  }
  return count;
}

/** What a sealed file holds. Reading it fails when the file is not whole, was changed, or is sealed to another key. */
function opened(path: string, keyFile: string, zipped: boolean): AsyncIterable<Buffer> {
  const steps = [createReadStream(path), unseal(keyFile), ...(zipped ? [createGunzip()] : []), new PassThrough()];
  return pipeline(steps, () => undefined) as unknown as AsyncIterable<Buffer>;
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Notes of checkpoints from a file: one note, or lines of `{at, note}` as the audit service keeps them. */
export function notesIn(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (!text.trimStart().startsWith('{')) return [text];
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { note: string }).note);
}
