import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';

export type PackState = 'running' | 'done' | 'failed' | 'expired';
/** A pack as whoever asked for it is told of it. */
export interface ToldPack {
  readonly id: string;
  readonly version: number;
  readonly period: string;
  readonly state: PackState;
  /** Parts that it has, and that are written by now. */
  readonly parts: number;
  readonly written: number;
  readonly bytes: number;
  readonly code: string | null;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}
/** A pack under way, as its runner needs it. */
export interface ClaimedPack {
  readonly id: string;
  readonly period: string;
  readonly userId: string;
  readonly orgId: string;
  readonly correlationId: string;
  readonly purpose: string;
  readonly path: string;
  readonly requestedAt: Date;
}

const TOLD = `id, version, period, state, parts, written, bytes, code, requested_at AS "requestedAt", ended_at AS "endedAt", expires_at AS "expiresAt"`;
const LATEST = 25;

export async function keepPack(tx: Tx, id: string, period: string, parts: number): Promise<void> {
  const { correlationId, purpose, path, actor } = tx.call;
  await tx.execute(
    `INSERT INTO quarterly_pack (id, period, state, user_id, org_id, parts, correlation_id, purpose, path, requested_at)
     VALUES ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9)`,
    [id, period, actor.id, actor.orgId, parts, correlationId, purpose, path, tx.now],
  );
}

export const myPacks = (tx: Tx): Promise<ToldPack[]> =>
  tx.query<ToldPack & Record<string, unknown>>(
    `SELECT ${TOLD} FROM quarterly_pack WHERE user_id = acting_user() ORDER BY requested_at DESC, id LIMIT ${LATEST}`,
  );

/** A pack of the caller's. Throws NotFound for anybody else's. */
export async function myPack(tx: Tx, id: string): Promise<ToldPack> {
  const [row] = await tx.query<ToldPack & Record<string, unknown>>(
    `SELECT ${TOLD} FROM quarterly_pack WHERE id = $1 AND user_id = acting_user()`,
    [id],
  );
  if (!row) throw new NotFound('quarterly-pack');
  return row;
}

export async function fileOf(tx: Tx, id: string): Promise<Buffer> {
  const [row] = await tx.query<{ bytes: Buffer }>('SELECT bytes FROM pack_file WHERE pack_id = $1', [id]);
  if (!row) throw new NotFound('quarterly-pack-file');
  return row.bytes;
}

/** Takes a pack for a while, from its beginning, unless somebody is at it or it has ended. */
export async function claimPack(tx: Tx, id: string, seconds: number): Promise<ClaimedPack | undefined> {
  const [claimed] = await tx.query<ClaimedPack & Record<string, unknown>>(
    `UPDATE quarterly_pack SET claimed_until = clock_timestamp() + $2 * interval '1 second', written = 0
      WHERE id = $1 AND state = 'running' AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      RETURNING id, period, user_id AS "userId", org_id AS "orgId", correlation_id AS "correlationId", purpose, path,
        requested_at AS "requestedAt"`,
    [id, seconds],
  );
  return claimed;
}

export async function partWritten(tx: Tx, id: string, seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE quarterly_pack SET written = written + 1, claimed_until = clock_timestamp() + $2 * interval '1 second'
      WHERE id = $1 AND state = 'running'`,
    [id, seconds],
  );
}

export async function releasePack(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE quarterly_pack SET claimed_until = NULL WHERE id = $1', [id]);
}

/** The file is whole, and is kept for a while. */
export async function finishPack(tx: Tx, id: string, bytes: Buffer, keptHours: number): Promise<void> {
  const done = await tx.execute(
    `UPDATE quarterly_pack SET state = 'done', version = version + 1, written = parts, bytes = $2, claimed_until = NULL,
            ended_at = clock_timestamp(), expires_at = clock_timestamp() + $3 * interval '1 hour' WHERE id = $1 AND state = 'running'`,
    [id, bytes.length, keptHours],
  );
  if (done === 1) await tx.execute('INSERT INTO pack_file (pack_id, bytes) VALUES ($1, $2)', [id, bytes]);
}

/** Ends a pack without a file, or takes its file away. False when that was done already. */
export async function endPack(tx: Tx, id: string, from: PackState, state: PackState, code: string | null = null) {
  const done = await tx.execute(
    `UPDATE quarterly_pack SET state = $3, version = version + 1, claimed_until = NULL, code = $4,
            ended_at = coalesce(ended_at, clock_timestamp()) WHERE id = $1 AND state = $2`,
    [id, from, state, code],
  );
  if (done === 1) await tx.execute('DELETE FROM pack_file WHERE pack_id = $1', [id]);
  return done === 1;
}

/** Packs that nobody is at, and those whose file has been kept long enough. */
export const waitingPacks = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    `SELECT id FROM quarterly_pack WHERE state = 'running' AND requested_at < clock_timestamp() - interval '10 seconds'
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp()) ORDER BY requested_at LIMIT 20`,
  );
export const overduePacks = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    `SELECT id FROM quarterly_pack WHERE state = 'done' AND expires_at <= clock_timestamp() ORDER BY expires_at LIMIT 100`,
  );
