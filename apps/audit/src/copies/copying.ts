import { openCheckpoint, parsePolicy, Prover } from '@concordat/ledger';
import { Databases, Lifecycle, LOGGER, SETTINGS, Sweep, type Part, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { vkeysOf } from '../ledger/checkpoints.repository';
import { Unsound } from '../ledger/soundness';
import { Log } from '../log';
import { queryOf, readState, tileReader } from '../log.repository';
import { Published } from '../published';
import { WitnessPolicy } from '../witnesses/witness-policy';
import { copyName } from './copy-name';
import type { WriteOnceStore } from './write-once';
import { WriteOnceBucket } from './write-once-bucket';
import { WriteOnceFolder } from './write-once-folder';

/** A copy at most this often: what is newer is with the witnesses, and in the copies beside the log. */
const EVERY_MS = 60_000;
/** Growth that has not been copied for so long is an alarm; trying goes on. */
const ALARM_MS = 5 * 60_000;

/**
 * Copies checkpoints to write-once storage, where there is one (LEDGER_COPIES), so that a database and a data folder that were
 * both restored, cut or rewritten still show (design/ledger.md §5, §6). What the copies hold that the log does not, stops it.
 */
@Injectable()
export class Copying implements Part {
  readonly name = 'ledger copies';
  private readonly store: WriteOnceStore | null;
  private readonly pool: () => Pool;
  private readonly rounds: Sweep;
  private compared = false;
  private copied: { readonly size: bigint; readonly at: Date } | null = null;
  private behindSince: number | null = null;
  private alarmed = false;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly log: Log,
    private readonly published: Published,
    private readonly witnesses: WitnessPolicy,
    databases: Databases,
    lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.store = storeOf(settings, log.id);
    this.pool = () => databases.pool('audit');
    this.rounds = new Sweep(this.name, EVERY_MS, () => this.copy(), logger);
    lifecycle.add(this);
  }

  /** What auditors and administrators are told; null where nothing is copied. */
  get standing() {
    if (this.store === null) return null;
    const { kind } = this.store;
    const { copied } = this;
    return { kind, size: copied && String(copied.size), at: copied?.at ?? null, overdue: this.isOverdue() };
  }

  start(): void {
    if (this.store !== null) this.rounds.start();
  }

  /** Stopped after the checkpoints, which sign a last time: that one is copied too. */
  async stop(): Promise<void> {
    if (this.store === null) return;
    await this.rounds.stop();
    await this.copy();
  }

  /**
   * Called before anything is signed. A store that cannot be asked is asked again with the first copy; until then the copies
   * beside the log and the witnesses keep watch. @throws Unsound when the log is smaller than its largest copy, or another.
   */
  async compareFirst(): Promise<void> {
    if (this.store === null) return;
    try {
      await this.compare(this.store);
    } catch (error) {
      if (error instanceof Unsound) throw error;
      this.logger.warn({ err: error }, 'the write-once copies could not be asked');
    }
  }

  /** Copies the newest checkpoint, the cosigned one where witnesses are asked. Never throws: what fails is tried again. */
  async copy(): Promise<void> {
    const { store } = this;
    if (store === null || this.log.trouble !== null) return;
    try {
      if (!this.compared) await this.compare(store);
      const checkpoint = this.witnesses.needed ? this.published.final : this.published.newest;
      if (checkpoint === null || checkpoint.size === this.copied?.size) {
        if (checkpoint !== null) this.settle();
        return;
      }
      this.behindSince ??= Date.now();
      await store.keep(copyName(checkpoint.size, checkpoint.note), Buffer.from(checkpoint.note));
      this.copied = { size: checkpoint.size, at: new Date() };
      this.settle();
    } catch (error) {
      if (error instanceof Unsound) {
        this.log.stop(error.message);
        this.logger.fatal({ err: error, reason: error.message }, 'the ledger was stopped');
        return;
      }
      this.behindSince ??= Date.now();
      this.tell(error);
    }
  }

  private settle(): void {
    this.behindSince = null;
    this.alarmed = false;
  }

  private tell(err: unknown): void {
    if (!this.isOverdue() || this.alarmed) return this.logger.warn({ err }, 'a checkpoint could not be copied');
    this.alarmed = true;
    this.logger.error({ err, alarm: 'checkpoint-not-copied' }, 'checkpoints are not copied to write-once storage');
  }

  private isOverdue(): boolean {
    return this.behindSince !== null && Date.now() - this.behindSince > ALARM_MS;
  }

  /**
   * Holds the log against its largest copy. It is evidence when a key of this log has signed it. @throws Unsound when the log is
   * smaller, or another.
   */
  private async compare(store: WriteOnceStore): Promise<void> {
    const name = await store.first();
    if (name !== null) {
      const query = queryOf(this.pool());
      const keys = (await vkeysOf(query, this.log.vkey)).map((k) => `log ${k}\n`).join('');
      const { checkpoint } = openCheckpoint(
        (await store.read(name)).toString('utf8'),
        parsePolicy(`${keys}quorum none\n`),
      );
      if (checkpoint.size > (await readState(query)).size)
        throw new Unsound('the log is smaller than a write-once copy of its checkpoint');
      const root = await new Prover(tileReader(query)).root(checkpoint.size);
      if (!root.equals(checkpoint.root)) throw new Unsound('the log is not the one of a write-once copy');
    }
    this.compared = true;
  }
}

function storeOf(settings: Settings, log: string): WriteOnceStore | null {
  const { LEDGER_COPIES: where, LEDGER_COPIES_LOCKED_DAYS: days } = settings;
  if (where === undefined) return null;
  if (!/^https?:/.test(where)) return new WriteOnceFolder(join(where, log));
  const keys = {
    region: settings.S3_REGION,
    accessKey: settings.S3_ACCESS_KEY_ID ?? '',
    secretKey: settings.S3_SECRET_ACCESS_KEY ?? '',
  };
  return new WriteOnceBucket(new URL(where), log, keys, days);
}
