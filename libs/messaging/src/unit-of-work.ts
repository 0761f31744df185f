import { actOutcomes, type ContextName } from '@concordat/contracts';
import {
  Conflict,
  Forbidden,
  NotFound,
  Problem,
  SignInAgain,
  Unauthenticated,
  Unavailable,
  count,
  inSpan,
  isConnectionLoss,
  type Call,
} from '@concordat/platform';
import type { DatabaseError, Pool, PoolClient } from 'pg';
import { concernedBy, recordAct, type Act, type Concerned } from './act';
import { asProblem, isKeyTaken, isTaken } from './failures';
import { flushOf } from './flush';
import type { JobQueue } from './job';
import { commitOrUnknown, inOneWrite } from './one-write';
import { requestDigest } from './request-digest';
import { Tx } from './tx';

/** Proof that a command took effect (events.md W4): whoever holds it can show a lost tail. */
export interface Receipt {
  readonly auditId: string;
  readonly streamId?: string;
  readonly version?: number;
  /** SHA-256 of the last event's exact bytes, hex. */
  readonly digest?: string;
}

export interface Receipted<T> {
  readonly value: T;
  readonly receipt: Receipt;
  /** True when this reply was given before, for the same idempotency key. */
  readonly replayed: boolean;
}

const TRIES = 4;
const RETRIED = new Set(['40001', '40P01']);

export interface UnitOptions {
  readonly context: ContextName;
  readonly pool: Pool;
  readonly detailKey: Buffer;
  readonly jobs: JobQueue | null;
  /** Called after each commit that left something for the relay. */
  readonly hint: () => void;
}

/**
 * The narrow waist. There is no other way to write, or to disclose, and none without naming the action.
 */
export class UnitOfWork {
  constructor(private readonly options: UnitOptions) {
    for (const outcome of actOutcomes) count('concordat_acts_total', { context: options.context, outcome }, 0);
  }

  /**
   * run executes `fn` in one database transaction.
   * When it resolves, the rows written through tx, the events published, the jobs enqueued, the reply under the caller's
   * idempotency key and one audit entry all exist. When it rejects, none of them does, and the refusal itself is on record.
   * `fn` MAY be executed more than once (serialization failure, deadlock); it MUST NOT touch anything but tx.
   * Throws Unavailable `outcome.unknown` when the connection died during COMMIT: the same key settles it (W3).
   */
  run<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<Receipted<T>> {
    return this.traced(act, () => this.runOnce(act, fn));
  }

  private traced<T>(act: Act, work: () => Promise<T>): Promise<T> {
    return inSpan(act.action, 'internal', { 'concordat.context': this.options.context }, work);
  }

