import {
  deadlineKinds,
  roles,
  rungRecipients,
  type DeadlineKind,
  type Role,
  type RungRecipient,
} from '@concordat/contracts';
import type { ClockUnit } from '@concordat/clocks';
import { provenance } from './rule-shapes';
import { checked, distinct, flag, list, matching, oneOf, record, refersTo, type Shape, whole } from './shapes';
import type { Provenance } from './types';

const units = ['minute', 'hour', 'workingHour', 'day', 'workingDay', 'week'] as const satisfies readonly ClockUnit[];

/** Whose attention is asked for, and when: so long after the deadline, or before it when negative. */
export type Rung = {
  readonly to: RungRecipient;
  readonly value: number;
  readonly unit: (typeof units)[number];
  /** Who hears of it when nobody in particular is known: those of the agency with one of these roles. */
  readonly roles: readonly Role[];
  /** Whether it is told although somebody has said that they see to it. */
  readonly evenIfAcknowledged: boolean;
};
export type Ladder = {
  readonly kind: DeadlineKind;
  /** Whether it is told at any hour of any day. */
  readonly atAnyHour: boolean;
  readonly rungs: readonly Rung[];
};

/** How what is due is told of, and to whom when nobody sees to it. */
export type DeadlineLadders = Provenance & {
  readonly calendar: string;
  /** Times of day in London between which nobody is told, except of what is told at any hour. */
  readonly quiet: { readonly from: string; readonly to: string };
  readonly ladders: readonly Ladder[];
};

const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 19:30');
const rung: Shape<Rung> = record({
  to: oneOf(rungRecipients),
  value: whole(-10_000, 10_000),
  unit: oneOf(units),
  roles: distinct(list(oneOf(roles), 1), (each) => each),
  evenIfAcknowledged: flag,
});
const ladder: Shape<Ladder> = record({ kind: oneOf(deadlineKinds), atAnyHour: flag, rungs: list(rung, 1) });

/** The document of kind `deadline-ladders`: one ladder for each kind of deadline. */
export const deadlineLadders: Shape<DeadlineLadders> = record({
  ...provenance,
  calendar: refersTo('calendar'),
  quiet: checked(record({ from: timeOfDay, to: timeOfDay }), ({ from, to }) =>
    from > to ? undefined : 'must begin on one day and end on the next',
  ),
  ladders: checked(
    distinct(list(ladder, 1), (each) => each.kind),
    (all) => {
      const missing = deadlineKinds.filter((kind) => !all.some((each) => each.kind === kind));
      return missing.length === 0 ? undefined : `lacks a ladder for ${missing.join(', ')}`;
    },
  ),
});
