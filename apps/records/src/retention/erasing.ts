import { CaseErased, RetentionDecided } from '@concordat/contracts';
import { OnJob, UnitOfWork, type Job, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { why } from '../retention';
import { Calculating, type Current } from './calculating';
import { casesToErase, eraseCase, unreviewedUses } from './erasures.repository';
import { changeRetention, keepRetentionStep } from './retention.repository';

const EVERY_MS = 10_000;
const SYSTEM = serviceActorId('records');

/** Somebody else was first, or the decision was taken back: undoes the unit without a trace. */
class NothingToErase extends Error {}

/**
 * Erases cases of which two people have decided so. The decision is the case's own row (events.md D1): a job makes it
 * punctual, a sweep finds what no job has told of, and it is done once. Just before, everything is looked at again: a hold
 * that was placed meanwhile, or anything that was added to the case, stops it and gives it back to the queue.
 */
@Injectable()
export class Erasing {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly calculating: Calculating,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('decided erasures', EVERY_MS, () => this.sweep(), log));
  }

  /** Told by the queue that an erasure was confirmed. It may be told twice, or late. */
  @OnJob('erase-case')
  async told({ payload }: Job): Promise<void> {
    await this.erase(payload.id, payload.version);
  }

  /** erase erases a case if that version of its keeping is confirmed, and nothing keeps it. True when this call did. */
  async erase(caseId: string, version: number): Promise<boolean> {
    const objects = [{ t: 'case' as const, id: caseId }];
    let erased = false;
    try {
      await this.unit.run({ action: 'case.erase', call: systemCall(SYSTEM, 'retention'), objects }, async (tx) => {
        const stream = await tx.lock(caseId);
        const current = await this.calculating.current(tx, caseId, true);
        if (current?.row.state !== 'confirmed' || current.row.version !== version) throw new NothingToErase();
        const { row } = current;
        const rule = `${row.pack}/${row.rule}@${row.ruleVersion}`;
        const kept = why(row, this.calculating.days(tx.now).today);
        erased = kept === null;
        tx.about({ rule, decision: row.decisionId! });
        if (kept !== null) {
          await this.stop(tx, current);
          stream.publish(RetentionDecided, { caseId, what: 'stopped' });
          tx.about({ reasons: [`stopped.${kept}`] });
          return;
        }
        const unreviewed = await unreviewedUses(tx, caseId);
        const { referralId, people } = await eraseCase(tx, caseId);
        const { decisionId, ruleVersion } = row;
        stream.publish(CaseErased, {
          ...{ caseId, people: [...people], rule: row.rule, ruleVersion, decisionId: decisionId! },
          ...(referralId ? { referralId } : {}),
          ...(unreviewed.length > 0 ? { unreviewedUses: unreviewed } : {}),
        });
        // Not as subjects: what is said of them here must not go with their key.
        tx.about({
          objects: [
            { t: 'erasure', id: caseId },
            ...(referralId ? [{ t: 'referral' as const, id: referralId }] : []),
            ...people.map((id) => ({ t: 'person' as const, id })),
          ],
        });
      });
      return erased;
    } catch (error) {
      if (error instanceof NothingToErase) return false;
      throw error;
    }
  }

  /** sweep erases whatever is decided, the longest ago first. */
  async sweep(): Promise<void> {
    let decided: { id: string; version: number }[] = [];
    await this.unit.project(systemCall(SYSTEM, 'operation'), async (tx) => {
      decided = await casesToErase(tx);
    });
    for (const { id, version } of decided) await this.erase(id, version);
  }

  private async stop(tx: Tx, { row }: Current): Promise<void> {
    await changeRetention(tx, row, { state: 'kept' });
    await keepRetentionStep(tx, row.caseId, { what: 'stopped' });
  }
}
