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
export const GROUNDS = [
  { value: 'agreement', text: 'Under the agreement', hint: 'What was missing is in your reason' },
  { value: 'other', text: 'On another lawful ground', hint: 'Name it in your reason' },
];
