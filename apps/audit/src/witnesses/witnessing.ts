import {
  formatVkey,
  LedgerError,
  openCheckpoint,
  openNote,
  Prover,
  type Policy,
  type PolicyWitness,
} from '@concordat/ledger';
import { Databases, Lifecycle, LOGGER, Sweep, type Part } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Log } from '../log';
import { queryOf, readState, tileReader, type StoredCheckpoint } from '../log.repository';
import { Published } from '../published';
import { vkeysOf } from '../ledger/checkpoints.repository';
import { Heartbeat } from '../ledger/heartbeat';
import { Unsound } from '../ledger/soundness';
import { lastCosigned, linesOf, newestCosigned, storeCosignature } from './cosignatures.repository';
import { askWitness, shownByWitness } from './witness-client';
import { WitnessPolicy } from './witness-policy';

const EVERY_MS = 2_000;
/** A checkpoint that the witnesses have not all answered for so long is an alarm; asking goes on. */
const ALARM_MS = 60_000;

/**
 * Asks other parties' witnesses to cosign each checkpoint, so that not even the keeper of the log could show two histories
 * (design/ledger.md §5). What a witness holds that this log does not, stops the log: it was cut or rewritten.
 */
@Injectable()
export class Witnessing implements Part {
  readonly name = 'ledger witnesses';
  private readonly pool: () => Pool;
  private readonly rounds: Sweep;
  private behindSince: number | null = null;
  private alarmed = false;
  private readonly compared = new Set<string>();
  private readonly silent = new Set<string>();

  constructor(
    private readonly witnesses: WitnessPolicy,
    private readonly log: Log,
    private readonly published: Published,
    private readonly heartbeat: Heartbeat,
    databases: Databases,
    lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.pool = () => databases.pool('audit');
    this.rounds = new Sweep(this.name, EVERY_MS, () => this.ask(), logger);
    lifecycle.add(this);
  }

  /** What auditors are told: who has not answered, and since when a checkpoint waits to become final. */
  get standing() {
    if (!this.witnesses.needed) return null;
    const { final } = this.published;
    return {
      finalSize: final && String(final.size),
      finalAt: final?.at ?? null,
      silent: [...this.silent].sort(),
      overdue: this.isOverdue(),
    };
  }

  async start(): Promise<void> {
    await this.heartbeat.recordPolicy(this.witnesses.digest);
    if (!this.witnesses.needed) return;
    await this.resume();
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** One round: every witness is asked for the newest checkpoint. Resolves when all have answered or given up. */
  async ask(): Promise<void> {
    const signed = this.published.newest;
    if (signed === null || this.log.trouble !== null) return;
    if (this.published.final?.size === signed.size) return;
    this.behindSince ??= Date.now();
    const { witnesses } = this.witnesses.policy!;
    await Promise.all(witnesses.map((w) => this.askOne(w, signed)));
    const note = signed.note + (await linesOf(queryOf(this.pool()), signed.size)).join('');
    if (await this.isFinal(note)) this.settle({ ...signed, note });
    else if (this.isOverdue() && !this.alarmed) {
      this.alarmed = true;
      this.logger.error(
        { alarm: 'checkpoint-unwitnessed', size: String(signed.size), silent: [...this.silent] },
        'too few witnesses have cosigned the log',
      );
    }
  }

  private settle(checkpoint: StoredCheckpoint): void {
    this.published.finish(checkpoint);
    this.behindSince = null;
    this.alarmed = false;
  }

  private isOverdue(): boolean {
    return this.behindSince !== null && Date.now() - this.behindSince > ALARM_MS;
  }

  private async isFinal(note: string): Promise<boolean> {
    return openCheckpoint(note, await this.policy()).quorum;
  }

  /** By what a checkpoint of this log is judged: its own keys, and the witnesses. */
  private async policy(): Promise<Policy> {
    return this.witnesses.with(await vkeysOf(queryOf(this.pool()), this.log.vkey));
  }

  /** Takes up the newest checkpoint that was final when this process began. */
  private async resume(): Promise<void> {
    for (const kept of await newestCosigned(this.pool(), 20))
      if (await this.isFinal(kept.note)) return this.settle(kept);
  }

  private async askOne(witness: PolicyWitness, signed: StoredCheckpoint): Promise<void> {
    try {
      if (!this.compared.has(witness.name)) await this.compare(witness);
      await this.cosign(witness, signed);
      this.silent.delete(witness.name);
    } catch (error) {
      if (error instanceof Unsound) {
        this.log.stop(error.message);
        this.logger.fatal({ err: error, witness: witness.name }, 'the ledger was stopped');
      } else {
        if (!this.silent.has(witness.name))
          this.logger.warn({ err: error, witness: witness.name }, 'a witness is silent');
        this.silent.add(witness.name);
      }
    }
  }

  private async cosign(witness: PolicyWitness, signed: StoredCheckpoint): Promise<void> {
    const vkey = formatVkey(witness.key);
    const query = queryOf(this.pool());
    let old = await lastCosigned(query, vkey);
    if (old === signed.size) return;
    for (let attempt = 0; attempt < 2; attempt++) {
      const proof = old === 0n ? [] : await new Prover(tileReader(query)).consistency(old, signed.size);
      const said = await askWitness(witness, { old, proof, note: signed.note });
      if (said.what === 'cosigned') {
        openNote(signed.note + said.line, [witness.key]); // an answer is believed when it verifies
        return storeCosignature(this.pool(), signed.size, vkey, said.line);
      }
      await this.compare(witness);
      if (said.what === 'refused') throw new Error(`the witness answered ${said.status}`);
      if (said.size > signed.size) return; // another process of this log was there first
      old = said.size;
    }
    throw new Error('the witness names another size each time');
  }

  /**
   * Holds the log against what the witness has cosigned. It is evidence only when this log's own key has signed it: a witness
   * cannot stop a log by making something up. @throws Unsound when the log is smaller, or another.
   */
  private async compare(witness: PolicyWitness): Promise<void> {
    const query = queryOf(this.pool());
    const note = await shownByWitness(witness, this.log.origin);
    if (note !== undefined) {
      const { checkpoint } = openCheckpoint(note, await this.policy());
      const { size } = await readState(query);
      if (checkpoint.origin !== this.log.origin) throw new LedgerError('MALFORMED', 'a checkpoint of another log');
      if (checkpoint.size > size) throw new Unsound(`the log is smaller than what ${witness.name} has witnessed`);
      const root = await new Prover(tileReader(query)).root(checkpoint.size);
      if (!root.equals(checkpoint.root)) throw new Unsound(`the log is not the one that ${witness.name} has witnessed`);
    }
    this.compared.add(witness.name);
  }
}
