import type {
  FamilyBeginning,
  FamilyChannel,
  FamilyOutcome,
  FamilyReach,
  FamilyTopic,
  SeenAnswer,
} from '@concordat/contracts';
import type { Names } from '../apis/directory';
import type { Chronology, ChronologyItem, ChronologyQuery } from '../apis/evidence';
import { civilDateOf } from '../design/filters';

export const TOPICS: Readonly<Record<FamilyTopic, string>> = {
  told: 'That there is a review',
  terms: 'Their view of the terms of reference',
  account: 'Their own account',
  reading: 'Reading the draft',
  'publication-date': 'The date of publication',
  other: 'Something else',
};
export const OUTCOMES: Readonly<Record<FamilyOutcome, string>> = {
  answered: 'They answered',
  declined: 'They declined',
  'no-reply': 'No reply',
  'not-reached': 'Nobody could be reached',
};
export const CHANNELS: Readonly<Record<FamilyChannel, string>> = {
  'in-person': 'In person',
  telephone: 'By telephone',
  video: 'By video',
  letter: 'By letter',
  'e-mail': 'By e-mail',
  'through-advocate': 'Through their advocate',
};
export const REACHES: Readonly<Record<FamilyReach, string>> = {
  any: 'Yes, in a way that is safe for them',
  advocate: 'Only through their advocate',
  nobody: 'No: they have asked not to be contacted',
};
export const BEGUN: Readonly<Record<FamilyBeginning, string>> = {
  review: 'Somebody for the review',
  family: 'They, or their advocate',
};
export const SEEN: Readonly<Record<SeenAnswer, string>> = {
  yes: 'Seen or heard',
  no: 'Not seen or heard',
  'not-recorded': 'Not recorded whether seen or heard',
};
export const CONTRADICTIONS: Readonly<Record<Chronology['events'][number]['contradictions'][number], string>> = {
  dates: 'The dates cannot all be right',
  seen: 'One says seen, another not seen',
  decision: 'The decisions differ',
};

export const listed = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, t]) => ({ value, text: t }));

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
/** `02-03` as `3 February`. */
export const dayOfYear = (day: string): string => `${Number(day.slice(3))} ${MONTHS[Number(day.slice(0, 2)) - 1]}`;

/** A line such as `3/2` as `02-03`; undefined when it is no day and month. */
export function readDayOfYear(line: string): string | undefined {
  const [, day, month] = /^(\d{1,2})\s*[/. ]\s*(\d{1,2})$/.exec(line.trim()) ?? [];
  return day && month ? `${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

export const whenOf = ({ date, approximate }: Pick<ChronologyItem, 'date' | 'approximate'>): string =>
  `${approximate ? 'About ' : ''}${civilDateOf(date)}`;

/** What an address chooses of a chronology. */
export const readChronology = (given: Readonly<Record<string, unknown>>): ChronologyQuery =>
  Object.fromEntries(
    (['agency', 'person', 'theme', 'version'] as const).flatMap((name) => {
      const value = given[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );

/** A chronology as pages show it: codes in words, ids as names. Pure. */
export const shownChronology = (view: Chronology, names: Names) => {
  const formerOf = ({ corrects }: ChronologyItem): ChronologyItem[] => {
    const former = view.former.find(({ id }) => id === corrects);
    return former ? [former, ...formerOf(former)] : [];
  };
  return shown(view, names, formerOf);
};

const shown = (view: Chronology, names: Names, formerOf: (item: ChronologyItem) => ChronologyItem[]) => ({
  review: view,
  events: view.events.map((e) => ({
    when: whenOf(e.items[0]!),
    items: e.items.map((i) => ({
      ...{ ...i, agency: names.organisation(i.orgId), when: whenOf(i), seen: SEEN[i.seen], who: names.person(i.by) },
      mayCorrect: view.may.correct && view.may.give && i.orgId === view.may.as,
      former: formerOf(i).map((f) => ({ ...f, when: whenOf(f) })),
      people: i.people.join(', '),
    })),
    contradictions: e.contradictions.map((c) => CONTRADICTIONS[c]),
  })),
  gaps: view.gaps.map((g) => `${civilDateOf(g.from)} to ${civilDateOf(g.to)}: ${g.days} days`),
  silent: view.silent.map((org) => names.organisation(org)),
});
