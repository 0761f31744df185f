import {
  minuteWords,
  type AbuseKind,
  type ActionState,
  type ActionStep,
  type ContactOutcome,
  type ContactSafety,
  type ContactState,
  type ContactWay,
  type CharacteristicAnswer,
  type FlagState,
  type MeetingState,
  type MeetingStep,
  type ReferralStanding,
  type ReferralStep,
} from '@concordat/contracts';
import type { ConferenceAction } from '../apis/meetings';
import type { Names } from '../apis/directory';

export const MEETING_STATES = minuteWords.meeting;
/** What a step has done, as it is told once it is taken: by the state that it leads to. */
export const STEP_TAKEN: Readonly<Partial<Record<MeetingState, string>>> = {
  'referrals-closed': 'Referrals are closed',
  'agenda-issued': 'The agenda is issued to the members',
  'in-session': 'The session is open. Sign the confidentiality statement',
  'minutes-draft': 'The session has ended. The minutes are in draft',
  closed: 'The meeting is closed',
};
/** Who takes a step, for whoever may not. */
export const STEP_BY: Readonly<Record<MeetingStep, string>> = {
  'close-referrals': 'Next, whoever coordinates or chairs closes referrals.',
  'issue-agenda': 'Next, whoever coordinates or chairs issues the agenda.',
  'open-session': 'Next, a chair reads the confidentiality statement aloud and opens the session.',
  'end-session': 'Whoever coordinates or chairs ends the session once every case is heard or deferred.',
  'issue-minutes': 'Next, a chair approves the minutes and issues them.',
  close: 'Whoever coordinates or chairs closes the meeting once every action has come to an end.',
};
export const MEETING_STEPS: Readonly<Record<MeetingStep, string>> = {
  'close-referrals': 'Close referrals',
  'issue-agenda': 'Issue the agenda',
  'open-session': 'Open the session',
  'end-session': 'End the session',
  'issue-minutes': 'Issue the minutes',
  close: 'Close the meeting',
};
export const ITEM_STATES: Readonly<Record<string, { text: string; colour: string }>> = {
  listed: { text: 'To be heard', colour: 'blue' },
  open: { text: 'Open now', colour: 'yellow' },
  heard: { text: 'Heard', colour: 'green' },
  deferred: { text: 'Deferred', colour: 'grey' },
};
export const ANSWERS = minuteWords.answer;
const coloured = (state: ActionState, colour: string) => ({ text: minuteWords.action[state], colour });
export const ACTION_STATES: Readonly<Record<ActionState, { text: string; colour: string }>> = {
  proposed: coloured('proposed', 'blue'),
  accepted: coloured('accepted', 'light-blue'),
  'in-progress': coloured('in-progress', 'yellow'),
  done: coloured('done', 'green'),
  'not-possible': coloured('not-possible', 'grey'),
  'not-done': coloured('not-done', 'red'),
  escalated: coloured('escalated', 'purple'),
};
export const ACTION_STEPS: Readonly<Record<ActionStep, string>> = {
  accept: 'Accept it for your agency',
  begin: 'It is in progress',
  complete: 'It is done',
  'not-possible': 'It is not possible: circumstances changed',
  'not-done': 'Your agency did not do it',
  escalate: 'Escalate it',
};
export const ABUSE: Readonly<Record<AbuseKind, string>> = {
  'violence-or-threats': 'Violence or threats, also to property',
  'stalking-or-harassment': 'A pattern of stalking or harassment',
  'sexual-abuse': 'Rape or sexual abuse',
  'unwanted-contact': 'Unwanted contact, also through others',
  'order-breach': 'A breach of bail or of a civil order',
  dispute: 'A dispute over children, property or a separation',
  'other-abuse': 'Other abuse',
};
export const STANDINGS: Readonly<Record<ReferralStanding, { text: string; colour: string }>> = {
  submitted: { text: 'Referred', colour: 'green' },
  returned: { text: 'Returned as incomplete', colour: 'orange' },
  'not-accepted': { text: 'Not accepted', colour: 'red' },
  challenged: { text: 'Not accepted, challenged', colour: 'yellow' },
  refused: { text: 'Not accepted, also after a challenge', colour: 'grey' },
  transferred: { text: 'Transferred to another area', colour: 'purple' },
  withdrawn: { text: 'Withdrawn by the agency that referred', colour: 'grey' },
  merged: { text: 'Merged into another referral', colour: 'grey' },
};
/** Steps of a referral, as something to be done and as something that was. */
export const REFERRAL_STEPS: Readonly<Record<ReferralStep, { ask: string; done: string }>> = {
  return: { ask: 'Return it as incomplete', done: 'Returned as incomplete' },
  complete: { ask: 'Complete it', done: 'Completed' },
  'not-accept': { ask: 'Do not accept it', done: 'Not accepted' },
  challenge: { ask: 'Challenge that it was not accepted', done: 'Challenged' },
  accept: { ask: 'Accept it after all', done: 'Accepted after all' },
  uphold: { ask: 'Leave it not accepted', done: 'Left not accepted' },
  withdraw: { ask: 'Withdraw it', done: 'Withdrawn' },
  merge: { ask: 'Merge it into another about the same matter', done: 'Merged' },
};
export const FLAG_STATES: Readonly<Record<FlagState, { text: string; colour: string }>> = {
  requested: { text: 'To be marked', colour: 'blue' },
  confirmed: { text: 'Marked', colour: 'green' },
  'to-remove': { text: 'To be unmarked', colour: 'red' },
  lapsed: { text: 'Over, and never said to be marked', colour: 'orange' },
  removed: { text: 'Unmarked', colour: 'grey' },
};
export const CONTACT_STATES: Readonly<Record<ContactState, { text: string; colour: string }>> = {
  asked: { text: 'Not tried yet', colour: 'blue' },
  tried: { text: 'Tried, not reached', colour: 'orange' },
  reached: { text: 'Reached', colour: 'green' },
};
export const CONTACT_WAYS: Readonly<Record<ContactWay, string>> = {
  phone: 'By phone',
  'text-message': 'By text message',
  email: 'By email',
  'in-person': 'In person',
  'through-others': 'Through somebody else whom they trust',
};
export const CONTACT_SAFETIES: Readonly<Record<ContactSafety, string>> = {
  yes: 'Yes',
  no: 'No',
  'not-known': 'It is not known',
};
export const CONTACT_OUTCOMES: Readonly<Record<ContactOutcome, string>> = {
  reached: 'They were reached',
  'message-left': 'A message was left',
  'no-answer': 'There was no answer',
  'not-tried': 'Nobody tried',
};
export const MINUTED = minuteWords.part;
export const VOTES = minuteWords.vote;
export const VOTE_OUTCOMES = minuteWords.voteOutcome;
export const DECIDED = minuteWords.decided;
export const CONSENTED = minuteWords.consented;
export const CHARACTERISTICS: Readonly<Record<CharacteristicAnswer, string>> = {
  yes: 'Yes',
  no: 'No',
  'not-known': 'Not known',
  declined: 'They would not say',
  'not-asked': 'They were not asked',
};
export const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, text]) => ({ value, text }));

