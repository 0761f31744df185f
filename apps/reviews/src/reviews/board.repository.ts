import type { Tx } from '@concordat/messaging';
import type { BoardPlace } from '../board';
import type { ReviewRecord } from '../review';
import { COLUMNS, type LeavingReview } from './reviews.repository';

/** Which reviews of those that the caller may see. */
export interface Among {
  /** Only these states of these versions of kinds. */
  readonly places: readonly (Pick<BoardPlace, 'kind' | 'state'> & { readonly rank?: number })[];
  /** Only those with a pause that runs, or with one that was to be looked at by `today`. */
  readonly paused?: 'paused' | 'look-again' | undefined;
  readonly today: string;
}

const AMONG = `review r JOIN unnest($1::text[], $2::int[], $3::text[], $4::int[]) AS p(code, version, state, rank)
       ON p.code = r.kind_code AND p.version = r.kind_version AND p.state = r.state
    WHERE ($5::text IS NULL OR EXISTS (SELECT 1 FROM jsonb_array_elements(r.document->'pauses') x
             WHERE x->>'to' IS NULL AND ($5 = 'paused' OR x->>'reviewOn' <= $6::text)))`;
const params = ({ places, paused, today }: Among): unknown[] => [
  ...[places.map(({ kind }) => kind.code), places.map(({ kind }) => kind.version), places.map(({ state }) => state)],
  ...[places.map(({ rank }) => rank ?? 0), paused ?? null, today],
];
type Row = ReviewRecord & Record<string, unknown>;

/** Where the reviews that the caller may see stand: each state of each version of a kind once. */
export function placesSeen(tx: Tx): Promise<Pick<ReviewRecord, 'kind' | 'state'>[]> {
  return tx.query<Pick<ReviewRecord, 'kind' | 'state'> & Record<string, unknown>>(
    `SELECT DISTINCT jsonb_build_object('code', r.kind_code, 'version', r.kind_version, 'digest', r.kind_digest) AS kind, r.state
       FROM review r`,
    [],
    'review-places',
  );
}

export async function countAmong(tx: Tx, among: Among): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${AMONG}`,
    params(among),
    'count-reviews',
  );
  return row!.n;
}

/** Some of them, by rank and then by reference; `most` null is all that follow. */
export function pageAmong(
  tx: Tx,
  among: Among,
  { skip, most, descending }: { readonly skip: number; readonly most: number | null; readonly descending: boolean },
): Promise<ReviewRecord[]> {
  return tx.query<Row>(
    `SELECT ${COLUMNS} FROM ${AMONG}
      ORDER BY p.rank, r.reference ${descending ? 'DESC' : 'ASC'} OFFSET $7 LIMIT $8`,
    [...params(among), skip, most],
  );
}

/** How many reviews are held at once while all of them are looked through. */
const BATCH = 200;

/** Every one of them, some at a time: however many there are, no more than a batch is held as a whole. */
export async function* eachAmong(tx: Tx, among: Among): AsyncGenerator<ReviewRecord> {
  yield* inBatches((after) =>
    tx.query<Row>(
      `SELECT ${COLUMNS} FROM ${AMONG} AND r.id > $7 ORDER BY r.id LIMIT ${BATCH}`,
      [...params(among), after],
      'reviews-in-batches',
    ),
  );
}

/**
 * Every review that the caller may see and that stands at one of these places, as far as registers show it: two kilobytes of each, where
 * a whole one holds its recommendations and decisions too. `published` adds those of which anything was decided on publishing them,
 * wherever they stand. By their ids: a register has an order of its own.
 */
export async function* eachLeaving(
  tx: Tx,
  places: Among['places'],
  published: { readonly kind: string | null } | null = null,
): AsyncGenerator<LeavingReview> {
  yield* inBatches((after) =>
    tx.query<LeavingReview & Record<string, unknown>>(
      `SELECT r.id, r.version, r.reference, r.owner_org AS "ownerOrg", r.state,
              jsonb_build_object('code', r.kind_code, 'version', r.kind_version, 'digest', r.kind_digest) AS kind,
              (SELECT jsonb_object_agg(d.key, d.value) FROM jsonb_each(r.document) d
                WHERE d.key IN ('facts', 'publications', 'copies', 'copyReceipts')) AS document
         FROM review r
        WHERE (EXISTS (SELECT 1 FROM unnest($1::text[], $2::int[], $3::text[]) AS p(code, version, state)
                        WHERE p.code = r.kind_code AND p.version = r.kind_version AND p.state = r.state)
            OR ($4 AND jsonb_array_length(coalesce(r.document->'publications', '[]')) > 0 AND ($5::text IS NULL OR r.kind_code = $5)))
          AND r.id > $6 ORDER BY r.id LIMIT ${BATCH}`,
      [
        ...[places.map(({ kind }) => kind.code), places.map(({ kind }) => kind.version)],
        ...[places.map(({ state }) => state), published !== null, published?.kind ?? null, after],
      ],
      'leaving-reviews',
    ),
  );
}

async function* inBatches<T extends { readonly id: string }>(next: (after: string) => Promise<T[]>): AsyncGenerator<T> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const batch = await next(after);
    yield* batch;
    if (batch.length < BATCH) return;
    after = batch.at(-1)!.id;
  }
}
