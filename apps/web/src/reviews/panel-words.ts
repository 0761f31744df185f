import type { ManagementMove, PanelRole, ScopingAnswer, ScopingMove } from '@concordat/contracts';
import type { ManagementState } from '../apis/management-reviews';

type Move = readonly [what: string, text: string, by: 'agency' | 'reader' | 'coordinator'];
const SUBMIT: readonly Move[] = [['imr-submit', 'Submit it', 'agency']];
const REFUSE: readonly Move[] = [['imr-refuse', 'Refuse it', 'agency']];
const WAIVE: readonly Move[] = [['imr-waive', 'Do without it', 'coordinator']];
const BEGIN: readonly Move[] = [['imr-start', 'Begin it', 'agency'], ...SUBMIT, ...REFUSE];

export const ROLES: Readonly<Record<PanelRole, string>> = {
  chair: 'Chair',
  deputy: 'Deputy chair',
  author: 'Author',
  member: 'Member',
};
/** No reply is not nil, and is never worded like it. */
export const ANSWERED: Readonly<Record<ScopingAnswer, string>> = {
  known: 'Known to the agency',
  'not-known': 'Not known to the agency',
  nil: 'Nil: records were looked through and hold nothing',
  'no-reply': 'No reply',
};
export const SCOPED: Readonly<Record<string, { text: string; colour: string }>> = {
  running: { text: 'Waiting', colour: 'blue' },
  overdue: { text: 'Overdue', colour: 'red' },
  met: { text: 'Answered', colour: 'green' },
  metLate: { text: 'Answered late', colour: 'orange' },
  goneOn: { text: 'No answer: the review went on without it', colour: 'orange' },
};
/** What can be done about an agency that does not answer, and what was. */
export const CHASING: Readonly<Record<ScopingMove, { ask: string; did: string; who: string }>> = {
  remind: { ask: 'Remind them', did: 'Reminded', who: 'to' },
  escalate: { ask: 'Ask those who lead the agency', did: 'Those who lead it asked', who: 'to' },
  'go-on': { ask: 'Go on without their answer', did: 'The review went on without their answer', who: 'decided by' },
};

/** How an individual management review stands. */
export const MANAGED: Readonly<Record<ManagementState, { text: string; colour: string }>> = {
  requested: { text: 'Asked for', colour: 'grey' },
  inProgress: { text: 'Being made', colour: 'blue' },
  submitted: { text: 'Submitted', colour: 'yellow' },
  returned: { text: 'Returned', colour: 'orange' },
  accepted: { text: 'Accepted', colour: 'green' },
  waived: { text: 'Not needed', colour: 'grey' },
  refused: { text: 'Refused', colour: 'red' },
  escalated: { text: 'Refused and escalated', colour: 'orange' },
};
/** What was done with it. */
export const MANAGED_BY: Readonly<Record<ManagementMove, string>> = {
  start: 'Begun',
  submit: 'Submitted',
  refuse: 'Refused',
  return: 'Returned',
  accept: 'Accepted',
  waive: 'Not needed',
  escalate: 'Escalated',
};
/** What can be done with one in a state: by its agency, by those outside it, by coordinators. */
export const MANAGING: Readonly<Record<ManagementState, readonly Move[]>> = {
  requested: [...BEGIN, ...WAIVE],
  inProgress: [...SUBMIT, ...REFUSE, ...WAIVE],
  submitted: [['imr-accept', 'Accept it', 'reader'], ['imr-return', 'Return it', 'reader'], ...WAIVE],
  returned: [...BEGIN, ...WAIVE],
  accepted: [],
  waived: [],
  refused: [['imr-escalate', 'Escalate the refusal', 'coordinator'], ...SUBMIT, ...WAIVE],
  escalated: [...SUBMIT, ...WAIVE],
};

/** Why a complaint does not qualify. */
export const NOT_QUALIFYING: Readonly<Record<string, string>> = {
  'before-behaviour': 'dated before the behaviour: an error of the dates',
  'too-late': 'made too late after the behaviour',
  'too-old': 'made too long before the application',
  'after-application': 'made after the application',
  'same-incident': 'the same person has complained of the same incident',
};
