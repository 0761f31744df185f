import { agencyTypes, type AgencyType } from '@concordat/contracts';
import { provenance } from './rule-shapes';
import { checked, code, day, distinct, list, oneOf, record, refersTo, type Shape, text, whole } from './shapes';
import type { Provenance } from './types';

/** People whose number is known for an area: what a rate is measured against. */
export type PopulationSeries = { readonly code: string; readonly title: string };
export type Population = {
  /** Code of a series. */
  readonly series: string;
  readonly count: number;
  /** When they were counted, such as “2021 Census”: shown beside every rate. */
  readonly vintage: string;
  readonly source: string;
};
export type Populations = Provenance & {
  readonly series: readonly PopulationSeries[];
  readonly areas: readonly {
    readonly code: string;
    readonly title: string;
    readonly populations: readonly Population[];
  }[];
};

/** What the return of a kind of forum counts beside cases, and what it is measured against (domain/risk-conferences.md §10). */
export type ForumStatistics = Provenance & {
  readonly effectiveTo?: string;
  /** Code of the forum. */
  readonly forum: string;
  /** Numbers of at least 1 and below this are not published. */
  readonly smallBelow: number;
  /** Absent where nothing is recommended and no rate is usual. */
  readonly measure?: { readonly series: string; readonly per: number; readonly recommended: number };
  /** Full-time staff by how many cases a year one has; absent where nothing is recommended. */
  readonly staffing?: readonly { readonly code: string; readonly title: string; readonly casesPerYear: number }[];
  /** What share of referrals comes from whom. The one party that names no kinds of agencies is everybody else. */
  readonly shares?: {
    /** What stands behind how it is counted: shown beside every share. */
    readonly force: 'guidance' | 'local' | 'unverified';
    readonly source: string;
    readonly parties: readonly {
      readonly code: string;
      readonly title: string;
      readonly agencies?: readonly AgencyType[];
    }[];
  };
  /** Groups of people, and the question by which each is known of a case. */
  readonly groups: readonly { readonly code: string; readonly title: string; readonly question: string }[];
};

const LARGEST = 100_000_000;

/** A document of kind `populations`. A pack may have several, as of several areas, or none: then there are no rates. */
export const populations: Shape<Populations> = checked(
  record({
    ...provenance,
    series: distinct(list(record({ code, title: text }), 1), (each) => each.code),
    areas: distinct(
      list(
        record({
          code,
          title: text,
          populations: distinct(
            list(record({ series: code, count: whole(1, LARGEST), vintage: text, source: text }), 1),
            (each) => each.series,
          ),
        }),
      ),
      (each) => each.code,
    ),
  }),
  ({ series, areas }) => {
    const known = new Set(series.map((each) => each.code));
    const unknown = areas.flatMap((area) => area.populations).find((each) => !known.has(each.series));
    return unknown && `counts a series that is not listed: ${unknown.series}`;
  },
);

const parties = checked(
  distinct(
    list(record({ code, title: text }, { agencies: distinct(list(oneOf(agencyTypes), 1), (each) => each) }), 2),
    (each) => each.code,
  ),
  (all) => {
    const named = all.flatMap(({ agencies }) => agencies ?? []);
    if (all.filter(({ agencies }) => agencies === undefined).length !== 1)
      return 'exactly one party must name no agencies: everybody else';
    return new Set(named).size === named.length ? undefined : 'a kind of agency counts for one party only';
  },
);

const shape: Shape<ForumStatistics> = record(
  {
    ...provenance,
    forum: refersTo('forum'),
    // Below 3 a small number would be 1 and nothing else, which says what it hides.
    smallBelow: whole(3, 100),
    groups: distinct(list(record({ code, title: text, question: text })), (each) => each.code),
  },
  {
    effectiveTo: day,
    staffing: distinct(list(record({ code, title: text, casesPerYear: whole(1, 10_000) }), 1), (each) => each.code),
    shares: record({ force: oneOf(['guidance', 'local', 'unverified']), source: text, parties }),
    measure: record({ series: code, per: whole(1, 1_000_000), recommended: whole(1, 100_000) }),
  },
);

/** A document of kind `forum-statistics`. Two versions for one kind of forum are never in force on the same day. */
export const forumStatistics: Shape<ForumStatistics> = (node, spot) => {
  const read = shape(node, spot);
  if (!read) return undefined;
  const { forum, version, effectiveFrom, effectiveTo, source, verified } = read;
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom)
    return spot.report('effectiveTo is before effectiveFrom');
  const rule = { id: `forum-statistics.${forum}`, version, effectiveFrom, source, verified };
  spot.reading.rules.push({ rule: effectiveTo ? { ...rule, effectiveTo } : rule, at: spot.finding('') });
  return read;
};
