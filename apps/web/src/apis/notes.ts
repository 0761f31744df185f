import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Withheld } from './chronology';
import type { List } from './lists';

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly orgId: string;
  readonly by: string;
  readonly at: string;
}
export interface Mention {
  readonly noteId: string;
  readonly caseId: string;
  readonly reference: string;
  readonly by: string;
  readonly orgId: string;
  readonly at: string;
}

/** Notes on cases, of the `records` context. */
@Injectable()
export class Notes {
  constructor(private readonly apis: Apis) {}

  list(
    asking: Asking,
    caseId: string,
    cursor?: string,
  ): Promise<List<Note> & { readonly may: { readonly add: boolean }; readonly withheld: Withheld | null }> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/notes`, { cursor });
  }

  add(asking: Asking, caseId: string, body: object, act: { key: string }): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/notes`, { body, ...act });
  }

  async mentions(asking: Asking): Promise<readonly Mention[]> {
    return (await this.apis.get<{ items: Mention[] }>(asking, 'records', '/mentions')).items;
  }
}
