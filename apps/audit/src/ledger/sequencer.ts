import { ActRecorded } from '@concordat/contracts';
import type { TiledTree } from '@concordat/ledger';
import { OnBatch, type Tx } from '@concordat/messaging';
import { Conflict, LOGGER, PROCESS, Unavailable, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { isErasure, ownerOf, realsOf, type Act } from '../act-leaf';
import { Details } from '../details';
import { Log } from '../log';
import { inUnit, readState, type LogState, type Query } from '../log.repository';
import { destroyDetails } from './destroying.repository';
import { appendBatch, knownKeys, knownPseudonyms, lastSequences, sealedDigests } from './append.repository';
import { ByHeart } from './by-heart';
import { Checkpoints } from './checkpoints';
import { digestOf, openedDetail, sealActs, type SealedAct } from './sealing';
import { soundTree, Unsound } from './soundness';

/** The tree as it stood at one state of the log. */
interface Standing {
  readonly tree: TiledTree;
  readonly epoch: bigint;
}

/** Names and keys kept by heart: some 200 bytes each. */
const REMEMBERED = 20_000;

/**
 * The sequencer gives every act its place: index gapless from 0, leaf, frontier and tiles in the worker's transaction
 * (design/ledger.md §4). The lock on the state row makes writers take turns; compare-and-swap on it is what makes it right.
 */
@Injectable()
export class Sequencer {
  private readonly names = new ByHeart<string>(REMEMBERED);
  private readonly keys = new ByHeart<Buffer>(REMEMBERED);
  private settled: Standing | null = null;
  /** Where the last batch leads, if its transaction committed. */
  private pending: Standing | null = null;

  constructor(
    private readonly log: Log,
    private readonly details: Details,
    private readonly checkpoints: Checkpoints,
    @Inject(PROCESS) private readonly info: ProcessInfo,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * append seals acts in the order given. An act that is sealed already is left as it is.
   * @throws Conflict `ledger.sequence-gap`, `ledger.event-id-conflict` or `ledger.unsealable`: the producer's stream is
   * parked until somebody looks. Unavailable when the log is stopped, or another writer was faster.
   */
  @OnBatch([ActRecorded])
  async append(acts: readonly Act[], tx: Tx): Promise<void> {
    this.log.assertRunning();
    const query = inUnit(tx);
    const state = await readState(query, true);
    const standing = await this.standingAt(state, query);
    const { fresh, sequences } = await this.unsealed(acts, tx);
    if (fresh.length === 0) return;
    const [pseudonyms, dataKeys] = [await this.nameAll(fresh, tx), await this.keyAll(fresh, tx)];
    const sealed = sealActs(fresh, {
      origin: this.log.origin,
      recordedAt: tx.now,
      detailKey: this.info.detailKeys,
      details: this.details,
      pseudonym: (real) => this.names.get(real)!,
      dataKey: (owner) => this.keys.get(owner)!,
    });
    const tree = standing.tree.clone();
    const tiles = tree.append(sealed.map((s) => s.leaf));
    const after = { size: tree.size, root: tree.root() };
    if (!(await appendBatch(tx, { before: state, after, sealed, tiles, sequences, pseudonyms, dataKeys })))
      throw new Unavailable('ledger.moved', 'Another writer has moved the log');
    await this.destroy(sealed, state.size, tx);
    this.pending = { tree, epoch: state.epoch };
    this.checkpoints.hint();
  }

  /**
   * In the transaction that appends an erasure go the details that it names, and the keys and names that nothing is left of
   * (design/ledger.md §3). What is known by heart of them is asked for again.
   */
  private async destroy(sealed: readonly SealedAct[], size: bigint, tx: Tx): Promise<void> {
    const erasing = sealed.flatMap(({ act }, i) => (isErasure(act) ? [{ act, index: size + BigInt(i) }] : []));
    for (const { act, index } of erasing) await destroyDetails(tx, act.data, index);
    if (erasing.length === 0) return;
    this.names.clear();
    this.keys.clear();
  }

  /** The tree at `state`: what is known by heart if it is just that, else rebuilt from the tiles and checked. */
  private async standingAt(state: LogState, query: Query): Promise<Standing> {
    const isIt = (s: Standing | null): s is Standing =>
      s !== null && s.epoch === state.epoch && s.tree.size === state.size && s.tree.root().equals(state.root);
    const committed = isIt(this.pending);
    for (const kept of [this.names, this.keys]) {
      if (this.settled?.epoch !== state.epoch) kept.clear();
      else if (committed) kept.settle();
      else kept.forget();
    }
    const known = committed ? this.pending : isIt(this.settled) ? this.settled : null;
    this.pending = null;
    this.settled = known ?? { tree: await this.rebuilt(state, query), epoch: state.epoch };
    return this.settled;
  }

  private async rebuilt(state: LogState, query: Query): Promise<TiledTree> {
    if (state.origin !== this.log.origin) throw new Unavailable('ledger.not-open', 'The log has not been opened yet');
    try {
      return await soundTree(query, state);
    } catch (error) {
      if (!(error instanceof Unsound)) throw error;
      this.logger.fatal({ err: error, reason: error.message }, 'the ledger was stopped');
      throw this.log.stop(error.message);
    }
  }

  /** The acts that are to be sealed, and how far that takes each producer. */
  private async unsealed(acts: readonly Act[], tx: Tx): Promise<{ fresh: Act[]; sequences: Map<string, bigint> }> {
    const [last, digests] = await Promise.all([
      lastSequences(tx),
      sealedDigests(
        tx,
        acts.map((a) => a.id),
      ),
    ]);
    const sequences = new Map<string, bigint>();
    const fresh: Act[] = [];
    const ids = new Set<string>();
    for (const act of acts) {
      const seq = sequences.get(act.source) ?? last.get(act.source) ?? 0n;
      const digest = digests.get(act.id);
      if (digest !== undefined) {
        if (!digestOf(act, openedDetail(act, this.info.detailKeys)).equals(digest))
          throw this.alarm(act, 'event-id-conflict');
      } else if (act.version !== seq + 1n) {
        throw this.alarm(act, 'sequence-gap');
      } else if (ids.has(act.id)) {
        throw this.alarm(act, 'event-id-conflict');
      } else {
        sequences.set(act.source, act.version);
        ids.add(act.id);
        fresh.push(act);
      }
    }
    return { fresh, sequences };
  }

  private alarm(act: Act, what: 'event-id-conflict' | 'sequence-gap'): Conflict {
    this.logger.error({ source: act.source, seq: String(act.version), eventId: act.id, what }, 'ledger alarm');
    return new Conflict(`ledger.${what}`, 'An act does not fit those that its producer sent before');
  }

  /** Sees to it that everything named in `acts` has a random name. Returns the new ones, to be stored. */
  private async nameAll(acts: readonly Act[], tx: Tx): Promise<[string, string][]> {
    const unknown = new Set(acts.flatMap(realsOf).filter((real) => this.names.get(real) === undefined));
    if (unknown.size === 0) return [];
    for (const [real, name] of await knownPseudonyms(tx, [...unknown])) {
      this.names.learn(real, name);
      unknown.delete(real);
    }
    const random = randomBytes(16 * unknown.size).toString('hex');
    const made = [...unknown].map((real, i): [string, string] => [real, random.slice(32 * i, 32 * (i + 1))]);
    for (const [real, name] of made) this.names.propose(real, name);
    return made;
  }

  /** Sees to it that every owner of a detail has a data key. Returns the new ones, wrapped, to be stored. */
  private async keyAll(acts: readonly Act[], tx: Tx): Promise<[string, Buffer][]> {
    const unknown = new Set(acts.map(ownerOf).filter((owner) => this.keys.get(owner) === undefined));
    if (unknown.size === 0) return [];
    for (const [owner, wrapped] of await knownKeys(tx, [...unknown])) {
      this.keys.learn(owner, this.details.unwrap(owner, wrapped));
      unknown.delete(owner);
    }
    return [...unknown].map((owner): [string, Buffer] => {
      const { key, wrapped } = this.details.newKey(owner);
      this.keys.propose(owner, key);
      return [owner, wrapped];
    });
  }
}
