import { createHmac } from 'node:crypto';
import { base64, canonicalObject, decimal, isObject, Malformed } from './strict';

/** The parts of a sealed entry that verification needs (design/ledger.md §3). */
export interface SealedLeaf {
  readonly eventId: string;
  readonly producer: string;
  readonly seq: bigint;
  readonly commit: string;
  readonly retentionRule: string | undefined;
  readonly erasure: Erasure | undefined;
}

export interface Erasure {
  readonly targets: readonly { readonly eventId: string; readonly index: bigint }[];
  /** The retention rule or request that it was done under. */
  readonly ground: string;
  readonly at: string;
}

const OPS = 'COLLECTION ALTERATION CONSULTATION DISCLOSURE COMBINATION ERASURE DECISION AGREEMENT SYSTEM'.split(' ');

function word(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new Malformed(`leaf ${what} is missing`);
  return value;
}

/** Reads a leaf; `origin` is the log's, which every leaf repeats. */
export function readLeaf(entry: Buffer, origin: string): SealedLeaf {
  if (entry.length > 65_535) throw new Malformed('entry is longer than 65,535 bytes');
  const leaf = canonicalObject(entry, 'entry');
  if (leaf.v !== 1) throw new Malformed('leaf is of an unknown version');
  if (leaf.origin !== origin) throw new Malformed('leaf belongs to another log');
  if (typeof leaf.op !== 'string' || !OPS.includes(leaf.op)) throw new Malformed('leaf op is unknown');
  const src = isObject(leaf.src) ? leaf.src : {};
  const commit = word(leaf.commit, 'commit');
  if (!/^[0-9a-f]{64}$/.test(commit)) throw new Malformed('leaf commit is not a hash');
  return {
    eventId: word(leaf.eventId, 'eventId'),
    producer: word(src.id, 'src.id'),
    seq: decimal(src.seq, 'leaf src.seq'),
    commit,
    retentionRule: typeof leaf.retentionRule === 'string' ? leaf.retentionRule : undefined,
    // Without targets a producer erased a record of its own: nothing missing here is excused by that.
    erasure: leaf.op === 'ERASURE' && leaf.target !== undefined ? readErasure(leaf) : undefined,
  };
}

function readErasure(leaf: Record<string, unknown>): Erasure {
  const targets = Array.isArray(leaf.target) ? (leaf.target as unknown[]) : [];
  if (targets.length === 0) throw new Malformed('erasure names nothing');
  return {
    ground: word(leaf.rule ?? leaf.request, 'erasure rule or request'),
    at: word(leaf.occurredAt, 'occurredAt'),
    targets: targets.map((t) => {
      if (!isObject(t)) throw new Malformed('erasure target is not an object');
      return { eventId: word(t.eventId, 'erasure target'), index: decimal(t.index, 'erasure target index') };
    }),
  };
}

/** What opens a commitment: the record's key and its detail. Either may have been destroyed. */
export interface Opening {
  readonly k: Buffer | undefined;
  readonly detail: Buffer | undefined;
}

/** Reads `k` and `detail` of an export line or an opening file. A key of another length would be padded by HMAC. */
export function readOpening(value: Record<string, unknown>): Opening {
  return {
    k: value.k === undefined ? undefined : base64(value.k, 'k', 32),
    detail: value.detail === undefined ? undefined : base64(value.detail, 'detail'),
  };
}

/** Whether key and detail recompute the leaf's commitment. */
export function opens(commit: string, k: Buffer, detail: Buffer): boolean {
  return createHmac('sha256', k).update('concordat/detail/v1\n').update(detail).digest('hex') === commit;
}
