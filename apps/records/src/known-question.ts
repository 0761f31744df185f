import type { Band } from '@concordat/matching';
import { IllegalTransition, type FieldProblem } from '@concordat/contracts';
import type { Match } from './disclosure';
import type { PersonDetails } from './person';

/** Somebody of whom another agency is asked whether it knows them, as far as that is asked. */
export interface AskedPerson {
  readonly given?: string;
  readonly family?: string;
  /** As far as it is known: `1984`, `1984-05`, `1984-05-09`. */
  readonly dateOfBirth?: string;
  readonly postcode?: string;
  readonly nhsNumber?: string;
}

/** `waiting` for a person, who has to look; then one of the two answers there are. */
export const knownQuestionStates = ['waiting', 'known', 'not-known'] as const;
export type KnownQuestionState = (typeof knownQuestionStates)[number];

/** How often it may be asked within an hour, by one person and by one agency. */
export interface AskingLimits {
  readonly perUserHour: number;
  readonly perAgencyHour: number;
}

/**
 * What is missing before it may be asked whether somebody is known: an NHS number, or a whole name with a date of birth to the day or
 * a postcode. A name alone would find out who is known to an agency by trying. Pure.
 */
export function tooLittle({ given, family, dateOfBirth, postcode, nhsNumber }: AskedPerson): FieldProblem[] {
  if (nhsNumber) return [];
  const missing = (field: string, message: string) => ({ field: `person.${field}`, code: 'required', message });
  return [
    ...(given ? [] : [missing('given', 'Enter their given name, or their NHS number')]),
    ...(family ? [] : [missing('family', 'Enter their family name, or their NHS number')]),
    ...(postcode || dateOfBirth?.length === 10
      ? []
      : [missing('dateOfBirth', 'Enter their whole date of birth, or a postcode where they lived')]),
  ];
}

/** The same, as people are compared. Pure. */
export const detailsAsked = ({ given, family, dateOfBirth, postcode, nhsNumber }: AskedPerson): PersonDetails => ({
  ...(given || family ? { name: { ...(given ? { given } : {}), ...(family ? { family } : {}) } } : {}),
  ...(dateOfBirth ? { datesOfBirth: [{ value: dateOfBirth }] } : {}),
  ...(postcode ? { addresses: [{ postcode }] } : {}),
  ...(nhsNumber ? { identifiers: [{ kind: 'nhs-number' as const, value: nhsNumber.replace(/\s/g, '') }] } : {}),
});

/**
 * matchOf says whether it is one person for certain, perhaps somebody, or nobody: by the bands of everybody who was compared. Two who
 * are near certain are not one, even where they are one person's two records; a person looks at that. Pure.
 */
export function matchOf(bands: readonly (Band | null)[]): Match {
  const of = (band: Band): number => bands.filter((each) => each === band).length;
  if (of('near-certain') === 1 && of('likely') === 0) return 'EXACT';
  return bands.every((band) => band === null) ? 'NONE' : 'POSSIBLE';
}

/** Whether an hour's worth has been asked already, by whoever asks or by their agency. Pure. */
export const askedTooOften = (asked: { readonly byUser: number; readonly byAgency: number }, most: AskingLimits) =>
  asked.byUser >= most.perUserHour || asked.byAgency >= most.perAgencyHour;

/** What was asked about is kept only so long; throws IllegalTransition unless the question can be put again. */
export function mustWait<T>(state: KnownQuestionState, who: T | null): T {
  if (state !== 'waiting') throw new IllegalTransition('known-question.answered', 'This has been answered', state);
  if (who === null)
    throw new IllegalTransition('known-question.forgotten', 'Whom it was about is not kept any more. Ask anew', state);
  return who;
}

/** Whom it was about is told to whoever asked; at the agency that was asked only where it has to look, or knows them. Pure. */
export const showsWho = (state: KnownQuestionState, side: 'asked' | 'received'): boolean =>
  side === 'asked' || state !== 'not-known';
