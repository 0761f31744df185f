import type { PanelRole, ScopingAnswer } from '@concordat/contracts';

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
};

/** Why a complaint does not qualify. */
export const NOT_QUALIFYING: Readonly<Record<string, string>> = {
  'before-behaviour': 'dated before the behaviour: an error of the dates',
  'too-late': 'made too late after the behaviour',
  'too-old': 'made too long before the application',
  'after-application': 'made after the application',
  'same-incident': 'the same person has complained of the same incident',
};
