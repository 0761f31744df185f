import type { Selection } from './selection';
import type { Query } from './log.repository';

/** Where an act stands in the trail: when it was done, to the millisecond, and its index. */
export interface Place {
  readonly at: Date;
  readonly idx: bigint;
}

export interface PlacesWanted {
  readonly limit: number;
  /** Only what comes after this place, in the direction of reading. */
  readonly after?: Place;
  /** Oldest first instead of newest first. */
  readonly ascending?: boolean;
}

/** Collects parameters while a statement is written. */
class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/**
 * placesOf finds where the chosen acts stand, in order of time. Each id is looked up in its own order in `mention`, so that
 * a page costs the same whether a person has ten acts or a million (AUD-17).
 */
export async function placesOf(query: Query, selection: Selection, wanted: PlacesWanted): Promise<Place[]> {
  const p = new Parameters();
  const rows = await query<{ at: Date; idx: string }>(placesSql(selection, wanted, p), p.values);
  return rows.map((r) => ({ at: r.at, idx: BigInt(r.idx) }));
}

/** How many acts are chosen, counting no further than `most`. */
export async function countPlaces(query: Query, selection: Selection, most: number): Promise<number> {
  const p = new Parameters();
  const rows = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (${placesSql(selection, { limit: most }, p)}) places`,
    p.values,
  );
  return rows[0]?.n ?? 0;
}

/** The indexes of the chosen acts below `size`, ascending, at most `most` of them. */
export async function indexesOf(query: Query, selection: Selection, size: bigint, most: number): Promise<bigint[]> {
  const p = new Parameters();
  const places = placesSql(selection, { limit: most }, p);
  const rows = await query<{ idx: string }>(
    `SELECT idx FROM (${places}) places WHERE idx < ${p.add(size, 'bigint')} ORDER BY idx`,
    p.values,
  );
  return rows.map((r) => BigInt(r.idx));
}

function placesSql({ handles, ...rest }: Selection, wanted: PlacesWanted, p: Parameters): string {
  const [first, ...others] = handles;
  const order = wanted.ascending ? 'ASC' : 'DESC';
  const limit = p.add(wanted.limit, 'bigint');
  const from = (m: string, action: readonly string[]): string[] => [
    ...(rest.from ? [`${m}.at >= ${p.add(rest.from.toISOString(), 'timestamptz')}`] : []),
    ...(rest.to ? [`${m}.at <= ${p.add(rest.to.toISOString(), 'timestamptz')}`] : []),
    ...(wanted.after
      ? [
          `(${m}.at, ${m}.idx) ${wanted.ascending ? '>' : '<'} (${p.add(wanted.after.at.toISOString(), 'timestamptz')}, ${p.add(wanted.after.idx, 'bigint')})`,
        ]
      : []),
    ...others.map(
      (h) =>
        `EXISTS (SELECT 1 FROM mention o WHERE o.id = ANY(${p.add(h.ids, 'uuid[]')}) AND o.kind = ${p.add(h.kind, '"char"')} AND o.at = ${m}.at AND o.idx = ${m}.idx)`,
    ),
    ...(rest.closed?.length
      ? [
          `NOT EXISTS (SELECT 1 FROM mention h WHERE h.id = ANY(${p.add(rest.closed, 'uuid[]')}) AND h.kind IN ('s', 'o') AND h.at = ${m}.at AND h.idx = ${m}.idx)`,
        ]
      : []),
    ...action,
    // Written out, so that the partial index on what was refused can be used.
    ...(rest.outcome
      ? [`t.outcome = ${p.add(rest.outcome, 'text')}${rest.outcome === 'done' ? '' : " AND t.outcome <> 'done'"}`]
      : []),
  ];
  const { actions = [] } = rest;
  if (first === undefined && actions.length > 1) {
    // Each by itself, in the order of the index on actions: of those that are rare, all would be looked through for a page.
    const wanted = p.add(actions, 'text[]');
    const where = from('t', ['t.action = wanted.action']);
    return `SELECT one.at, one.idx FROM unnest(${wanted}) AS wanted(action) CROSS JOIN LATERAL (
        SELECT t.at, t.idx FROM trail t WHERE ${where.join(' AND ')} ORDER BY t.at ${order}, t.idx ${order} LIMIT ${limit}) one
      ORDER BY one.at ${order}, one.idx ${order} LIMIT ${limit}`;
  }
  // One is written as one, so that the index on actions gives the order as well.
  const chosen = rest.actions && [
    actions.length === 1 ? `t.action = ${p.add(actions[0], 'text')}` : `t.action = ANY(${p.add(actions, 'text[]')})`,
  ];
  if (first === undefined) {
    const where = from('t', chosen ?? []);
    return `SELECT t.at, t.idx FROM trail t ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY t.at ${order}, t.idx ${order} LIMIT ${limit}`;
  }
  const join = rest.actions || rest.outcome ? 'JOIN trail t ON t.idx = m.idx' : '';
  const ids = p.add(first.ids, 'uuid[]');
  const kind = p.add(first.kind, '"char"');
  return `SELECT one.at, one.idx FROM unnest(${ids}) AS wanted(id) CROSS JOIN LATERAL (
      SELECT m.at, m.idx FROM mention m ${join} WHERE ${[`m.id = wanted.id AND m.kind = ${kind}`, ...from('m', chosen ?? [])].join(' AND ')}
       ORDER BY m.at ${order}, m.idx ${order} LIMIT ${limit}) one
    GROUP BY one.at, one.idx ORDER BY one.at ${order}, one.idx ${order} LIMIT ${limit}`;
}

/** Where acts that were done stand that name one of these things, ascending: of each the earliest few. */
export async function namingIndexes(query: Query, ids: readonly string[]): Promise<bigint[]> {
  const rows = await query<{ idx: string }>(
    `SELECT DISTINCT one.idx FROM unnest($1::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
       SELECT m.idx FROM mention m JOIN trail t ON t.idx = m.idx AND t.outcome = 'done'
        WHERE m.id = wanted.id AND m.kind = 'o' ORDER BY m.at, m.idx LIMIT 30) one ORDER BY 1`,
    [ids],
    'naming-indexes',
  );
  return rows.map((r) => BigInt(r.idx));
}

/** The records that belong to the trail of a case: itself, and the referral that it came from. */
export async function recordsOfCase(query: Query, caseId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'SELECT referral_id AS id FROM case_link WHERE case_id = $1',
    [caseId],
    'records-of-case',
  );
  return [caseId, ...rows.map((r) => r.id)];
}

/** The stretch of the log below `size` that holds every act of the selection's times: first included, last excluded. */
export async function indexRangeOf(
  query: Query,
  { from, to }: Selection,
  size: bigint,
): Promise<{ from: bigint; to: bigint }> {
  const [row] = await query<{ from: string; to: string }>(
    `SELECT coalesce(min(idx), 0) AS "from", coalesce(max(idx) + 1, 0) AS "to" FROM trail
      WHERE idx < $1 AND at >= coalesce($2::timestamptz, '-infinity') AND at <= coalesce($3::timestamptz, 'infinity')`,
    [size, from?.toISOString() ?? null, to?.toISOString() ?? null],
  );
  return { from: BigInt(row!.from), to: BigInt(row!.to) };
}

/** Chosen indexes together with those of the erasures, below `size`, that say why details of the chosen are gone; ascending. */
export async function withErasures(query: Query, indexes: readonly bigint[], size: bigint): Promise<bigint[]> {
  const rows = await query<{ idx: string }>(
    `SELECT idx FROM unnest($1::bigint[]) idx UNION
     SELECT by_idx FROM detail_erasure WHERE idx = ANY ($1::bigint[]) AND by_idx < $2 ORDER BY idx`,
    [indexes, size],
    'with-erasures',
  );
  return rows.map((r) => BigInt(r.idx));
}

/** The erasures, below `size` and above a stretch of the log, that say why details in it are gone; ascending. */
export async function erasuresAbove(
  query: Query,
  { from, to }: { readonly from: bigint; readonly to: bigint },
  size: bigint,
): Promise<bigint[]> {
  const rows = await query<{ idx: string }>(
    `SELECT DISTINCT by_idx AS idx FROM detail_erasure WHERE idx >= $1 AND idx < $2 AND by_idx >= $2 AND by_idx < $3 ORDER BY 1`,
    [from, to, size],
    'erasures-above',
  );
  return rows.map((r) => BigInt(r.idx));
}
