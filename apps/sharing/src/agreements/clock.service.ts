import { civilDate } from '@concordat/clocks';
import { AgreementFellDue } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { clockStep, dueNow, takeStep, type Due } from '@concordat/sharing';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { AgreementRecord } from '../agreement-record';
import { Law } from '../law';
import { keepStep, replaceAgreement, visibleAgreement } from './agreements.repository';
import { clockedVersions, keepReminder, keyOf, remindersTold, type ClockedVersion } from './clocks.repository';
import { publishChange } from './publishing';

const EVERY_MS = 60_000;
const SYSTEM = serviceActorId('sharing');
const call = () => systemCall(SYSTEM, 'operation');

/** Somebody else was first, or the agreement moved on: undoes the unit without a trace. */
class NothingToDo extends Error {}

/**
 * Takes the steps of the clock: an agreement whose last day is over becomes EXPIRED, one that another version has taken over
 * from becomes SUPERSEDED, and what falls due is told once for each lead. Decisions never wait for it: they go by the days
 * themselves, so what expired a moment ago permits nothing, swept or not.
 */
@Injectable()
export class ClockService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly law: Law,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('agreement clock sweep', EVERY_MS, () => this.sweep(), log));
  }

  /** sweep does all that is due now. What fails is tried at the next; it does not keep the others from being done. */
  async sweep(): Promise<void> {
    let versions: readonly ClockedVersion[] = [];
    let told: ReadonlySet<string> = new Set();
    let today = '';
    await this.unit.project(call(), async (tx) => {
      versions = await clockedVersions(tx);
      told = await remindersTold(tx);
      today = civilDate(tx.now);
    });
    const failures: unknown[] = [];
    const tried = async (work: Promise<unknown>): Promise<void> => {
      await work.catch((error: unknown) => failures.push(error));
    };
    for (const version of versions) {
      const step = clockStep(version, versions, today);
      if (step) await tried(this.step(version, step));
      for (const due of dueNow(version, versions, today, this.law.leads))
        if (!told.has(keyOf(version.recordId, due))) await tried(this.remind(version.recordId, due));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** step takes one of its steps with a version if nothing has changed it meanwhile. True when this call did. */
  step({ recordId, recordVersion }: ClockedVersion, step: 'expire' | 'supersede'): Promise<boolean> {
    const action = step === 'expire' ? 'agreement.expire' : 'agreement.supersede';
    return this.doing(recordId, action, async (tx, was) => {
      if (was.version !== recordVersion) throw new NothingToDo();
      const stream = await tx.lock(recordId); // locked already: its stream
      const document = takeStep(was.document, { do: step }, tx.actor.id, tx.now.toISOString());
      const record = { ...was, version: was.version + 1, document };
      await replaceAgreement(tx, record);
      await keepStep(tx, record, step, null);
      publishChange(tx, stream, record);
    });
  }

  /** remind tells that something falls due, once. True when this call did. */
  remind(recordId: string, due: Due): Promise<boolean> {
    return this.doing(recordId, 'agreement.remind', async (tx, { ownerOrg, document }) => {
      if (!(await keepReminder(tx, recordId, due))) throw new NothingToDo();
      const parties = document.parties.map((p) => p.orgId);
      const { id: agreement, version: number } = document;
      (await tx.lock(recordId)).publish(AgreementFellDue, {
        ...{ recordId, agreement, number, what: due.what, on: due.on, lead: due.days, ownerOrg, parties },
      });
      tx.about({ decision: due.what, rule: `${agreement}@${number}`, recipients: parties.map((org) => ({ org })) });
    });
  }

  private async doing(
    id: string,
    action: 'agreement.expire' | 'agreement.supersede' | 'agreement.remind',
    work: (tx: Tx, was: AgreementRecord) => Promise<void>,
  ): Promise<boolean> {
    const act = { action, call: call(), objects: [{ t: 'agreement' as const, id }] };
    try {
      await this.unit.run(act, async (tx) => {
        // Before it is read, so that two sweeps at once do not both take the step.
        await tx.lock(id);
        await work(tx, await visibleAgreement(tx, id));
        return { id };
      });
      return true;
    } catch (error) {
      if (error instanceof NothingToDo) return false;
      throw error;
    }
  }
}
