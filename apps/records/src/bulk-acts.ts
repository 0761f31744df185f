import type { Action } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { CaseRow } from './visible-case';

export const bulkKinds = ['assign', 'transfer', 'refer', 'flag'] as const;
export type BulkKind = (typeof bulkKinds)[number];

/** What can be done to many cases at once, as the feature that does it to one knows it. */
export interface BulkAct<T extends object = object> {
  /** As what each case's change is audited; who may not do it to one may not do it to many. */
  readonly action: Action;
  /** As what the whole is audited when it takes a permission of its own; `bulk.start` otherwise. */
  readonly inBulk?: Action;
  /** Throws what one of the cases would be refused for now: then nothing is done to any of them. */
  check(tx: Tx, record: CaseRow, dto: T): Promise<void>;
  /** Does it to one case, in a unit of work of its own that names the bulk work. */
  do(call: Call, caseId: string, bulkId: string): Promise<{ readonly id: string }>;
}

/** The acts that can be done in bulk. Each feature brings its own, so that bulk work knows none of them. */
@Injectable()
export class BulkActs {
  private readonly acts = new Map<BulkKind, BulkAct>();

  bring<T extends object>(kind: BulkKind, act: BulkAct<T>): void {
    this.acts.set(kind, act);
  }

  of(kind: BulkKind): BulkAct {
    const act = this.acts.get(kind);
    if (!act) throw new Error(`nothing brings the bulk act ${kind}`);
    return act;
  }
}

/** Names the bulk work in an act's audit entry, refusals included; nothing when it is done to one case alone. */
export const underBulk = (bulkId: string | null) => (bulkId === null ? [] : [{ t: 'bulk' as const, id: bulkId }]);
