import { steps, type Step } from './fields';
import { isDay } from './shapes';
import type { Pathway, Question } from './types';

/** A field of a referral that is missing or wrong. `path` is concrete: `people.0.name.family`, `answers.next-hearing`. */
export type FieldProblem = { readonly path: string; readonly message: string };

type Found = { readonly path: string; readonly value: unknown };
const MAX_TEXT = 10_000;

/**
 * missingAnswers lists what a referral lacks before it can be sent along a pathway, in the order of the pathway: people
 * who must be named, required fields and questions, evidence for criteria said to be met, consent or a ground to do
 * without it. An answer of "not known" is an answer. An empty list means complete, not correct.
 */
export function missingAnswers(pathway: Pathway, content: unknown): FieldProblem[] {
  return [
    ...missingPeople(pathway, content),
    ...missingFields(pathway, content),
    ...missingQuestions(pathway, content),
    ...missingCriteria(pathway, content),
    ...missingConsent(pathway, content),
  ];
}

/**
 * invalidAnswers lists answers to a pathway's own questions that are of the wrong kind, or to questions it does not ask.
 * Drafts are held to this too; what is absent is no concern of it.
 */
export function invalidAnswers(pathway: Pathway, answers: unknown): FieldProblem[] {
  if (isBlank(answers)) return [];
  if (!isObject(answers)) return [{ path: 'answers', message: 'Answers must be an object' }];
  const questions = new Map(
    pathway.groups.flatMap((group) => group.questions ?? []).map((asked) => [asked.code, asked]),
  );
  return Object.entries(answers).flatMap(([code, value]) => {
    const asked = questions.get(code);
    const path = `answers.${code}`;
    if (!asked) return [{ path, message: 'This question is not asked here' }];
    const message = isBlank(value) ? undefined : wrong(asked, value);
    return message === undefined ? [] : [{ path, message }];
  });
}

function wrong({ type, options }: Question, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'The answer must be a text';
  switch (type) {
    case 'text':
      return value.length > MAX_TEXT ? `The answer must be ${MAX_TEXT} characters or fewer` : undefined;
    case 'yes-no-unknown':
      return ['yes', 'no', 'not-known'].includes(value) ? undefined : 'Select yes, no or not known';
    case 'choice':
      return options?.some((option) => option.value === value) ? undefined : 'Select one of the options';
    case 'date':
      return isDay(value) ? undefined : 'The date must be a real date';
  }
}

function missingPeople({ people }: Pathway, content: unknown): FieldProblem[] {
  return people
    .filter(({ role, min }) => find(content, [{ name: 'people', items: role }]).length < min)
    .map(({ error, title }) => ({ path: 'people', message: error ?? title }));
}

function missingFields({ required }: Pathway, content: unknown): FieldProblem[] {
  return required
    .filter(({ when }) => !when || when.is.includes(String(valueAt(content, when.path))))
    .flatMap(({ path, error }) => blanks(content, path).map((place) => ({ path: place, message: error })));
}

function missingQuestions({ groups }: Pathway, content: unknown): FieldProblem[] {
  return groups
    .flatMap((group) => group.questions ?? [])
    .filter(({ code, required }) => required && isBlank(valueAt(content, `answers.${code}`)))
    .map(({ code, error, text }) => ({ path: `answers.${code}`, message: error ?? text }));
}

function missingCriteria({ criteria }: Pathway, content: unknown): FieldProblem[] {
  return criteria.flatMap(({ code, title, evidence }) => {
    const met = `criteria.${code}.met`;
    if (isBlank(valueAt(content, met))) return [{ path: met, message: `Select whether this applies: ${title}` }];
    const path = `criteria.${code}.evidence`;
    const lacks = evidence === 'required' && valueAt(content, met) === 'yes' && isBlank(valueAt(content, path));
    return lacks ? [{ path, message: `Give the evidence for: ${title}` }] : [];
  });
}

function missingConsent({ consent }: Pathway, content: unknown): FieldProblem[] {
  if (consent.rule === 'not-needed') return [];
  const lacks = (path: string, message: string): FieldProblem[] =>
    isBlank(valueAt(content, path)) ? [{ path, message }] : [];
  const given = valueAt(content, 'consent.given');
  const answered = [
    ...lacks('consent.asked', 'Select whether the person was asked for consent'),
    ...lacks('consent.given', 'Select whether the person gave consent'),
  ];
  if (given === 'partly') return [...answered, ...lacks('consent.conditions', 'Enter the conditions the person set')];
  if (given !== 'no' && given !== 'not-asked') return answered;
  return [
    ...answered,
    ...lacks('consent.override.ground', 'Select the ground for sharing without consent'),
    ...lacks('consent.override.reason', 'Enter why you are sharing without consent'),
  ];
}

/** Paths of the places a required path names that hold nothing. A list without items lacks nothing: see missingPeople. */
function blanks(content: unknown, path: string): string[] {
  return find(content, steps(path))
    .filter(({ value }) => isBlank(value))
    .map((found) => found.path);
}

function valueAt(content: unknown, path: string): unknown {
  return find(content, steps(path))[0]?.value;
}

function find(content: unknown, path: readonly Step[]): Found[] {
  return path.reduce<Found[]>(
    (places, step) =>
      places.flatMap((place) => {
        const at = place.path === '' ? step.name : `${place.path}.${step.name}`;
        const value =
          isObject(place.value) && Object.hasOwn(place.value, step.name) ? place.value[step.name] : undefined;
        if (step.items === undefined) return [{ path: at, value }];
        if (!Array.isArray(value)) return [];
        return value
          .map((item: unknown, index): Found => ({ path: `${at}.${index}`, value: item }))
          .filter((item) => step.items === '*' || hasRole(item.value, step.items));
      }),
    [{ path: '', value: content }],
  );
}

function hasRole(person: unknown, role: string | undefined): boolean {
  return isObject(person) && Array.isArray(person['roles']) && person['roles'].includes(role);
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
