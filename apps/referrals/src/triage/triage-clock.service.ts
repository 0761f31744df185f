import { TriageClockPassed } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { AT_ONCE_MS, Lifecycle, LOGGER, serviceActorId, systemCall, Sweep } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { passClock } from '../referral';
import { headerOf } from './changes';
import { TriageClocks } from './triage-clocks.repository';

const EVERY_MS = 10_000;
const SYSTEM = serviceActorId('referrals');

/** Somebody else was first, or the referral moved on: undoes the unit without a trace. */
class NothingToPass extends Error {}

/**
 * Passes triage clocks. The deadline is the referral's own row (events.md D1): a job makes it punctual, the sweep finds what
 * no job has told of, and however many of either there are, it fires once (D2, D3).
 */
@Injectable()
export class TriageClockService {
  /** What was pending for more than a minute after its time at the last sweep: the alarm of D3. */
  private late = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly clocks: TriageClocks,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    const sweep = new Sweep('triage clock sweep', EVERY_MS, () => this.sweep(), log, AT_ONCE_MS);
    lifecycle.add({
      name: sweep.name,
      start: () => sweep.start(),
      stop: () => sweep.stop(),
      trouble: () => sweep.trouble() ?? (this.late > 0 ? `${this.late} clocks are late` : null),
    });
  }

  /** pass fires the clock of a referral if it is that version's, pending and due. True when this call did. */
  async pass(id: string, version: number): Promise<boolean> {
    const act = {
      action: 'referral.pass-clock' as const,
      call: systemCall(SYSTEM, 'operation'),
      objects: [{ t: 'referral' as const, id }],
    };
    try {
      await this.unit.run(act, async (tx) => {
        const referral = await this.clocks.fire(tx, id, version);
        if (!referral) throw new NothingToPass();
        const { colour, dueAt } = referral;
        const entry = passClock(referral, { colour, dueAt: dueAt.toISOString() }, { by: tx.actor.id, at: tx.now });
        await this.clocks.note(tx, id, entry);
        const header = headerOf(referral);
        (await tx.lock(id)).publish(TriageClockPassed, { ...header, colour, dueAt: entry.dueAt });
        tx.about({ subjects: referral.people, objects: [{ t: 'referral', id, ver: String(referral.version) }] });
        return { id };
      });
      return true;
    } catch (error) {
      if (error instanceof NothingToPass) return false;
      throw error;
    }
  }

  /** sweep passes every clock that is due, oldest first. */
  async sweep(): Promise<void> {
    let due: { id: string; version: number }[] = [];
    await this.unit.project(systemCall(SYSTEM, 'operation'), async (tx) => {
      due = await this.clocks.due(tx);
      this.late = await this.clocks.late(tx);
    });
    for (const { id, version } of due) await this.pass(id, version);
  }
}
