/**
 * The model of Fellegi and Sunter (I. P. Fellegi, A. B. Sunter, "A theory for record linkage", Journal of the American
 * Statistical Association 64, 1969): how a field of two records agrees is a level; a level is worth log2(m / u) bits, where m
 * is how often it comes about between two records of one person and u between records of two people. Bits of fields add up.
 */
export const matchingLevels = {
  forename: ['same', 'part', 'nickname', 'initial', 'close', 'similar', 'different'],
  surname: ['same', 'part', 'close', 'similar', 'different'],
  /** Names that agree when one is turned round: rare in one person's records, as likely as not by accident. */
  order: ['transposed'],
  birth: ['same', 'swapped', 'slip', 'month', 'year', 'approximate', 'part', 'different'],
  sex: ['same', 'different'],
  postcode: ['same', 'slip', 'district', 'different'],
  /** Lines of the address where the postcode agrees: neighbours and households share it, so they say less there. */
  'address-near': ['same', 'similar', 'different'],
  'address-far': ['same', 'similar', 'different'],
  phone: ['same', 'different'],
  'nhs-number': ['same'],
  police: ['same', 'different'],
  housing: ['same', 'different'],
} as const;

export type MatchingField = keyof typeof matchingLevels;
export type LevelOf<F extends MatchingField> = (typeof matchingLevels)[F][number];

/** How often a level comes about: `m` between two records of one person, `u` between records of two people. 0 < m, u < 1. */
export interface Likelihood {
  readonly m: number;
  readonly u: number;
}

/** Whether a pair is worth a person's look, by bits. Nothing is ever merged by a band: somebody confirms (DUP-2). */
export const bands = ['possible', 'likely', 'near-certain'] as const;
export type Band = (typeof bands)[number];

/** The weights and rules by which people are compared: data of a pack, versioned with it. */
export interface MatchingModel {
  readonly fields: { readonly [F in MatchingField]: Readonly<Record<LevelOf<F>, Likelihood>> };
  /** Term frequencies: the least share of people that a name or postcode is taken to have, however rare it is. */
  readonly rarest: number;
  /**
   * How many people's worth the pack's own u counts against the frequencies of a place, so that a small or young record
   * store does not take what it has seen twice for common.
   */
  readonly steadiness: number;
  /** At most so many bits for people of one home and surname whose forenames differ: couples, brothers, twins. */
  readonly family: number;
  /** At most so many bits for people of one home and name whose births lie `generationYears` or more apart. */
  readonly generations: number;
  readonly generationYears: number;
  /** Bits from which a pair is in a band. */
  readonly bands: Readonly<Record<Band, number>>;
  /** Forenames that stand for each other: Elizabeth, Liz, Beth. */
  readonly nicknames: readonly (readonly string[])[];
}

/** What share of people have a value of a field, as counted where the model is used; undefined when it was not counted. */
export type Frequencies = (field: 'forename' | 'surname' | 'postcode', value: string) => number | undefined;

/** Bits of a likelihood. */
export const bitsOf = ({ m, u }: Likelihood): number => Math.log2(m / u);
