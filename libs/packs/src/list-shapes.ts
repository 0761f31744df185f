import { agreementCode } from './hand-over-shape';
import { clock, provenance } from './rule-shapes';
import {
  checked,
  code,
  day,
  defines,
  distinct,
  flag,
  list,
  matching,
  oneOf,
  record,
  refersTo,
  type Shape,
  text,
  whole,
} from './shapes';
import {
  type ChronologyCategory,
  type ColourScheme,
  type ConsentGround,
  decisions,
  type Forum,
  frontDoorOutcomes,
  type Manifest,
  type OrderKind,
  type Outcome,
  type PackCalendar,
  type Reason,
  type ReasonKind,
  reasonKinds,
  type RestrictionRules,
  tags,
  weekdays,
} from './types';

/** The document of kind `manifest`. */
export const manifest: Shape<Manifest> = record({
  id: code,
  title: text,
  version: matching(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, 'a semantic version in quotes, such as "1.0.0"'),
  effectiveFrom: day,
  jurisdiction: oneOf(['england-wales']),
  source: text,
});

const forum: Shape<Forum> = record({ code: defines('forum', 'pathway or forum'), title: text, description: text });

const time = matching(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time in quotes, from "00:00" to "24:00"');
const openings: Shape<readonly (readonly [string, string])[]> = checked(
  list(checked(list(time), (pair) => (pair.length === 2 ? undefined : 'must be two times, from and to'))) as Shape<
    readonly (readonly [string, string])[]
  >,
  (all) => {
    const inOrder = all.every(([from, to], index) => from < to && from >= (all[index - 1]?.[1] ?? '00:00'));
    return inOrder ? undefined : 'openings must follow one another, each from a time to a later one';
  },
);
const hoursOf = Object.fromEntries([...weekdays, 'bankHoliday'].map((name) => [name, openings]));

const calendar: Shape<PackCalendar> = checked(
  record(
    {
      id: defines('calendar'),
      title: text,
      bankHolidays: oneOf(['england-and-wales']),
      hours: record({}, hoursOf),
    },
    { closed: list(day), opened: list(day) },
  ),
  ({ hours }) => (weekdays.some((name) => (hours[name] ?? []).length > 0) ? undefined : 'is never open'),
);

const reason: Shape<Reason> = record(
  { code, title: text, explain: flag },
  { hint: text, outcome: refersTo('outcome') },
);

const ground: Shape<ConsentGround> = record({ code, title: text }, { hint: text, withoutReason: agreementCode });

const category: Shape<ChronologyCategory> = record({ code, title: text }, { hint: text });
const order: Shape<OrderKind> = record({ code, title: text }, { hint: text });

const outcome: Shape<Outcome> = checked(
  record(
    { code: defines('outcome'), title: text, decisions: list(oneOf(decisions), 1) },
    { frontDoor: oneOf(frontDoorOutcomes), forum: refersTo('forum') },
  ),
  ({ frontDoor, forum: panel }) =>
    (frontDoor === 'other_panel') === (panel !== undefined) ? undefined : 'other_panel, and only it, names a forum',
);

/** A document of kind `triage-colours`. */
export const colourScheme: Shape<ColourScheme> = checked(
  record({
    ...provenance,
    code: defines('colour scheme'),
    title: text,
    measures: text,
    ratedWithin: list(clock),
    colours: distinct(
      list(
        record({
          code,
          title: text,
          rank: whole(1, 20),
          tag: oneOf(tags),
          meaning: text,
          clocks: list(clock),
        }),
        1,
      ),
      (colour) => colour.code,
    ),
  }),
  ({ colours }) => {
    const ranks = colours.map(({ rank }) => rank);
    return ranks.every((rank, index) => index === 0 || rank > (ranks[index - 1] ?? 0))
      ? undefined
      : 'colours must be listed by rising rank, the most urgent first';
  },
);

/** A document of kind `reasons`: one list of coded reasons for one purpose. */
export type ReasonList = { readonly for: ReasonKind; readonly reasons: readonly Reason[] };
export const reasonList: Shape<ReasonList> = record({
  ...provenance,
  for: oneOf(reasonKinds),
  reasons: distinct(list(reason, 1), (item) => item.code),
});

/** Documents of kinds `orders`, `chronology`, `forums`, `calendars`, `consent-grounds` and `outcomes`. */
export const orders = record({ ...provenance, orders: distinct(list(order, 1), (item) => item.code) });
export const chronology = record({ ...provenance, categories: distinct(list(category, 1), (item) => item.code) });
export const forums = record({ ...provenance, forums: list(forum, 1) });
export const calendars = record({ ...provenance, calendars: list(calendar, 1) });
export const consentGrounds = record({ ...provenance, grounds: distinct(list(ground, 1), (item) => item.code) });
export const outcomes = record({ ...provenance, outcomes: list(outcome, 1) });

const titled = record({ code, title: text }, { hint: text });
const MOST_DAYS = 366;
const MOST_MINUTES = 24 * 60;

/** The document of kind `restrictions`. */
export const restrictions: Shape<RestrictionRules> = record({
  ...provenance,
  kinds: distinct(
    list(record({ code, title: text, trace: oneOf(['stub', 'nothing']) }, { hint: text }), 1),
    (item) => item.code,
  ),
  reviewWithinDays: whole(1, MOST_DAYS),
  breakGlass: checked(
    record({
      minutes: whole(1, MOST_MINUTES),
      atMostMinutes: whole(1, MOST_MINUTES),
      attemptsPerHour: whole(1, 1_000),
      reviewWithinWorkingDays: whole(1, MOST_DAYS),
      calendar: refersTo('calendar'),
      grounds: distinct(list(titled, 1), (item) => item.code),
      outcomes: distinct(list(titled, 1), (item) => item.code),
    }),
    ({ minutes, atMostMinutes }) => (minutes <= atMostMinutes ? undefined : 'lasts longer than atMostMinutes allows'),
  ),
});
