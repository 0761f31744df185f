import type { Authorisation } from '@concordat/contracts';
import type { QuestionState } from '../../apis/questions';

export const QUESTION_STATES: Readonly<Record<QuestionState, { text: string; colour: string }>> = {
  open: { text: 'To decide', colour: 'orange' },
  allowed: { text: 'Allowed', colour: 'green' },
  refused: { text: 'Refused', colour: 'red' },
};
export const ANSWERS = [
  { value: 'allow', text: 'Allow it' },
  { value: 'refuse', text: 'Refuse it' },
];
/** Of what was shared in an emergency, when it is reviewed. */
export const FINDINGS = [
  { value: 'allow', text: 'It was justified' },
  { value: 'refuse', text: 'It was not justified' },
];
export const REVIEW_STATES: typeof QUESTION_STATES = {
  open: { text: 'To review', colour: 'orange' },
  allowed: { text: 'Justified', colour: 'green' },
  refused: { text: 'Not justified', colour: 'red' },
};
/** What the named authoriser of an emergency says of it. */
export const AUTHORITY: Readonly<Record<Authorisation, string>> = {
  given: 'authorised it',
  'not-given': 'did not authorise it',
};
export const AUTHORITY_CHOICES = [
  { value: 'given', text: 'Yes, I authorised it' },
  { value: 'not-given', text: 'No, I did not' },
];
export const GROUNDS = [
  { value: 'agreement', text: 'Under the agreement', hint: 'What was missing is in your reason' },
  { value: 'other', text: 'On another lawful ground', hint: 'Name it in your reason' },
];
