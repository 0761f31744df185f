export { prepare, wordsOf, type Facts, type Prepared } from './facts';
export { blockingKeys } from './keys';
export { NameFinding, nameLevels, strength, type NameAgreement, type NameLevel } from './finding';
export { Matcher, type Comparison, type Reason } from './matcher';
export {
  bands,
  bitsOf,
  matchingLevels,
  type Band,
  type Frequencies,
  type Likelihood,
  type MatchingField,
  type MatchingModel,
} from './model';
