import { IllegalTransition, meetingStates, meetingSteps, RuleBroken, type MeetingState } from '@concordat/contracts';
import {
  lacking,
  mayOpenCase,
  meetingCommands,
  mustBeOpen,
  notOpen,
  stepIn,
  stepped,
  type MeetingFacts,
  type Room,
} from './meeting';

const fine: MeetingFacts = { items: 3, itemsNotDone: 0, minutesApproved: true, actionsOpen: 0 };

describe('a meeting', () => {
  it('goes from planned to closed by its steps, one in each state', () => {
    let state: MeetingState = 'planned';
    const gone: MeetingState[] = [state];
    for (let step = stepIn(state); step !== null; step = stepIn(state)) gone.push((state = stepped(state, step, fine)));
    // That it is cancelled is no step of it, and ends it wherever it stood.
    expect([...gone, 'cancelled']).toEqual([...meetingStates]);
    expect(stepIn('cancelled')).toBeNull();
  });

  it('allows or refuses every command in every state, and refuses with 409, the state and the reason', () => {
    let refused = 0;
    for (const state of meetingStates)
      for (const command of meetingCommands) {
        const why = notOpen(state, command);
        if (!why) {
          expect(() => mustBeOpen(state, command)).not.toThrow();
          continue;
        }
        refused += 1;
        expect(why.code).toMatch(/^meeting\.too-(early|late)$/);
        expect(() => mustBeOpen(state, command)).toThrow(IllegalTransition);
        expect(() => mustBeOpen(state, command)).toThrow(why.message);
      }
    // Steps are open in one state each; the rest as the table says.
    expect(refused).toBeGreaterThan(meetingSteps.length * (meetingStates.length - 1));
  });

  it.each([
    ['issue-agenda', { items: 0 }, 'meeting.no-cases'],
    ['end-session', { itemsNotDone: 2 }, 'meeting.cases-left'],
    ['issue-minutes', { minutesApproved: false }, 'meeting.not-approved'],
    ['close', { actionsOpen: 1 }, 'meeting.actions-open'],
  ] as const)('does not %s while something is missing', (step, more, code) => {
    const state = meetingStates.find((each) => stepIn(each) === step)!;
    expect(lacking(step, fine)).toBeNull();
    expect(lacking(step, { ...fine, ...more })?.code).toBe(code);
    expect(() => stepped(state, step, { ...fine, ...more })).toThrow(RuleBroken);
  });
});

describe('a case', () => {
  const room: Room = { orgsSigned: 3, quorum: 3, signed: true, otherOpen: false };
  it('is opened by somebody who has signed, when enough agencies have, one at a time', () => {
    expect(() => mayOpenCase(room)).not.toThrow();
    expect(() => mayOpenCase({ ...room, signed: false })).toThrow('Sign the confidentiality statement');
    expect(() => mayOpenCase({ ...room, orgsSigned: 2 })).toThrow('There must be 3');
    expect(() => mayOpenCase({ ...room, otherOpen: true })).toThrow('Another case is open');
  });
});
