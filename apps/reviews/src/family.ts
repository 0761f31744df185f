import type {
  FamilyBeginning,
  FamilyChannel,
  FamilyOutcome,
  FamilyReach,
  FamilyTopic,
  FieldProblem,
} from '@concordat/contracts';
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
  /** Whether they may be contacted; null in entries of before it was asked, which is in any way. */
  readonly reach: FamilyReach | null;
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
  /** Who got in touch; null in entries of before it was asked, which is the review. */
  readonly begunBy: FamilyBeginning | null;
  /** Why they were contacted although they had asked not to be; null where they had not. */
  readonly despite: string | null;
}

/** As much of a contact as everybody who sees the review may know: what about, what came of it, when. */
export interface FamilyBrief extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly topic: FamilyTopic;
  readonly outcome: FamilyOutcome;
  readonly on: string;
  /** It was made although they had asked not to be contacted. */
  readonly against?: boolean;
}

type Said = Omit<FamilyContact, 'id' | 'by' | 'at'>;

type Pauses = ReviewDocument['pauses'];
/** What the family reads and when a review is published wait while they need time; a reason does not make up for it (§3.2). */
const WAITS: ReadonlySet<FamilyTopic> = new Set(['reading', 'publication-date']);

/**
 * familyTime is the pause of the family, or of whoever applied, that a civil day falls into. It holds what is meant for them until it is
 * ended or, where nobody has ended it, until the day on which it is looked at: no review stands still for ever. Pure.
 */
export const familyTime = (pauses: Pauses, on: string): Pauses[number] | undefined =>
  pauses.find((p) => p.reason === 'family' && p.from <= on && on < (p.to ?? p.reviewOn));

/** Why nobody is to contact them on a day: the field in which that is put right, a code, and what is said of it. */
type Against = readonly [field: 'on' | 'channel' | 'personId' | 'topic', code: string, message: string];

/** What a contact that the review began is against: the time that they were given, a day that hurts, how they are to be reached. Pure. */
function againstWish({ on, channel }: Said, person: FamilyPerson | undefined, pauses: Pauses): Against | undefined {
  if (familyTime(pauses, on)) return ['on', 'paused', 'The family had asked for time on that day'];
  if (person?.sensitiveDays.includes(on.slice(5)))
    return ['on', 'sensitive-day', 'This is a day on which they are not to be contacted'];
  if (person?.reach === 'nobody') return ['personId', 'not-to-be-contacted', 'They have asked not to be contacted'];
  if (person?.reach === 'advocate' && channel !== 'through-advocate')
    return ['channel', 'advocate-only', 'They are contacted through their advocate alone'];
  return undefined;
}

/**
 * contactProblems says what a contact lacks before it is kept. What the review begins within the time that the family was given, on a day
 * that hurts, or otherwise than they are to be reached needs a reason; that they read the draft or are told of publication within their
 * time is refused. They themselves may get in touch whenever they like. A day to contact them again is never one of those on
 * which they asked not to be contacted, nor within a pause that runs (§3.2). Pure; `today` is a civil day.
 */
export function contactProblems(
  contact: Said,
  person: FamilyPerson | undefined,
  today: string,
  pauses: Pauses = [],
): FieldProblem[] {
  const { personId, on, topic, outcome, said, change, nextOn, begunBy, despite } = contact;
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  if (personId === null && outcome !== 'not-reached') wrong('personId', 'required', 'Choose who it was');
  if (personId !== null && !person) wrong('personId', 'not-in-list', 'Choose who it was');
  if (on > today) wrong('on', 'in-future', 'The date must be today or earlier');
  if (outcome === 'answered' && !said?.trim()) wrong('said', 'required', 'Enter what they said');
  if (outcome === 'not-reached' && !said?.trim()) wrong('said', 'required', 'Enter what was tried to reach them');
  if (topic === 'reading' && outcome === 'answered' && !change?.trim())
    wrong('change', 'required', 'Enter what was changed for it, or that nothing was');
  const against = begunBy === 'family' ? undefined : againstWish(contact, person, pauses);
  if (against && WAITS.has(topic) && against[1] === 'paused')
    wrong(
      'topic',
      'paused',
      'The family had asked for time: reading and the date of publication wait until it is over',
    );
  else if (against && !despite?.trim())
    wrong(
      against[0],
      against[1],
      `${against[2]}. Enter why they were contacted all the same, or that they got in touch`,
    );
  if (nextOn !== null && nextOn <= today) wrong('nextOn', 'too-early', 'The date must be after today');
  else if (nextOn !== null && person?.reach === 'nobody')
    wrong('nextOn', 'not-to-be-contacted', 'They have asked not to be contacted');
  else if (nextOn !== null && person?.sensitiveDays.includes(nextOn.slice(5)))
    wrong('nextOn', 'sensitive-day', 'This is a day on which they are not to be contacted. Choose another');
  else if (nextOn !== null && pauses.some((p) => p.reason === 'family' && p.to === null && nextOn < p.reviewOn))
    wrong('nextOn', 'paused', 'The family needs time until that pause is looked at again. Choose a later day');
  return problems;
}

/** Whether a contact was against what they had asked for. Pure. */
export const isAgainst = (contact: Said, person: FamilyPerson | undefined, pauses: Pauses): boolean =>
  contact.begunBy !== 'family' && againstWish(contact, person, pauses) !== undefined;

/**
 * sendingProblem says why something that is meant for the family was not to be sent on a day: they had asked for time, or it is a day on
 * which one of them is not to be contacted, or all of them are not to be contacted. Pure.
 */
export function sendingProblem(
  on: string,
  people: readonly FamilyPerson[],
  pauses: Pauses,
): { readonly code: string; readonly message: string } | undefined {
  if (familyTime(pauses, on))
    return { code: 'paused', message: 'They had asked for time on that day. Nothing is sent to them until it is over' };
  if (people.some(({ sensitiveDays }) => sensitiveDays.includes(on.slice(5))))
    return { code: 'sensitive-day', message: 'This is a day on which they are not to be contacted. Choose another' };
  return people.length > 0 && people.every(({ reach }) => reach === 'nobody')
    ? { code: 'not-to-be-contacted', message: 'They have asked not to be contacted' }
    : undefined;
}

/** The last contact of this round that was about something. What was tried against their wish, and came to nothing, is none. Pure. */
export const contactAbout = ({ family = [], round }: ReviewDocument, topic: FamilyTopic): FamilyBrief | undefined =>
  family.findLast(
    (c) =>
      c.round === round &&
      c.topic === topic &&
      !(c.against && (c.outcome === 'no-reply' || c.outcome === 'not-reached')),
  );

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
