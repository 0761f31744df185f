import { LedgerError, openCheckpoint, parsePolicy, Prover, signCheckpoint, verifyConsistency } from '@concordat/ledger';
import { Databases, Lifecycle, LOGGER, Metrics, type Part, type Sample } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Log } from '../log';
import {
  newestCheckpoint,
  queryOf,
  readState,
  tileReader,
  type LogState,
  type StoredCheckpoint,
} from '../log.repository';
import { Published } from '../published';
import { Copying } from '../copies/copying';
import { CheckpointCopies } from './checkpoint-copies';
import { beginEpoch, claimOrigin, storeCheckpoint, vkeysOf } from './checkpoints.repository';
import { Heartbeat } from './heartbeat';
import { soundTree, Unsound } from './soundness';

/** A checkpoint at most this often, so that a busy log does not sign for every batch. */
const APART_MS = 900;
/** The longest that a new leaf may wait. */
const LATE_MS = 5_000;
const QUICK_MS = 40;
const IDLE_MS = 1_000;
/** Rounds after a hint that look quickly: the hint comes just before the commit. */
const QUICK_ROUNDS = 25;

/**
 * Signs what has been committed, within a second, and never two things that do not agree (design/ledger.md §4, 4–6).
 * Several processes may do so at once: the same size gives the same root, and Ed25519 the same signature.
 */
@Injectable()
export class Checkpoints implements Part {
  readonly name = 'ledger';
  private readonly pool: () => Pool;
  private readonly copies: CheckpointCopies;
  private timer: NodeJS.Timeout | null = null;
  private dueAt = 0;
  private round: Promise<void> | null = null;
  private quick = 0;
  private running = false;
  private signedAt = 0;
  private behindSince: number | null = null;
  private alarmed = false;

  constructor(
    private readonly log: Log,
    private readonly published: Published,
    private readonly heartbeat: Heartbeat,
    private readonly copying: Copying,
    databases: Databases,
    lifecycle: Lifecycle,
    metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    metrics.collect(() => this.standing());
    this.pool = () => databases.pool('audit');
    this.copies = new CheckpointCopies(join(log.folder, 'checkpoints'));
    lifecycle.add(this); // in the constructor: before the worker, so that the log is checked before it grows
  }

  /** Says that leaves are about to be committed. */
  hint(): void {
    this.quick = QUICK_ROUNDS;
    if (this.running && this.round === null && this.dueAt > Date.now() + QUICK_MS) this.wait(QUICK_MS);
  }

  async start(): Promise<void> {
    try {
      await this.open();
      await this.heartbeat.recordKey();
    } catch (error) {
      if (!(error instanceof Unsound)) throw error;
      this.stopLog(error);
    }
    this.running = true;
    this.wait(0);
  }

  async stop(): Promise<void> {
    this.running = false;
    if (this.timer) clearTimeout(this.timer);
    await this.round;
    if (this.log.trouble === null)
      await this.sign().catch((err: unknown) => this.logger.warn({ err }, 'last checkpoint'));
  }

  trouble(): string | null {
    if (this.log.trouble !== null) return `stopped: ${this.log.trouble}`;
    const behind = this.behind();
    return behind > 10_000 ? `no checkpoint for ${Math.round(behind / 1000)} s although there are new leaves` : null;
  }

  /** How the log stands, for those who watch over it. */
  private async standing(): Promise<Sample[]> {
    const size = Number((await readState(queryOf(this.pool()))).size);
    const { newest } = this.published;
    const of = (name: Sample['name'], value: number): Sample => ({ name, labels: {}, value });
    return [
      of('concordat_ledger_entries', size),
      of('concordat_ledger_unsigned_entries', size - Number(newest?.size ?? 0)),
      ...(newest ? [of('concordat_checkpoint_age_seconds', (Date.now() - newest.at.getTime()) / 1000)] : []),
      of('concordat_ledger_stopped', this.log.trouble === null ? 0 : 1),
    ];
  }

  /** Whether new leaves have waited for a checkpoint for longer than they may (design/ledger.md §4, 5). */
  get late(): boolean {
    return this.behind() > LATE_MS;
  }

  private behind(): number {
    return this.behindSince === null ? 0 : Date.now() - this.behindSince;
  }

  /** Says so once, when a checkpoint is late; the next that is signed ends it. */
  private tellLate(): void {
    if (this.late && !this.alarmed)
      this.logger.error({ alarm: 'checkpoint-late', ms: this.behind() }, 'new leaves wait for a signed checkpoint');
    this.alarmed = this.late;
  }

