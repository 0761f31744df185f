import { force, provenance, registered } from './rule-shapes';
import { checked, code, day, distinct, flag, list, matching, oneOf, record, type Shape, text, whole } from './shapes';
import type { Provenance } from './types';

/** How long applications for ASB case reviews are kept once they are settled; periods as ISO 8601 writes them. */
export type ApplicationRetention = Provenance & {
  readonly id: string;
  readonly effectiveTo?: string;
  /** From the day on which one was set aside. */
  readonly setAside: string;
  /** From the day on which the review that was made of it came to its end. */
  readonly closed: string;
};

const period = matching(/^P[1-9]\d{0,2}[YM]$/, 'a period such as P2Y or P6M');

/** A document of kind `application-retention`. A pack without one keeps applications until it has one. */
export const applicationRetention: Shape<ApplicationRetention> = registered(
  record({ id: code, ...provenance, setAside: period, closed: period }, { effectiveTo: day }),
);

/** A duty that a community safety partnership has again and again (domain/statutory-reviews.md §11). */
export type PartnershipDuty = {
  readonly code: string;
  readonly title: string;
  /** What must be done, in a sentence. */
  readonly what: string;
  /** Months after it was last done until it is due again. */
  readonly months: number;
  readonly force: 'law' | 'guidance' | 'local' | 'unverified';
  readonly source: string;
  /** What a record of it says of its content, each by a text. */
  readonly parts: readonly { readonly code: string; readonly title: string }[];
  /** Who is sent a copy each time. */
  readonly copies: readonly { readonly code: string; readonly to: string }[];
};
export type PartnershipDuties = Provenance & {
  readonly id: string;
  readonly effectiveTo?: string;
  readonly duties: readonly PartnershipDuty[];
};

/** A document of kind `partnership-duties`. */
export const partnershipDuties: Shape<PartnershipDuties> = registered(
  record(
    {
      ...{ id: code, ...provenance },
      duties: distinct(
        list(
          record({
            ...{ code, title: text, what: text, months: whole(1, 120), force, source: text },
            parts: distinct(list(record({ code, title: text })), (p) => p.code),
            copies: distinct(list(record({ code, to: text })), (c) => c.code),
          }),
          1,
        ),
        (d) => d.code,
      ),
    },
    { effectiveTo: day },
  ),
);

/** A field of what a central body asks of each review. Not known is an answer to every one; a blank is none. */
export type ReviewDataField = {
  readonly code: string;
  readonly title: string;
  readonly kind: 'answer' | 'choice' | 'month' | 'text';
  readonly choices?: readonly { readonly code: string; readonly title: string }[];
};
export type ReviewDataGroup = {
  readonly code: string;
  readonly title: string;
  /** Whether there can be several: a victim, a perpetrator. */
  readonly several: boolean;
  readonly fields: readonly ReviewDataField[];
};
/** What a central body asks of reviews of some kinds, in one version. */
export type ReviewData = Provenance & {
  readonly id: string;
  readonly effectiveTo?: string;
  readonly title: string;
  /** Codes of kinds of reviews. */
  readonly kinds: readonly string[];
  readonly groups: readonly ReviewDataGroup[];
};

const field: Shape<ReviewDataField> = checked(
  record(
    { code, title: text, kind: oneOf(['answer', 'choice', 'month', 'text']) },
    { choices: distinct(list(record({ code, title: text }), 2), (c) => c.code) },
  ),
  ({ kind, choices }) =>
    (kind === 'choice') === (choices !== undefined) ? undefined : 'has “choices” when it is a choice, and only then',
);

/** A document of kind `review-data`. */
export const reviewData: Shape<ReviewData> = registered(
  checked(
    record(
      {
        ...{ id: code, ...provenance, title: text, kinds: list(code, 1) },
        groups: distinct(
          list(
            record({
              ...{ code, title: text, several: flag },
              fields: distinct(list(field, 1), (f) => f.code),
            }),
            1,
          ),
          (g) => g.code,
        ),
      },
      { effectiveTo: day },
    ),
    ({ groups }) => (groups.some(({ several }) => !several) ? undefined : 'needs a group of which there is one only'),
  ),
);
