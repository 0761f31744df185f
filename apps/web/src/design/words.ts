import { referralVocabulary as vocabulary } from '@concordat/contracts';
import { wordsOf } from './filters';

/** In the place of a confidential address that another organisation recorded and the reader's does not lead. */
export const NOT_SHOWN = 'Not shown to your organisation';

/** Titles of codes that would not read well as mere words. */
const TITLES: Readonly<Record<string, string>> = {
  'immediate-danger': 'Immediate danger',
  'alleged-perpetrator': 'Alleged perpetrator',
  'other-at-risk': 'Other person at risk',
  'ex-partner': 'Ex-partner',
  spouse: 'Husband, wife or civil partner',
  'ex-spouse': 'Ex-husband, ex-wife or ex-civil partner',
  'step-parent': 'Step-parent',
  'step-child': 'Stepchild',
  'cared-for': 'Person cared for',
  'unsafe-to-ask': 'No, it was not safe to ask',
  'none-known': 'No known risk',
  known: 'There is a known risk',
  'through-someone': 'Through someone else',
  maiden: 'Name before marriage',
  online: 'Name used online',
  spelling: 'Other spelling',
  given: 'Answered',
  unknown: 'Not known',
};

export const titleOf = (code: string | undefined): string =>
  code === undefined ? '' : (TITLES[code] ?? wordsOf(code));

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

export const choicesOf = (codes: readonly string[]): Choice[] =>
  codes.map((value) => ({ value, text: titleOf(value) }));

/** The closed lists of a referral's content, as choices, by their name in the contract. */
export const vocabularyChoices = Object.fromEntries(
  Object.entries(vocabulary).map(([name, codes]) => [name, choicesOf(codes)]),
) as Record<keyof typeof vocabulary, Choice[]>;

export const yesNoUnknown: readonly Choice[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
  { value: 'not-known', text: 'Not known' },
];
