import type { Role } from '@concordat/contracts';
import { Random } from '../../faults/random';
import type { Life, Meanwhile } from './living';
import type { Staff } from './partnership';
import { history, sought } from './plan';

/** What part of referrals become cases, by the shares of `plan.ts`: accepted at once, or after they were taken up again. */
const ACCEPTED = 0.8 + 0.18 * 0.05;

/** The referrals of a whole partnership, evenly over its time, until it has about so many cases. */
export function* lives(seed: number, cases: number, staff: Staff, from: number, to: number): Generator<Life> {
  const all = Math.round(cases / ACCEPTED);
  const random = new Random(`${seed}/lives`);
  for (let i = 0; i < all; i++) {
    const at = from + ((i + random.next()) / all) * (to - from);
    yield { at, steps: history(random, staff, new Date(at)) };
  }
}

const STAFF: readonly Role[] = ['safeguarding-lead', 'practitioner'];

/**
 * reading lets staff look at cases, old and new, so that at any time the ledger has its share of `entries`: most of what a
 * ledger holds is that somebody looked.
 */
export function reading(seed: number, entries: number, staff: Staff, from: number, to: number): Meanwhile {
  const random = new Random(`${seed}/reading`);
  return async ({ bulk, clock, ledger, records }) => {
    const due = (entries * (clock.now().getTime() - from)) / (to - from);
    while (records.cases.length > 0 && ledger.entries < due) {
      const { cases } = records;
      const newest = random.chance(0.7) ? Math.max(0, cases.length - 2_000) : 0;
      const kept = cases[random.between(newest, cases.length - 1)]!;
      const by = staff.of(random, random.pick(Object.keys(kept.parts)), STAFF);
      if (!by) continue;
      const subject = { id: kept.referralId, version: 0, caseId: kept.id };
      const what = random.weighted({ 'view-case': 78, 'list-cases': 8, list: 8, search: 5, hidden: 1 });
      if (what === 'search') await bulk.take(subject, { do: 'search', by, q: sought(random) });
      else if (what !== 'hidden') await bulk.take(subject, { do: what, by });
      else {
        const org = staff.organisations.find((o) => !kept.parts[o] && staff.of(random, o, STAFF));
        const outsider = org && staff.of(random, org, STAFF);
        if (outsider) await bulk.refused(subject, { do: 'view-case', by: outsider });
      }
    }
  };
}
