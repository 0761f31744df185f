import { retentionTriggers, type RetentionTrigger } from '@concordat/contracts';
import { provenance, registered } from './rule-shapes';
import type { Versioned } from './rules';
import {
  checked,
  code,
  day,
  distinct,
  flag,
  list,
  matching,
  oneOf,
  record,
  refersTo,
  type Shape,
  text,
  whole,
} from './shapes';
import type { Provenance } from './types';

/** How long a case is kept, counted from what: `period` is a number of years or months, as ISO 8601 writes it. */
export type RetentionRule = Versioned & {
  readonly title: string;
  readonly trigger: RetentionTrigger;
  readonly period: string;
  /** Only for these kinds of cases, by the codes of their pathways; for all unless said. */
  readonly kinds?: readonly string[];
  /** Only for somebody who was of this age, in years, at the last involvement; both included. */
  readonly ages?: { readonly from: number; readonly to: number };
};

/** Kinds of cases of which nothing is erased for as long as it stands. */
export type Moratorium = {
  readonly code: string;
  readonly title: string;
  /** Codes of pathways. */
  readonly kinds: readonly string[];
  readonly source: string;
};

/** How long cases are kept, and what stands in the way of erasing them. Of several rules the longest is followed. */
export type RetentionPractice = Provenance & {
  readonly rules: readonly RetentionRule[];
  readonly moratoria: readonly Moratorium[];
  readonly soonDays: number;
  readonly keepAtMostYears: number;
};

const rule: Shape<RetentionRule> = registered(
  checked(
    record(
      {
        ...{ id: code, version: whole(1, 9_999), title: text, trigger: oneOf(retentionTriggers) },
        ...{ period: matching(/^P[1-9]\d{0,2}[YM]$/, 'a period such as P7Y or P18M'), effectiveFrom: day },
        ...{ source: text, verified: flag },
      },
      {
        effectiveTo: day,
        kinds: list(refersTo('pathway'), 1),
        ages: record({ from: whole(0, 150), to: whole(0, 150) }),
      },
    ),
    ({ trigger, ages }) =>
      ages && trigger !== 'subject-birth' ? 'only a rule that counts from birth is for some ages' : undefined,
  ),
);

/** The document of kind `retention`. */
export const retention: Shape<RetentionPractice> = checked(
  record({
    ...provenance,
    rules: list(rule, 1),
    moratoria: distinct(
      list(record({ code, title: text, kinds: list(refersTo('pathway'), 1), source: text })),
      (each) => each.code,
    ),
    soonDays: whole(1, 366),
    keepAtMostYears: whole(1, 100),
  }),
  // Something always happened last, so by such a rule every case has an end.
  ({ rules }) =>
    rules.some(({ trigger, kinds }) => trigger === 'last-involvement' && kinds === undefined)
      ? undefined
      : 'needs a rule for all kinds of cases that counts from the last involvement',
);
