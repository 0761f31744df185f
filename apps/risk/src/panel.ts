import { addMonths, type CivilDay } from '@concordat/clocks';
import { RuleBroken, type AgencyType, type ConsentGiver, type FieldProblem } from '@concordat/contracts';
import type { ForumDecision, ForumKind } from '@concordat/packs';

/** What kind of agency an organisation is, as identity told; undefined for one that is not known. */
export type TypeOf = (orgId: string) => AgencyType | undefined;

interface Seated {
  readonly members: readonly { readonly orgId: string; readonly people: readonly string[] }[];
  readonly chairs: readonly string[];
}

/** What is wrong with who sits on a forum and who chairs it, by the rules of its kind. Pure. */
export function wrongSeats(
  { members, chairs }: Seated,
  { seats }: Pick<ForumKind, 'seats'>,
  typeOf: TypeOf,
): { field: string; message: string }[] {
  if (!seats) return [];
  const lacking = seats.members.filter((type) => !members.some(({ orgId }) => typeOf(orgId) === type));
  const chairing = members.filter(({ people }) => people.some((id) => chairs.includes(id)));
  return [
    ...(lacking.length > 0
      ? [{ field: 'members', message: `These must sit on it: ${lacking.map(worded).join(', ')}` }]
      : []),
    ...(chairing.some(({ orgId }) => typeOf(orgId) !== seats.chair)
      ? [{ field: 'chairs', message: `Those who chair it are of: ${worded(seats.chair)}` }]
      : []),
  ];
}
const worded = (type: AgencyType): string => type.toLowerCase();

/**
 * What is wrong with who refers to a forum, and with what they say of the agency for the area where the person lives. Pure.
 * @param homeOrg the agency that was named, if any
 */
export function wrongReferrer(
  { referredBy, homeAgency }: Pick<ForumKind, 'referredBy' | 'homeAgency'>,
  referrer: string,
  homeOrg: string | null,
  typeOf: TypeOf,
): FieldProblem[] {
  const type = typeOf(referrer);
  const problems: FieldProblem[] = [];
  if (referredBy && !(type && referredBy.agencies.includes(type)))
    problems.push({
      ...{ field: 'forumId', code: 'forum.not-referrer' },
      message: `Only these refer to this forum: ${referredBy.agencies.map(worded).join(', ')}. Ask one of them to`,
    });
  if (homeAgency ? !isHome(homeAgency, homeOrg, typeOf) : homeOrg !== null)
    problems.push({
      ...{ field: 'homeOrg', code: homeAgency && homeOrg === null ? 'required' : 'organisation.not-of-kind' },
      message: homeAgency ? `Choose: ${homeAgency.title}` : 'This forum does not ask for it',
    });
  return problems;
}

/** Whether an organisation can be the one for the area where somebody lives. */
export const isHome = (
  { agency }: Pick<NonNullable<ForumKind['homeAgency']>, 'agency'>,
  orgId: string | null,
  typeOf: TypeOf,
): boolean => orgId !== null && typeOf(orgId) === agency;

/**
 * Throws RuleBroken unless the agency for the area where the person lives is among those that are there, where the kind of forum
 * demands it: without it nobody is discussed (s.37 of the 2015 Act; domain/risk-conferences.md §4).
 */
export function demandHome(
  { homeAgency }: Pick<ForumKind, 'homeAgency'>,
  homeOrg: string | null,
  present: readonly string[],
): void {
  if (!homeAgency) return;
  if (homeOrg === null) throw new RuleBroken('home-agency.unknown', `Say first: ${homeAgency.title}`);
  if (!present.includes(homeOrg))
    throw new RuleBroken(
      'home-agency.absent',
      `Nobody is there of: ${homeAgency.title}. Without it nobody is discussed`,
    );
}

/** What is put on record with a decision, beside the reasons. */
export interface Recorded {
  readonly recorded: string;
  readonly consentBy: ConsentGiver | null;
  /** The civil day before which a case that comes back is not looked at again, where the meeting names one. */
  readonly againFrom: string | null;
}

/** How far ahead a meeting names a day for looking at a case again: beyond, a year was mistyped. */
const AGAIN_WITHIN_MONTHS = 60;

/** What is wrong with, or still missing of, what a decision needs on record. `today`: the civil day. Pure. */
export function wrongRecord(
  { record, needsConsent, again }: ForumDecision,
  said: Recorded,
  today: CivilDay,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (record && said.recorded === '')
    problems.push({ field: 'recorded', code: 'required', message: `Put on record: ${record.title.toLowerCase()}` });
  if (needsConsent && said.consentBy === null)
    problems.push({
      ...{ field: 'consentBy', code: 'required' },
      message: 'Without consent there is no support. Say who has consented',
    });
  const wrong = (code: string, message: string) => problems.push({ field: 'againFrom', code, message });
  if (said.againFrom !== null) {
    if (!again) wrong('decision.ends', 'What is decided does not bring the case back');
    else if (said.againFrom <= today) wrong('in-the-past', 'The day must be in the future');
    else if (said.againFrom > addMonths(today, AGAIN_WITHIN_MONTHS)) wrong('too-far', 'Check the year');
  }
  return problems;
}

/**
 * What is wrong with who has consented to what is done for somebody: under 18 a parent or guardian does, from then on they themselves
 * (domain/risk-conferences.md §4). Nothing where it is not known how old they are. Pure.
 */
export function wrongConsent(consentBy: ConsentGiver, isMinor: boolean | null): FieldProblem[] {
  if (isMinor === null || isMinor === (consentBy === 'parent-or-guardian')) return [];
  const message = isMinor
    ? 'They are under 18 by the date of birth on record: a parent or guardian consents'
    : 'They are 18 or over by the date of birth on record: they consent themselves';
  return [{ field: 'consentBy', code: isMinor ? 'consent.minor' : 'consent.adult', message }];
}

/**
 * The civil day before which a case that was heard is on no agenda: that which the meeting named, else after the months that its kind
 * of forum gives the decision; null where the next meeting looks at it, or none does. Pure.
 */
export const againAfter = ({ again, after }: ForumDecision, named: string | null, today: CivilDay): CivilDay | null =>
  again ? (named ?? (after ? addMonths(today, after.months) : null)) : null;
