import { dutyState, type DutyState } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import type { PartnershipDuty } from '@concordat/packs';
import type { Recorded } from './review';

/** That a duty was done. A later record takes its place, and both stay. */
export interface DutyRecord extends Recorded {
  readonly number: number;
  readonly doneOn: string;
  /** What it is called, and where it is kept or published. */
  readonly title: string;
  readonly kept: string;
  readonly approvedBy: string;
  readonly parts: readonly { readonly code: string; readonly text: string }[];
}

/** That a copy of what was done last was sent. */
export interface DutyCopy extends Recorded {
  readonly code: string;
  /** The number of the record that it is of. */
  readonly of: number;
  readonly sentOn: string;
  readonly receipt: string;
}

export interface DutyStanding {
  readonly clock: DutyState;
  readonly last: DutyRecord | null;
  /** What the last record says nothing of, and who had no copy of it; in words. */
  readonly missing: readonly string[];
}

const limitOf = ({ months, force }: PartnershipDuty) => ({
  ...({ unit: 'month', mode: 'after', value: months, force, pausable: [], pauseEffect: 'none' } as const),
});

/** By when a duty that was done on a day is due again. Pure. */
export const dueAgain = (duty: PartnershipDuty, doneOn: string): string =>
  dutyState(limitOf(duty), { anchors: [doneOn] }, doneOn).due!.latest;

/**
 * standingOf is how a duty of a partnership stands on a civil day: counted from the last time that it was done; without anchor
 * while it was never recorded. What was recorded last counts, so that a wrong day is put right by another record. Pure.
 */
export function standingOf(
  duty: PartnershipDuty,
  records: readonly DutyRecord[],
  copies: readonly DutyCopy[],
  today: string,
): DutyStanding {
  const last = records.at(-1) ?? null;
  const clock = dutyState(limitOf(duty), { anchors: last ? [last.doneOn] : [] }, today);
  const silent = last ? duty.parts.filter(({ code }) => !last.parts.some((p) => p.code === code && p.text.trim())) : [];
  const unsent = last
    ? duty.copies.filter(({ code }) => !copies.some((c) => c.code === code && c.of === last.number))
    : [];
  return {
    ...{ clock, last },
    missing: [
      ...silent.map(({ title }) => `Nothing is said of: ${title}`),
      ...unsent.map(({ to }) => `No copy: ${to}`),
    ],
  };
}

/** dutyProblems says why a record or a copy cannot be kept: a part or body that the duty does not know, a day to come. Pure. */
export function dutyProblems(
  known: readonly { readonly code: string }[],
  given: readonly { readonly code: string }[],
  { field, day }: { readonly field: string; readonly day: string },
  today: string,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (day > today) problems.push({ field, code: 'in-future', message: 'The date must be today or earlier' });
  given.forEach(({ code }, i) => {
    if (!known.some((k) => k.code === code))
      problems.push({ field: `parts.${i}.code`, code: 'not-in-list', message: 'This duty has no such part' });
  });
  return problems;
}