  private async runOnce<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<Receipted<T>> {
    const digest = act.call.idempotencyKey === null ? null : requestDigest(act);
    return this.refusable(act, async (concerned) => {
      let overtaken = false;
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.once(act, fn, digest, concerned());
        } catch (error) {
          const code = (error as DatabaseError).code;
          // The twin of this command has just committed: its reply is found on the next try. The twin's own effects may be
          // what refused this one (a version that moved on, a name that is taken), so that is looked at as well.
          if (isKeyTaken(error)) continue;
          const refused = error instanceof Problem || isTaken(error);
          if (refused && digest !== null && !overtaken && (overtaken = await this.isAnswered(act))) continue;
          if (attempt >= TRIES || !RETRIED.has(code ?? '')) throw error;
        }
      }
    });
  }

  /** read runs `fn` in one transaction with the audit entry naming everything that `fn` said it is about. No entry, no data. */
  read<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.traced(act, () =>
      this.refusable(act, async (concerned) => (await this.once(act, fn, null, concerned())).value),
    );
  }

  /**
   * project runs `fn` in one transaction without an audit entry: only for keeping a copy of ids that another context has
   * published (and audited) already, such as who works where. It MAY ask for jobs. It MUST NOT be used on behalf of a caller.
   * Its commit does not wait for the disk: a crash that undoes it brings back the inbox rows that it is made from.
   */
  project<T>(call: Call, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unrecorded(call, 'off', async (tx, client) => {
      const found = await fn(tx);
      if (tx.events.length > 0) throw new Error('a projection publishes nothing');
      if (tx.jobs.length > 0) await this.options.jobs?.add(tx, this.options.context, tx.jobs);
      await commitOrUnknown(client.query('COMMIT')).finally(() => forget(tx));
      return found;
    });
  }

  /**
   * tally answers one number about the caller's own, in one transaction that can write nothing, without an audit entry: a number
   * of one's own discloses nobody. It sees no more than row-level security shows the caller. It MUST NOT count for anybody else.
   */
  async tally(call: Call, fn: (tx: Tx) => Promise<number>): Promise<number> {
    const counting = this.unrecorded(call, 'on', async (tx, client) => {
      await client.query('SET TRANSACTION READ ONLY');
      const counted = await fn(tx);
      await client.query('COMMIT');
      return counted;
    });
    return counting.catch((error: unknown) => {
      throw asProblem(error);
    });
  }

  /** A transaction without an audit entry, which `work` commits: for the two above and for nothing else. */
  private async unrecorded<T>(
    call: Call,
    flush: 'on' | 'off',
    work: (tx: Tx, client: PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.connect();
    let broken: Error | undefined;
    try {
      const { now } = await this.begin(client, call, null, flush);
      const concerned = concernedBy({ action: 'stream.read', call });
      return await work(new Tx(client, this.options.context, call, now, concerned), client);
    } catch (error) {
      broken = await this.rollback(client, error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** refuse puts a refusal on record that was decided outside a unit of work, such as a failed sign-in. */
  async refuse(act: Act, reason: string, detail: Record<string, unknown> = {}): Promise<void> {
    const concerned = concernedBy(act);
    concerned.reasons.add(reason);
    concerned.detail = detail;
    await this.recordAlone(act, concerned, 'denied');
  }

  private async isAnswered({ call }: Act): Promise<boolean> {
    const { rows } = await this.options.pool
      .query('SELECT 1 FROM idempotency WHERE actor_id = $1 AND key = $2', [call.actor.id, call.idempotencyKey])
      .catch(() => ({ rows: [] })); // then the refusal stands
    return rows.length > 0;
  }

  private async once<T>(
    act: Act,
    fn: (tx: Tx) => Promise<T>,
    digest: Buffer | null,
    concerned: Concerned,
  ): Promise<Receipted<T>> {
    const client = await this.connect();
    let broken: Error | undefined;
    try {
      const { now, earlier } = await this.begin(client, act.call, digest);
      if (earlier) {
        await client.query('ROLLBACK');
        if (!earlier.digest.equals(digest!))
          throw new Conflict('idempotency-key.reused', 'This Idempotency-Key was used for another request');
        const reply = earlier.reply as { value: T; receipt: Receipt };
        act.call.answered?.(reply.receipt.auditId);
        return { ...reply, replayed: true };
      }
      const tx = new Tx(client, this.options.context, act.call, now, concerned);
      const value = await fn(tx);
      const reply = await this.commit(client, act, tx, concerned, value, digest);
      count('concordat_acts_total', { context: this.options.context, outcome: 'done' });
      this.options.hint();
      return { ...reply, replayed: false };
    } catch (error) {
      broken = await this.rollback(client, error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** BEGIN, who asks (for row-level security), the database's clock and an earlier reply: one write, one wait. */
  private async begin(client: PoolClient, call: Call, digest: Buffer | null, flush: 'on' | 'off' = 'on') {
    const { actor } = call;
    const [, { rows }] = await inOneWrite(client, () =>
      Promise.all([
        client.query('BEGIN'),
        client.query<{ now: Date; digest: Buffer | null; reply: unknown }>({
          name: `begin-act-${flush}`,
          text: `SELECT ${flush === 'off' ? "set_config('synchronous_commit', 'off', true)," : ''}
                        set_config('concordat.user', $1, true), set_config('concordat.org', $2, true), set_config('concordat.scope', $3, true),
                        clock_timestamp() AS now, i.request_digest AS digest, i.reply
                   FROM (SELECT 1) one LEFT JOIN idempotency i ON i.actor_id = $4::uuid AND i.key = $5`,
          values: [actor.id, actor.orgId ?? '', actor.kind, actor.id, digest === null ? null : call.idempotencyKey],
        }),
      ]),
    );
    const row = rows[0]!;
    return { now: row.now, earlier: row.digest ? { digest: row.digest, reply: row.reply } : null };
  }

  /** Everything that must exist together is written here, and COMMIT with it, in one write to the server. */
  private async commit<T>(client: PoolClient, act: Act, tx: Tx, concerned: Concerned, value: T, digest: Buffer | null) {
    const recorded = recordAct(this.options.context, act, concerned, 'done', tx.now, this.options.detailKey);
    const last = tx.last();
    const reply = { value, receipt: { auditId: recorded.id, ...(last ?? {}) } };
    if (tx.jobs.length > 0 && !this.options.jobs) throw new Error('this process has no job queue');
    const { actor, idempotencyKey: key } = act.call;
    const answered = digest && key ? { actorId: actor.id, key, digest, reply } : null;
    const { writes, answer } = inOneWrite(client, () => {
      const sent: Promise<unknown>[] = flushOf(tx, recorded, answered).map((statement) => client.query(statement));
      if (tx.jobs.length > 0) sent.push(this.options.jobs!.add(tx, this.options.context, tx.jobs));
      return { writes: sent, answer: client.query('COMMIT') };
    });
    const [committed, ...results] = await Promise.allSettled([commitOrUnknown(answer), ...writes]);
    forget(tx);
    const failed = results.find((r) => r.status === 'rejected' && !isConnectionLoss(r.reason)) as Rejected | undefined;
    if (failed) throw failed.reason; // COMMIT found the transaction aborted, and rolled it back
    if (committed.status === 'rejected') throw committed.reason;
    act.call.answered?.(recorded.id);
    return reply;
  }

  private async rollback(client: PoolClient, cause: unknown): Promise<Error | undefined> {
    if (isConnectionLoss(cause)) return cause as Error;
    try {
      await client.query('ROLLBACK');
      return undefined;
    } catch (error) {
      return error as Error; // the pool throws the connection away
    }
  }

  /** Runs `work`; when it is refused or fails, that is put on record before the caller hears of it. */
  private async refusable<T>(act: Act, work: (concerned: () => Concerned) => Promise<T>): Promise<T> {
    let concerned = concernedBy(act);
    try {
      demandScope(act);
      return await work(() => (concerned = concernedBy(act)));
    } catch (thrown) {
      const error = asProblem(thrown);
      if (!(error instanceof Problem)) throw error;
      if (!(error instanceof Unavailable) && !(error instanceof Unauthenticated)) {
        concerned.reasons.add(error.code);
        for (const reason of error.details.reasons ?? []) concerned.reasons.add(reason);
        await this.recordAlone(
          act,
          concerned,
          error instanceof Forbidden || error instanceof NotFound || error instanceof SignInAgain ? 'denied' : 'failed',
        );
      }
      throw error;
    }
  }

  private async recordAlone(act: Act, concerned: Concerned, outcome: 'denied' | 'failed'): Promise<void> {
    const recorded = recordAct(this.options.context, act, concerned, outcome, new Date(), this.options.detailKey);
    try {
      await this.options.pool.query('INSERT INTO act (event_id, body) VALUES ($1, $2)', [recorded.id, recorded.body]);
    } catch (error) {
      throw asProblem(error, 'audit.unavailable'); // nothing is refused in silence either
    }
    act.call.answered?.(recorded.id);
    count('concordat_acts_total', { context: this.options.context, outcome });
    this.options.hint();
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.options.pool.connect();
    } catch {
      throw new Unavailable('database.unreachable', 'The database cannot be reached. Nothing was done');
    }
  }
}

type Rejected = PromiseRejectedResult;

/** A token of an API client lets it do what is named in it and nothing else, whatever its account could (decision 37). */
function demandScope({ action, call }: Act): void {
  const { client } = call.actor;
  if (client && !client.may.has(action))
    throw new Forbidden('scope.insufficient', 'The access token does not have a scope that allows this', [
      'scope.insufficient',
    ]);
}

const forget = (tx: Tx): void => tx.forgets.forEach((one) => one());
