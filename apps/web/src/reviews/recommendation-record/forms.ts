import type { RecommendationView } from '../../apis/recommendations';
import { compact, type Submitted } from '../../design/submitted';
import { choice, date, long, text, type Choice, type Field } from '../fields';
import { CENTRAL, responseChoices } from '../recommendation-words';

/** What a form needs beside the recommendation. */
export interface Around {
  readonly people: readonly Choice[];
  /** Recommendations that may be linked as earlier ones. */
  readonly others: readonly Choice[];
  /** The action that it is about. */
  readonly actionId: string | undefined;
}
/** One thing that can be recorded of a recommendation or an action. */
export interface Recording {
  readonly title: string;
  readonly button: string;
  readonly hint?: string;
  /** Whether it is about one action. */
  readonly ofAction?: boolean;
  readonly fields: (view: RecommendationView, around: Around) => readonly Field[];
  /** Where it is sent below the recommendation, or below its action. */
  readonly what: string;
  readonly body: (sent: Submitted) => object;
}

const words = (sent: Submitted, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, sent.text(name) ?? '']));
const simple = (move: string, title: string, button: string, what: string): Recording => ({
  ...{ title, button, what, ofAction: true },
  fields: () => [],
  body: () => ({ move }),
});
const checked = (move: string, title: string, button: string): Recording => ({
  ...{ title, button, what: 'checks', ofAction: true },
  hint: 'By somebody outside the line of whoever did it. Your name is kept with it.',
  fields: () => [long('finding', 'What did you look at, and what did you find?')],
  body: (sent) => ({ move, ...words(sent, 'finding') }),
});
const REASONED = [long('reason', 'Why?'), text('approver', 'Who approved it?')];

/** Everything that can be recorded, by the last part of its page's address. */
export const RECORDINGS: Readonly<Record<string, Recording>> = {
  answer: {
    ...{ title: 'Record the answer', button: 'Record it', what: 'answers' },
    hint: 'A later answer stands beside the one before.',
    fields: () => [
      choice('response', 'How does its owner answer?', responseChoices),
      long('reason', 'Why?', 'Needed when it is rejected, accepted in part, or accepted although it is not SMART'),
    ],
    body: (sent) => compact({ response: sent.text('response') ?? '', reason: sent.text('reason') }),
  },
  ask: {
    ...{ title: 'Ask its owner to answer', button: 'Ask the agency', what: 'requests' },
    hint: 'Those who answer for the agency see this recommendation from then on, and not the review. Name nobody in it.',
    fields: () => [date('dueOn', 'By when is it to answer?')],
    body: (sent) => ({ dueOn: sent.date('dueOn') ?? '' }),
  },
  repeat: {
    ...{ title: 'Link an earlier recommendation', button: 'Link it', what: 'repeats' },
    fields: (_, { others }) => [choice('earlier', 'Which earlier one does it repeat?', others)],
    body: (sent) => words(sent, 'earlier'),
  },
  central: {
    ...{ title: 'Record word of the department', button: 'Record it', what: 'central' },
    fields: () => [
      choice(
        'step',
        'What happened?',
        Object.entries(CENTRAL).map(([value, words]) => ({ value, text: words })),
      ),
      date('on', 'When?'),
      long('text', 'What does it say?', 'Needed for a response'),
    ],
    body: (sent) => compact({ step: sent.text('step') ?? '', on: sent.date('on') ?? '', text: sent.text('text') }),
  },
  action: {
    ...{ title: 'Add an action', button: 'Add it', what: 'actions' },
    fields: (_, { people }) => [
      long('text', 'What is to be done?'),
      choice('leadId', 'Who leads it?', people, 'They see this recommendation, and not the review.'),
      date('due', 'By when?'),
      long('milestones', 'Milestones (optional)', 'One on each line'),
    ],
    body: (sent) => ({
      ...words(sent, 'text', 'leadId'),
      due: sent.date('due') ?? '',
      milestones: sent.lines('milestones') ?? [],
    }),
  },
  target: {
    ...{ title: 'Set another date', button: 'Set it', what: 'targets', ofAction: true },
    hint: 'The dates before it stay on record, and lateness is shown against the first.',
    fields: () => [
      date('due', 'The new date'),
      ...REASONED.map((f) => (f.name === 'approver' ? text('approver', 'Who agreed?') : f)),
    ],
    body: (sent) => ({ due: sent.date('due') ?? '', ...words(sent, 'reason', 'approver') }),
  },
  accept: simple('accept', 'Accept the action', 'Accept it', 'progress'),
  start: simple('start', 'Start the action', 'Start it', 'progress'),
  claim: {
    ...{ title: 'Say that it is done', button: 'Record it as done', what: 'progress', ofAction: true },
    fields: () => [
      long('outcome', 'What has come of it?'),
      long('evidence', 'What shows it?', 'A document, an audit, figures: where somebody else can look'),
    ],
    body: (sent) => ({ move: 'claim', ...compact({ outcome: sent.text('outcome'), evidence: sent.text('evidence') }) }),
  },
  verify: checked('verify', 'Verify the action', 'Verify it'),
  return: checked('return', 'Give the action back', 'Give it back'),
  close: simple('close', 'Close the action', 'Close it', 'end'),
  'not-pursue': {
    ...{ title: 'Do not pursue the action', button: 'End it', what: 'end', ofAction: true },
    fields: () => REASONED,
    body: (sent) => ({ move: 'not-pursue', ...words(sent, 'reason', 'approver') }),
  },
  supersede: {
    ...{ title: 'Put another action in its place', button: 'Supersede it', what: 'end', ofAction: true },
    fields: (view, { actionId }) => [
      choice(
        'supersededBy',
        'Which action takes its place?',
        view.actions
          .filter((a) => a.id !== actionId)
          .map((a) => ({ value: a.id, text: `R${view.number}.${a.number}: ${a.text}` })),
      ),
      ...REASONED,
    ],
    body: (sent) => ({
      ...{ move: 'supersede', ...words(sent, 'reason', 'approver') },
      ...compact({ supersededBy: sent.text('supersededBy') }),
    }),
  },
};
