import { DetailsErased, type CaseErased, type ErasedEntry } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { readDetail } from '../act-leaf';
import { Details } from '../details';
import { openingIfWhole } from '../reading';
import type { StoredRecord } from '../records.repository';
import {
  keepErasure,
  noteChecked,
  noteDone,
  noteTargets,
  openErasures,
  recordsOf,
  sizeOf,
  type OpenErasure,
} from './erasures.repository';
import { isToBeDestroyed } from './targets';

const EVERY_MS = 2_000;
/** Targets in one entry: it must stay below 65,535 bytes. */
const AT_ONCE = 400;
/** Acts from before an erasure may be sealed after it: for so long they are looked for. */
const SETTLES_MS = 3_600_000;
const SYSTEM = serviceActorId('audit');

/** Another process has looked further: undoes the unit without a trace. */
class Overtaken extends Error {}

/**
 * Destroys what the log holds of a case that was erased. Each act of it is named by an entry of the log itself, whose sealing
 * takes the detail and its key away (Sequencer): the old entry is never touched, so every root and proof stays as it was, and
 * the verifier says PROVEN_ERASED of it. An act is named once; those that are sealed late are found for an hour.
 */
@Injectable()
export class Erasures {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly details: Details,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('details of what was erased', EVERY_MS, () => this.sweep(), log));
  }

  /** Notes that a case was erased, in the unit in which that is heard. */
  async note(
    tx: Tx,
    { caseId, referralId, people, rule, ruleVersion, decisionId }: CaseErased,
    at: Date,
  ): Promise<void> {
    const ids = [caseId, ...(referralId ? [referralId] : []), ...people];
    await keepErasure(tx, { caseId, ids, rule: `${rule}@${ruleVersion}`, decision: decisionId, erasedAt: at });
  }

  async sweep(): Promise<void> {
    let open: OpenErasure[] = [];
    await this.unit.project(this.call(), async (tx) => void (open = await openErasures(tx)));
    for (const erasure of open) await this.destroy(erasure);
  }

  private async destroy(erasure: OpenErasure): Promise<void> {
    let records: StoredRecord[] = [];
    let size = 0n;
    await this.unit.project(this.call(), async (tx) => {
      size = await sizeOf(tx); // before they are looked for: what is sealed meanwhile is looked at next time
      records = await recordsOf(tx, erasure, AT_ONCE);
    });
    const upTo = records.length < AT_ONCE ? size - 1n : records.at(-1)!.idx;
    const targets = this.targetsAmong(records, new Set(erasure.ids));
    try {
      if (targets.length > 0) await this.name(erasure, targets, upTo);
      else await this.noteNothing(erasure, upTo);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      return;
    }
    if (records.length === AT_ONCE) await this.destroy({ ...erasure, checked: String(upTo) });
  }

  /** What cannot be opened is left alone: that it was tampered with is not to be hidden by an erasure. */
  private targetsAmong(records: readonly StoredRecord[], erased: ReadonlySet<string>): ErasedEntry[] {
    return records.flatMap((record) => {
      const opening = openingIfWhole(record, this.details);
      if (!opening || !isToBeDestroyed(readDetail(opening.detail.toString('utf8')), erased)) return [];
      return [{ eventId: record.eventId, index: String(record.idx) }];
    });
  }

  /** The act by which they go. Its objects are ids of what is no longer there, and not subjects: it is nobody's own. */
  private async name(erasure: OpenErasure, targets: readonly ErasedEntry[], upTo: bigint): Promise<void> {
    const { caseId, ids, rule, decision } = erasure;
    const objects = [{ t: 'erasure' as const, id: caseId }];
    await this.unit.run({ action: 'detail.erase', call: this.call(), objects }, async (tx) => {
      if (!(await noteChecked(tx, erasure, upTo))) throw new Overtaken();
      await noteTargets(tx, caseId, targets);
      const stream = await tx.lock(caseId);
      stream.publish(DetailsErased, { caseId, acts: targets.map((t) => t.eventId) });
      tx.about({ objects: ids.map((id) => ({ t: 'erasure' as const, id })), rule, decision, targets });
    });
  }

  private noteNothing(erasure: OpenErasure, upTo: bigint): Promise<void> {
    return this.unit.project(this.call(), async (tx) => {
      if (upTo > BigInt(erasure.checked) && !(await noteChecked(tx, erasure, upTo))) throw new Overtaken();
      if (tx.now.getTime() - erasure.toldAt.getTime() > SETTLES_MS) await noteDone(tx, erasure.caseId);
    });
  }

  private call() {
    return systemCall(SYSTEM, 'retention');
  }
}
