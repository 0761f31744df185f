import type { Tx } from '@concordat/messaging';

export interface Rebuild {
  readonly id: string;
  readonly state: 'running' | 'done';
  readonly askedAt: Date;
  /** Streams and events that were read so far. */
  readonly streams: number;
  readonly events: number;
  /** How many numbers were not the same as those that stood before. */
  readonly differs: number | null;
  readonly endedAt: Date | null;
}
const TOLD = 'id, state, asked_at AS "askedAt", streams, events, differs, ended_at AS "endedAt"';

export const latestRebuild = async (tx: Tx): Promise<Rebuild | null> => {
  const rows = await tx.query<Rebuild & Record<string, unknown>>(
    `SELECT ${TOLD} FROM rebuild ORDER BY asked_at DESC LIMIT 1`,
  );
  return rows[0] ?? null;
};

export async function keepRebuild(tx: Tx, id: string): Promise<void> {
  await tx.execute(`INSERT INTO rebuild (id, state, asked_at) VALUES ($1, 'running', $2)`, [id, tx.now]);
}

/** Takes a rebuild for a while, unless somebody is at it or it has ended. */
export const claimRebuild = async (tx: Tx, id: string, seconds: number): Promise<boolean> =>
  (await tx.execute(
    `UPDATE rebuild SET claimed_until = clock_timestamp() + $2 * interval '1 second', streams = 0, events = 0
      WHERE id = $1 AND state = 'running' AND (claimed_until IS NULL OR claimed_until < clock_timestamp())`,
    [id, seconds],
  )) === 1;

export const waitingRebuilds = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    `SELECT id FROM rebuild WHERE state = 'running' AND asked_at < clock_timestamp() - interval '10 seconds'
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp())`,
  );

/** Begins new numbers beside those that stand, and throws away what an earlier attempt left. From now on both are counted. */
export async function beginGeneration(tx: Tx): Promise<number> {
  await dropGeneration(tx, true);
  const [row] = await tx.query<{ number: number }>(
    'INSERT INTO generation (number, filling) SELECT max(number) + 1, true FROM generation RETURNING number',
  );
  return row!.number;
}

export async function progressed(tx: Tx, id: string, streams: number, events: number, seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE rebuild SET streams = streams + $2, events = events + $3, claimed_until = clock_timestamp() + $4 * interval '1 second'
      WHERE id = $1`,
    [id, streams, events, seconds],
  );
}

const NUMBERS = 'measure, day, area, kind, agency, code, n';
const of = (filling: boolean): string =>
  `SELECT ${NUMBERS} FROM tally WHERE generation = (SELECT number FROM generation WHERE filling = ${filling})`;

/** Puts the new numbers in the place of those that stood. Returns how many are not the same. */
export async function takeOver(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(DISTINCT (measure, day, area, kind, agency, code))::int AS n FROM (
       (${of(false)} EXCEPT ${of(true)}) UNION ALL (${of(true)} EXCEPT ${of(false)})) d`,
  );
  await dropGeneration(tx, false);
  await tx.execute('UPDATE generation SET filling = false WHERE filling');
  await tx.execute(
    `UPDATE rebuild SET state = 'done', differs = $2, claimed_until = NULL, ended_at = clock_timestamp() WHERE id = $1`,
    [id, row!.n],
  );
  return row!.n;
}

async function dropGeneration(tx: Tx, filling: boolean): Promise<void> {
  for (const table of ['tally', 'counted_record', 'placed_record'])
    await tx.execute(`DELETE FROM ${table} WHERE generation IN (SELECT number FROM generation WHERE filling = $1)`, [
      filling,
    ]);
  await tx.execute('DELETE FROM generation WHERE filling = $1', [filling]);
}