/** What stands behind how long a stage of a forum takes. */
export const STAGE_FORCES = {
  law: 'By law',
  guidance: 'Guidance',
  local: 'Local practice',
  unverified: 'Not verified',
} as const;
/** Why something was refused that is about no field: the context says it in words that quote nobody. */
export const WHY_NOT: Readonly<Record<string, string>> = {
  'forum-stage.runs': 'This stage runs already',
  'forum-stage.not-running': 'No such stage runs now. Look at it again',
  'forum-stage.not-open': 'The forum does not take this referral as it stands',
  'meeting.changed': 'Somebody else changed this meeting first. Look at it again',
  'agenda-item-notes.changed': 'Somebody else changed the summary first. Look at it again',
  'agenda-item.changed': 'Somebody else changed this case first. Look at it again',
  'conference-action.changed': 'Somebody else changed this action first. Look at it again',
  'record.exists': 'This forum meets on that day already, or somebody did the same at this moment. Look at it again',
  'forum.lead-not-in-case': 'The agencies that chair and coordinate this forum must take part in the case first',
  'figures.none': 'The forum did not meet in this year',
  'figures.quarters-missing': 'Two quarters in a row are missing: the year is not published',
  'figures.taken-over': 'Its first quarter takes over figures of the year before: the year is not published',
  'figures.too-few': 'Nothing of this year can be shown without telling of few cases',
  'minutes.changed': 'Somebody else put something right first. Look at it again',
  'minute-amendment.changed': 'Somebody else answered this first. Look at it again',
  'amendment.waiting': 'Another amendment of this case waits for an answer',
  'amendment.nothing': 'The minutes say this already',
  'amendment.own': 'Somebody else who chairs answers what you have proposed',
  'amendment.answered': 'This was answered before',
  'forum.changed': 'Somebody else changed these settings first. Look at them again',
  'forum.kind-unknown': 'The rules that are installed do not say how such a forum works',
  'forum-transfer.not-permitted':
    'No agreement allows every agency that leads that forum to have this. Nothing was sent',
  'forum-transfer.acknowledged': 'It is acknowledged already',
  'forum-transfer.changed': 'Somebody else changed this transfer first. Look at it again',
  'advocate-contact.changed': 'Somebody else of your agency put an attempt on record first. Look at it again',
  'meeting.called-already': 'An emergency meeting is called for it already',
  'forum-referral.not-waiting':
    'It was heard, returned, withdrawn or not accepted. What happened since is referred anew',
  'meeting.too-early': 'The meeting has not come to this yet',
  'meeting.too-late': 'The meeting is past this',
  'meeting.emergency-stays': 'An emergency meeting is cancelled, and another is called',
  'meeting.no-cases': 'There is no case on the agenda',
  'meeting.cases-left': 'There are cases that are neither heard nor deferred',
  'meeting.not-approved': 'A chair has not approved the minutes as they are now',
  'meeting.actions-open': 'There are actions that have not come to an end',
  'meeting.not-signed': 'Sign the confidentiality statement first',
  'meeting.not-quorate': 'Not enough agencies have signed yet',
  'meeting.another-open': 'Another case is open. Record what was decided about it first',
  'presence.not-admitted': 'They have not signed, have no part in this case, or have declared a conflict',
  'presence.nobody': 'Mark who is there for this case first',
  'agenda-item.not-open': 'This cannot be done where the case stands now',
  'observer.member': 'They sit on this forum, and come as a member',
  'observer.not-signed': 'They do not observe this meeting, or have not signed',
  'vote.none': 'Put the decision to the vote first',
  'vote.open': 'Not every member who is there has voted',
  'vote.rejected': 'The members who are there rejected it. Put another decision to the vote',
  'vote.carried-other': 'The members who are there carried another decision',
  'vote.chair-decides': 'There is no majority: a chair decides',
  'vote.changed': 'Something else was put to the vote meanwhile. Look at it again',
  'vote.nothing-put': 'Nothing is put to the vote',
  'vote.not-there': 'Only members who are there for this case vote on it',
  'home-agency.absent':
    'Nobody is there of the agency for the area where the person lives. Without it they are not discussed',
  'home-agency.unknown': 'Say first which agency is the one for the area where the person lives',
  'forum-referral.changed': 'Somebody else changed this referral first. Look at it again',
  'forum-referral.step-not-open': 'This step is not open where the referral stands now',
  'forum-referral.on-agenda': 'It is on an agenda that is issued, or was heard. Put the case off instead',
  'forum-flag.changed': 'Somebody else of your agency changed this flag first. Look at it again',
  'forum-flag.step-not-open': 'This step is not open where the flag stands now',
  'conference-action.step-not-open': 'This step is not open where the action stands now',
};

/** An action as lists show it. */
export const actionShown = (action: ConferenceAction, names: Names) => ({
  ...action,
  owner: names.organisation(action.ownerOrg),
  tag: ACTION_STATES[action.state],
  steps: action.steps.map((step) => ({
    ...step,
    by: names.person(step.byId),
    org: names.organisation(step.orgId),
    text: ACTION_STATES[step.state].text,
  })),
});
