import type { ErasedEntry } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { StoredRecord } from '../records.repository';

/** A case that was erased: the ids of what is no longer there, by which rule and decision. */
export interface Erasure {
  readonly caseId: string;
  readonly ids: readonly string[];
  readonly rule: string;
  readonly decision: string;
  readonly erasedAt: Date;
}

/** An erasure that is not done with, and up to which entry the log was looked through for it. */
export interface OpenErasure extends Erasure {
  readonly toldAt: Date;
  readonly checked: string;
}

export async function keepErasure(tx: Tx, e: Erasure): Promise<void> {
  await tx.execute(
    'INSERT INTO erasure (case_id, ids, rule, decision, erased_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id) DO NOTHING',
    [e.caseId, e.ids, e.rule, e.decision, e.erasedAt],
    'keep-erasure',
  );
}

export const openErasures = (tx: Tx): Promise<OpenErasure[]> =>
  tx.query<OpenErasure & Record<string, unknown>>(
    `SELECT case_id AS "caseId", ids, rule, decision, erased_at AS "erasedAt", told_at AS "toldAt", checked_idx AS checked
       FROM erasure WHERE done_at IS NULL ORDER BY told_at LIMIT 20`,
    [],
    'open-erasures',
  );

/** Acts that mention what was erased, and were done before that: the first above those that were looked at. */
export async function recordsOf(
  tx: Tx,
  { ids, erasedAt, checked }: OpenErasure,
  atMost: number,
): Promise<StoredRecord[]> {
  const rows = await tx.query<Omit<StoredRecord, 'idx'> & { idx: string }>(
    `SELECT e.idx, e.event_id AS "eventId", e.bytes, d.owner, d.sealed, k.wrapped
       FROM (SELECT DISTINCT m.idx FROM mention m WHERE m.id = ANY ($1::uuid[]) AND m.kind IN ('s', 'o') AND m.at < $2 AND m.idx > $3
              ORDER BY m.idx LIMIT $4) found
       JOIN entry e ON e.idx = found.idx LEFT JOIN detail d ON d.idx = e.idx LEFT JOIN data_key k ON k.owner = d.owner ORDER BY e.idx`,
    [ids, erasedAt, checked, atMost],
    'records-of-erased',
  );
  return rows.map((r) => ({ ...r, idx: BigInt(r.idx) }));
}

/** How large the log is. */
export async function sizeOf(tx: Tx): Promise<bigint> {
  const [row] = await tx.query<{ size: string }>('SELECT size FROM log_state', [], 'size-of-log');
  return BigInt(row!.size);
}

/** Notes how far the log was looked through; false when another process has looked further meanwhile. */
export async function noteChecked(tx: Tx, { caseId, checked }: OpenErasure, upTo: bigint): Promise<boolean> {
  const noted = await tx.execute(
    'UPDATE erasure SET checked_idx = $3 WHERE case_id = $1 AND checked_idx = $2',
    [caseId, checked, upTo],
    'note-checked',
  );
  return noted === 1;
}

export async function noteDone(tx: Tx, caseId: string): Promise<void> {
  await tx.execute('UPDATE erasure SET done_at = $2 WHERE case_id = $1', [caseId, tx.now], 'note-erasure-done');
}

export async function noteTargets(tx: Tx, caseId: string, targets: readonly ErasedEntry[]): Promise<void> {
  await tx.execute(
    'INSERT INTO detail_erasure (idx, case_id) SELECT t, $2 FROM unnest($1::bigint[]) t ON CONFLICT DO NOTHING',
    [targets.map((t) => t.index), caseId],
    'note-targets',
  );
}
