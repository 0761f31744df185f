import type { Tx } from '@concordat/messaging';
import type { Change } from './count';
import type { RecordKind, Told } from './told';

export interface RecordKey {
  readonly kind: RecordKind;
  readonly id: string;
}
export interface CountedRecord extends RecordKey {
  readonly told: readonly Told[];
}

/** The numbers that stand, and those that are being counted anew. Whoever counts holds them until its end: one at a time. */
export async function generations(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ number: number }>(
    'SELECT number FROM generation ORDER BY number FOR UPDATE',
    [],
    'insight-generations',
  );
  return rows.map(({ number }) => number);
}

/** What was told of these records so far, in one generation. */
export const recordsOf = (tx: Tx, generation: number, keys: readonly RecordKey[]): Promise<CountedRecord[]> =>
  tx.query<CountedRecord & Record<string, unknown>>(
    `SELECT r.kind, r.id, r.told FROM unnest($2::text[], $3::uuid[]) AS k(kind, id)
       JOIN counted_record r ON r.generation = $1 AND r.kind = k.kind AND r.id = k.id`,
    [generation, keys.map(({ kind }) => kind), keys.map(({ id }) => id)],
    'insight-records',
  );

/** A record that is about a case or a review, and in the area of it. */
export interface PlacedRecord extends RecordKey {
  /** Of the case or the review. */
  readonly caseId: string;
}

export async function keepPlaced(tx: Tx, generation: number, records: readonly PlacedRecord[]): Promise<void> {
  await tx.execute(
    `INSERT INTO placed_record (generation, case_id, kind, id)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::uuid[]) ON CONFLICT DO NOTHING`,
    [
      ...[generation, records.map(({ caseId }) => caseId)],
      ...[records.map(({ kind }) => kind), records.map(({ id }) => id)],
    ],
    'insight-keep-placed',
  );
}

/** Records that are about these cases and reviews. */
export const placedIn = (tx: Tx, generation: number, caseIds: readonly string[]): Promise<PlacedRecord[]> =>
  tx.query<PlacedRecord & Record<string, unknown>>(
    'SELECT case_id AS "caseId", kind, id FROM placed_record WHERE generation = $1 AND case_id = ANY ($2)',
    [generation, caseIds],
    'insight-placed',
  );

export async function keepRecords(tx: Tx, generation: number, records: readonly CountedRecord[]): Promise<void> {
  await tx.execute(
    `INSERT INTO counted_record (generation, kind, id, told)
     SELECT $1, r.kind, r.id, r.told::jsonb FROM unnest($2::text[], $3::uuid[], $4::text[]) AS r(kind, id, told)
     ON CONFLICT (generation, kind, id) DO UPDATE SET told = EXCLUDED.told`,
    [
      ...[generation, records.map(({ kind }) => kind), records.map(({ id }) => id)],
      records.map(({ told }) => JSON.stringify(told)),
    ],
    'insight-keep-records',
  );
}

/** Adds changes to the numbers of a generation. A number that becomes nought is there no more. */
export async function addChanges(tx: Tx, generation: number, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const columns = [
    ...[changes.map((c) => c.measure), changes.map((c) => c.day), changes.map((c) => c.area)],
    ...[changes.map((c) => c.kind), changes.map((c) => c.agency), changes.map((c) => c.code)],
  ];
  await tx.execute(
    `INSERT INTO tally AS t (generation, measure, day, area, kind, agency, code, n)
     SELECT $1, * FROM unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
     ON CONFLICT (generation, measure, day, area, kind, agency, code) DO UPDATE SET n = t.n + EXCLUDED.n`,
    [generation, ...columns, changes.map((c) => c.by)],
    'insight-add',
  );
  if (changes.every(({ by }) => by > 0)) return;
  await tx.execute(
    `DELETE FROM tally t USING unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[]) AS c(measure, day, area, kind, agency, code)
      WHERE t.generation = $1 AND t.measure = c.measure AND t.day = c.day AND t.area = c.area AND t.kind = c.kind
        AND t.agency = c.agency AND t.code = c.code AND t.n = 0`,
    [generation, ...columns],
    'insight-clear',
  );
}
