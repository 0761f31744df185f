/** Where an assessment stands. One that is completed is never changed; it may be superseded by another. */
export const assessmentStatuses = ['draft', 'completed'] as const;
export type AssessmentStatus = (typeof assessmentStatuses)[number];

/** From whom the answers of an assessment came. */
export const askedOf = ['subject', 'relative-or-friend', 'professional', 'records', 'somebody-else'] as const;
export type AskedOf = (typeof askedOf)[number];

/** Where a meeting of a forum stands; one that is cancelled goes no further. */
export const meetingStates = [
  'planned',
  'referrals-closed',
  'agenda-issued',
  'in-session',
  'minutes-draft',
  'minutes-issued',
  'closed',
  'cancelled',
] as const;
export type MeetingState = (typeof meetingStates)[number];

/** What moves a meeting from one state to the next. */
export const meetingSteps = [
  'close-referrals',
  'issue-agenda',
  'open-session',
  'end-session',
  'issue-minutes',
  'close',
] as const;
export type MeetingStep = (typeof meetingSteps)[number];

/** Where a case stands on the agenda of a meeting. */
export const agendaItemStates = ['listed', 'open', 'heard', 'deferred'] as const;
export type AgendaItemState = (typeof agendaItemStates)[number];

/** How a member votes on what is put to a vote. */
export const voteChoices = ['for', 'against', 'abstain'] as const;
export type VoteChoice = (typeof voteChoices)[number];
/** What a vote came to; `withdrawn`: something else was put to the vote before everybody had voted. */
export const voteOutcomes = ['unanimous', 'majority', 'rejected', 'no-majority', 'withdrawn'] as const;
export type VoteOutcome = (typeof voteOutcomes)[number];
/** How what was decided about a case came about, where a forum votes. */
export const decidedHow = ['unanimous', 'majority', 'chair'] as const;
export type DecidedHow = (typeof decidedHow)[number];
/** Who consents to what is done for somebody: they themselves, or for somebody under 18 a parent or guardian. */
export const consentGivers = ['subject', 'parent-or-guardian'] as const;
export type ConsentGiver = (typeof consentGivers)[number];

/** What an agency answers about the people of a case. `nil`: known, and nothing of it bears on the risk. */
export const researchAnswers = ['known', 'not-known', 'nil'] as const;
export type ResearchAnswer = (typeof researchAnswers)[number];
/** Where it stands that an agency is asked about a case before a meeting. `ended`: it is asked no more, having answered or not. */
export const researchCallStates = ['asked', 'returned', 'ended'] as const;
export type ResearchCallState = (typeof researchCallStates)[number];
/** Where it stands that the minutes of a meeting are to be issued. `ended`: the meeting is not held. */
export const minutesDueStates = ['due', 'issued', 'ended'] as const;
export type MinutesDueState = (typeof minutesDueStates)[number];

/** Where an action of a meeting stands. That it is overdue is never stored: it follows from its day. */
export const actionStates = [
  'proposed',
  'accepted',
  'in-progress',
  'done',
  'not-possible',
  'not-done',
  'escalated',
] as const;
export type ActionState = (typeof actionStates)[number];
export const actionSteps = ['accept', 'begin', 'complete', 'not-possible', 'not-done', 'escalate'] as const;
export type ActionStep = (typeof actionSteps)[number];

/** What happened, as the two published definitions of a repeat tell it apart. */
export const abuseKinds = [
  'violence-or-threats',
  'stalking-or-harassment',
  'sexual-abuse',
  'unwanted-contact',
  'order-breach',
  'dispute',
  'other-abuse',
] as const;
export type AbuseKind = (typeof abuseKinds)[number];

/** What was answered about somebody for the figures of a forum. That nobody asked, or would not say, is none of yes and no. */
export const characteristicAnswers = ['yes', 'no', 'not-known', 'declined', 'not-asked'] as const;
export type CharacteristicAnswer = (typeof characteristicAnswers)[number];

/** Where a referral to a forum stands before it is heard. `refused`: not accepted, and a challenge did not change that;
 * `transferred`: it went to the forum of another area before it was heard; `withdrawn`: the agency that referred took it back. */
export const referralStandings = [
  'submitted',
  'returned',
  'not-accepted',
  'challenged',
  'refused',
  'transferred',
  'withdrawn',
  'merged',
] as const;
export type ReferralStanding = (typeof referralStandings)[number];
export const referralSteps = [
  'return',
  'complete',
  'not-accept',
  'challenge',
  'accept',
  'uphold',
  'withdraw',
  'merge',
] as const;
export type ReferralStep = (typeof referralSteps)[number];

/** Where an agency's flag on its file stands. That it is over follows from its day. */
export const flagStates = ['requested', 'confirmed', 'to-remove', 'lapsed', 'removed'] as const;
export type FlagState = (typeof flagStates)[number];
export const flagSteps = ['confirm', 'remove'] as const;
export type FlagStep = (typeof flagSteps)[number];

/** How an advocate tries to reach whoever a case is about. What the number or address is stays with records. */
export const contactWays = ['phone', 'text-message', 'email', 'in-person', 'through-others'] as const;
export type ContactWay = (typeof contactWays)[number];
/** Whether a way of contact is known to be safe: anything but `yes` blocks it. */
export const contactSafeties = ['yes', 'no', 'not-known'] as const;
export type ContactSafety = (typeof contactSafeties)[number];
export const contactOutcomes = ['reached', 'message-left', 'no-answer', 'not-tried'] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];
/** Where the contact before a meeting stands; once they were reached it stays so. */
export const contactStates = ['asked', 'tried', 'reached'] as const;
export type ContactState = (typeof contactStates)[number];

/** Parts of the minutes of a case that may be put right after they were issued. */
export const minutedParts = ['harm', 'contributory', 'protective', 'rationale', 'recorded'] as const;
export type MinutedPart = (typeof minutedParts)[number];
export const amendmentStates = ['proposed', 'agreed', 'refused'] as const;
export type AmendmentState = (typeof amendmentStates)[number];
export const amendmentAnswers = ['agree', 'refuse'] as const;
export type AmendmentAnswer = (typeof amendmentAnswers)[number];

/** The channel of live updates of a case on an agenda; the message is when, in ms, and what: `notes` and their version, or `case`. */
export const agendaItemChannel = (id: string): string => `agenda-item/${id}`;
