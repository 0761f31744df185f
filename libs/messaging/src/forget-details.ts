import type { Tx } from './tx';

/**
 * forgetDetails takes out of this context's acts what was sealed in them, once the ledger has destroyed its own copy of it.
 * The acts stay, with their ids and codes. MUST only be asked of acts that the ledger has: those that it does not have yet
 * are still to be read by it.
 */
export async function forgetDetails(tx: Tx, acts: readonly string[]): Promise<void> {
  const kept = await tx.query<{ id: string; body: Buffer }>(
    'SELECT event_id AS id, body FROM act WHERE event_id = ANY ($1::uuid[])',
    [acts],
    'acts-to-empty',
  );
  await tx.execute(
    'UPDATE act a SET body = e.body FROM unnest($1::uuid[], $2::bytea[]) AS e(id, body) WHERE a.event_id = e.id',
    [kept.map((a) => a.id), kept.map((a) => emptied(a.body))],
    'empty-acts',
  );
}

function emptied(body: Buffer): Buffer {
  const event = JSON.parse(body.toString('utf8')) as { data: { sealed: string } };
  event.data.sealed = '';
  return Buffer.from(JSON.stringify(event));
}
