import type { ImportKind } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Candidate, PersonDetails } from './people';

export interface ImportWork {
  readonly id: string;
  readonly version: number;
  readonly kind: ImportKind;
  /** The system that it comes from; not told of some chronologies. */
  readonly source: string | null;
  readonly state: 'matching' | 'checked' | 'running' | 'done' | 'lapsed';
  readonly madeAt: string;
  readonly counts: Readonly<Record<'ready' | 'wrong' | 'added' | 'corrected' | 'unchanged' | 'refused', number>>;
  /** Of people: how many have been compared with those on record, and about how many somebody has to decide. */
  readonly compared: number;
  readonly undecided: number;
  /** Rows that are ready and say something else than when they were brought in before. */
  readonly otherwise: number;
}
export interface ImportRow {
  /** As a spreadsheet counts. */
  readonly number: number;
  /** Null when the case is closed to the visitor since, there is none yet, or none was found. */
  readonly caseId: string | null;
  readonly reference: string | null;
  /** The case, the person or the entry; of a relationship, whose it is. */
  readonly entryId: string | null;
  readonly state: keyof ImportWork['counts'];
  readonly code: string | null;
  readonly problems: readonly { readonly field: string; readonly code: string; readonly message: string }[];
  readonly undecided: boolean;
}

export interface ImportReport extends ImportWork {
  readonly items: readonly ImportRow[];
  readonly page: number;
  readonly pages: number;
}

/** Somebody in a file, and who on record they may be. */
export interface ImportMatch {
  readonly number: number;
  readonly person: PersonDetails;
  readonly candidates: readonly Candidate[];
  readonly decided: boolean;
  readonly sameAs: string | null;
}
export interface ImportMatches extends Pick<ImportWork, 'id' | 'state' | 'undecided'> {
  readonly items: readonly ImportMatch[];
  readonly page: number;
  readonly pages: number;
}

/** What is sent to be checked. */
export interface ImportFile {
  readonly kind: string;
  readonly source?: string | undefined;
  readonly areaId?: string | undefined;
  readonly format: string;
  readonly content: string;
  /** Of records of Social Care Data: the reference of the case that they are of. */
  readonly case?: string | undefined;
}

/** Files of cases, people, relationships and chronology entries from other systems, of the `records` context. */
@Injectable()
export class Imports {
  constructor(private readonly apis: Apis) {}

  /** Twenty-five at a time, the newest first. */
  list(
    asking: Asking,
    page: number,
  ): Promise<{ readonly items: readonly ImportWork[]; readonly page: number; readonly pages: number }> {
    return this.apis.get(asking, 'records', '/imports', { page });
  }

  /** A hundred rows at a time unless said; with `to-mend` those that are wrong while there is one. */
  one(
    asking: Asking,
    id: string,
    query: { readonly page?: number; readonly limit?: number; readonly only?: 'to-mend' },
  ): Promise<ImportReport> {
    return this.apis.get(asking, 'records', `/imports/${id}`, { ...query });
  }

  check(asking: Asking, body: ImportFile, key: string): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', '/imports', { body, key });
  }

  /** With `corrections`, what the file says otherwise than before is corrected; without, it is left as it is. */
  start(
    asking: Asking,
    id: string,
    corrections: boolean,
    sent: { readonly key: string; readonly version: number },
  ): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/imports/${id}/start`, { body: { corrections }, ...sent });
  }

  /** Ten at a time. */
  matches(asking: Asking, id: string, page: number): Promise<ImportMatches> {
    return this.apis.get(asking, 'records', `/imports/${id}/matches`, { page });
  }

  /** Whom somebody in a row is, or null for nobody of those who are offered. */
  decide(asking: Asking, id: string, row: number, personId: string | null, key: string): Promise<unknown> {
    const at = `/imports/${id}/matches/${row}/decision`;
    return this.apis.change(asking, 'POST', 'records', at, { body: { personId }, key });
  }
}
