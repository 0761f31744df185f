import type { ContextName } from '@concordat/contracts';
import { serviceActorId, systemCall, type KeyBox } from '@concordat/platform';
import type { Pool } from 'pg';
import { UnitOfWork } from './unit-of-work';

/** Where a context keeps something sealed under a key that can be changed. Names of our own, never anything that was given. */
export interface SealedPlace {
  readonly context: ContextName;
  readonly table: string;
  readonly id: string;
  readonly type: 'uuid' | 'text';
  readonly sealed: string;
  /** What is authenticated with a row beside its id: `/code`. */
  readonly suffix?: string;
}

/** How the rows of one place stand. */
export interface Standing {
  readonly total: number;
  /** Sealed under a key that is being left. */
  readonly older: number;
  /** That no key opens which was given. */
  readonly lost: number;
}

const NIL = '00000000-0000-0000-0000-000000000000';
const PAGE = 1_000;
const BATCH = 200;

interface Row {
  readonly id: string;
  readonly sealed: Buffer;
}

/** standingOf looks at every row of a place, and changes nothing. `older` hears the ids of those to be moved, page by page. */
export async function standingOf(
  pool: Pool,
  { table, id, type, sealed, suffix = '' }: SealedPlace,
  box: KeyBox,
  older: (ids: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<Standing> {
  const standing = { total: 0, older: 0, lost: 0 };
  for (let after = type === 'uuid' ? NIL : ''; ;) {
    const { rows }: { rows: Row[] } = await pool.query<Row>(
      `SELECT ${id} AS id, ${sealed} AS sealed FROM ${table} WHERE ${sealed} IS NOT NULL AND ${id} > $1 ORDER BY ${id} LIMIT ${PAGE}`,
      [after],
    );
    const found = rows.filter((row) => state(box, row, suffix) === 'older').map((row) => row.id);
    standing.total += rows.length;
    standing.older += found.length;
    standing.lost += rows.filter((row) => state(box, row, suffix) === 'lost').length;
    if (found.length > 0) await older(found);
    if (rows.length < PAGE) return standing;
    after = rows.at(-1)!.id;
  }
}

/**
 * reseal seals anew, under the key of today, every row of a place that is sealed under an older one. Batch by batch, each in a
 * transaction of its own with its act; what is stopped goes on with the rows that are left when it is called again. The rows
 * are those of a running installation: one that is destroyed or changed meanwhile stays as it then is.
 */
export async function reseal(pool: Pool, place: SealedPlace, box: KeyBox, detailKey: Buffer): Promise<number> {
  const { context, table, id, type, sealed, suffix = '' } = place;
  const unit = new UnitOfWork({ context, pool, detailKey, jobs: null, hint: () => undefined });
  const call = systemCall(serviceActorId(context), 'key-change');
  let moved = 0;
  await standingOf(pool, place, box, async (ids) => {
    for (let at = 0; at < ids.length; at += BATCH) {
      const { value } = await unit.run({ action: 'key.reseal', call }, async (tx) => {
        const rows = await tx.query<Row>(
          `SELECT ${id} AS id, ${sealed} AS sealed FROM ${table} WHERE ${id} = ANY ($1) AND ${sealed} IS NOT NULL FOR UPDATE`,
          [ids.slice(at, at + BATCH)],
        );
        const again = rows.flatMap((row) => {
          const bytes = box.moved(`${row.id}${suffix}`, row.sealed);
          return bytes ? [[row.id, bytes] as const] : [];
        });
        await tx.execute(
          `UPDATE ${table} SET ${sealed} = n.sealed FROM unnest($1::${type}[], $2::bytea[]) AS n(id, sealed) WHERE ${table}.${id} = n.id`,
          [again.map(([row]) => row), again.map(([, bytes]) => bytes)],
        );
        tx.about({ items: [`${table}.${sealed}`], detail: { rows: again.length } });
        return again.length;
      });
      moved += value;
    }
  });
  return moved;
}

function state(box: KeyBox, { id, sealed }: Row, suffix: string): 'today' | 'older' | 'lost' {
  try {
    return box.moved(`${id}${suffix}`, sealed) ? 'older' : 'today';
  } catch {
    return 'lost';
  }
}
