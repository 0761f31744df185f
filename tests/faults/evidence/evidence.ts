import type { ContextName } from '@concordat/contracts';
import type { Line } from '../load/history';

/** An outbox row, without its body. */
export interface OutboxRow {
  readonly context: ContextName;
  readonly seq: bigint;
  readonly eventId: string;
  readonly stream: string;
  readonly version: bigint;
  readonly topic: string;
  readonly partition: number;
  readonly published: boolean;
  readonly type: string;
  readonly corr: string;
  readonly cause: string | null;
  /** SHA-256 of the exact bytes, hex. */
  readonly digest: string;
}

/** A record on a topic, by what its body says. */
export interface TopicRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly eventId: string;
  readonly stream: string;
  readonly version: bigint;
  readonly digest: string;
}

/** An audit act as its producer stored it. */
export interface ActRow {
  readonly context: ContextName;
  readonly id: string;
  readonly seq: bigint | null;
  readonly published: boolean;
  readonly action: string;
  readonly outcome: 'done' | 'denied' | 'failed';
  readonly actor: string;
  readonly corr: string;
  readonly cause: string | null;
  readonly objects: readonly string[];
  readonly subjects: readonly string[];
  /** Database time, milliseconds. */
  readonly at: number;
}

/** One application of one event by one consumer, recorded in the transaction of its effects (inside/probe.ts). */
export interface EffectRow {
  readonly consumer: ContextName;
  readonly seq: bigint;
  readonly source: string;
  readonly stream: string;
  readonly version: bigint;
  readonly eventId: string;
}

export interface CursorRow {
  readonly consumer: ContextName;
  readonly source: string;
  readonly stream: string;
  readonly last: bigint;
  readonly parked: string | null;
}

/** A triage clock with what became of it, read from a referral's history. */
export interface ClockRow {
  readonly referral: string;
  readonly dueAt: number;
  /** When a later step stopped it; null while it ran. Database time, milliseconds since 1970, like all times here. */
  readonly stoppedAt: number | null;
  readonly firedAt: readonly number[];
  /**
   * How many of these came after the step that stopped it. By the order of the history, which is that of the row's lock: a time
   * is that of a transaction's beginning, and one that waited for the row has an earlier time than the one it waited for.
   */
  readonly firedStopped: number;
}

/** A deadline of the register whose time has come, as it stands. */
export interface DeadlineRow {
  readonly id: string;
  readonly dueAt: number;
  readonly firedAt: number | null;
  /** Whether it is open still, though nothing has told of it. */
  readonly pending: boolean;
  /** How many events tell that this very time has passed. */
  readonly firings: number;
}

/** What an effect should have left, folded afresh from the log, beside what is there (events.md I6). */
export interface Fold {
  readonly name: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** What an independent verifier says of the ledger, and what is in it. */
export interface LedgerEvidence {
  readonly verifier: { readonly code: number; readonly says: string };
  /** Database time at which it was asked for: acts after that need not be in it. */
  readonly askedAt: number;
  /** Event ids of the entries, in order. */
  readonly entries: readonly string[];
  /** Entries that do not say what the producer's act says, by event id. */
  readonly differing: readonly string[];
  /** Checkpoints kept outside that the log of today does not contain, with the reason. */
  readonly lostCheckpoints: readonly string[];
}

/** A place that was searched for values that only the referrals themselves may hold. */
export interface Searched {
  readonly place: string;
  readonly bytes: number;
  readonly found: readonly string[];
}

/** Times, in database milliseconds, during which something that clocks need was down or cut off. */
export interface Outage {
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

/** What a system of an agency was sent by webhook. */
export interface WebhookEvidence {
  /** Ids of all that it must have been told, from what was published. */
  readonly expected: readonly string[];
  /** Every attempt that reached it: under which id, the SHA-256 of its body, and whether the signature is of the agency's key. */
  readonly got: readonly { readonly id: string; readonly digest: string; readonly verified: boolean }[];
  /** Ids that it said it has taken. */
  readonly taken: readonly string[];
}

/** Everything the checker looks at. Plain data, so that a hand-made history can break each invariant. */
export interface Evidence {
  readonly history: readonly Line[];
  readonly streams: readonly { readonly context: ContextName; readonly stream: string; readonly version: bigint }[];
  readonly outbox: readonly OutboxRow[];
  /** Null where no broker is involved. */
  readonly topics: readonly TopicRecord[] | null;
  readonly acts: readonly ActRow[];
  readonly cursors: readonly CursorRow[];
  readonly effects: readonly EffectRow[];
  /** Which types each context handles, and from which sources it receives. */
  readonly handled: readonly { readonly consumer: ContextName; readonly type: string }[];
  /** Rows still waiting in inboxes. */
  readonly waiting: readonly { readonly consumer: ContextName; readonly rows: number }[];
  readonly keys: readonly { readonly context: ContextName; readonly actor: string; readonly key: string }[];
  readonly folds: readonly Fold[];
  readonly clocks: readonly ClockRow[];
  readonly register: readonly DeadlineRow[];
  readonly outages: readonly Outage[];
  readonly webhooks: WebhookEvidence;
  /** When the evidence was taken, database time. */
  readonly takenAt: number;
  /** Null when the ledger could not be had. */
  readonly ledger: LedgerEvidence | null;
  readonly searched: readonly Searched[];
  /** How often the canaries were found where they belong: if never, the search proves nothing. */
  readonly canariesAtHome: number;
  /** Every fault of the run, and what of it did not go as planned. */
  readonly faults: readonly { readonly says: string; readonly trouble: string | null }[];
  /** Whether everything came to rest within the limit; what did not, if not. */
  readonly restless: string | null;
}
