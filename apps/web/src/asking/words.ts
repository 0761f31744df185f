import type { KnownQuestionState } from '../apis/known-questions';

export const KNOWN_STATES: Readonly<Record<KnownQuestionState, { text: string; colour: string }>> = {
  waiting: { text: 'A person has to look', colour: 'orange' },
  known: { text: 'Known', colour: 'green' },
  'not-known': { text: 'Not known', colour: 'grey' },
};
