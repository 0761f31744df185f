import type { CheckResult } from '../apis/oversight';

/** How a check came out, in words and not by colour alone. */
export const RESULTS: Readonly<Record<CheckResult, { text: string; colour: string }>> = {
  'not-met': { text: 'Not met', colour: 'red' },
  'to-judge': { text: 'To be judged', colour: 'yellow' },
  'not-yet': { text: 'Not yet', colour: 'blue' },
  met: { text: 'Met', colour: 'green' },
  'not-applicable': { text: 'Does not arise', colour: 'grey' },
};
