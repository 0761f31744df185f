import {
  recommendationLevels,
  recommendationResponses,
  recommendationSources,
  reviewActionStates,
  type CentralStep,
  type RecommendationChange,
  type RecommendationLevel,
  type RecommendationResponse,
  type RecommendationSource,
  type ReviewActionState,
  type SmartQuestion,
} from '@concordat/contracts';

export const STATES: Readonly<Record<ReviewActionState, { text: string; colour: string }>> = {
  PROPOSED: { text: 'Proposed', colour: 'grey' },
  ACCEPTED: { text: 'Accepted', colour: 'blue' },
  IN_PROGRESS: { text: 'In progress', colour: 'blue' },
  CLAIMED_DONE: { text: 'Claimed done', colour: 'yellow' },
  VERIFIED: { text: 'Verified', colour: 'green' },
  CLOSED: { text: 'Closed', colour: 'green' },
  RETURNED: { text: 'Given back', colour: 'orange' },
  SUPERSEDED: { text: 'Superseded', colour: 'grey' },
  NOT_PURSUED: { text: 'Not pursued', colour: 'grey' },
};
export const LEVELS: Readonly<Record<RecommendationLevel, string>> = {
  local: 'Local',
  regional: 'Regional',
  national: 'National',
};
export const SOURCES: Readonly<Record<RecommendationSource, string>> = {
  'management-review': 'An individual management review',
  panel: 'The panel',
  family: 'The family',
  early: 'Early learning, before the report',
};
export const RESPONSES: Readonly<Record<RecommendationResponse, string>> = {
  accepted: 'Accepted',
  partly: 'Accepted in part',
  rejected: 'Rejected',
};
export const SMART: Readonly<Record<SmartQuestion, string>> = {
  specific: 'Specific: it says what is to be done, and by whom',
  measurable: 'Measurable: one can tell when it is done',
  achievable: 'Achievable: whoever owns it can do it',
  relevant: 'Relevant: it answers what was found',
  timeBound: 'Time-bound: it says by when',
};
export const CENTRAL: Readonly<Record<CentralStep, string>> = {
  sent: 'Sent to the department',
  acknowledged: 'Acknowledged',
  responded: 'Response recorded',
};
export const DONE: Readonly<Record<RecommendationChange, string>> = {
  proposed: 'Proposed',
  'owner-asked': 'Its owner asked to answer',
  answered: 'Answered',
  'repeat-linked': 'Linked to an earlier one',
  'central-noted': 'Word of the department recorded',
  'action-added': 'Action added',
  'target-revised': 'Date revised',
  'action-moved': 'Action taken further',
};

const choicesOf = <K extends string>(codes: readonly K[], words: Readonly<Record<K, string>>) =>
  codes.map((value) => ({ value, text: words[value] }));
export const levelChoices = choicesOf(recommendationLevels, LEVELS);
export const sourceChoices = choicesOf(recommendationSources, SOURCES);
export const responseChoices = choicesOf(recommendationResponses, RESPONSES);
export const stateChoices = reviewActionStates.map((value) => ({ value, text: STATES[value].text }));
export const smartChoices = (Object.keys(SMART) as SmartQuestion[]).map((value) => ({ value, text: SMART[value] }));

/** `3 days late` against the original date; nothing when it is in time. */
export const lateText = (days: number): string => (days > 0 ? `${days} day${days === 1 ? '' : 's'} late` : '');
