export { referenceFrom, readReference } from './reference';
export { newId, newEventId, nameId, isId } from './ids';
export { contexts, topics, eventsTopic, actsTopic, PARTITIONS, type ContextName } from './contexts';
export { permissions, roles, actions, mayDo, actCode, type Role, type Action, type Operation } from './permissions';
export { EventType, describeEvent, typeOf, type EventClass, type CloudEvent, type Received } from './event';
export { eventClasses, typesOf } from './catalogue';
export { actionInWords, inWords, outcomeInWords } from './action-words';
export {
  ActRecorded,
  DetailsErased,
  actOutcomes,
  type ActOutcome,
  type ErasedEntry,
  type ObjectRef,
} from './audit/events';
export { OrganisationChanged, AreaChanged, MembershipChanged, agencyTypes, type AgencyType } from './identity/events';
export {
  CaseOpened,
  CaseAccessChanged,
  PersonChanged,
  PeopleMerged,
  MergeUndone,
  RelationshipChanged,
  ChronologyChanged,
  RestrictionChanged,
  GlassBroken,
  GlassRefused,
  GlassEnded,
  GlassReviewed,
  restrictionTraces,
  type RestrictionTrace,
  CasesLinked,
  KeyFactsChanged,
  PersonJoinedCase,
  DocumentKept,
  CaseNoteAdded,
  accessLevels,
  type AccessLevel,
} from './records/events';
export {
  CaseOwnerChanged,
  OnwardReferralOffered,
  OnwardReferralChanged,
  TransferChanged,
  CaseFlagChanged,
  CaseApprovalChanged,
} from './records/hand-over-events';
export { AccessRequestChanged, CaseErased, RetentionDecided } from './records/retention-events';
export {
  accessItemDecisions,
  accessItemKinds,
  accessRequesters,
  accessRequestStates,
  accessRequestSteps,
  type AccessItemDecision,
  type AccessItemKind,
  type AccessRequester,
  type AccessRequestState,
  type AccessRequestStep,
  type HeldItem,
} from './records/access-requests';
export {
  retentionSteps,
  retentionTriggers,
  retentionViews,
  type RetentionStep,
  type RetentionTrigger,
  type RetentionView,
} from './records/retention';
export {
  approvalStates,
  type ApprovalState,
  keptParts,
  onwardStates,
  transferStates,
  viewItems,
  type KeptPart,
  type OnwardState,
  type TransferState,
  type ViewItem,
} from './records/hand-over';
export {
  personParts,
  listedParts,
  identifierKinds,
  deceasedAnswers,
  mergeChoices,
  caseLinkKinds,
  type CaseLinkKind,
  chronologyParts,
  chronologySources,
  chronologyChanges,
  type ChronologyPart,
  type ChronologySource,
  type ChronologyChange,
  type PersonPart,
  type ListedPart,
  type IdentifierKind,
  type MergeChoice,
} from './records/api';
export {
  ReferralHeader,
  ReferralSubmitted,
  ReferralRated,
  ReferralAssigned,
  InformationRequested,
  InformationReturned,
  ReferralAccepted,
  ReferralDecided,
  ReferralReopened,
  ReferralWithdrawn,
  FeedbackGiven,
  NoteAdded,
  TriageClockPassed,
  outcomes,
} from './referrals/events';
export { AssessmentCompleted } from './risk/events';
export { askedOf, assessmentStatuses, type AskedOf, type AssessmentStatus } from './risk/api';
export { ReviewChanged } from './reviews/events';
export {
  clockForces,
  criterionAnswers,
  reviewChanges,
  type ClockForce,
  type CriterionAnswer,
  type ReviewChange,
} from './reviews/api';
export { AgreementChanged, AgreementFellDue, DropReceived, QuestionChanged } from './sharing/events';
export {
  agreementStatuses,
  agreementSteps,
  agreementDues,
  questionStates,
  type QuestionState,
  decisionOutcomes,
  type AgreementStatus,
  type AgreementStep,
  type AgreementDue,
  type DecisionOutcome,
} from './sharing/api';
export {
  Problem,
  Unauthenticated,
  NotFound,
  Forbidden,
  NotShared,
  Conflict,
  IllegalTransition,
  Invalid,
  RuleBroken,
  TooMany,
  Unavailable,
  Unreadable,
  type FieldProblem,
  type ProblemDetails,
} from './problems';
export {
  referralStatuses,
  openStatuses,
  decidedStatuses,
  triageDecisions,
  referralVocabulary,
  worklistChannel,
  type ReferralStatus,
  type TriageDecision,
} from './referrals/api';