  /** Checks the log against everything that was ever signed and is still to be had, before anything is added. */
  private async open(): Promise<void> {
    const pool = this.pool();
    const origin = await claimOrigin(pool, this.log.origin);
    if (origin !== this.log.origin)
      throw new Unsound(`the database holds the log ${origin}, and this process is another`);
    const query = queryOf(pool);
    const stored = await newestCheckpoint(query);
    if (stored !== undefined) {
      await this.assertOurs(stored);
      this.published.publish(stored); // even if what follows stops the log: it was signed, and is to be looked at
    }
    // The copy before the state: another process may be sealing, and what it copies after this look is no loss of ours.
    const copy = this.copies.newest();
    const state = await readState(query);
    await soundTree(query, state);
    if (copy !== undefined && copy.origin === origin) {
      if (copy.size > state.size) throw new Unsound('the log is smaller than a checkpoint kept outside the database');
      const root = await new Prover(tileReader(query)).root(copy.size);
      if (!root.equals(copy.root))
        throw new Unsound('the log is not the one of a checkpoint kept outside the database');
    }
    await this.copying.compareFirst();
    // One that was stored, and not yet copied when the process died.
    if (stored !== undefined && (copy === undefined || copy.size < stored.size))
      this.copies.append(stored.note, stored.at);
    await beginEpoch(pool);
  }

  private wait(ms: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.dueAt = Date.now() + ms;
    this.timer = setTimeout(() => {
      this.round = this.turn().finally(() => {
        this.round = null;
        if (!this.running) return;
        this.wait(this.quick-- > 0 ? QUICK_MS : IDLE_MS);
      });
    }, ms);
  }

  private async turn(): Promise<void> {
    if (this.log.trouble !== null) return;
    try {
      const state = await this.sign();
      if (state.beatDue) await this.heartbeat.beat();
    } catch (error) {
      if (error instanceof Unsound) this.stopLog(error);
      else this.logger.warn({ err: error }, 'checkpoint');
    }
    this.tellLate();
  }

  /** Signs the log as it stands, if it has grown and the last checkpoint is not too recent. */
  private async sign(): Promise<LogState> {
    const query = queryOf(this.pool());
    const state = await readState(query);
    const last = this.published.newest;
    if (last !== null && state.size === last.size) {
      if (!state.root.equals(last.root)) throw new Unsound('the log has another root than was signed for its size');
      this.behindSince = null;
      return state;
    }
    this.behindSince ??= Date.now();
    if (this.running && Date.now() - this.signedAt < APART_MS) {
      this.quick = Math.max(this.quick, 1);
      return state;
    }
    if (last !== null) await this.assertGrown(last, state);
    const { origin, signer } = this.log;
    const note = await signCheckpoint({ origin, size: state.size, root: state.root }, [signer]);
    const stored = await storeCheckpoint(this.pool(), { size: state.size, root: state.root, note });
    if (stored.note !== note) await this.assertOurs(stored);
    this.copies.append(stored.note, stored.at);
    this.published.publish(stored);
    this.signedAt = Date.now();
    this.behindSince = null;
    return state;
  }

  /** A log that was signed may only be added to. @throws Unsound. */
  private async assertGrown(last: StoredCheckpoint, state: LogState): Promise<void> {
    if (state.size < last.size) throw new Unsound('the log is smaller than what was signed');
    if (last.size === 0n) return;
    const prover = new Prover(tileReader(queryOf(this.pool())));
    const proof = await prover.consistency(last.size, state.size);
    if (!verifyConsistency(last.size, state.size, last.root, state.root, proof))
      throw new Unsound('the log does not begin with what was signed');
  }

  /** A stored checkpoint is believed when a key of this log has signed it, and by nothing else. @throws Unsound. */
  private async assertOurs(stored: StoredCheckpoint): Promise<void> {
    const vkeys = await vkeysOf(queryOf(this.pool()), this.log.vkey);
    try {
      const policy = parsePolicy(vkeys.map((k) => `log ${k}\n`).join('') + 'quorum none\n');
      const { checkpoint } = openCheckpoint(stored.note, policy);
      if (checkpoint.size === stored.size && checkpoint.root.equals(stored.root)) return;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
    throw new Unsound('a checkpoint was stored that this log has not signed');
  }

  private stopLog(error: Unsound): void {
    this.log.stop(error.message);
    this.logger.fatal({ err: error, reason: error.message }, 'the ledger was stopped');
  }
}
