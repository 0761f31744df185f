import type { JobRequest } from '../../../libs/messaging/src/job';
import { Agenda } from './agenda';
import type { Bulk } from './bulk';
import type { Clock } from './clock';
import type { Copying } from './copy';
import type { LedgerWriter } from './ledger';
import type { Planned } from './plan';
import type { RecordsMemory } from './records-memory';
import type { Step, Subject } from './steps';

/** One referral that is to be made: when, and what will happen to it. */
export interface Life {
  readonly at: number;
  readonly steps: readonly Planned[];
}

/** The world while it lives. */
export interface World {
  readonly bulk: Bulk;
  readonly clock: Clock;
  readonly ledger: LedgerWriter;
  readonly copying: Copying;
  readonly records: RecordsMemory;
  /** Every deadline that was asked for. */
  readonly jobs: readonly JobRequest[];
  readonly until: number;
}

/** What happens beside the histories of referrals, whenever the time has moved on. */
export type Meanwhile = (world: World) => Promise<void>;

/** What of a referral is still to come. */
interface Rest {
  left: number;
}
type Due = { readonly subject: Subject; readonly rest: Rest; readonly step: Step | 'pass-clock' };

/** live lets everything happen at its time: the steps of each referral, and clocks that pass; until the time is up. */
export async function live(world: World, lives: Iterable<Life>, meanwhile: Meanwhile): Promise<void> {
  const { bulk, clock, jobs } = world;
  const agenda = new Agenda<Due>();
  const coming = lives[Symbol.iterator]();
  let next = coming.next();
  for (;;) {
    for (; !next.done && next.value.at <= agenda.next; next = coming.next()) {
      const subject: Subject = { id: '', version: 0, caseId: null };
      const rest = { left: next.value.steps.length };
      for (const { after, step } of next.value.steps) agenda.add(next.value.at + after, { subject, rest, step });
    }
    const due = agenda.take();
    if (!due || due.at > world.until) return;
    clock.reach(due.at);
    const { subject, rest, step } = due.what;
    const asked = jobs.length;
    if (step === 'pass-clock') await bulk.pass(subject);
    else await bulk.take(subject, step);
    for (const job of jobs.slice(asked)) {
      rest.left++;
      agenda.add(job.runAt.getTime() + PUNCTUAL_MS, { subject, rest, step: 'pass-clock' });
    }
    if (--rest.left === 0) bulk.settle(subject.id);
    await meanwhile(world);
    await world.ledger.sign();
    await world.copying.keepUp();
  }
}

/** How long after its time the queue tells of a deadline. */
const PUNCTUAL_MS = 50;
