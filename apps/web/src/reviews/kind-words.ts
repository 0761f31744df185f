import { criterionAnswers, type FieldProblem } from '@concordat/contracts';
import type { Checklist, KindFinding } from '../apis/oversight';
import type { Form } from '../design/form';
import type { Submitted } from '../design/submitted';
import { ANSWERS, FORCES } from './words';

/** How a kind came out, in words and not by colour alone. */
export const VERDICTS: Readonly<Record<KindFinding['verdict'], { text: string; colour: string }>> = {
  candidate: { text: 'Its criteria are met', colour: 'green' },
  excluded: { text: 'Excluded', colour: 'orange' },
  'not-met': { text: 'Not met', colour: 'grey' },
  unknown: { text: 'Not known yet', colour: 'yellow' },
  'not-tested': { text: 'Tested otherwise', colour: 'blue' },
};

export const NATIONS = [
  { value: 'england', text: 'England' },
  { value: 'wales', text: 'Wales' },
];
export const answerChoices = criterionAnswers.map((value) => ({ value, text: ANSWERS[value] ?? value }));

/** Every kind with what came out and why, what is met first. Pure. */
export const shownFindings = (findings: readonly KindFinding[], labels: Readonly<Record<string, string>>) =>
  findings
    .map((f) => ({ ...f, label: labels[f.code] ?? f.code, ...{ result: VERDICTS[f.verdict] } }))
    .sort((a, b) => Number(b.verdict === 'candidate') - Number(a.verdict === 'candidate'));

/** The questions as a form asks them: who asks each, and by what force. Pure. */
export const shownQuestions = ({ questions, labels }: Checklist) =>
  questions.map((q) => ({
    ...{ id: q.id, exclusion: q.what === 'exclusion' },
    text: q.what === 'exclusion' ? `Does this take it out? ${q.text}` : q.text,
    hint: `${FORCES[q.force].text}: ${q.source}. Asked by: ${q.kinds.map((k) => labels[k] ?? k).join('; ')}`,
  }));

/**
 * The questions by the kind that asks them first, each in a section that is open only while something in it is wrong: all of
 * them at once are many screens of a phone. Pure.
 */
export function shownSections(checklist: Checklist, { values, errors }: Pick<Form, 'values' | 'errors'>) {
  const questions = shownQuestions(checklist).map((q, i) => ({ ...q, kind: checklist.questions[i]!.kinds[0] ?? '' }));
  return [...new Set(questions.map(({ kind }) => kind))].map((kind) => {
    const asked = questions.filter((q) => q.kind === kind);
    const answered = asked.filter(({ id }) => Boolean(values[id])).length;
    return {
      ...{ label: checklist.labels[kind] ?? kind, questions: asked, open: asked.some(({ id }) => id in errors) },
      progress: `${answered} of ${asked.length} ${asked.length === 1 ? 'question' : 'questions'} answered`,
    };
  });
}

/** What a form answered, as an address holds it; and what it left open. Pure. */
export function answersOf({ questions }: Checklist, sent: Submitted) {
  const answers = questions.flatMap(({ id }) => {
    const answer = criterionAnswers.find((known) => known === sent.text(id));
    return answer ? [{ question: id, answer }] : [];
  });
  const nation = NATIONS.find(({ value }) => value === sent.text('nation'))?.value;
  const problems: FieldProblem[] = [
    ...(nation ? [] : [{ field: 'nation', code: 'required', message: 'Choose where it happened' }]),
    ...questions
      .filter(({ id }) => !answers.some(({ question }) => question === id))
      .map(({ id, text }) => ({ field: id, code: 'required', message: `Answer: ${text}` })),
  ];
  return { nation: nation ?? '', answers, problems };
}
