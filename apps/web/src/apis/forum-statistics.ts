import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done } from './lists';

export interface Tally {
  readonly cases: number;
  readonly repeats: number;
  readonly children: number;
  readonly agencies: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, { readonly yes: number; readonly known: number }>>;
}
export type QuarterState = 'counted' | 'proxied' | 'missing' | 'not-begun';
export interface Rates {
  readonly repeatRate: number | null;
  readonly childrenPerCase: number | null;
  readonly perPopulation: number | null;
  readonly recommended: number | null;
  readonly ofRecommended: number | null;
}
interface Coded {
  readonly code: string;
  readonly title: string;
}
export interface TwelveMonths {
  readonly quarters: readonly { readonly quarter: string; readonly state: QuarterState; readonly tally: Tally }[];
  readonly total: Tally | null;
  readonly rates: Rates;
  /** Cases by who referred them, and shares in per cent; empty where the pack says of none. */
  readonly shares: readonly (Coded & { readonly cases: number | null; readonly share: number | null })[];
  /** Meetings that are not counted, because their minutes are not issued. */
  readonly waiting: number;
}
export interface UsedPopulation {
  readonly count: number;
  readonly vintage: string;
  readonly source: string;
  readonly title: string;
  readonly per: number;
}
/** What stands behind how shares are counted. */
export interface SharesBy {
  readonly force: 'guidance' | 'local' | 'unverified';
  readonly source: string;
}
export interface Statistics {
  readonly forum: { readonly id: string; readonly title: string; readonly kind: string };
  readonly to: string;
  /** The last quarter that is over. */
  readonly last: string;
  readonly groups: readonly Coded[];
  readonly smallBelow: number;
  readonly population: UsedPopulation | null;
  readonly sharesBy: SharesBy | null;
  readonly now: TwelveMonths;
  /** Of these twelve months: clocks, actions, and staff that so many cases need. */
  readonly practice: {
    readonly clocks: readonly {
      readonly code: 'minutes' | 'research' | 'contact';
      readonly met: number;
      readonly missed: number;
      readonly running: number;
      readonly compliance: number | null;
    }[];
    readonly actions: Readonly<Record<'done' | 'notPossible' | 'notDone' | 'open', number>> &
      Readonly<Record<'ofAll' | 'ofPossible', number | null>>;
    readonly staff: readonly (Coded & { readonly actual: number | null; readonly recommended: number | null })[];
  };
  readonly before: TwelveMonths;
  /** In per cent. */
  readonly change: Readonly<Record<'cases' | 'repeats' | 'children', number | null>> | null;
  readonly published: {
    readonly year: number;
    readonly done: boolean;
    readonly differs: boolean;
    readonly waiting: number;
  } | null;
}
export interface CountedCases {
  readonly forum: { readonly id: string; readonly title: string };
  readonly to: string;
  readonly from: string;
  readonly until: string;
  readonly items: readonly {
    readonly id: string;
    readonly meetingId: string;
    readonly heldOn: string;
    readonly orgId: string;
    readonly repeat: boolean;
    readonly children: number;
  }[];
  readonly hidden: number;
}
export type ShownNumber = number | 'few' | 'hidden';
export interface PublishedYear {
  readonly year: number;
  readonly at: string;
  readonly population: UsedPopulation | null;
  readonly groups: readonly Coded[];
  readonly figures: {
    readonly quarters: readonly {
      readonly quarter: string;
      readonly state: QuarterState;
      readonly cases: ShownNumber;
      readonly repeats: ShownNumber;
      readonly children: ShownNumber;
    }[];
    readonly cases: ShownNumber;
    readonly repeats: ShownNumber;
    readonly children: ShownNumber;
    readonly agencies: Readonly<Record<string, ShownNumber>>;
    readonly groups: Readonly<Record<string, ShownNumber>>;
    readonly rates: Rates;
    readonly shares?: SharesBy & {
      readonly parties: readonly (Coded & { readonly cases: ShownNumber; readonly share: number | null })[];
    };
    readonly limit: number;
  };
}
export interface PublishedFigures {
  readonly forum: { readonly id: string; readonly title: string; readonly kindTitle: string };
  readonly items: readonly PublishedYear[];
}

/** What forums count and publish, as pages ask the risk context for it. `to` is a quarter; without one the last that is over. */
@Injectable()
export class ForumStatistics {
  constructor(private readonly apis: Apis) {}

  figures(asking: Asking, forumId: string, to?: string): Promise<Statistics> {
    return this.apis.get(asking, 'risk', `/forums/${forumId}/statistics${asked(to)}`);
  }

  /** As `figures`, on record as leaving the system. */
  export(asking: Asking, forumId: string, to?: string): Promise<Statistics> {
    return this.apis.get(asking, 'risk', `/forums/${forumId}/statistics/export${asked(to)}`);
  }

  cases(asking: Asking, forumId: string, to?: string): Promise<CountedCases> {
    return this.apis.get(asking, 'risk', `/forums/${forumId}/statistics/cases${asked(to)}`);
  }

  published(asking: Asking, forumId: string): Promise<PublishedFigures> {
    return this.apis.get(asking, 'risk', `/forums/${forumId}/published-figures`);
  }

  publish(asking: Asking, forumId: string, year: number, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/forums/${forumId}/published-figures`, { body: { year }, key });
  }
}

const asked = (to?: string): string => (to === undefined ? '' : `?to=${encodeURIComponent(to)}`);
