import { bands, matchingLevels, type Likelihood, type MatchingField, type MatchingModel } from '@concordat/matching';
import { provenance } from './rule-shapes';
import { checked, distinct, list, matching as pattern, number, record, type Shape, whole } from './shapes';
import type { Provenance } from './types';

/** The weights and rules by which people are compared, with where they come from. */
export type MatchingRules = Provenance & MatchingModel;

const probability = number(Number.MIN_VALUE, 1 - Number.EPSILON, 'a probability above 0 and below 1');
const likelihood: Shape<Likelihood> = record({ m: probability, u: probability });
const SUM_SLACK = 0.005;

/** Levels of a field are all the ways in which it can agree, so their shares add up to 1, in m as in u. */
const levels = (field: MatchingField): Shape<Readonly<Record<string, Likelihood>>> =>
  checked(record(Object.fromEntries(matchingLevels[field].map((level) => [level, likelihood]))), (all) => {
    if (matchingLevels[field].length === 1) return undefined; // compared only where it agrees
    for (const which of ['m', 'u'] as const) {
      const sum = Object.values(all).reduce((total, l) => total + l[which], 0);
      if (Math.abs(sum - 1) > SUM_SLACK) return `the ${which} of its levels add up to ${sum.toFixed(4)}, not 1`;
    }
    return undefined;
  });

const bits = number(-100, 100, 'bits from -100 to 100');
const name = pattern(/^[\p{Ll}]{2,30}$/u, 'a name in small letters without accents');

/** The document of kind `matching`. */
export const matching: Shape<MatchingRules> = checked(
  record({
    ...provenance,
    fields: record(
      Object.fromEntries(
        (Object.keys(matchingLevels) as MatchingField[]).map((field) => [field, levels(field)] as const),
      ),
    ) as unknown as Shape<MatchingModel['fields']>,
    rarest: probability,
    steadiness: whole(1, 10_000_000),
    family: bits,
    generations: bits,
    generationYears: whole(10, 60),
    bands: record({ possible: bits, likely: bits, 'near-certain': bits }),
    nicknames: list(distinct(list(name, 2), (each) => each)),
  }),
  (rules) => {
    if (bands.some((band, i) => i > 0 && rules.bands[band] <= rules.bands[bands[i - 1]!]))
      return 'bands must rise: possible, likely, near-certain';
    if (rules.family >= rules.bands.possible || rules.generations >= rules.bands.possible)
      return 'family and generations must be limited below what is possible';
    return undefined;
  },
);
