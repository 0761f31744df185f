/** Something that counts in a year's figures, on the day on which it happened. */
export interface CaseEvent {
  readonly what: 'application' | 'reopened' | 'not-met' | 'review' | 'withdrawn' | 'redirected';
  readonly on: string;
  /** Of a review: carried out although the threshold was not met, and that decision stands. */
  readonly thoughNotMet?: boolean;
  /** Of a review: it resulted in recommendations. */
  readonly recommended?: boolean;
}

/** One application with all that happened to it. */
export interface CountedCase {
  readonly reference: string;
  /** In the order in which they happened, so far as days are the same. */
  readonly events: readonly CaseEvent[];
}

/** The four figures of section 104(9), and what they are reconciled with (domain/statutory-reviews.md §10). */
export interface AsbFigures {
  readonly applications: number;
  readonly notMet: number;
  readonly reviews: number;
  readonly withRecommendations: number;
  readonly openAtStart: number;
  readonly reopened: number;
  readonly reviewedThoughNotMet: number;
  readonly withdrawn: number;
  readonly redirected: number;
  readonly openAtEnd: number;
  /** What is wrong with them, in words. Empty when they agree. */
  readonly contradictions: readonly string[];
}

/**
 * figuresOf counts the events of a period, both days included, and how many cases were open before it and after it. Each
 * case is followed by itself, so that one whose own events contradict each other is named. Pure.
 */
export function figuresOf(cases: readonly CountedCase[], from: string, to: string): AsbFigures {
  const within = cases.flatMap(({ events }) => events).filter(({ on }) => from <= on && on <= to);
  const count = (test: (event: CaseEvent) => boolean): number => within.filter(test).length;
  const counts = {
    applications: count((e) => e.what === 'application'),
    notMet: count((e) => e.what === 'not-met'),
    reviews: count((e) => e.what === 'review'),
    withRecommendations: count((e) => e.what === 'review' && e.recommended === true),
    openAtStart: cases.filter((c) => isOpen(c, (on) => on < from)).length,
    reopened: count((e) => e.what === 'reopened'),
    reviewedThoughNotMet: count((e) => e.what === 'review' && e.thoughNotMet === true),
    withdrawn: count((e) => e.what === 'withdrawn'),
    redirected: count((e) => e.what === 'redirected'),
    openAtEnd: cases.filter((c) => isOpen(c, (on) => on <= to)).length,
  };
  return { ...counts, contradictions: [...balance(counts), ...cases.flatMap((c) => contradictionsOf(c, to))] };
}

const ENTERS: ReadonlySet<CaseEvent['what']> = new Set(['application', 'reopened']);
const isExit = (e: CaseEvent): boolean => !ENTERS.has(e.what) && !(e.what === 'review' && e.thoughNotMet === true);
/** By day; on one day as they were given, which is as they happened. */
const inOrder = (events: readonly CaseEvent[]): CaseEvent[] =>
  events.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1));

function isOpen({ events }: CountedCase, before: (on: string) => boolean): boolean {
  const last = inOrder(events.filter(({ on }) => before(on))).findLast((e) => ENTERS.has(e.what) || isExit(e));
  return last !== undefined && ENTERS.has(last.what);
}

function balance(f: Omit<AsbFigures, 'contradictions'>): string[] {
  const comeIn = f.openAtStart + f.applications + f.reopened;
  const goneOut = f.notMet - f.reviewedThoughNotMet + f.reviews + f.withdrawn + f.redirected + f.openAtEnd;
  return [
    ...(comeIn === goneOut ? [] : [`${comeIn} came in or were open, and ${goneOut} are accounted for`]),
    ...(f.withRecommendations <= f.reviews ? [] : ['more reviews resulted in recommendations than were carried out']),
  ];
}

/** A case goes out only when it is open, and is reviewed without being open only where its threshold was not met. */
function contradictionsOf({ reference, events }: CountedCase, to: string): string[] {
  const found: string[] = [];
  let open = false;
  let refused = false;
  for (const event of inOrder(events.filter(({ on }) => on <= to))) {
    if (ENTERS.has(event.what)) {
      if (open) found.push(`${reference}: ${event.what} while it was open`);
      open = true;
    } else if (isExit(event)) {
      if (!open) found.push(`${reference}: ${event.what} while it was not open`);
      open = false;
    } else if (!refused) found.push(`${reference}: reviewed though not met, and nothing says that it was not met`);
    refused = event.what === 'not-met';
  }
  return found;
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** What a footnote may call a figure; of reviews, those with recommendations first. */
const CALLED: readonly (readonly [Exclude<keyof AsbFigures, 'contradictions'>, string, string])[] = [
  [
    'withRecommendations',
    'reviews with recommendations',
    '(?:case )?reviews? (?:with|that (?:made|resulted in)) recommendations',
  ],
  ['reviews', 'reviews', '(?:case )?reviews?(?! with| (?:that|which|were|was) (?!carried out|held))'],
  ['applications', 'applications', 'applications?(?! (?:that|which|were|was) (?!made|received))'],
];

/**
 * noteContradicts names numbers in a footnote that are said of a figure and are not it (domain/statutory-reviews.md §10), such as
 * “5 reviews” under four. “2 applications were withdrawn” is of something else; of what is found all the same, whoever publishes
 * says what is meant. Pure.
 */
export function noteContradicts(note: string, figures: AsbFigures): string[] {
  return CALLED.flatMap(([figure, name, words]) =>
    [...note.matchAll(new RegExp(`\\b(\\d+|${WORDS.join('|')}) ${words}\\b`, 'gi'))].flatMap(([, said = '']) => {
      const number = /^\d/.test(said) ? Number(said) : WORDS.indexOf(said.toLowerCase());
      return number === figures[figure] ? [] : [`It says ${number} ${name}, and the figures say ${figures[figure]}`];
    }),
  );
}
