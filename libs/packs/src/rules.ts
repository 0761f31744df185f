/**
 * A piece of law or local practice with a version of its own (domain/risk-conferences.md §1). A decision keeps `id`,
 * `version` and the pack's version, so that an auditor can replay it.
 */
export type Versioned = {
  readonly id: string;
  readonly version: number;
  /** First civil day (`YYYY-MM-DD`, London) on which the rule holds. */
  readonly effectiveFrom: string;
  /** Last civil day on which it holds; absent while it does. */
  readonly effectiveTo?: string;
  readonly source: string;
  /** False for what nobody has confirmed: kept for reference, never an active default. */
  readonly verified: boolean;
};

/** A rule of one forum. */
export type Rule = Versioned & {
  /** Code of the forum that follows the rule. */
  readonly forum: string;
};

export const measures = [
  'acknowledge',
  'rate',
  'decide',
  'information-return',
  'inform-referrer',
  'repeat-window',
] as const;
/** What a clock measures. */
export type Measure = (typeof measures)[number];

export const anchorEvents = [
  'referral-received',
  'information-requested',
  'referral-decided',
  'last-referral',
] as const;
/** The event that starts a clock; the rule in force at that moment applies. */
export type AnchorEvent = (typeof anchorEvents)[number];

export const units = ['minute', 'hour', 'workingHour', 'day', 'workingDay', 'week', 'month'] as const;

/** A time limit. `dueAt` of `@concordat/clocks` computes with it and the calendar that it names. */
export type Clock = Rule & {
  readonly measures: Measure;
  readonly anchorEvent: AnchorEvent;
  readonly value: number;
  readonly unit: (typeof units)[number];
  readonly calendarId: string;
  readonly outOfHours: 'run' | 'pause';
  readonly ifNotWorkingDay: 'keep' | 'previous' | 'next';
};

/** A value of an instrument from which a result follows. Judgement may raise a result; a threshold never refuses. */
export type Threshold = Rule & {
  readonly instrument: string;
  readonly measure: string;
  readonly operator: '>' | '>=';
  readonly value: number;
  readonly result: string;
};

/**
 * inForce picks the rules that hold on a civil day in London, first and last day included. A pack never holds two
 * versions of one rule in force on the same day, so there is at most one of each id.
 */
export function inForce<R extends Versioned>(rules: readonly R[], day: string): R[] {
  return rules.filter(({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && day <= (effectiveTo ?? '9999-12-31'));
}
