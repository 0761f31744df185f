import type { PublicationDecision, PublicationReason } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';
import type { ReviewDocument } from './review';

/** What anybody can read of a review: the edition that is shown now. */
export interface ShownEdition {
  readonly id: string;
  readonly edition: number;
  /** Whether nothing is held back. */
  readonly whole: boolean;
  readonly publishedAt: string;
  /** What each of its files is, by the kind's artefacts. */
  readonly files: readonly { readonly number: number; readonly artefact: string }[];
}

/** What was decided on publishing a review, and what came of it. */
export interface PublicationLine {
  /** Null while nothing is decided. */
  readonly decision: PublicationDecision | null;
  readonly reasons: readonly PublicationReason[];
  readonly decidedOn: string | null;
  /** How many decisions there were; the last is in force. */
  readonly decisions: number;
  /** When it is looked at again; null when it is not. */
  readonly reviewOn: string | null;
  /** That day has come. */
  readonly lookAgain: boolean;
  readonly shown: ShownEdition | null;
  /** It is decided that it is published, and nothing is. */
  readonly toPublish: boolean;
}

/** Whether a step from a state asks for the decision on publishing. Pure. */
export function asksForPublication(
  { guards, transitions }: Pick<ReviewKind, 'guards' | 'transitions'>,
  state: string,
): boolean {
  const asks = new Set(guards.filter(({ check }) => check === 'publication').map(({ code }) => code));
  return transitions.some((t) => t.from === state && t.guards.some((g) => asks.has(g)));
}

/**
 * publicationLine is how the publication of a review stands on a civil day; undefined for a review that has not come to it: nothing is
 * decided, and no step from where it stands asks for the decision. Pure.
 */
export function publicationLine(
  kind: Pick<ReviewKind, 'guards' | 'transitions'>,
  { state, document }: { readonly state: string; readonly document: Pick<ReviewDocument, 'publications'> },
  shown: ShownEdition | undefined,
  today: string,
): PublicationLine | undefined {
  const { publications = [] } = document;
  const last = publications.at(-1);
  if (!last && !asksForPublication(kind, state)) return undefined;
  const reviewOn = last?.reviewOn ?? null;
  return {
    ...{ decision: last?.decision ?? null, reasons: last?.reasons ?? [], decidedOn: last?.decidedOn ?? null },
    ...{ decisions: publications.length, reviewOn, lookAgain: reviewOn !== null && reviewOn <= today },
    shown: shown ?? null,
    toPublish: (last?.decision === 'full' || last?.decision === 'part') && !shown,
  };
}

/** What of the register may be asked for alone. */
export const publicationOnly = ['look-again', 'to-publish', 'undecided', 'shown'] as const;
export type PublicationOnly = (typeof publicationOnly)[number];

const FITS: Readonly<Record<PublicationOnly, (line: PublicationLine) => boolean>> = {
  'look-again': ({ lookAgain }) => lookAgain,
  'to-publish': ({ toPublish }) => toPublish,
  undecided: ({ decision }) => decision === null,
  shown: ({ shown }) => shown !== null,
};
const LAST = '9999-12-31';

/**
 * publicationRegister is the lines that fit what is asked: what is looked at again first comes first, then what was decided last. The
 * same order each time. Pure.
 */
export function publicationRegister<L extends PublicationLine & { readonly reference: string }>(
  lines: readonly L[],
  asked: { readonly decision?: PublicationDecision | undefined; readonly only?: PublicationOnly | undefined },
): L[] {
  const { decision, only } = asked;
  return lines
    .filter((line) => !decision || line.decision === decision)
    .filter((line) => !only || FITS[only](line))
    .toSorted(
      (a, b) =>
        compared(a.reviewOn ?? LAST, b.reviewOn ?? LAST) ||
        compared(b.decidedOn ?? LAST, a.decidedOn ?? LAST) ||
        compared(a.reference, b.reference),
    );
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
