import type { ReviewView } from '../../apis/reviews';
import { compact } from '../../design/submitted';
import { ANSWERS } from '../words';
import type { Field } from '../fields';
import type { Recording } from './forms';

const long = (name: string, label: string, hint?: string): Field => ({
  name,
  label,
  kind: 'long',
  ...(hint ? { hint } : {}),
});
const answers = Object.entries(ANSWERS).map(([value, text]) => ({ value, text }));

/** The form of a decision record: every criterion and everybody who must be consulted is asked for. */
export const DECISION: Recording = {
  title: 'Record a decision',
  button: 'Record the decision',
  hint: 'A decision record is never changed. If it must be put right, record another: it supersedes this one.',
  fields: ({ definition }: ReviewView) => [
    choice(
      'outcome',
      'What is decided?',
      definition.outcomes.map((o) => ({ value: o.code, text: o.title })),
    ),
    choice(
      'legalBasis',
      'On which basis in law?',
      definition.legalBasis
        .filter((b) => b.inForce !== false)
        .map((b) => ({ value: b.code, text: `${b.code}: ${b.text}` })),
    ),
    ...asked(definition).flatMap((c): Field[] => [
      choice(`criteria.${c.code}.answer`, c.text, answers),
      long(`criteria.${c.code}.evidence`, `Evidence: ${c.text}`),
    ]),
    ...definition.mustConsult.flatMap((c): Field[] => [
      long(`consulted.${c.code}.view`, `What they said: ${c.who}`),
      { name: `consulted.${c.code}.noReply`, label: `There was no reply: ${c.who}`, kind: 'tick' },
      { name: `consulted.${c.code}.person`, label: `Who answered, or was asked (optional): ${c.who}`, kind: 'text' },
      { name: `consulted.${c.code}.on`, label: `When (optional): ${c.who}`, kind: 'date' },
    ]),
    { name: 'decider', label: 'Who decided?', kind: 'text' },
    { name: 'deciderRole', label: 'In which role?', kind: 'text', hint: definition.decider.who },
    { name: 'decidedOn', label: 'When was it decided?', kind: 'date' },
    long('rationale', 'Why?'),
    long('conflicts', 'Conflicts of interest that were declared', 'If there were none, write that'),
    long('dissent', 'Who disagreed, and why (optional)'),
    long('alternatives', 'What else was considered (optional)'),
    { name: 'reviewOn', label: 'When is it looked at again? (optional)', kind: 'date' },
    long('challenge', 'Who challenged an earlier decision, and what came of it (optional)'),
  ],
  send: (sent, { definition }) => ({
    what: 'decisions',
    body: {
      ...{ outcome: sent.text('outcome') ?? '', legalBasis: sent.text('legalBasis') ?? '' },
      criteria: asked(definition).flatMap(({ code }) => {
        const answer = sent.text(`criteria.${code}.answer`);
        return answer ? [{ code, answer, evidence: sent.text(`criteria.${code}.evidence`) ?? '' }] : [];
      }),
      consulted: definition.mustConsult.map(({ code }) =>
        compact({
          ...{ code, view: sent.text(`consulted.${code}.view`), noReply: sent.ticked(`consulted.${code}.noReply`) },
          ...{ person: sent.text(`consulted.${code}.person`), on: sent.date(`consulted.${code}.on`) },
        }),
      ),
      ...{ decider: sent.text('decider') ?? '', deciderRole: sent.text('deciderRole') ?? '' },
      ...{ decidedOn: sent.date('decidedOn') ?? '', rationale: sent.text('rationale') ?? '' },
      ...{ conflicts: sent.text('conflicts') ?? '' },
      ...compact({ dissent: sent.text('dissent'), alternatives: sent.text('alternatives') }),
      ...compact({ reviewOn: sent.date('reviewOn'), challenge: sent.text('challenge') }),
    },
  }),
};

/** Criteria of laws that are in force; those of a law to come are kept in the kind and not asked. */
function asked({ criteria, legalBasis }: ReviewView['definition']): ReviewView['definition']['criteria'] {
  const coming = new Set(legalBasis.filter((b) => b.inForce === false).map((b) => b.code));
  return criteria.filter((c) => c.basis === undefined || !coming.has(c.basis));
}

function choice(name: string, label: string, choices: NonNullable<Field['choices']>): Field {
  return { name, label, kind: 'choice', choices };
}
