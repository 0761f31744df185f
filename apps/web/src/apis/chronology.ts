import type { ChronologyChange, ChronologyPart } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { List } from './lists';
import type { Titled } from './practice';
import type { NameContent } from './referral-content';

/** What an entry says; of one that was withdrawn, only when and of what it was. */
export interface EntryContent {
  readonly starts: string;
  readonly ends?: string | null;
  readonly about?: boolean;
  readonly category: string;
  readonly fact?: string;
  readonly comment?: string | null;
  readonly sourceRef?: string | null;
  /** Of an entry from another system: who wrote it down there, and on what day. */
  readonly original?: { readonly author?: string; readonly recordedOn?: string };
  readonly people?: readonly string[];
  readonly thirdParty?: boolean;
  readonly sensitive?: boolean;
  readonly cameFrom?: readonly { readonly kind: string; readonly id: string }[];
}
export interface EntryVersion extends EntryContent {
  readonly id: string;
  readonly version: number;
  readonly orgId: string;
  readonly by: string;
  readonly firstRecordedAt: string;
  readonly recordedAt: string;
  readonly what: ChronologyChange;
  readonly reason: string | null;
}
export interface Entry extends EntryVersion {
  readonly may: { readonly correct: boolean };
}
export interface EntryView extends Entry {
  readonly versions: readonly EntryVersion[];
  readonly categories: readonly Titled[];
}
/** What the decision point refused, where what is one's own is shown all the same. */
export interface Withheld {
  readonly code: string;
  readonly reasons: readonly string[];
  readonly decision: string;
}
export interface ChronologyList extends List<Entry> {
  readonly agencies: readonly string[];
  readonly categories: readonly Titled[];
  readonly terms: string | null;
  readonly may: { readonly record: boolean };
  /** Why the visitor sees their own agency's alone; null when they see all. */
  readonly withheld: Withheld | null;
}
export interface ChronologyQuery {
  readonly category?: string;
  readonly agency?: string;
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
  readonly asOf?: string;
  readonly order?: string;
  readonly cursor?: string;
  readonly limit?: number;
}
/** One event, as one agency or several tell of it. */
export interface MergedEvent {
  readonly entries: readonly (EntryVersion & { readonly caseId: string })[];
  readonly conflicts: readonly ('dates' | 'category' | 'facts')[];
  readonly maybe: readonly string[];
}
export interface MergedChronology {
  readonly events: readonly MergedEvent[];
  readonly cases: readonly { readonly id: string; readonly reference: string }[];
  readonly people: readonly { readonly id: string; readonly name: NameContent | null }[];
  readonly categories: readonly Titled[];
  readonly may: { readonly join: boolean };
}
interface Act {
  readonly key: string;
  readonly version?: number;
}

/** Chronologies, of the `records` context. */
@Injectable()
export class Chronology {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking, caseId: string, query: ChronologyQuery = {}): Promise<ChronologyList> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/chronology`, { ...query });
  }

  /** As `list`, for what leaves the system: paper or a file. */
  export(asking: Asking, caseId: string, query: ChronologyQuery): Promise<ChronologyList> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/chronology/export`, { ...query });
  }

  /** Keeps words to look for and answers with an id: what was searched for never stands in an address. */
  async search(asking: Asking, caseId: string, text: string, key: string): Promise<string> {
    const path = `/cases/${caseId}/chronology/searches`;
    const change = { body: { text }, key };
    return (await this.apis.change<{ searchId: string }>(asking, 'POST', 'records', path, change)).searchId;
  }

  entry(asking: Asking, caseId: string, id: string): Promise<EntryView> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/chronology/${id}`);
  }

  record(asking: Asking, caseId: string, body: object, act: Act): Promise<{ id: string }> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/chronology`, { body, ...act });
  }

  correct(asking: Asking, caseId: string, id: string, body: object, act: Act): Promise<{ parts: ChronologyPart[] }> {
    const path = `/cases/${caseId}/chronology/${id}/corrections`;
    return this.apis.change(asking, 'POST', 'records', path, { body, ...act });
  }

  withdraw(asking: Asking, caseId: string, id: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/chronology/${id}/withdrawal`, {
      body,
      ...act,
    });
  }

  merged(
    asking: Asking,
    caseId: string,
    query: { readonly with?: string; readonly from?: string; readonly to?: string },
  ): Promise<MergedChronology> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/chronology/merged`, { ...query });
  }

  join(asking: Asking, caseId: string, id: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/chronology/${id}/same-event`, {
      body,
      ...act,
    });
  }

  part(asking: Asking, caseId: string, id: string, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/chronology/${id}/same-event/ending`, act);
  }
}
