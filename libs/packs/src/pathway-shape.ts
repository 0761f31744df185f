import { pathProblem } from './fields';
import { clock, provenance, threshold } from './rule-shapes';
import {
  checked,
  code,
  defines,
  distinct,
  flag,
  list,
  oneOf,
  record,
  refersTo,
  type Shape,
  text,
  whole,
} from './shapes';
import {
  type Criterion,
  criterionCodes,
  groupCodes,
  type Pathway,
  type PersonWanted,
  personRoles,
  type Question,
  type QuestionGroup,
  questionTypes,
  type RequiredField,
} from './types';

const MOST_PEOPLE = 50;

const question: Shape<Question> = checked(
  record(
    { code, text, type: oneOf(questionTypes), required: flag },
    {
      hint: text,
      error: text,
      options: distinct(list(record({ value: code, text }), 2), ({ value }) => value),
    },
  ),
  ({ type, options, required, error }) => {
    if (type === 'choice' && !options) return 'a choice needs options';
    if (type !== 'choice' && options) return `a question of type ${type} has no options`;
    if (required && error === undefined) return 'a required question needs an error to show when it is not answered';
    return undefined;
  },
);

const group: Shape<QuestionGroup> = record(
  { code: oneOf(groupCodes), title: text },
  { hint: text, questions: list(question, 1) },
);

const person: Shape<PersonWanted> = checked(
  record({ role: oneOf(personRoles), title: text, min: whole(0, MOST_PEOPLE) }, { hint: text, error: text }),
  ({ min, error }) => (min > 0 && error === undefined ? 'people who must be named need an error to show' : undefined),
);

const criterion: Shape<Criterion> = record(
  { code: oneOf(criterionCodes), title: text, evidence: oneOf(['required', 'optional']) },
  { hint: text, thresholds: list(threshold), clocks: list(clock) },
);

const required: Shape<RequiredField> = record(
  { path: text, error: text },
  { when: record({ path: text, is: list(text, 1) }) },
);

const destinations = distinct(list(refersTo('pathway or forum')), (destination) => destination);

/** A document of kind `pathway`. */
export const pathway: Shape<Pathway> = checked(
  record({
    ...provenance,
    code: defines('pathway', 'pathway or forum'),
    title: text,
    description: text,
    colourScheme: refersTo('colour scheme'),
    people: distinct(list(person, 1), ({ role }) => role),
    criteria: distinct(list(criterion), ({ code: route }) => route),
    consent: record({ rule: oneOf(['ask', 'not-needed']), guidance: text }),
    groups: distinct(list(group, 1), ({ code: page }) => page),
    required: distinct(list(required), ({ path, when }) => JSON.stringify([path, when])),
    next: record({ redirect: destinations, stepUp: destinations, stepDown: destinations }),
    clocks: list(clock, 1),
  }),
  whatElse,
);

function whatElse(read: Pathway): string | undefined {
  const questions = read.groups.flatMap((page) => page.questions ?? []).map((asked) => asked.code);
  const twice = questions.find((asked, index) => questions.indexOf(asked) !== index);
  if (twice !== undefined) return `asks “${twice}” twice`;
  for (const { path, when } of read.required) {
    const problem = pathProblem(path, questions) ?? (when ? pathProblem(when.path, questions) : undefined);
    if (problem !== undefined) return `required: ${problem}`;
    if (when?.path.includes('[')) return `required: a condition cannot look into a list (“${when.path}”)`;
  }
  const itself = [...read.next.redirect, ...read.next.stepUp, ...read.next.stepDown].includes(read.code);
  if (itself) return 'cannot lead to itself';
  const pages = read.groups.map((page) => page.code);
  const orphan = (['criteria', 'questions'] as const).find((page) => pages.includes(page) && isEmpty(read, page));
  return orphan === undefined ? undefined : `has a page “${orphan}” with nothing on it`;
}

function isEmpty(read: Pathway, page: 'criteria' | 'questions'): boolean {
  if (page === 'criteria') return read.criteria.length === 0;
  return read.groups.every((asked) => asked.code !== 'questions' || (asked.questions ?? []).length === 0);
}
