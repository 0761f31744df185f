import { provenance } from './rule-shapes';
import { checked, list, record, refersTo, type Shape, whole } from './shapes';
import type { Leads } from '@concordat/sharing';
import type { Provenance } from './types';

const MOST_DAYS = 366;

/** How many days before its day a review and the last day of an agreement are told of. */
export type AgreementClocks = Provenance &
  Leads & {
    /** For how many days at most an answer holds that a person gave where the rules left something to one. */
    readonly answersHold: number;
    /** Within how many working days of which calendar governance reviews what was shared in an emergency. */
    readonly emergencyReview: { readonly workingDays: number; readonly calendar: string };
  };

const leads: Shape<readonly number[]> = checked(list(whole(1, MOST_DAYS), 1), (days) =>
  days.every((each, i) => i === 0 || each < days[i - 1]!) ? undefined : 'is not in falling order, each day once',
);

/** The document of kind `agreement-clocks`. */
export const agreementClocks: Shape<AgreementClocks> = record({
  ...provenance,
  review: leads,
  expiry: leads,
  showExpiredFor: whole(1, MOST_DAYS),
  answersHold: whole(1, MOST_DAYS),
  emergencyReview: record({ workingDays: whole(1, MOST_DAYS), calendar: refersTo('calendar') }),
});
