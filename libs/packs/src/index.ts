export { type FieldProblem, invalidAnswers, missingAnswers } from './answers';
export type { DeadlineLadders, Ladder, Rung } from './deadline-ladders-shape';
export { type Finding, PackError } from './findings';
export type { MailTemplate, MessagePractice, HappeningRule, MessageRule, MessageTemplates } from './messages-shape';
export type { ForumCriterion, ForumDecision, ForumKind, ForumStage } from './forum-kind-shape';
export type { ForumStatistics, Population } from './forum-statistics-shape';
export type { CaseView, Chosen, HandOverPractice, Urgency } from './hand-over-shape';
export {
  openAnswers,
  type Band,
  type Banding,
  type HardTrigger,
  type Instrument,
  type InstrumentOption,
  type Topic,
  type TopicGroup,
} from './instrument-types';
export {
  packDifferences,
  type PackDifference,
  type PackDocument,
  partDifferences,
  type PartDifference,
  type Standing,
  standingOn,
} from './inventory';
export type {
  ApplicationRetention,
  PartnershipDuties,
  PartnershipDuty,
  ReviewData,
  ReviewDataField,
  ReviewDataGroup,
} from './csp-shapes';
export { loadPacks, type LoadOptions, tryDocument } from './load';
export { type MatchingRules } from './matching-shape';
export { type Destination, Packs } from './packs';
export type { Moratorium, RetentionPractice, RetentionRule } from './retention-shape';
export {
  BEFORE,
  type ReviewClock,
  type ReviewGuard,
  type ReviewKind,
  type ReviewTransition,
} from './review-kind-shape';
export type { Exemption, Rights } from './rights-shape';
export { type Clock, inForce, type Rule, type Threshold, type Versioned } from './rules';
export type {
  ChronologyCategory,
  Colour,
  ColourScheme,
  ConsentGround,
  Criterion,
  Decision,
  Forum,
  OrderKind,
  Outcome,
  PackCalendar,
  PackContents,
  Pathway,
  PersonWanted,
  Question,
  QuestionGroup,
  Reason,
  ReasonKind,
  RequiredField,
  RestrictionRules,
} from './types';
