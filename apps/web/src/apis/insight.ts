import type { Shown } from '@concordat/figures';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type File } from './apis';

export interface InsightRow {
  readonly code: string;
  /** Null where it is the name of an organisation or an area. */
  readonly text: string | null;
  readonly now: Shown;
  /** Null where there is nothing to compare with. */
  readonly before: Shown | null;
  readonly change: number | null;
}
export interface InsightTable {
  readonly code: string;
  readonly title: string;
  readonly ref: 'organisation' | 'area' | null;
  /** Null where none of it can be shown without telling of few. */
  readonly rows: readonly InsightRow[] | null;
}
interface Choice {
  readonly value: string;
  readonly text: string;
}
interface Period {
  readonly code: string;
  readonly title: string;
}
interface About {
  readonly period: Period & { readonly over: boolean };
  readonly before: Period;
  /** Below which a number is small, and to the nearest of which others are rounded. */
  readonly limit: number;
  readonly periods: readonly Choice[];
}
export type InsightFilter = 'area' | 'agency' | 'kind';
export interface InsightFigures {
  readonly subject: string;
  readonly title: string;
  readonly about: string;
  readonly filters: readonly InsightFilter[];
  readonly chosen: Readonly<Partial<Record<InsightFilter, string>>>;
  /** What was asked for and cannot be chosen of this subject. */
  readonly unchosen: readonly InsightFilter[];
  readonly exact: boolean;
  readonly totals: readonly InsightRow[];
  readonly headlines: readonly InsightRow[];
  readonly shares: readonly {
    readonly text: string;
    readonly now: number | null;
    readonly before: number | null;
  }[];
  readonly tables: readonly InsightTable[];
}
export type InsightSubject = About & { readonly figures: InsightFigures; readonly kinds: readonly Choice[] };
export type InsightOverview = About & {
  readonly subjects: readonly Pick<
    InsightFigures,
    'subject' | 'title' | 'totals' | 'headlines' | 'exact' | 'unchosen'
  >[];
  readonly missed: InsightFigures;
};
export interface QuarterlyPack {
  readonly id: string;
  readonly version: number;
  readonly period: string;
  readonly title: string;
  readonly state: 'running' | 'done' | 'failed' | 'expired';
  readonly parts: number;
  readonly written: number;
  readonly bytes: number;
  readonly requestedAt: string;
  readonly endedAt: string | null;
  readonly expiresAt: string | null;
}
/** What of the figures is asked for. */
export type InsightQuery = Readonly<Partial<Record<'period' | InsightFilter, string>>>;

/** Figures of the partnership, as pages ask the insight context for them. */
@Injectable()
export class Insight {
  constructor(private readonly apis: Apis) {}

  overview(asking: Asking, query: InsightQuery): Promise<InsightOverview> {
    return this.apis.get(asking, 'insight', '/figures', { ...query });
  }

  subject(asking: Asking, subject: string, query: InsightQuery): Promise<InsightSubject> {
    return this.apis.get(asking, 'insight', `/figures/${encodeURIComponent(subject)}`, { ...query });
  }

  /** As `subject`, on record as leaving the system. */
  export(asking: Asking, subject: string, query: InsightQuery): Promise<InsightSubject> {
    return this.apis.get(asking, 'insight', `/figures/${encodeURIComponent(subject)}/export`, { ...query });
  }

  async packs(asking: Asking): Promise<readonly QuarterlyPack[]> {
    return (await this.apis.get<{ items: QuarterlyPack[] }>(asking, 'insight', '/quarterly-packs')).items;
  }

  pack(asking: Asking, id: string): Promise<QuarterlyPack> {
    return this.apis.get(asking, 'insight', `/quarterly-packs/${id}`);
  }

  request(asking: Asking, period: string, key: string): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'insight', '/quarterly-packs', { body: { period }, key });
  }

  file(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'insight', `/quarterly-packs/${id}/file`);
  }
}
