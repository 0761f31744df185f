/** What is done to a review, as events and its history name it. */
export const reviewChanges = [
  'registered',
  'date',
  'dates-allowed',
  'notice',
  'confirmation',
  'decision',
  'step',
  'pause',
  'resumption',
  'extension',
  'member-named',
  'member-released',
  'panel-appointed',
  'independence-declared',
  'appointment-ended',
  'meeting',
  'meeting-planned',
  'meeting-called-off',
  'apology',
  'terms',
  'agencies-asked',
  'agency-returned',
  'agency-chased',
  'complaint',
  'person-mapped',
  'file-scanned',
  'hit-cleared',
  'file-released',
  'file-withdrawn',
  'quality-letter',
  'quality-answer',
  'publication-decided',
  'central-copy',
  'copy-acknowledged',
  'published',
  'linked',
  'kinds-tested',
  'management-review',
  'quality-submission',
  'family-person',
  'family-contact',
  'chronology-item',
  'chronology-linked',
  'chronology-frozen',
  'chronology-corrected',
  'appeal',
  'appeal-decided',
  'outcome-letter',
  'outcome-letter-sent',
  'data-kept',
  'kind-moved',
] as const;
export type ReviewChange = (typeof reviewChanges)[number];

/** Where a time limit comes from. What is unverified is never shown as a legal deadline. */
export const clockForces = ['law', 'guidance', 'local', 'unverified'] as const;
export type ClockForce = (typeof clockForces)[number];

/** How a criterion was answered. Not known is an answer; a blank is none. */
export const criterionAnswers = ['yes', 'no', 'unknown'] as const;
export type CriterionAnswer = (typeof criterionAnswers)[number];

/** What somebody is on the panel of a review. */
export const panelRoles = ['chair', 'deputy', 'author', 'member'] as const;
export type PanelRole = (typeof panelRoles)[number];

/** What an agency answers when it is asked what it knows. No reply is not nil. */
export const scopingAnswers = ['known', 'not-known', 'nil', 'no-reply'] as const;
export type ScopingAnswer = (typeof scopingAnswers)[number];

/** What is done about an agency that does not answer: it is reminded, its leaders are asked, at last the review goes on without it. */
export const scopingMoves = ['remind', 'escalate', 'go-on'] as const;
export type ScopingMove = (typeof scopingMoves)[number];

/** What is done with an individual management review of an agency. */
export const managementMoveCodes = ['start', 'submit', 'refuse', 'return', 'accept', 'waive', 'escalate'] as const;
export type ManagementMove = (typeof managementMoveCodes)[number];

/** Where a recommendation comes from; an early one is made before the report. */
export const recommendationSources = ['management-review', 'panel', 'family', 'early'] as const;
export type RecommendationSource = (typeof recommendationSources)[number];

/** Whom a recommendation is to. A national one is to a department, which answers or does not. */
export const recommendationLevels = ['local', 'regional', 'national'] as const;
export type RecommendationLevel = (typeof recommendationLevels)[number];

/** How its owner answered. */
export const recommendationResponses = ['accepted', 'partly', 'rejected'] as const;
export type RecommendationResponse = (typeof recommendationResponses)[number];

/** How a review stands to another: what §4.8 of the domain names, and being taken in by it. */
export const reviewRelations = ['replaces', 'alongside', 'sharesToR', 'sharesIMRs', 'waitsFor', 'joinedTo'] as const;
export type ReviewRelation = (typeof reviewRelations)[number];

/** What the central quality panel says in its letter. */
export const qualityVerdicts = ['publish', 'publishAfterChanges', 'resubmit'] as const;
export type QualityVerdict = (typeof qualityVerdicts)[number];

/** How much of a review is published. */
export const publicationDecisions = ['full', 'part', 'withheld', 'deferred'] as const;
export type PublicationDecision = (typeof publicationDecisions)[number];

/** Why a review is not published whole, or not yet. Wishes of the family are weighed, and are no veto. */
export const publicationReasons = [
  ...(['safety', 'live-proceedings', 'inquest', 'court-order', 're-identification'] as const),
  ...(['family-wishes', 'awaiting-clearance'] as const),
] as const;
export type PublicationReason = (typeof publicationReasons)[number];

/** What somebody of the family was spoken to about. */
export const familyTopics = ['told', 'terms', 'account', 'reading', 'publication-date', 'other'] as const;
export type FamilyTopic = (typeof familyTopics)[number];

/** What came of a contact with the family: no reply is not a refusal, and neither is that nobody could be reached. */
export const familyOutcomes = ['answered', 'declined', 'no-reply', 'not-reached'] as const;
export type FamilyOutcome = (typeof familyOutcomes)[number];

export const familyChannels = ['in-person', 'telephone', 'video', 'letter', 'e-mail', 'through-advocate'] as const;
export type FamilyChannel = (typeof familyChannels)[number];

/** Whether somebody of the family may be contacted: in any way that is safe, through their advocate alone, or not at all. */
export const familyReaches = ['any', 'advocate', 'nobody'] as const;
export type FamilyReach = (typeof familyReaches)[number];

/** Who got in touch: a family that asked for time may still call. */
export const familyBeginnings = ['review', 'family'] as const;
export type FamilyBeginning = (typeof familyBeginnings)[number];

/** Whether somebody was seen or heard at an event of a chronology. Not recorded is not “no”. */
export const seenAnswers = ['yes', 'no', 'not-recorded'] as const;
export type SeenAnswer = (typeof seenAnswers)[number];

/** What can be appealed against in an ASB case review, and how an appeal is decided. */
export const appealedAgainst = ['threshold', 'outcome'] as const;
export type AppealedAgainst = (typeof appealedAgainst)[number];
export const appealResults = ['upheld', 'part', 'not-upheld'] as const;
export type AppealResult = (typeof appealResults)[number];

/** What a letter to an applicant is about. */
export const letterMatters = ['threshold', 'outcome', 'appeal'] as const;
export type LetterMatter = (typeof letterMatters)[number];

/** The five questions of a SMART recommendation. */
export const smartQuestions = ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'] as const;
export type SmartQuestion = (typeof smartQuestions)[number];

/** How far a department has come with a national recommendation. */
export const centralSteps = ['sent', 'acknowledged', 'responded'] as const;
export type CentralStep = (typeof centralSteps)[number];

/** States of an action of a review, in order; the last three leave the usual path. */
export const reviewActionStates = [
  'PROPOSED',
  'ACCEPTED',
  'IN_PROGRESS',
  'CLAIMED_DONE',
  'VERIFIED',
  'CLOSED',
  'RETURNED',
  'SUPERSEDED',
  'NOT_PURSUED',
] as const;
export type ReviewActionState = (typeof reviewActionStates)[number];

/** What is done to a recommendation, as events and its history name it. */
export const recommendationChanges = [
  'proposed',
  'owner-asked',
  'answered',
  'repeat-linked',
  'central-noted',
  'action-added',
  'target-revised',
  'action-moved',
] as const;
export type RecommendationChange = (typeof recommendationChanges)[number];
