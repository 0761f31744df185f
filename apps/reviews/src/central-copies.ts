import { daysBetween, rangeOf } from '@concordat/clocks';
import type { ReviewKind } from '@concordat/packs';
import type { CentralCopy } from './publication';
import { dateOf, type ReviewDocument } from './review';

type Leaving = Pick<ReviewDocument, 'facts' | 'publications' | 'copies' | 'copyReceipts'>;

/**
 * How a copy for a central body stands. `to-send` is owed now: what has no time in law shows its age and is never overdue
 * (domain/statutory-reviews.md §3.1). `unanswered` is one whose receipt was to come by a day that has passed.
 */
export const copyStandings = ['not-yet', 'to-send', 'sent', 'unanswered', 'acknowledged'] as const;
export type CopyStanding = (typeof copyStandings)[number];

/** A copy that a central body is to have of a review. */
export interface CopyLine {
  readonly code: string;
  readonly to: string;
  readonly force: string;
  readonly standing: CopyStanding;
  /** The day from which it is owed; null while nothing is to be sent yet. */
  readonly since: string | null;
  /** Of what is owed and not sent: for how many days. Of what is unanswered: how many days late that is. */
  readonly days: number | null;
  readonly sentOn: string | null;
  /** The number of the copy that was sent last, from 1, by which its receipt is recorded. */
  readonly copy: number | null;
  readonly acknowledgeBy: string | null;
  readonly acknowledgedOn: string | null;
  /** What the central body acknowledged it by, such as its own reference. */
  readonly answer: string | null;
}

type Due = NonNullable<ReviewKind['copies']>[number];

/**
 * owedSince is the day from which a copy is owed: the date that its kind names, else the first decision that the review is
 * published or withheld. A date that is known by its month is owed from the last day that it can have been. Pure.
 */
function owedSince({ from }: Due, document: Leaving): string | null {
  const fact = from === undefined ? undefined : dateOf(document, from);
  if (fact) return rangeOf(fact).latest;
  return document.publications?.find(({ decision }) => decision !== 'deferred')?.decidedOn ?? null;
}

/** acknowledgementOf is the receipt of a copy, the one recorded last. Pure. */
export const acknowledgementOf = ({ copyReceipts = [] }: Pick<ReviewDocument, 'copyReceipts'>, copy: number) =>
  copyReceipts.findLast((r) => r.copy === copy);

/** copyLines is every copy that central bodies are to have of a review, and how each stands on a civil day. Pure. */
export function copyLines({ copies: due = [] }: Pick<ReviewKind, 'copies'>, document: Leaving, today: string) {
  const { copies = [] } = document;
  return due.map((entry): CopyLine => {
    const since = owedSince(entry, document);
    const at = copies.findLastIndex(({ code }) => code === entry.code);
    const sent: CentralCopy | undefined = copies[at];
    const base = {
      ...{ code: entry.code, to: entry.to, force: entry.force, since, days: null },
      ...{ sentOn: sent?.sentOn ?? null, copy: sent ? at + 1 : null, acknowledgeBy: sent?.acknowledgeBy ?? null },
      ...{ acknowledgedOn: null, answer: null },
    };
    if (!sent) {
      if (since === null || since > today) return { ...base, standing: 'not-yet' };
      return { ...base, standing: 'to-send', days: daysBetween(since, today) };
    }
    const receipt = acknowledgementOf(document, at + 1);
    if (receipt) return { ...base, standing: 'acknowledged', acknowledgedOn: receipt.on, answer: receipt.reference };
    const by = sent.acknowledgeBy ?? null;
    if (by !== null && by < today) return { ...base, standing: 'unanswered', days: daysBetween(by, today) };
    return { ...base, standing: 'sent' };
  });
}

/** What of the register may be asked for alone; `open` is what somebody has to do something about. */
export const copyOnly = ['open', ...copyStandings] as const;
export type CopyOnly = (typeof copyOnly)[number];

const URGENCY: readonly CopyStanding[] = ['unanswered', 'to-send', 'sent', 'not-yet', 'acknowledged'];

/**
 * copyRegister is the lines that fit what is asked: what to do something about first, the oldest of it first. The same order each
 * time. Pure.
 */
export function copyRegister<L extends CopyLine & { readonly reference: string }>(
  lines: readonly L[],
  { only, body }: { readonly only?: CopyOnly | undefined; readonly body?: string | undefined },
): L[] {
  return lines
    .filter(({ code }) => !body || code === body)
    .filter(({ standing }) =>
      !only ? true : only === 'open' ? standing === 'unanswered' || standing === 'to-send' : standing === only,
    )
    .toSorted(
      (a, b) =>
        URGENCY.indexOf(a.standing) - URGENCY.indexOf(b.standing) ||
        (b.days ?? 0) - (a.days ?? 0) ||
        (a.reference < b.reference ? -1 : a.reference > b.reference ? 1 : 0) ||
        (a.code < b.code ? -1 : 1),
    );
}
