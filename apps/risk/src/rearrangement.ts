import { instantOn } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';

/** When, in London time, and where a meeting is held. */
export interface MeetingPlace {
  readonly heldOn: string;
  readonly startsAt: string;
  readonly place: string;
}

/** Everything wrong with holding a meeting at another time or place: it has to be still to come, and other than it was. Pure. */
export function wrongRearrangement(was: MeetingPlace, is: MeetingPlace, now: Date): FieldProblem[] {
  const same = was.heldOn === is.heldOn && was.startsAt === is.startsAt && was.place === is.place;
  if (same) return [{ field: 'heldOn', code: 'meeting.same', message: 'This is when and where it is held already' }];
  return instantOn(is.heldOn, is.startsAt) < now
    ? [{ field: 'heldOn', code: 'in-the-past', message: 'A meeting cannot be held at a time that is over' }]
    : [];
}
