import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type File } from './apis';

export type ExportType = 'cases' | 'people';
export type ExportState = 'running' | 'done' | 'cancelled' | 'failed' | 'expired' | 'removed';

/** Records that are taken out as a file. */
export interface Export {
  readonly id: string;
  readonly version: number;
  readonly type: ExportType;
  readonly format: 'csv' | 'json';
  readonly state: ExportState;
  readonly status: string | null;
  readonly area: string | null;
  readonly total: number;
  readonly rows: number;
  /** Of those, how many are there by reference alone: no agreement lets the agency see the rest. */
  readonly withheld: number;
  readonly bytes: number;
  readonly code: string | null;
  readonly requestedAt: string;
  readonly endedAt: string | null;
  readonly expiresAt: string | null;
}

/** The part of the `records` context that takes records out as files. */
@Injectable()
export class Exports {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking): Promise<{ readonly items: readonly Export[] }> {
    return this.apis.get(asking, 'records', '/exports');
  }

  one(asking: Asking, id: string): Promise<Export> {
    return this.apis.get(asking, 'records', `/exports/${id}`);
  }

  request(asking: Asking, body: object, key: string): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', '/exports', { body, key });
  }

  end(asking: Asking, id: string, how: 'cancellation' | 'removal', key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/exports/${id}/${how}`, { key });
  }

  file(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'records', `/exports/${id}/file`);
  }
}
