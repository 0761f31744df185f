import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

export interface ImportWork {
  readonly id: string;
  readonly version: number;
  readonly state: 'checked' | 'running' | 'done' | 'lapsed';
  readonly madeAt: string;
  readonly counts: Readonly<Record<'ready' | 'wrong' | 'added' | 'unchanged' | 'refused', number>>;
}
export interface ImportRow {
  /** As a spreadsheet counts. */
  readonly number: number;
  /** Null when the case is closed to the visitor since, or none was found. */
  readonly caseId: string | null;
  readonly reference: string | null;
  readonly entryId: string | null;
  readonly state: keyof ImportWork['counts'];
  readonly code: string | null;
  readonly problems: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

export interface ImportReport extends ImportWork {
  readonly items: readonly ImportRow[];
  readonly page: number;
  readonly pages: number;
}

/** Files of chronology entries from other systems, of the `records` context. */
@Injectable()
export class Imports {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking): Promise<{ readonly items: readonly ImportWork[] }> {
    return this.apis.get(asking, 'records', '/imports');
  }

  /** A hundred rows at a time, all of them or those that are wrong. */
  one(asking: Asking, id: string, query: { readonly page?: number; readonly only?: 'wrong' }): Promise<ImportReport> {
    return this.apis.get(asking, 'records', `/imports/${id}`, { ...query });
  }

  check(
    asking: Asking,
    body: { format: string; content: string; case?: string },
    key: string,
  ): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', '/imports', { body, key });
  }

  start(asking: Asking, id: string, sent: { key: string; version: number }): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/imports/${id}/start`, { body: {}, ...sent });
  }
}
