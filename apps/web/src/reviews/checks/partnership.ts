import type { ListedAgreement } from '../../apis/agreements';
import type { SharingLiaison } from '../../apis/agreement-reading';
import type { PublishedFigures } from '../../apis/asb';
import type { OwedDrops } from '../../apis/drops';
import type { PartnershipDuty } from '../../apis/duties';
import type { CheckedReview, CheckResult } from '../../apis/oversight';

/** A check of what the partnership keeps, beside those of each review (domain/statutory-reviews.md §12). */
export type PartnershipCheck = CheckedReview['checks'][number] & {
  /** Where what it rests on is kept. */
  readonly href: string;
};
type Evidence = PartnershipCheck['evidence'];
const said = (text: string, on: string | null = null): Evidence[number] => ({ text, on });

/**
 * figuresCheck is whether the yearly figures of ASB case reviews are published. They are due as soon as may be after a period
 * of twelve months at most, with no day in the Act, so that what is old is judged by a person and never failed. Pure.
 */
export function figuresCheck(own: readonly PublishedFigures[], today: string): PartnershipCheck {
  const last = own.toSorted((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : b.edition - a.edition))[0];
  const base = { code: 'asb-figures', title: 'Yearly figures of ASB case reviews', href: '/asb-case-reviews' };
  if (!last) return { ...base, result: 'to-judge', evidence: [said('None are published')] };
  const evidence = [
    said(`Of the period from ${last.from} to ${last.to}, edition ${last.edition}: published`, day(last.publishedAt)),
    said(`They reconcile: ${last.figures.contradictions.length} contradictions`),
  ];
  const nextEnds = `${Number(last.to.slice(0, 4)) + 1}${last.to.slice(4)}`;
  if (nextEnds >= today) return { ...base, result: 'met', evidence };
  return {
    ...base,
    result: 'to-judge',
    evidence: [...evidence, said('The next period was over at the latest', nextEnds)],
  };
}

/** agreementsCheck is whether each agreement in force has been reviewed by the day that it names. Pure. */
export function agreementsCheck(active: readonly ListedAgreement[], today: string): PartnershipCheck {
  const late = active.filter(({ reviewBy, expiresOn }) => reviewBy < today || expiresOn < today);
  const base = { code: 'agreements', title: 'Information sharing agreements are current', href: '/agreements' };
  if (active.length === 0) return { ...base, result: 'to-judge', evidence: [said('None is in force')] };
  return {
    ...base,
    result: late.length > 0 ? 'not-met' : 'met',
    evidence: [
      said(`${active.length} in force, ${late.length} past the day of review`),
      ...late.map((a) => said(`${a.title}, ${a.number}: to be reviewed by`, a.reviewBy)),
    ],
  };
}

/**
 * officersCheck is whether each party of agreements in force has named a designated liaison officer. The text of the regulation
 * is not confirmed: a gap is shown, and fails nobody. Pure.
 */
export function officersCheck({ items }: SharingLiaison, nameOf: (org: string) => string): PartnershipCheck {
  const without = items.filter(({ gaps }) => gaps.some(({ role }) => role === 'dlo'));
  return {
    ...{ code: 'officers', title: 'Designated liaison officers are named', href: '/agreements/liaison' },
    result: without.length > 0 || items.length === 0 ? 'to-judge' : 'met',
    evidence: [
      said(`${items.length - without.length} of ${items.length} parties of agreements in force have named one`),
      ...without.map(({ orgId }) => said(`A gap: ${nameOf(orgId)}`)),
    ],
  };
}

const SETS: Readonly<Record<OwedDrops['items'][number]['state'], string>> = {
  ...{ sent: 'sent in time', late: 'sent late', refused: 'refused, and not sent again', due: 'not due yet' },
  missing: 'missing',
};
const WORST: readonly CheckResult[] = ['not-met', 'to-judge', 'not-yet', 'met'];
const worst = (results: readonly CheckResult[]): CheckResult =>
  WORST.find((result) => results.includes(result)) ?? 'not-applicable';

/** setsCheck is what became of the depersonalised sets of section 17A, by quarters that are over. Pure. */
export function setsCheck(quarters: readonly OwedDrops[]): PartnershipCheck {
  const RESULT = { sent: 'met', due: 'not-yet', late: 'not-met', refused: 'not-met', missing: 'not-met' } as const;
  const all = quarters.flatMap(({ items }) => items);
  return {
    ...{ code: 'section-17a', title: 'Depersonalised sets of section 17A are sent', href: '/agreements/drops' },
    result: worst(all.map(({ state }) => RESULT[state])),
    evidence: quarters.flatMap(({ quarter, dueOn, items }) =>
      (Object.keys(SETS) as (keyof typeof SETS)[]).flatMap((state) => {
        const count = items.filter((item) => item.state === state).length;
        return count > 0
          ? [said(`Quarter from ${quarter}: ${count} of ${items.length} ${SETS[state]}, due`, dueOn)]
          : [];
      }),
    ),
  };
}

/** dutiesCheck is whether each duty of the partnership was done in its time; what is not confirmed fails nobody. Pure. */
export function dutiesCheck(duties: readonly PartnershipDuty[]): PartnershipCheck {
  const resultOf = ({ clock, force, missing }: PartnershipDuty): CheckResult => {
    if (clock.status === 'overdue') return force === 'unverified' ? 'to-judge' : 'not-met';
    return clock.status === 'unanchored' || missing.length > 0 ? 'to-judge' : 'met';
  };
  return {
    ...{ code: 'duties', title: 'Duties of the partnership are done in their time', href: '/reviews/duties' },
    result: worst(duties.map(resultOf)),
    evidence: duties.map(({ title, clock, missing }) => {
      if (!clock.due) return said(`${title}: never recorded`);
      const last = missing.length > 0 ? `${missing.length} missing of the last` : 'the last lacks nothing';
      return said(`${title}: ${last}; due again by`, clock.due.latest);
    }),
  };
}

const day = (instant: string): string => instant.slice(0, 10);
