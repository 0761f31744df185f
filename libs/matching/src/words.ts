import type { MatchingField } from './model';

/** Reasons in plain words. They hold no value, so they may be kept where values may not. */
const WORDS: Readonly<Record<MatchingField | 'household', Readonly<Record<string, string>>>> = {
  forename: {
    same: 'The same forename',
    part: 'One has a further forename',
    nickname: 'One forename is a familiar form of the other',
    initial: 'One has an initial only, and it agrees',
    close: 'The forenames differ by a slip or a variant spelling',
    similar: 'The forenames are similar',
    different: 'Different forenames',
  },
  surname: {
    same: 'The same surname',
    part: 'One surname is part of the other',
    close: 'The surnames differ by a slip or a variant spelling',
    similar: 'The surnames are similar',
    different: 'Different surnames',
  },
  order: { transposed: 'Forename and surname are the other way round' },
  birth: {
    same: 'The same date of birth',
    swapped: 'Day and month of birth are the other way round',
    slip: 'The dates of birth differ by one digit',
    month: 'The same year and month of birth, as far as known',
    year: 'The same year of birth, as far as known',
    approximate: 'About the same age',
    part: 'The dates of birth agree in part',
    different: 'Different dates of birth',
  },
  sex: { same: 'The same sex', different: 'Different sex' },
  postcode: {
    same: 'The same postcode',
    slip: 'The postcodes differ by one character',
    district: 'Postcodes of the same district',
    different: 'Different postcodes',
  },
  'address-near': {
    same: 'The same address',
    similar: 'Similar addresses in the same postcode',
    different: 'Different addresses in the same postcode',
  },
  'address-far': {
    same: 'The same lines of address',
    similar: 'Similar lines of address',
    different: 'Different addresses',
  },
  phone: { same: 'The same telephone number', different: 'Different telephone numbers' },
  'nhs-number': { same: 'The same NHS number', conflict: 'Different NHS numbers' },
  police: { same: 'The same police reference', different: 'Different police references' },
  housing: { same: 'The same housing reference', different: 'Different housing references' },
  household: {
    family: 'May be of one family: the same surname and home, but another forename',
    twins: 'May be a twin: the same family, home and birth date, but another forename',
    generations: 'May be parent and child: the same name and home, but born a generation apart',
  },
};

/** How it is told that a field agrees at a level; the level itself where there are no words for it. */
export const wordsFor = (field: MatchingField | 'household', level: string): string => WORDS[field][level] ?? level;
