import type { FamilyChannel, FamilyOutcome, FamilyTopic, FieldProblem } from '@concordat/contracts';
import type { Recorded, ReviewDocument } from './review';

/** Somebody of the family (domain/statutory-reviews.md §7). For those alone who see the family log. */
export interface FamilyPerson {
  readonly id: string;
  /** Raised when the entry is changed; the one before is kept. */
  readonly number: number;
  readonly name: string;
  readonly relationship: string;
  /** Who speaks for them, and how they are reached; null for nobody. */
  readonly advocate: string | null;
  /** How they can be reached without danger to them. */
  readonly safeWay: string;
  /** What they want of the review, such as how often they are told. */
  readonly wishes: string | null;
  readonly language: string | null;
  /** The day on which they were given the leaflet about reviews. */
  readonly leafletOn: string | null;
  /** Days of any year on which nobody is to contact them, as `02-03` for 3 February. */
  readonly sensitiveDays: readonly string[];
}

/** A contact with the family, or that nobody could be reached. It is never changed: a later one stands beside it. */
export interface FamilyContact extends Recorded {
  readonly id: string;
  /** Null when nobody of the family is known. */
  readonly personId: string | null;
  readonly on: string;
  readonly channel: FamilyChannel;
  /** Who spoke with them for the review. */
  readonly spoke: string;
  readonly topic: FamilyTopic;
  readonly outcome: FamilyOutcome;
  /** What they said, in their words where they gave their account; or what was tried to reach them. */
  readonly said: string | null;
  /** What was changed for it, or that nothing was. */
  readonly change: string | null;
  readonly nextOn: string | null;
}

/** As much of a contact as everybody who sees the review may know: what about, what came of it, when. */
export interface FamilyBrief extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly topic: FamilyTopic;
  readonly outcome: FamilyOutcome;
  readonly on: string;
}

type Said = Pick<
  FamilyContact,
  'personId' | 'on' | 'channel' | 'topic' | 'outcome' | 'said' | 'change' | 'nextOn' | 'spoke'
>;

/**
 * contactProblems says what a contact lacks before it is kept. A day to contact them again is never one of those on which
 * they asked not to be contacted, nor within the time that they were given by a pause that runs (§3.2). Pure; `today` is a civil
 * day.
 */
export function contactProblems(
  contact: Said,
  person: FamilyPerson | undefined,
  today: string,
  pauses: ReviewDocument['pauses'] = [],
): FieldProblem[] {
  const { personId, on, topic, outcome, said, change, nextOn } = contact;
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  if (personId === null && outcome !== 'not-reached') wrong('personId', 'required', 'Choose who it was');
  if (personId !== null && !person) wrong('personId', 'not-in-list', 'Choose who it was');
  if (on > today) wrong('on', 'in-future', 'The date must be today or earlier');
  if (outcome === 'answered' && !said?.trim()) wrong('said', 'required', 'Enter what they said');
  if (outcome === 'not-reached' && !said?.trim()) wrong('said', 'required', 'Enter what was tried to reach them');
  if (topic === 'reading' && outcome === 'answered' && !change?.trim())
    wrong('change', 'required', 'Enter what was changed for it, or that nothing was');
  if (nextOn !== null && nextOn <= today) wrong('nextOn', 'too-early', 'The date must be after today');
  else if (nextOn !== null && person?.sensitiveDays.includes(nextOn.slice(5)))
    wrong('nextOn', 'sensitive-day', 'This is a day on which they are not to be contacted. Choose another');
  else if (nextOn !== null && pauses.some((p) => p.reason === 'family' && p.to === null && nextOn < p.reviewOn))
    wrong('nextOn', 'paused', 'The family needs time until that pause is looked at again. Choose a later day');
  return problems;
}

/** The last contact of this round that was about something. Pure. */
export const contactAbout = ({ family = [], round }: ReviewDocument, topic: FamilyTopic): FamilyBrief | undefined =>
  family.findLast((c) => c.round === round && c.topic === topic);

/** What lacks for the family to have been spoken to about something, or tried for it. Empty when nothing does. Pure. */
export const familyLacks = (topic: FamilyTopic | undefined, document: ReviewDocument): string[] =>
  topic && contactAbout(document, topic) ? [] : ['the family log has no contact about it'];

/** Days of a month there are in any year. */
const LAST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether `02-03` is a day of some year. Pure. */
export function isDayOfYear(value: string): boolean {
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(value) ?? [];
  const last = LAST[Number(month) - 1];
  return last !== undefined && Number(day) >= 1 && Number(day) <= last;
}
