import type { Submitted } from '../design/submitted';
import { bandingsFrom, bandingValues, type Banded, type ForumBanding } from './forum-bandings';

/** What a place sets for its forum, as the API takes it. */
export interface ForumSettings {
  readonly title: string;
  readonly members: readonly { readonly orgId: string; readonly people: readonly string[] }[];
  readonly chairs: readonly string[];
  readonly coordinators: readonly string[];
  readonly cadence: string;
  readonly startsAt: string;
  readonly place: string;
  readonly cutOffDays: number;
  readonly researchDays: number;
  readonly timeBoxMinutes: number;
  readonly quorum: number;
  readonly area?: string | undefined;
  readonly advocateOrg?: string | undefined;
  readonly bandings?: readonly ForumBanding[] | undefined;
  readonly repeat?: { readonly definition: string; readonly anchor: string } | null | undefined;
}

export const WEEKDAYS = [
  ...[
    { value: 'MO', text: 'Monday' },
    { value: 'TU', text: 'Tuesday' },
    { value: 'WE', text: 'Wednesday' },
  ],
  ...[
    { value: 'TH', text: 'Thursday' },
    { value: 'FR', text: 'Friday' },
  ],
  ...[
    { value: 'SA', text: 'Saturday' },
    { value: 'SU', text: 'Sunday' },
  ],
];
const OFTEN = [
  { value: 'FREQ=MONTHLY;BYDAY=1', text: 'Monthly, on the first' },
  { value: 'FREQ=MONTHLY;BYDAY=2', text: 'Monthly, on the second' },
  { value: 'FREQ=MONTHLY;BYDAY=3', text: 'Monthly, on the third' },
  { value: 'FREQ=MONTHLY;BYDAY=4', text: 'Monthly, on the fourth' },
  { value: 'FREQ=MONTHLY;BYDAY=-1', text: 'Monthly, on the last' },
  { value: 'FREQ=WEEKLY;BYDAY=', text: 'Every week, on' },
  { value: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=', text: 'Every two weeks, on' },
  { value: 'FREQ=WEEKLY;INTERVAL=3;BYDAY=', text: 'Every three weeks, on' },
];
export const ANCHORS = [
  { value: 'last-referral', text: 'The last referral' },
  { value: 'last-heard', text: 'When it was last heard' },
];

/** A recurrence in its two parts: how often, and on which weekday. Pure, as everything here. */
export const cadenceParts = (cadence: string): { readonly often: string; readonly weekday: string } => ({
  often: cadence.slice(0, -2),
  weekday: cadence.slice(-2),
});
/** How often a forum may meet; one that is set otherwise keeps what it has. */
export const oftenChoices = (cadence = '') => {
  const { often } = cadenceParts(cadence);
  return often === '' || OFTEN.some(({ value }) => value === often)
    ? OFTEN
    : [...OFTEN, { value: often, text: 'As it is set now, on' }];
};
/** In words, such as “Monthly, on the third Wednesday”. */
export function cadenceText(cadence: string): string {
  const { often, weekday } = cadenceParts(cadence);
  const day = WEEKDAYS.find(({ value }) => value === weekday)?.text;
  const found = OFTEN.find(({ value }) => value === often)?.text;
  return found && day ? `${found} ${day}` : cadence;
}

/** What stands in the form of a forum that is set up already. */
export const valuesOf = (forum: ForumSettings): Record<string, string | readonly string[]> => ({
  ...{ title: forum.title, startsAt: forum.startsAt, place: forum.place, ...cadenceParts(forum.cadence) },
  people: forum.members.flatMap(({ orgId, people }) => people.map((id) => `${orgId}.${id}`)),
  ...{ chairs: forum.chairs, coordinators: forum.coordinators },
  ...{ cutOffDays: String(forum.cutOffDays), researchDays: String(forum.researchDays) },
  ...{ timeBoxMinutes: String(forum.timeBoxMinutes), quorum: String(forum.quorum) },
  ...{ area: forum.area ?? '', advocateOrg: forum.advocateOrg ?? '' },
  ...{ definition: forum.repeat?.definition ?? '', anchor: forum.repeat?.anchor ?? '' },
  ...bandingValues(forum.bandings ?? []),
});

/** What was sent, as the API takes it; null when something lacks, which `sent` then says. */
export function settingsFrom(sent: Submitted, banded: readonly Banded[] = []): ForumSettings | null {
  const need = (name: string, message: string): string => {
    const text = sent.text(name);
    if (!text) sent.wrong(name, 'required', message);
    return text ?? '';
  };
  const number = (name: string, message: string): number => {
    const found = sent.errors.length;
    const count = sent.count(name, message);
    if (count === undefined && sent.errors.length === found) sent.wrong(name, 'required', message);
    return count ?? 0;
  };
  const members = new Map<string, string[]>();
  for (const each of sent.list('people')) {
    const [orgId = '', id = ''] = each.split('.');
    members.set(orgId, [...(members.get(orgId) ?? []), id]);
  }
  const [definition, anchor] = [sent.text('definition'), sent.text('anchor')];
  const bandings = bandingsFrom(sent, banded);
  const [area, advocateOrg] = [sent.text('area'), sent.text('advocateOrg')];
  const settings = {
    title: need('title', 'Enter its name'),
    members: [...members].map(([orgId, people]) => ({ orgId, people })),
    ...{ chairs: sent.list('chairs'), coordinators: sent.list('coordinators') },
    cadence: need('often', 'Choose how often it meets') + need('weekday', 'Choose the weekday'),
    startsAt: need('startsAt', 'Enter when it begins, like 09:30'),
    place: need('place', 'Enter where it meets'),
    cutOffDays: number('cutOffDays', 'Enter how many days before the meeting referrals close'),
    researchDays: number('researchDays', 'Enter how many days before the meeting research is due'),
    timeBoxMinutes: number('timeBoxMinutes', 'Enter for how many minutes a case is discussed'),
    quorum: number('quorum', 'Enter how many agencies must be there'),
    ...(area ? { area } : {}),
    ...(advocateOrg ? { advocateOrg } : {}),
    ...(bandings.length > 0 ? { bandings } : {}),
    ...(definition || anchor ? { repeat: { definition: definition ?? '', anchor: anchor ?? '' } } : {}),
  };
  if (members.size === 0) sent.wrong('people', 'required', 'Choose who sits on it');
  return sent.errors.length === 0 ? settings : null;
}

/** Where a field of the API stands in the form. */
export const fieldOfSettings = (field: string): string =>
  ({
    members: 'people',
    cadence: 'often',
    repeat: 'definition',
    'repeat.definition': 'definition',
    'repeat.anchor': 'anchor',
  })[field] ?? field;

const TITLES: Readonly<Record<string, string>> = {
  ...{ title: 'name', members: 'who sits on it', chairs: 'chairs', coordinators: 'coordinators', cadence: 'rhythm' },
  ...{ startsAt: 'time', place: 'place', cutOffDays: 'when referrals close', researchDays: 'when research is due' },
  ...{
    timeBoxMinutes: 'minutes for a case',
    quorum: 'quorum',
    area: 'area',
    advocateOrg: 'advocate',
    repeat: 'repeat',
    bandings: 'thresholds of risk',
  },
};
/** What one version changed of the one before, in words. */
export const changedBetween = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] =>
  Object.keys(TITLES)
    .filter((key) => JSON.stringify(unordered(before[key] ?? null)) !== JSON.stringify(unordered(after[key] ?? null)))
    .map((key) => TITLES[key]!);

/** A setting as it is compared: in which order people, agencies or parts of it were sent says nothing of what it is set to. */
function unordered(setting: unknown): unknown {
  if (Array.isArray(setting)) return setting.map((each) => JSON.stringify(unordered(each))).sort();
  if (setting === null || typeof setting !== 'object') return setting;
  return Object.entries(setting)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, unordered(value)]);
}
