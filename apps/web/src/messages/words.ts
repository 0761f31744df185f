import type { HappeningKind, MessageChannel, MessageKind, MessageRhythm } from '@concordat/contracts';
import type { Message } from '../apis/notifications';
import type { Choices } from '../apis/outgoing-messages';
import { KINDS, placeOf, WHY } from '../deadlines/words';

interface Wording {
  /** What happened, in words that tell of nobody. */
  readonly what: string;
  readonly why: string;
  /** What the time means that goes with it; of most there is none. */
  readonly when?: string;
  readonly place: (recordId: string) => string;
}
const FOR_MEETING = { why: 'You are named for this meeting', place: (id: string) => `/meetings/${id}` };
const FOR_ACTION = { place: (id: string) => `/conference-actions/${id}` };
const FOR_REVIEW_ACTION = { place: () => '/reviews/recommendations' };
const OF_AGENCY = 'It is yours, or your agency’s';
const HAPPENED: Readonly<Record<HappeningKind, Wording>> = {
  'meeting-cancelled': { ...FOR_MEETING, what: 'A meeting is cancelled', when: 'It would have begun' },
  'meeting-rearranged': { ...FOR_MEETING, what: 'A meeting is held at another time or place', when: 'It begins' },
  'meeting-called': { ...FOR_MEETING, what: 'An emergency meeting is called', when: 'It begins' },
  'agenda-issued': {
    ...FOR_MEETING,
    what: 'An agenda is issued: return what your agency holds',
    when: 'The meeting begins',
  },
  'minutes-issued': {
    ...{ what: 'Minutes of a meeting are issued', why: FOR_MEETING.why },
    place: (id) => `/meetings/${id}/minutes`,
  },
  'contact-asked': {
    ...{ what: 'Speak with somebody before a meeting', why: OF_AGENCY },
    place: (id) => `/advocate-contacts/${id}`,
  },
  'referral-assigned': {
    what: 'A referral is yours to decide',
    why: 'It was assigned to you',
    place: (id) => `/triage/${id}`,
  },
  'case-assigned': {
    what: 'You own a case',
    why: 'It was assigned or handed over to you',
    place: (id) => `/cases/${id}`,
  },
  'information-requested': {
    ...{ what: 'Answer a question about a referral', why: 'You or your agency made the referral' },
    place: (id) => `/referrals/${id}`,
  },
  'information-returned': {
    ...{ what: 'A question about a referral is answered', why: OF_AGENCY },
    place: (id) => `/triage/${id}`,
  },
  'action-proposed': {
    ...FOR_ACTION,
    what: 'An action of a meeting is proposed',
    why: OF_AGENCY,
    when: 'To be done by',
  },
  'action-escalated': {
    ...FOR_ACTION,
    what: 'An action of a meeting is escalated',
    why: 'It was not done by your agency',
  },
  'review-action-proposed': {
    ...{ ...FOR_REVIEW_ACTION, what: 'An action of a statutory review is proposed', why: OF_AGENCY },
    when: 'To be done by',
  },
  'review-action-returned': {
    ...{ ...FOR_REVIEW_ACTION, what: 'An action of a statutory review is returned', when: 'To be done by' },
    why: 'What your agency said of it was not enough to close it',
  },
  'question-asked': {
    ...{ what: 'Decide whether something may be shared', why: 'An agreement leaves it to your agency' },
    place: (id) => `/agreements/to-decide/${id}`,
  },
  'question-answered': {
    ...{ what: 'It is decided whether something may be shared', why: 'You asked' },
    place: (id) => `/agreements/to-decide/${id}`,
  },
  'authority-claimed': {
    ...{ what: 'Say whether you authorised sharing in an emergency', why: 'Somebody named you for it' },
    place: (id) => `/agreements/to-decide/${id}`,
  },
  'webhook-failing': {
    ...{ what: 'A webhook to a system of your agency takes nothing', why: 'You administer your agency' },
    place: (id) => `/administration/webhooks/${id}`,
  },
};
const hasHappened = (kind: MessageKind): kind is HappeningKind => Object.hasOwn(HAPPENED, kind);

/** A kind of what people are told, in words that tell of nobody. */
export const titleOf = (kind: MessageKind): string => (hasHappened(kind) ? HAPPENED[kind].what : KINDS[kind]);

/** What a message is about, where that is looked at, why somebody is told, and what its time means where it is of no deadline. */
export function wordsOf({ kind, recordId, to }: Message) {
  if (!hasHappened(kind)) return { what: KINDS[kind], href: placeOf({ kind, recordId }), why: to ? WHY[to] : '' };
  const { what, why, when, place } = HAPPENED[kind];
  return { what, why, when, href: place(recordId), happened: true };
}

export const CHANNELS: Readonly<Record<MessageChannel, string>> = { email: 'E-mail', text: 'Text message' };

/** An address as its owner writes it: a mobile number of the United Kingdom as it is dialled there. */
export const asWritten = (address: string): string => address.replace(/^\+44(\d{4})(\d{6})$/, '0$1 $2');

/** How soon, in words, with the times that the pack names. */
export function rhythmsOf({ daily, weekly }: Choices): Readonly<Record<MessageRhythm, string>> {
  const day = weekly.on.charAt(0).toUpperCase() + weekly.on.slice(1);
  return {
    now: 'At once',
    daily: `Once a day, at ${onTheClock(daily.at)}`,
    weekly: `Once a week, on ${day} at ${onTheClock(weekly.at)}`,
    none: 'Not by e-mail',
  };
}

/** `14:30` as it is written in pages: 2:30pm. */
function onTheClock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const past = minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`;
  return `${hours % 12 || 12}${past}${hours < 12 ? 'am' : 'pm'}`;
}
