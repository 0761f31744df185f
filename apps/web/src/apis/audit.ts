import type { ActOutcome, Action, ObjectRef } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Apis, type Asking } from './apis';
import type { List } from './lists';

/** One act as the trail shows it to an auditor. What has been erased is null. Ids only: names are asked of `identity`. */
export interface TrailItem {
  readonly index: string;
  readonly eventId: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly source: string;
  readonly seq: string | number;
  readonly act: string;
  readonly op: string;
  readonly outcome: ActOutcome;
  readonly action: Action | null;
  readonly actor: string | null;
  readonly actorRole: string | null;
  readonly actorOrg: string | null;
  readonly subjects: readonly string[];
  readonly objects: readonly ObjectRef[];
  readonly recipients: readonly { readonly org: string; readonly role?: string }[];
  readonly items: readonly string[];
  readonly purpose: string | null;
  readonly reasons: readonly string[];
  readonly justification?: string;
  readonly rule?: string;
  readonly decision?: string;
  readonly corr: string | null;
  /** That what is shown is what the sealed entry commits to. */
  readonly intact: boolean;
  readonly erased: boolean;
  readonly detail: Readonly<Record<string, unknown>> | null;
}
export interface Checkpoint {
  readonly size: string;
  /** Base64. */
  readonly root: string;
  readonly at: string;
}
export interface Trail extends List<TrailItem> {
  readonly checkpoint: Checkpoint | null;
}
/** An act of administration as administrators are shown it. */
export type AdministrationItem = Omit<TrailItem, 'subjects' | 'justification' | 'detail'>;
export type AdministrationQuery = Pick<TrailQuery, 'user' | 'agency' | 'action' | 'outcome' | 'from' | 'to' | 'cursor'>;
/** What narrows the trail. `all` says that none of the ids is wanted. */
export interface TrailQuery {
  readonly case?: string;
  readonly person?: string;
  readonly user?: string;
  readonly agency?: string;
  readonly agreement?: string;
  readonly kind?: string;
  readonly all?: 'true';
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly cursor?: string;
  /** Acts in a page, up to 100. */
  readonly limit?: string;
}
/** What either end of a disclosure has on record, by the entry of the ledger. */
export interface DisclosureEnd {
  readonly index: string;
  readonly eventId: string;
  readonly at: string;
  readonly action: Action;
  readonly actor: string;
  readonly actorOrg: string | null;
}
/** Something that went from one agency to another. */
export interface Disclosed {
  readonly id: string;
  readonly state: 'MATCHED' | 'AWAITED' | 'UNACKNOWLEDGED' | 'UNSOLICITED' | 'MISMATCHED';
  readonly differs: readonly ('isa' | 'flowId' | 'payload')[];
  readonly from: string | null;
  readonly recipient: string;
  readonly isa: string | null;
  readonly flowId: string | null;
  readonly sent: DisclosureEnd | null;
  readonly received: DisclosureEnd | null;
}
export interface Entry {
  readonly index: string;
  readonly eventId: string;
  /** Base64 of the sealed bytes, and of their hash as the log keeps it. */
  readonly entry: string;
  readonly leaf: string;
  readonly opening: { readonly detail: string; readonly k: string } | null;
  readonly record: TrailItem;
}
export interface LedgerStatus {
  readonly origin: string;
  readonly size: string;
  readonly checkpointSize: string | null;
  readonly checkpointAt: string | null;
  readonly ageSeconds: number | null;
  readonly pending: number;
  readonly trouble: string | null;
  /** How far other parties' witnesses have cosigned; null where none are asked. */
  readonly witnesses: {
    readonly finalSize: string | null;
    readonly finalAt: string | null;
    readonly silent: readonly string[];
    readonly overdue: boolean;
  } | null;
  /** Whether new leaves wait for a checkpoint longer than they may. */
  readonly late: boolean;
  /** Indexes of entries that are not what was sealed, as far as has been looked. */
  readonly altered: readonly string[];
  /** How far checkpoints are copied to write-once storage; null where they are not. */
  readonly copies: {
    readonly kind: 'folder' | 'bucket';
    readonly size: string | null;
    readonly at: string | null;
    readonly overdue: boolean;
  } | null;
}

/** The `audit` context: who did what, and the proof of it. */
@Injectable()
export class Audit {
  constructor(private readonly apis: Apis) {}

  trail(asking: Asking, query: TrailQuery): Promise<Trail> {
    return this.apis.get(asking, 'audit', '/trail', { ...query });
  }

  /** What went between agencies, with both ends; `unmatched` for those alone of which they do not say the same. */
  disclosures(
    asking: Asking,
    query: Omit<TrailQuery, 'user' | 'kind' | 'action' | 'outcome'> & { readonly unmatched?: 'true' },
  ): Promise<Omit<List<Disclosed>, 'count'>> {
    return this.apis.get(asking, 'audit', '/trail/disclosures', { ...query });
  }

  /** What administrators did: without particulars. */
  administration(asking: Asking, query: AdministrationQuery): Promise<List<AdministrationItem>> {
    return this.apis.get(asking, 'audit', '/trail/administration', { ...query });
  }

  entry(asking: Asking, eventId: string): Promise<Entry> {
    return this.apis.get(asking, 'audit', `/entries/${eventId}`);
  }

  /** The proof that an act is in the log (C2SP tlog-proof); null while no checkpoint covers it. */
  async proof(asking: Asking, eventId: string): Promise<string | null> {
    const text = await this.apis.text(asking, 'audit', `/proofs/${eventId}`);
    return text.startsWith('{') ? null : text;
  }

  /** The log's keys and who must sign (C2SP tlog-policy). */
  policy(asking: Asking): Promise<string> {
    return this.apis.text(asking, 'audit', '/policy');
  }

  status(asking: Asking): Promise<LedgerStatus> {
    return this.apis.get(asking, 'audit', '/status');
  }

  /** A ledger-export/v1, with everything that an offline verifier needs. It may be long, so it is a stream. */
  export(
    asking: Asking,
    body: Omit<TrailQuery, 'all' | 'cursor'> & { readonly all?: boolean },
    key: string,
  ): Promise<Readable> {
    return this.apis.download(asking, 'audit', '/exports', { body, key });
  }

  /** The same as an evidence bundle: a ZIP with a report to read. */
  bundle(asking: Asking, body: Parameters<Audit['export']>[1], key: string): Promise<Readable> {
    return this.apis.download(asking, 'audit', '/exports/bundles', { body, key });
  }
}
