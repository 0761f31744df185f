/** The parts that what is known of a person consists of: each is corrected, and on merging chosen, as a whole. */
export const personParts = [
  'name',
  'aliases',
  'datesOfBirth',
  'ageYears',
  'deceased',
  'sex',
  'gender',
  'addresses',
  'phones',
  'identifiers',
  'languages',
  'interpreter',
  'communicationNeeds',
  'occupation',
  'school',
  'gp',
  'dueDate',
] as const;
export type PersonPart = (typeof personParts)[number];

/** Parts that are lists: on merging, both records' items may be kept. */
export const listedParts = ['aliases', 'datesOfBirth', 'addresses', 'phones', 'identifiers', 'languages'] as const;
export type ListedPart = (typeof listedParts)[number];

/** Why two cases are linked; the first is the `kind` of the other. */
export const caseLinkKinds = ['related', 'same-household', 'same-perpetrator', 'repeat', 'transferred-from'] as const;
export type CaseLinkKind = (typeof caseLinkKinds)[number];

/** The parts of an entry of a chronology, each of which a correction may change. */
export const chronologyParts = [
  'starts',
  'ends',
  'about',
  'category',
  'fact',
  'comment',
  'sourceRef',
  'people',
  'thirdParty',
  'sensitive',
  'cameFrom',
] as const;
export type ChronologyPart = (typeof chronologyParts)[number];

/** What an entry of a chronology may have been taken from. */
export const chronologySources = ['referral'] as const;
export type ChronologySource = (typeof chronologySources)[number];

/** What may happen to an entry of a chronology. It is never deleted: what was withdrawn says so. */
export const chronologyChanges = ['recorded', 'corrected', 'withdrawn'] as const;
export type ChronologyChange = (typeof chronologyChanges)[number];

/** Whose number it is. Of an NHS number nobody has two. */
export const identifierKinds = ['nhs-number', 'police', 'housing', 'social-care', 'other'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** Whether somebody has died. */
export const deceasedAnswers = ['yes', 'no', 'not-known'] as const;

/** What is kept of each part when two records of one person become one. */
export const mergeChoices = ['this', 'other', 'both'] as const;
export type MergeChoice = (typeof mergeChoices)[number];
