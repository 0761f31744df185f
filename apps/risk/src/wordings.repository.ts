import type { Tx } from '@concordat/messaging';
import type { Wording } from './wording';

const COLUMNS = `id, org_id AS "orgId", instrument, instrument_hash AS hash, version, title, attribution, texts,
  loaded_by AS "loadedBy", loaded_at AS "loadedAt", removed_at AS "removedAt"`;
type Row = Wording & Record<string, unknown>;

/** A wording of the caller's own agency; null for any other, and for none. */
export async function wordingById(tx: Tx, id: string): Promise<Wording | null> {
  const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM wording WHERE id = $1`, [id], 'wording');
  return row ?? null;
}

/** Every version of an instrument's wording of the caller's agency, the newest first. */
export const wordingsOf = (tx: Tx, instrument: string): Promise<Wording[]> =>
  tx.query<Row>(
    `SELECT ${COLUMNS} FROM wording WHERE org_id = acting_org() AND instrument = $1 ORDER BY version DESC LIMIT 200`,
    [instrument],
    'wordings-of-instrument',
  );

/** The newest version of each instrument that the caller's agency has worded, removed or not; of one instrument where it is named. */
export const newestWordings = (tx: Tx, instrument: string | null = null): Promise<Wording[]> =>
  tx.query<Row>(
    `SELECT DISTINCT ON (instrument) ${COLUMNS} FROM wording
      WHERE org_id = acting_org() AND ($1::text IS NULL OR instrument = $1) ORDER BY instrument, version DESC`,
    [instrument],
    'newest-wordings',
  );

/** What an assessment that the caller begins is asked in: the newest of their agency's, if it is of this text and was not removed. */
export async function wordingInForce(tx: Tx, instrument: string, hash: string): Promise<Wording | null> {
  const [newest] = await newestWordings(tx, instrument);
  return newest && newest.hash === hash && newest.removedAt === null ? newest : null;
}

/** Holds back others of the agency who load or remove wording of an instrument until the end of this unit. */
export async function oneWordingAtATime(tx: Tx, instrument: string): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('wording ' || acting_org()::text || ' ' || $1, 0))`,
    [instrument],
    'one-wording-at-a-time',
  );
}

export async function insertWording(tx: Tx, w: Wording): Promise<void> {
  await tx.execute(
    `INSERT INTO wording (id, org_id, instrument, instrument_hash, version, title, attribution, texts, loaded_by, loaded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[w.id, w.orgId, w.instrument, w.hash, w.version, w.title, w.attribution],
      ...[JSON.stringify(w.texts), w.loadedBy, w.loadedAt],
    ],
    'insert-wording',
  );
}

export async function markRemoved(tx: Tx, id: string): Promise<void> {
  const sql = 'UPDATE wording SET removed_by = acting_user(), removed_at = $2 WHERE id = $1';
  await tx.execute(sql, [id, tx.now], 'remove-wording');
}
