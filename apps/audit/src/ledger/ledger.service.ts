import { demand } from '@concordat/access';
import { Invalid, NotFound, type Action, type ObjectRef } from '@concordat/contracts';
import { formatTlogProof, hashLeaf, Prover } from '@concordat/ledger';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Databases, Unavailable, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { closedTo, concerningAny } from '../closed';
import { Details } from '../details';
import { Log } from '../log';
import { inUnit, queryOf, readState, tileReader } from '../log.repository';
import { Published } from '../published';
import { describe, openingOf } from '../reading';
import { isBy, recordOfAct, type StoredRecord } from '../records.repository';
import { waitingActs, vkeysOf } from './checkpoints.repository';
import { ConsistencyQueryDto } from './ledger.dto';
import { Recheck } from './recheck';
import { Copying } from '../copies/copying';
import { Checkpoints } from './checkpoints';
import { Witnessing } from '../witnesses/witnessing';
import { WitnessPolicy } from '../witnesses/witness-policy';
import { tileAt } from './tiles';

/** An act this young may still be on its way; an older one that is not here does not exist. */
const ON_ITS_WAY_MS = 15 * 60_000;

/** What the log shows of itself: checkpoints to anybody, tiles, entries and proofs to auditors, receipts to those who acted. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly databases: Databases,
    private readonly log: Log,
    private readonly details: Details,
    private readonly published: Published,
    private readonly recheck: Recheck,
    private readonly policyOf: WitnessPolicy,
    private readonly witnessing: Witnessing,
    private readonly checkpoints: Checkpoints,
    private readonly copying: Copying,
  ) {}

  /** The newest signed checkpoint, as C2SP writes it: says how large the log is, and nothing of what is in it. */
  checkpoint(): string {
    return this.published.latest().note;
  }

  /**
   * The newest checkpoint that enough witnesses have cosigned, with their lines. @throws NotFound where none are asked,
   * Unavailable until they have.
   */
  witnessed(): string {
    if (!this.policyOf.needed) throw new NotFound('witnessed-checkpoint');
    const final = this.published.final;
    if (final === null)
      throw new Unavailable('ledger.not-witnessed', 'No checkpoint of this log has been cosigned by enough witnesses');
    return final.note;
  }

  /** The verifier keys that have signed for this log, newest last. */
  vkeys(): Promise<string[]> {
    return vkeysOf(queryOf(this.databases.pool('audit')), this.log.vkey);
  }

  /** A policy file to begin an auditor's own with. It trusts what this log says of itself: compare the keys. */
  async policy(): Promise<string> {
    return `# Compare these keys with those published elsewhere before you trust them.\n${this.policyOf.textWith(await this.vkeys())}`;
  }

  /** One tile or bundle of entries. Entries hold codes and pseudonyms only; even so, each reading is on record. */
  tile(call: Call, path: string): Promise<Buffer> {
    return this.reading('ledger.read', call, async (tx) => {
      tx.about({ detail: { tile: path } });
      return tileAt(inUnit(tx), path, this.published.latest().size);
    });
  }

  /** One act with everything that is kept of it, and what opens its commitment. */
  entry(call: Call, eventId: string) {
    return this.reading('ledger.read', call, async (tx) => {
      const record = await this.sealed(tx, eventId);
      tx.about({ detail: { entry: eventId } });
      const opening = openingOf(record, this.details);
      return {
        index: String(record.idx),
        eventId,
        entry: record.bytes.toString('base64'),
        leaf: hashLeaf(record.bytes).toString('base64'),
        opening: opening && { detail: opening.detail.toString('base64'), k: opening.k.toString('base64') },
        record: describe(record, this.details),
      };
    });
  }

  /** The proof that one act is in the log, for an auditor; null until a checkpoint covers it. */
  proof(call: Call, eventId: string): Promise<string | null> {
    return this.reading('trail.verify', call, async (tx) => {
      tx.about({ detail: { entry: eventId } });
      return this.tlogProof(tx, await this.sealed(tx, eventId));
    });
  }

  /** The proof that the log of one size is the beginning of the log of another (RFC 9162 s.2.1.4). */
  consistency(call: Call) {
    return this.reading('trail.verify', call, async (tx) => {
      const dto = valid(ConsistencyQueryDto, call.query);
      const to = BigInt(dto.to ?? this.published.latest().size);
      const from = BigInt(dto.from);
      if (from < 1n || from > to || to > this.published.latest().size) {
        const message = 'Give sizes from 1 up to that of the newest checkpoint, the smaller first';
        throw new Invalid([{ field: 'from', code: 'out-of-range', message }]);
      }
      tx.about({ detail: { from: String(from), to: String(to) } });
      const prover = new Prover(tileReader(inUnit(tx)));
      const [first, last, proof] = [await prover.root(from), await prover.root(to), await prover.consistency(from, to)];
      const base64 = (b: Buffer): string => b.toString('base64');
      return {
        from: String(from),
        to: String(to),
        fromRoot: base64(first),
        toRoot: base64(last),
        proof: proof.map(base64),
      };
    });
  }

  /**
   * The receipt of an act, for whoever did it: null while it is not final. To anybody else it does not exist; while an act
   * is so young that it could be on its way, every answer is null, so that nothing is learnt from the difference.
   */
  receipt(call: Call, auditId: string): Promise<string | null> {
    return this.unit.read({ action: 'receipt.read', call, objects: this.objects() }, async (tx) => {
      demand(tx.actor, 'receipt.read');
      tx.about({ detail: { entry: auditId } });
      const record = await recordOfAct(inUnit(tx), auditId);
      if (record !== undefined && (await isBy(inUnit(tx), record.idx, tx.actor.id))) return this.tlogProof(tx, record);
      if (!isYoung(auditId, tx.now)) throw new NotFound('receipt');
      return null;
    });
  }

  /** How far the log is, and how far behind: counts and times only. */
  async status() {
    const query = queryOf(this.databases.pool('audit'));
    const [state, waiting] = [await readState(query), await waitingActs(query)];
    const signed = this.published.newest;
    return {
      origin: this.log.origin,
      size: String(state.size),
      checkpointSize: signed && String(signed.size),
      checkpointAt: signed?.at ?? null,
      ageSeconds: signed && Math.max(0, Math.round((Date.now() - signed.at.getTime()) / 1000)),
      pending: waiting + Number(state.size - (signed?.size ?? 0n)),
      trouble: this.log.trouble,
      altered: this.recheck.altered,
      late: this.checkpoints.late,
      witnesses: this.witnessing.standing,
      copies: this.copying.standing,
    };
  }

  private reading<T>(action: Action, call: Call, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unit.read({ action, call, objects: this.objects() }, async (tx) => {
      demand(tx.actor, action); // before anything is looked for: who may not read the log learns nothing of it
      return fn(tx);
    });
  }

  private objects(): ObjectRef[] {
    return [{ t: 'ledger', id: this.log.id }];
  }

  private async sealed(tx: Tx, eventId: string): Promise<StoredRecord> {
    const record = await recordOfAct(inUnit(tx), eventId);
    const query = inUnit(tx);
    if (record === undefined || (await concerningAny(query, [record.idx], await closedTo(query))).size > 0)
      throw new NotFound('entry');
    return record;
  }

  /** Final once the witnesses agree, where there are any: until then the log could still show somebody else another. */
  private async tlogProof(tx: Tx, { idx, bytes }: StoredRecord): Promise<string | null> {
    const checkpoint = this.policyOf.needed ? this.published.final : this.published.latest();
    if (checkpoint === null || idx >= checkpoint.size) return null;
    const { size, note } = checkpoint;
    const proof = await new Prover(tileReader(inUnit(tx))).inclusion(idx, size);
    return formatTlogProof({ index: idx, proof, checkpoint: note, extra: bytes });
  }
}

/** A UUIDv7 begins with its time in milliseconds (RFC 9562 §5.7). */
function isYoung(id: string, now: Date): boolean {
  const at = parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  return id[14] === '7' && Math.abs(now.getTime() - at) < ON_ITS_WAY_MS;
}
