import { Visitors } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { localSecrets, newBackupKey } from '@concordat/platform';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePorts } from '../infrastructure/server-process';
import { adminUrlOf } from '../services/all-in-one';
import { built } from '../services/built';
import { NodeProcess } from '../services/node-process';
import { bringBack } from './bring-back';
import { accountOf, type Account } from './account';
import { takeBase } from './take';

export interface DrillOptions {
  readonly acts: number;
  readonly withinSeconds: number;
  /** Whether to bring it back to a moment in the middle of the acts, and not as far as the archive reaches. */
  readonly toAMoment?: boolean;
  readonly say: (line: string) => void;
}

/** What came of bringing it back to a moment. Receipts of before must be there, those of after must not. */
export interface BroughtBackTo {
  readonly moment: string;
  readonly before: { readonly receipts: number; readonly missing: number };
  readonly after: { readonly receipts: number; readonly missing: number };
}

/** What a drill came to. Times in milliseconds. */
export interface DrillResult extends Account {
  readonly acts: number;
  readonly withinSeconds: number;
  readonly baseMs: number;
  readonly baseBytes: number;
  readonly actsMs: number;
  readonly walFiles: number;
  /** From the first command of the restore until the installation answered again. */
  readonly restoreMs: number;
  /** From the last acknowledged act back to the last commit that is there: what a loss at that moment costs. */
  readonly lostMs: number;
  readonly until: BroughtBackTo | null;
}

const CLIENTS = 8;
const LOOK_MS = 500;

/**
 * restoreDrill backs up a throw-away installation, has people act in it, deletes its data folder in the middle, and restores.
 * What was kept outside, as other parties keep it, is the log's key, its checkpoints and each person's receipts.
 */
