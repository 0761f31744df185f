import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { Agreement, PastDecision } from '@concordat/sharing';

/** The terms of a version that the caller sees. Throws NotFound for one that they do not. */
export async function visibleTerms(tx: Tx, id: string): Promise<Agreement> {
  const rows = await tx.query<{ document: Agreement }>('SELECT document FROM agreement WHERE id = $1', [id], 'terms');
  if (!rows[0]) throw new NotFound('agreement');
  return rows[0].document;
}

/** Read at a time, so that no more than these are in memory and other requests have their turn. */
const AT_ONCE = 1_000;

/**
 * Decisions since a moment that the caller sees and that a version could have had a part in: made under its agreement, or
 * between its parties only. The newest first, `atMost` of them.
 */
export async function* pastDecisions(
  tx: Tx,
  { id, parties }: Agreement,
  { since, atMost }: { readonly since: Date; readonly atMost: number },
): AsyncGenerator<PastDecision> {
  const orgs = parties.map(({ orgId }) => orgId);
  let before: readonly [string | null, string | null] = [null, null];
  for (let left = atMost; left > 0; left -= AT_ONCE) {
    const limit = Math.min(left, AT_ONCE);
    const rows = await tx.query<PastDecision & { moment: string }>(
      `SELECT id, request, decision, answer, at::text AS moment FROM decision
        WHERE at >= $1 AND (starts_with(isa, $2 || '@') OR (sender = ANY ($3::text[]) AND recipients <@ $3::text[]))
          AND ($4::timestamptz IS NULL OR (at, id) < ($4::timestamptz, $5::uuid))
        ORDER BY at DESC, id DESC LIMIT $6`,
      [since, id, orgs, ...before, limit],
      'past-decisions',
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    before = [last.moment, last.id];
  }
}
