import 'reflect-metadata';
import type { ContextName } from '@concordat/contracts';
import { localSecrets, readSettings, type ProcessInfo } from '@concordat/platform';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { Details } from '../../../apps/audit/src/details';
import { Log } from '../../../apps/audit/src/log';
import { Copying } from './copy';
import { Ledger, type LedgerWriter } from './ledger';

/** Acts of a batch: whose, their numbers, how long each is, and the bytes of all. */
interface Batch {
  readonly contexts: ContextName[];
  readonly seqs: bigint[];
  readonly lengths: number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}
interface Where {
  readonly env: Record<string, string>;
  readonly adminUrl: string;
}

const TOGETHER = 512;
/** Batches on their way before whoever adds has to wait. */
const AHEAD = 8;

/**
 * The ledger's writer in a thread of its own: sealing costs as much as all that leads to it, and a machine has more than one
 * processor.
 */
export class ThreadedLedger implements LedgerWriter {
  entries = 0n;
  private waiting: { context: ContextName; seq: bigint; body: Buffer }[] = [];
  private under = 0;
  private readonly worker: Worker;

  constructor(where: Where) {
    this.worker = new Worker(__filename, { workerData: where });
    this.worker.on('message', () => this.under--);
  }

  add(context: ContextName, seq: bigint, body: Buffer): void {
    this.waiting.push({ context, seq, body });
    this.entries++;
  }

  async sign(now = false): Promise<void> {
    if (!now && this.waiting.length < TOGETHER) return;
    while (this.under >= AHEAD) await once(this.worker, 'message');
    const bodies = this.waiting.map((w) => w.body);
    const bytes = new Uint8Array(bodies.reduce((sum, b) => sum + b.length, 0));
    let at = 0;
    for (const body of bodies) {
      bytes.set(body, at);
      at += body.length;
    }
    const batch: Batch = {
      contexts: this.waiting.map((w) => w.context),
      seqs: this.waiting.map((w) => w.seq),
      lengths: bodies.map((b) => b.length),
      bytes,
    };
    this.waiting = [];
    this.under++;
    this.worker.postMessage(batch, [bytes.buffer]);
  }

  async close(): Promise<ReadonlyMap<string, number>> {
    await this.sign(true);
    while (this.under > 0) await once(this.worker, 'message');
    this.worker.postMessage('close');
    const [counts] = (await once(this.worker, 'message')) as [ReadonlyMap<string, number>];
    return counts;
  }

  /** Ends the thread, whatever it is at: else it would die of the database's stop, and hide why that was stopped. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

async function serve({ env, adminUrl }: Where): Promise<void> {
  const settings = readSettings('all-in-one', env);
  const secret = (purpose: string): string => localSecrets(settings.dataDir).of(purpose);
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('SET synchronous_commit = off; SET statement_timeout = 0');
  const key = Buffer.from(secret('audit-detail'), 'base64url');
  const details = new Details(settings, { secret } as ProcessInfo);
  const ledger = new Ledger(new Log(settings), details, key, new Copying(client), client);
  let turn = Promise.resolve();
  parentPort!.on('message', (message: Batch | 'close') => {
    turn = turn.then(() => (message === 'close' ? close() : take(message)));
    turn.catch((error: unknown) => {
      throw error; // ends the process, as a population that is not whole must
    });
  });

  async function take({ contexts, seqs, lengths, bytes }: Batch): Promise<void> {
    let at = 0;
    for (const [i, context] of contexts.entries()) {
      ledger.add(context, seqs[i]!, Buffer.from(bytes.buffer, at, lengths[i]));
      at += lengths[i]!;
      await ledger.sign();
    }
    parentPort!.postMessage('taken');
  }

  async function close(): Promise<void> {
    const counts = await ledger.close();
    await client.end();
    parentPort!.postMessage(counts);
  }
}

if (!isMainThread) void serve(workerData as Where);
