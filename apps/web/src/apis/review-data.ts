import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done } from './lists';

export interface DataField {
  readonly code: string;
  readonly title: string;
  readonly kind: 'answer' | 'choice' | 'month' | 'text';
  readonly choices?: readonly { readonly code: string; readonly title: string }[];
}
export interface DataGroup {
  readonly code: string;
  readonly title: string;
  readonly several: boolean;
  readonly fields: readonly DataField[];
}
export interface DataView {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly form: {
    readonly title: string;
    readonly version: number;
    readonly source: string;
    readonly groups: readonly DataGroup[];
  };
  readonly entries: readonly {
    readonly group: string;
    readonly ordinal: number;
    readonly answers: Readonly<Record<string, string>>;
    readonly by: string;
    readonly at: string;
  }[];
  readonly missing: readonly { readonly group: string; readonly ordinal: number; readonly fields: readonly string[] }[];
}

/** What a central body asks of each review. */
@Injectable()
export class ReviewDataApi {
  constructor(private readonly apis: Apis) {}

  view(asking: Asking, id: string): Promise<DataView> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/data`);
  }

  export(asking: Asking, id: string): Promise<{ reference: string; rows: readonly (readonly string[])[] }> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/data/export`);
  }

  keep(
    asking: Asking,
    id: string,
    body: object,
    { key, version }: { readonly key: string; readonly version: number },
  ): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', `/reviews/${id}/data`, { body, key, version });
  }
}
