import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Apis, type Asking, type File } from './apis';
import type { Withheld } from './chronology';

export interface DocumentVersion {
  readonly version: number;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly digest: string;
  readonly scan: 'clean' | 'not-scanned';
  readonly reason: string | null;
  readonly by: string;
  readonly at: string;
}
export interface CaseDocument {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly note: string | null;
  readonly sensitive: boolean;
  readonly redactionOf: string | null;
  readonly orgId: string;
  readonly by: string;
  readonly recordedAt: string;
  readonly versions: readonly DocumentVersion[];
}
export interface DocumentView extends CaseDocument {
  readonly redactions: readonly CaseDocument[];
  readonly original: CaseDocument | null;
  readonly may: { readonly replace: boolean; readonly redact: boolean };
}
/** A plain text without what was named, line by line, and how often each passage stood in it. */
export interface RedactionPreview {
  readonly version: number;
  readonly lines: readonly string[];
  readonly found: readonly number[];
  readonly linesRemoved: number;
}
interface Act {
  readonly key: string;
  readonly version?: number;
}

/** Documents of cases, of the `records` context. */
@Injectable()
export class Documents {
  constructor(private readonly apis: Apis) {}

  list(
    asking: Asking,
    caseId: string,
  ): Promise<{ items: readonly CaseDocument[]; may: { keep: boolean }; withheld: Withheld | null }> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/documents`);
  }

  document(asking: Asking, caseId: string, id: string): Promise<DocumentView> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/documents/${id}`);
  }

  content(asking: Asking, caseId: string, id: string, version?: number): Promise<File> {
    return this.apis.file(asking, 'records', `/cases/${caseId}/documents/${id}/content`, { version });
  }

  /** Sends a file, which belongs to no document yet. The key is made from the form's, so that both may be sent again. */
  async upload(asking: Asking, caseId: string, bytes: Buffer, key: string): Promise<string> {
    const path = `/cases/${caseId}/documents/uploads`;
    return (await this.apis.send<{ id: string }>(asking, 'records', path, bytes, `${key}-file`)).id;
  }

  keep(asking: Asking, caseId: string, body: object, act: Act): Promise<{ id: string }> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/documents`, { body, ...act });
  }

  /** Nothing is kept by it: it asks as often as it is shown. That the document is opened is on record. */
  previewRedaction(asking: Asking, caseId: string, id: string, body: object): Promise<RedactionPreview> {
    const change = { body, key: randomUUID() };
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/documents/${id}/redactions/preview`, change);
  }

  redact(asking: Asking, caseId: string, id: string, body: object, act: Act): Promise<{ id: string }> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/documents/${id}/redactions`, { body, ...act });
  }

  replace(asking: Asking, caseId: string, id: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/documents/${id}/versions`, { body, ...act });
  }
}