export async function restoreDrill({
  acts,
  withinSeconds,
  toAMoment = false,
  say,
}: DrillOptions): Promise<DrillResult> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-drill-'));
  chmodSync(dir, 0o711);
  const [lost, restored, folder, outside] = ['lost', 'restored', 'backup', 'outside'].map((n) => join(dir, n)) as [
    string,
    string,
    string,
    string,
  ];
  for (const each of [lost, folder, outside]) mkdirSync(each, { mode: 0o711 });
  writeFileSync(join(lost, 'demonstration.json'), '{}');
  const { recipient, identity } = newBackupKey();
  const backups = {
    CONCORDAT_BACKUP: folder,
    CONCORDAT_BACKUP_RECIPIENT: recipient,
    CONCORDAT_BACKUP_WITHIN_SECONDS: String(withinSeconds),
  };
  let running: Installation | null = null;
  try {
    running = await install(lost, backups, 'ready');
    const policy = join(outside, 'policy');
    writeFileSync(policy, await text(running, '/api/audit/policy'));
    const kept = keepCheckpoints(running);

    let began = performance.now();
    const base = await takeBase({ dataDir: lost, adminUrl: adminUrlOf(lost), folder, recipient });
    const baseMs = Math.round(performance.now() - began);
    const baseBytes = Object.values(base.files).reduce((sum, f) => sum + f.bytes, 0);
    say(`Base backup: ${(baseBytes / 1e6).toFixed(1)} MB in ${baseMs} ms`);

    began = performance.now();
    const before = toAMoment ? await act(running, Math.ceil(acts / 2)) : [];
    const moment = toAMoment ? await clockOf(lost) : null;
    const after = await act(running, acts - before.length);
    const receipts = [...before, ...after];
    const actsMs = Math.round(performance.now() - began);
    say(`${receipts.length} acts were acknowledged in ${(actsMs / 1000).toFixed(1)} s`);
    if (moment) {
      say(`${before.length} of them before ${moment.toISOString()}, the moment to bring it back to`);
      await archivedSince(lost, await clockOf(lost));
      // So that something is known outside that is to be missed.
      await kept.reaches(await sizeWith(lost, after));
    }

    const lastAct = Date.now();
    await kept.seenSince(began);
    await lose(running, lost);
    running = null;
    const notes = kept.stop();
    say(
      `The data folder is gone. Kept outside: the log's key, ${notes.length} checkpoints, ${receipts.length} receipts`,
    );

    began = performance.now();
    const back = await bringBack({
      folder,
      keyFile: identity,
      dataDir: restored,
      until: moment,
      checkpoints: notes.slice(-1),
      say: (line) => say(`  ${line}`),
    });
    running = await install(restored, {}, 'live');
    const restoreMs = Math.round(performance.now() - began);
    say(`Restored and answering after ${(restoreMs / 1000).toFixed(1)} s`);
    const account = await accountOf({
      ...running,
      adminUrl: adminUrlOf(restored),
      dir: outside,
      policy,
      notes,
      receipts,
      say,
    });
    const lostMs = Math.max(0, lastAct - (back.lastCommit?.getTime() ?? 0));
    const lacking = (ids: readonly string[]) => ({
      receipts: ids.length,
      missing: ids.filter((id) => account.missing.includes(id)).length,
    });
    const until = moment && { moment: moment.toISOString(), before: lacking(before), after: lacking(after) };
    const held = !until || (until.before.missing === 0 && until.after.missing === until.after.receipts);
    if (until) say(`Of before the moment ${until.before.missing} are missing, of after it ${until.after.missing}`);
    return {
      ...{ acts, withinSeconds, baseMs, baseBytes, actsMs, walFiles: back.walFiles, restoreMs, lostMs },
      ...account,
      ...{ until, accounted: account.accounted && held },
    };
  } finally {
    await running?.node.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function asked<T extends object>(dataDir: string, sql: string, values: readonly unknown[] = []): Promise<T> {
  const client = new Client({ connectionString: adminUrlOf(dataDir) });
  await client.connect();
  try {
    return (await client.query<T>(sql, [...values])).rows[0]!;
  } finally {
    await client.end();
  }
}

const clockOf = async (dataDir: string): Promise<Date> =>
  (await asked<{ now: Date }>(dataDir, 'SELECT clock_timestamp() AS now')).now;

/** Waits until the log holds all of these acts, and resolves to its size. */
async function sizeWith(dataDir: string, acts: readonly string[]): Promise<number> {
  const sealed =
    'SELECT count(*)::int AS n, (SELECT size::int FROM audit.log_state) AS size FROM audit.entry WHERE event_id = ANY ($1)';
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const { n, size } = await asked<{ n: number; size: number }>(dataDir, sealed, [acts]);
    if (n === acts.length) return size;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('what was done was not sealed within a minute');
}

/** Waits until everything that was written before a moment is in the archive. */
async function archivedSince(dataDir: string, moment: Date): Promise<void> {
  const archived = 'SELECT coalesce(last_archived_time > $1, false) AS yes FROM pg_stat_archiver';
  for (const until = Date.now() + 120_000; Date.now() < until;) {
    if ((await asked<{ yes: boolean }>(dataDir, archived, [moment])).yes) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('nothing was archived within two minutes');
}

/** A running all-in-one, and its people. */
interface Installation {
  readonly node: NodeProcess;
  readonly url: string;
  readonly visitors: Visitors;
}

/** `live` is all that can be waited for where the ledger may refuse to go on. */
async function install(dataDir: string, env: Record<string, string>, until: 'ready' | 'live'): Promise<Installation> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const node = new NodeProcess({
    name: 'all-in-one',
    main: built('apps/all-in-one/src/main'),
    env: { PORT: String(port), CONCORDAT_DATA: dataDir, LOG_LEVEL: 'fatal', ...env },
    dir: join(dataDir, 'log'),
    readyUrl: `${url}/health/${until}`,
  });
  // A machine with much else to do may give up on its first connection to a database that is only just there.
  await node.start().catch(() => node.start());
  const personaSecret = localSecrets(dataDir).of('persona-client');
  return { node, url, visitors: new Visitors({ urlOf: (p) => url + p, tokenUrl: `${url}/oidc/token`, personaSecret }) };
}

async function text({ url }: Installation, path: string): Promise<string> {
  for (;;) {
    const response = await fetch(url + path);
    const body = await response.text();
    if (response.status === 200) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Takes down every checkpoint that it sees, as a witness would. */
function keepCheckpoints({ url }: Installation): {
  stop: () => string[];
  /** Waits until one has been seen that was signed after `moment`: then something is known outside that may be lost. */
  seenSince: (moment: number) => Promise<void>;
  /** Waits until one has been seen of at least so many entries. */
  reaches: (size: number) => Promise<void>;
} {
  const notes: string[] = [];
  let grownAt = 0;
  const look = async (): Promise<void> => {
    const response = await fetch(`${url}/api/audit/checkpoint`).catch(() => null);
    const note = response?.status === 200 ? await response.text().catch(() => null) : null;
    if (note === null || note === notes.at(-1)) return;
    notes.push(note);
    grownAt = performance.now();
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return notes;
    },
    reaches: async (size) => {
      for (const until = performance.now() + 60_000; performance.now() < until;) {
        if (Number(notes.at(-1)?.split('\n')[1] ?? 0) >= size) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('no checkpoint of what was done was seen within a minute');
    },
    seenSince: async (moment) => {
      for (const until = performance.now() + 30_000; grownAt < moment && performance.now() < until;)
        await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
}

/** People refer, several at once; each keeps the id of the act that the answer named. */
async function act({ visitors }: Installation, count: number): Promise<string[]> {
  const content = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;
  const receipts: string[] = [];
  let left = count;
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await visitors.as('hana').send('POST', '/api/referrals', { body: { content }, key: newId() });
      if (answer.status !== 201) throw new Error(`a referral was answered ${answer.status}: ${answer.text}`);
      receipts.push((answer.body as { receipt: { auditId: string } }).receipt.auditId);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return receipts;
}

/** As a disk that is gone: the process and its database are killed, and the folder is deleted. */
async function lose({ node }: Installation, dataDir: string): Promise<void> {
  const moved = join(dataDir, 'postgres', 'moved-to');
  let home = join(dataDir, 'postgres');
  try {
    home = readFileSync(moved, 'utf8').trim();
  } catch {
    // it is where it belongs
  }
  const postmaster = Number(readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  await node.kill('SIGKILL');
  process.kill(postmaster, 'SIGKILL');
  for (const each of [home, dataDir]) rmSync(each, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
