import type { CaseFactsView, NextStep, OrderInForce } from '../apis/case-facts';
import type { Names } from '../apis/directory';
import type { CaseView } from '../apis/records';
import { civilDateOf, dateOf } from '../design/filters';
import { nameOf } from '../design/referral-sections';

const today = (): string => new Date().toISOString().slice(0, 10);

/** Orders and steps as pages show them: those that hold, and those that have ended or been done. */
export function factsShown(facts: CaseFactsView, names: Names, { people }: Pick<CaseView, 'people'>) {
  const order = (o: OrderInForce) => ({
    ...o,
    title: facts.kinds.find((k) => k.code === o.order)?.title ?? o.order,
    againstName: o.against ? nameOf(people.find((p) => p.id === o.against)) : null,
    time: [o.from && `from ${civilDateOf(o.from)}`, o.until && `until ${civilDateOf(o.until)}`]
      .filter(Boolean)
      .join(' '),
    past: o.until !== undefined && o.until < today(),
    agency: names.organisation(o.orgId),
  });
  const step = (s: NextStep) => ({
    ...s,
    agencyName: names.organisation(s.agency),
    dueLine: s.due ? `by ${dateOf(s.due)}` : null,
    late: s.due !== undefined && s.due < today(),
  });
  return {
    orders: facts.orders.filter((o) => o.endedAt === null).map(order),
    steps: facts.steps.filter((s) => s.endedAt === null).map(step),
    ended: [
      ...facts.orders
        .filter((o) => o.endedAt !== null)
        .map((o) => ({ text: order(o).title, at: o.endedAt, by: names.person(o.endedBy), why: o.endedWhy })),
      ...facts.steps
        .filter((s) => s.endedAt !== null)
        .map((s) => ({ text: s.text, at: s.endedAt, by: names.person(s.endedBy), why: s.endedWhy })),
    ],
  };
}
