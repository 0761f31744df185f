import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { List } from './lists';

export interface DropSet {
  readonly code: string;
  readonly title: string;
  readonly columns: readonly { readonly name: string }[];
}
export interface ListedDrop {
  readonly id: string;
  readonly set: string;
  readonly quarter: string;
  readonly senderOrg: string;
  readonly receivedBy: string;
  readonly receivedAt: string;
  readonly rows: number;
  readonly verdict: 'accepted' | 'refused';
  readonly counts: Readonly<Record<string, number>>;
  readonly dueOn: string;
  readonly late: boolean;
}
export interface CheckedDrop {
  readonly verdict: 'accepted' | 'refused';
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  /** The first of them; where they are, never what stands there. */
  readonly findings: readonly { readonly code: string; readonly line: number; readonly column: number | null }[];
}

/** A set that an organisation owes for a quarter. */
export interface OwedSetOf {
  readonly set: string;
  readonly title: string;
  readonly orgId: string;
  readonly state: 'sent' | 'late' | 'refused' | 'due' | 'missing';
  readonly on: string | null;
}
export interface OwedDrops {
  readonly quarter: string;
  readonly dueOn: string;
  /** Those that may be chosen, the latest first. */
  readonly quarters: readonly string[];
  readonly items: readonly OwedSetOf[];
}

/** Depersonalised sets of section 17A. */
@Injectable()
export class Drops {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking, query: { set?: string; cursor?: string }) {
    return this.apis.get<List<ListedDrop> & { may: { check: boolean } }>(asking, 'sharing', '/drops', query);
  }

  owed(asking: Asking, quarter?: string): Promise<OwedDrops> {
    return this.apis.get(asking, 'sharing', '/drops/owed', quarter ? { quarter } : {});
  }

  async sets(asking: Asking): Promise<readonly DropSet[]> {
    return (await this.apis.get<{ sets: DropSet[] }>(asking, 'sharing', '/drops/sets')).sets;
  }

  check(asking: Asking, body: { set: string; quarter: string; content: string }, key: string): Promise<CheckedDrop> {
    return this.apis.change(asking, 'POST', 'sharing', '/drops', { body, key });
  }
}
