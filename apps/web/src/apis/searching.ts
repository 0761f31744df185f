import type { AccessLevel } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { NameContent } from './referral-content';

/** Why something was found, in words that hold no value. */
export interface FoundReason {
  readonly code: string;
  readonly words: string;
}
export interface Counted {
  readonly value: number;
  readonly more: boolean;
}
export interface CaseHit {
  readonly kind: 'case';
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly subjectName: string;
  readonly leadOrg: string;
  readonly level: AccessLevel;
  readonly reasons: readonly FoundReason[];
}
export interface PersonHit {
  readonly kind: 'person';
  readonly id: string;
  readonly name: NameContent | null;
  readonly datesOfBirth: readonly { readonly value?: string }[] | null;
  readonly cases: readonly { readonly id: string; readonly reference: string; readonly roles: readonly string[] }[];
  readonly reasons: readonly FoundReason[];
}
export interface TextHit {
  readonly kind: 'entry' | 'note' | 'document';
  readonly id: string;
  readonly caseId: string;
  readonly reference: string;
  readonly subjectName: string;
  readonly orgId: string;
  readonly by: string;
  readonly at: string;
  readonly starts: string | null;
  readonly title: string | null;
  readonly sensitive: boolean;
  readonly excerpt: readonly { readonly text: string; readonly hit: boolean }[];
  readonly reasons: readonly FoundReason[];
}
export type Hit = CaseHit | PersonHit | TextHit;

export interface FoundInRecords {
  readonly items: readonly Hit[];
  readonly next: string | null;
  readonly count: { readonly people: Counted; readonly texts: Counted };
  /** Nothing was looked for in what was written, because such words are in everything. */
  readonly tooCommon: boolean;
  /** What was searched for, as it was typed. */
  readonly terms: string;
}

/** The one search of the `records` context. */
@Injectable()
export class Searching {
  constructor(private readonly apis: Apis) {}

  /** Keeps a search and answers with its id: what was searched for never stands in an address. */
  async start(asking: Asking, q: string, key: string): Promise<string> {
    const change = { body: { q }, key };
    return (await this.apis.change<{ searchId: string }>(asking, 'POST', 'records', '/searches', change)).searchId;
  }

  found(asking: Asking, searchId: string, cursor?: string): Promise<FoundInRecords> {
    return this.apis.get(asking, 'records', `/searches/${searchId}`, { cursor });
  }
}
