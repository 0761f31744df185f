import { DeadlineEscalated, DeadlineFired } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { AT_ONCE_MS, Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { beat, climbRung, dueDeadlines, dueRungs, fireDeadline, type Fired } from '../deadlines.repository';
import { Practice } from '../message-practice';
import { stageOf } from '../notice';
import { gather } from '../notices.repository';
import { recipientsOf, tell } from '../recipients.repository';

const EVERY_MS = 10_000;
const SYSTEM = serviceActorId('notifications');
const call = () => systemCall(SYSTEM, 'operation');

/** Somebody else was first, it is not due yet, or it was done: undoes the unit without a trace. */
class NothingToDo extends Error {}

/**
 * Fires deadlines and climbs their ladders. A job makes a deadline punctual; the sweep, every ten seconds, suffices alone: with
 * the queue gone, or all that it held lost, nothing is late by more than an outage and one round (events.md D1 to D3).
 */
@Injectable()
export class FiringService {
  private late = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    const sweep = new Sweep('deadline sweep', EVERY_MS, () => this.sweep(), log, AT_ONCE_MS);
    lifecycle.add({
      name: sweep.name,
      start: () => sweep.start(),
      stop: () => sweep.stop(),
      trouble: () => sweep.trouble() ?? (this.late > 0 ? `${this.late} deadlines are late` : null),
    });
  }

  /** fire fires a deadline if it is that version's, pending and due. True when this call did. */
  fire(id: string, version: number): Promise<boolean> {
    return this.once('deadline.fire', id, async (tx) => {
      const stream = await tx.lock(id);
      const fired = await fireDeadline(tx, id, version);
      if (!fired) throw new NothingToDo();
      const { kind, recordId, caseId, orgId, dueAt } = fired;
      const of = { deadlineId: id, kind, recordId, ...(caseId ? { caseId } : {}), orgId };
      stream.publish(DeadlineFired, { ...of, dueAt: dueAt.toISOString() });
      about(tx, fired);
    });
  }

  /** climb tells whoever a rung is for, if its time has come and the deadline is open. True when this call did. */
  climb(id: string, n: number): Promise<boolean> {
    return this.once('deadline.escalate', id, async (tx) => {
      const stream = await tx.lock(id);
      const rung = await climbRung(tx, id, n);
      if (!rung) throw new NothingToDo();
      const people = await recipientsOf(tx, rung);
      const { kind, orgId, to } = rung;
      const how = { kind, stage: stageOf(rung, tx.now), rhythm: this.practice.of(kind).rhythm };
      const told = (await tell(tx, rung, people)).map((each) => ({ ...each, ...how }));
      await gather(tx, { of: 'message', told, times: this.practice.times(tx.now) });
      stream.publish(DeadlineEscalated, { deadlineId: id, kind, orgId, to, rung: n, people });
      about(tx, rung);
      tx.about({ decision: to, recipients: [{ org: orgId, role: to }], detail: { people } });
    });
  }

  /** sweep does all that is due now, the longest due first. What fails is tried at the next. */
  async sweep(): Promise<void> {
    let due: { id: string; version: number }[] = [];
    let rungs: { id: string; n: number }[] = [];
    await this.unit.project(call(), async (tx) => {
      due = await dueDeadlines(tx);
      rungs = await dueRungs(tx);
      this.late = await beat(tx);
    });
    const failures: unknown[] = [];
    const tried = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error));
    for (const { id, version } of due) await tried(this.fire(id, version));
    for (const { id, n } of rungs) await tried(this.climb(id, n));
    if (failures.length > 0) throw failures[0];
  }

  private async once(
    action: 'deadline.fire' | 'deadline.escalate',
    id: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<boolean> {
    try {
      await this.unit.run({ action, call: call(), objects: [{ t: 'deadline', id }] }, async (tx) => {
        await work(tx);
        return { id };
      });
      return true;
    } catch (error) {
      if (error instanceof NothingToDo) return false;
      throw error;
    }
  }
}

function about(tx: Tx, { id, version, caseId, rule }: Fired): void {
  tx.about({
    objects: [{ t: 'deadline', id, ver: String(version) }, ...(caseId ? [{ t: 'case' as const, id: caseId }] : [])],
    rule,
  });
}
