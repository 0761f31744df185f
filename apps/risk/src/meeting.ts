import {
  IllegalTransition,
  meetingStates,
  meetingSteps,
  RuleBroken,
  type MeetingState,
  type MeetingStep,
} from '@concordat/contracts';

/** Everything that can be done to a meeting, beside its steps. */
export const meetingCommands = [
  ...meetingSteps,
  'list-case',
  'order',
  'defer',
  'research',
  'sign',
  'open-case',
  'keep-presence',
  'note',
  'propose-action',
  'name-home-agency',
  'put-to-vote',
  'vote',
  'hear',
  'approve-minutes',
  'read-minutes',
  'amend',
  'rearrange',
  'cancel',
  'name-observer',
  'admit-observer',
] as const;
export type MeetingCommand = (typeof meetingCommands)[number];

/** In which states each may be done, first to last without a gap, and where a step leads (domain/risk-conferences.md §7). */
const OPEN: Readonly<Record<MeetingCommand, readonly [from: MeetingState, until: MeetingState]>> = {
  'list-case': ['planned', 'planned'],
  'close-referrals': ['planned', 'planned'],
  order: ['planned', 'in-session'],
  defer: ['planned', 'in-session'],
  'issue-agenda': ['referrals-closed', 'referrals-closed'],
  research: ['agenda-issued', 'in-session'],
  'open-session': ['agenda-issued', 'agenda-issued'],
  sign: ['in-session', 'in-session'],
  'open-case': ['in-session', 'in-session'],
  'keep-presence': ['in-session', 'in-session'],
  note: ['in-session', 'minutes-draft'],
  'propose-action': ['in-session', 'minutes-draft'],
  'name-home-agency': ['planned', 'in-session'],
  'put-to-vote': ['in-session', 'in-session'],
  vote: ['in-session', 'in-session'],
  hear: ['in-session', 'in-session'],
  'end-session': ['in-session', 'in-session'],
  'approve-minutes': ['minutes-draft', 'minutes-draft'],
  'issue-minutes': ['minutes-draft', 'minutes-draft'],
  close: ['minutes-issued', 'minutes-issued'],
  'read-minutes': ['minutes-draft', 'closed'],
  amend: ['minutes-issued', 'closed'],
  'name-observer': ['planned', 'in-session'],
  'admit-observer': ['in-session', 'in-session'],
  rearrange: ['planned', 'agenda-issued'],
  cancel: ['planned', 'agenda-issued'],
};
const TO: Readonly<Record<MeetingStep, MeetingState>> = {
  'close-referrals': 'referrals-closed',
  'issue-agenda': 'agenda-issued',
  'open-session': 'in-session',
  'end-session': 'minutes-draft',
  'issue-minutes': 'minutes-issued',
  close: 'closed',
};

const at = (state: MeetingState): number => meetingStates.indexOf(state);
const titled = (state: MeetingState): string => state.replace('-', ' ');

/** Why a command is not open in a state; null when it is. Pure. */
export function notOpen(state: MeetingState, command: MeetingCommand): { code: string; message: string } | null {
  const [from, until] = OPEN[command];
  if (at(state) < at(from))
    return {
      code: 'meeting.too-early',
      message: `This can be done once the meeting is ${titled(from)}. It is ${titled(state)}`,
    };
  if (at(state) > at(until))
    return {
      code: 'meeting.too-late',
      message: `This could be done until the meeting was ${titled(until)}. It is ${titled(state)}`,
    };
  return null;
}

/** Throws IllegalTransition (409) unless the command is open in the state. */
export function mustBeOpen(state: MeetingState, command: MeetingCommand): void {
  const why = notOpen(state, command);
  if (why) throw new IllegalTransition(why.code, why.message, state);
}

/** What the guards of steps look at. */
export interface MeetingFacts {
  readonly items: number;
  readonly itemsNotDone: number;
  readonly minutesApproved: boolean;
  readonly actionsOpen: number;
}

/** The step that is open in a state, if any. */
export const stepIn = (state: MeetingState): MeetingStep | null =>
  meetingSteps.find((step) => notOpen(state, step) === null) ?? null;

/** What a step still lacks, beside the state being right. Pure. */
export function lacking(step: MeetingStep, facts: MeetingFacts): { code: string; message: string } | null {
  if (step === 'issue-agenda' && facts.items === 0)
    return { code: 'meeting.no-cases', message: 'There is no case on the agenda' };
  if (step === 'end-session' && facts.itemsNotDone > 0)
    return { code: 'meeting.cases-left', message: `Cases that are neither heard nor deferred: ${facts.itemsNotDone}` };
  if (step === 'issue-minutes' && !facts.minutesApproved)
    return { code: 'meeting.not-approved', message: 'A chair has not approved the minutes as they are now' };
  if (step === 'close' && facts.actionsOpen > 0)
    return { code: 'meeting.actions-open', message: `Actions that have not come to an end: ${facts.actionsOpen}` };
  return null;
}

/**
 * stepped is the state to which a step leads.
 * @throws IllegalTransition (409) when the step is not open in the state
 * @throws RuleBroken when something that it needs is missing
 */
export function stepped(state: MeetingState, step: MeetingStep, facts: MeetingFacts): MeetingState {
  mustBeOpen(state, step);
  const missing = lacking(step, facts);
  if (missing) throw new RuleBroken(missing.code, missing.message);
  return TO[step];
}

/** Who is at a meeting, as far as opening a case depends on it. */
export interface Room {
  /** Agencies of which somebody has signed. */
  readonly orgsSigned: number;
  readonly quorum: number;
  /** Whether whoever opens it has signed. */
  readonly signed: boolean;
  /** Whether another case is open. */
  readonly otherOpen: boolean;
}

/** Throws RuleBroken unless a case may be opened in the room as it is: nobody sees a case before signing (§2.4). */
export function mayOpenCase({ orgsSigned, quorum, signed, otherOpen }: Room): void {
  if (!signed) throw new RuleBroken('meeting.not-signed', 'Sign the confidentiality statement before you see a case');
  if (orgsSigned < quorum)
    throw new RuleBroken('meeting.not-quorate', `Agencies that have signed: ${orgsSigned}. There must be ${quorum}`);
  if (otherOpen)
    throw new RuleBroken('meeting.another-open', 'Another case is open. Record what was decided about it first');
}

/** The state that a command leads to; null where the meeting stays as it stands. Pure. */
export const stepTaken = (command: MeetingCommand): MeetingState | null =>
  command === 'cancel' ? 'cancelled' : command in TO ? TO[command as MeetingStep] : null;
