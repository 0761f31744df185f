import type { FieldProblem } from '@concordat/contracts';
import { invalidAnswers, missingAnswers } from '@concordat/packs';
import type { Practice } from '../practice';

/*
 * What class-validator's rules cannot say of a referral's content: that its parts fit each other, and that it fits its
 * pathway. Content may be of any shape here, so that a caller hears of everything at once.
 */

type Json = Readonly<Record<string, unknown>>;
const problem = (field: string, code: string, message: string): FieldProblem => ({ field, code, message });

/** incoherent lists what cannot be true together, in drafts as well. `today` is the civil date in London. */
export function incoherent(content: unknown, practice: Practice, today: string): FieldProblem[] {
  const it = object(content);
  const pathway = typeof it['pathway'] === 'string' ? practice.pathway(it['pathway']) : undefined;
  return [
    ...(isBlank(it['pathway']) || pathway ? [] : [problem('pathway', 'not-in-list', 'Select one of the pathways')]),
    ...peopleProblems(it, today),
    ...refProblems(it),
    ...groundProblems(it, practice),
    ...(pathway ? invalidAnswers(pathway, it['answers']) : []).map(({ path, message }) =>
      problem(path, 'wrong-answer', message),
    ),
  ];
}

/** incomplete lists what the pathway requires before the referral can be sent. Empty means complete, not correct. */
export function incomplete(content: unknown, practice: Practice): FieldProblem[] {
  const it = object(content);
  if (isBlank(it['pathway'])) return [problem('pathway', 'required', 'Select what the referral is about')];
  const pathway = typeof it['pathway'] === 'string' ? practice.pathway(it['pathway']) : undefined;
  const area = isBlank(it['area']) ? [problem('area', 'required', 'Select the area')] : [];
  const roleless = list(it['people']).flatMap((person, i) =>
    list(person['roles'], true).length === 0
      ? [problem(`people.${i}.roles`, 'required', 'Select what part this person has in it')]
      : [],
  );
  const missing = pathway ? missingAnswers(pathway, it) : [];
  return [...area, ...roleless, ...missing.map(({ path, message }) => problem(path, 'required', message))];
}

function peopleProblems(content: Json, today: string): FieldProblem[] {
  const seen = new Set<unknown>();
  return list(content['people']).flatMap((person, i) => {
    const found: FieldProblem[] = [];
    if (typeof person['ref'] === 'string' && seen.has(person['ref']))
      found.push(problem(`people.${i}.ref`, 'not-unique', 'Each person needs a ref of their own'));
    seen.add(person['ref']);
    list(person['datesOfBirth']).forEach((date, j) => {
      const at = `people.${i}.datesOfBirth.${j}.value`;
      const { value, precision } = date;
      if (typeof value !== 'string') return;
      if (value > today.slice(0, value.length))
        found.push(problem(at, 'in-the-future', 'A date of birth must be in the past'));
      if (tooVague(value, precision))
        found.push(problem(at, 'not-a-date', 'Enter the date as exactly as its precision says'));
    });
    return found;
  });
}

const tooVague = (value: string, precision: unknown): boolean =>
  (precision === 'day' && value.length < 10) || (precision === 'month' && value.length < 7);

/** Every ref must be that of a person in this referral, and nobody is related to themselves. */
function refProblems(content: Json): FieldProblem[] {
  const refs = new Set(list(content['people']).map((p) => p['ref']));
  const unknown = (field: string, ref: unknown): FieldProblem[] =>
    isBlank(ref) || refs.has(ref) ? [] : [problem(field, 'person.unknown', 'Name a person of this referral')];
  const fears = object(content['fears']);
  return [
    ...list(content['relationships']).flatMap(({ from, to }, i) => [
      ...unknown(`relationships.${i}.from`, from),
      ...unknown(`relationships.${i}.to`, to),
      ...(from === to && !isBlank(to)
        ? [problem(`relationships.${i}.to`, 'same-person', 'Say how two different people are related')]
        : []),
    ]),
    ...unknown('safeContact.person', object(content['safeContact'])['person']),
    ...['feared', 'safeConfidants', 'unsafeConfidants'].flatMap((name) =>
      list(fears[name]).flatMap(({ person }, i) => unknown(`fears.${name}.${i}.person`, person)),
    ),
  ];
}

function groundProblems(content: Json, practice: Practice): FieldProblem[] {
  const ground = object(object(content['consent'])['override'])['ground'];
  if (isBlank(ground) || practice.packs.consentGrounds().some((g) => g.code === ground)) return [];
  return [problem('consent.override.ground', 'not-in-list', 'Select one of the grounds for sharing without consent')];
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** The objects of a list; with `any`, its items of whatever kind. What is no list has none. */
const list = (value: unknown, any = false): readonly Json[] =>
  Array.isArray(value) ? value.map((item) => (any ? (item as Json) : object(item))) : [];
