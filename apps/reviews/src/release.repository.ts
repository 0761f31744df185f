import type { Tx } from '@concordat/messaging';
import type { Scan } from '@concordat/platform';
import type { ProtectedPerson } from './identifiers';
import type { ReleaseFile } from './release';
import type { ReleaseScan } from './release-scan';

/** A protected person as the map keeps them: who chose the pseudonym, and why. */
export interface MappedPerson extends ProtectedPerson {
  readonly number: number;
  readonly chosenBy: string;
  readonly why: string;
}

/** The map of a review as it is in force. */
export function peopleOf(tx: Tx, reviewId: string): Promise<MappedPerson[]> {
  return tx.query<MappedPerson & Record<string, unknown>>(
    `SELECT DISTINCT ON (id) id, number, record->>'pseudonym' AS pseudonym, record->'identifiers' AS identifiers,
            record->>'chosenBy' AS "chosenBy", record->>'why' AS why
       FROM protected_person WHERE review_id = $1 ORDER BY id, number DESC`,
    [reviewId],
    'protected-people',
  );
}

export async function keepPerson(tx: Tx, reviewId: string, { id, number, ...record }: MappedPerson): Promise<void> {
  await tx.execute(
    'INSERT INTO protected_person (id, number, review_id, record, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, number, reviewId, JSON.stringify(record), tx.actor.id, tx.now],
    'keep-protected-person',
  );
}

/** A file that was uploaded and not looked through yet. */
export interface ReleaseUpload {
  readonly id: string;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly digest: string;
  readonly scan: Exclude<Scan, 'infected'>;
}

export async function keepUpload(tx: Tx, reviewId: string, u: ReleaseUpload, expiresAt: Date): Promise<void> {
  await tx.execute(
    `INSERT INTO release_upload (id, review_id, user_id, type, ending, size, digest, scan, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [u.id, reviewId, tx.actor.id, u.type, u.ending, u.size, u.digest, u.scan, expiresAt],
    'keep-release-upload',
  );
}

/** One’s own upload to a review, while it is there. */
export async function uploadOf(tx: Tx, reviewId: string, id: string): Promise<ReleaseUpload | undefined> {
  const rows = await tx.query<ReleaseUpload & Record<string, unknown>>(
    `SELECT id, type, ending, size, digest, scan FROM release_upload
      WHERE id = $1 AND review_id = $2 AND user_id = $3 AND expires_at > $4`,
    [id, reviewId, tx.actor.id, tx.now],
    'release-upload',
  );
  return rows[0];
}

export async function forgetUpload(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM release_upload WHERE id = $1', [id], 'forget-release-upload');
}

/** Keys of uploads of which nothing became. */
export async function forgetUploads(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'DELETE FROM release_upload WHERE expires_at <= $1 RETURNING id',
    [tx.now],
    'forget-release-uploads',
  );
  return rows.map(({ id }) => id);
}

/** The files of a review with what was found in each by its last scan, or one of them. */
export function filesOf(tx: Tx, reviewId: string, id: string | null = null): Promise<ReleaseFile[]> {
  return tx.query<ReleaseFile & Record<string, unknown>>(
    `SELECT f.id, f.artefact, f.name, f.type, f.ending, f.size, f.digest, f.by_id AS by, to_json(f.at)#>>'{}' AS at,
            (SELECT s.found FROM release_scan s WHERE s.file_id = f.id ORDER BY s.mapped DESC LIMIT 1) AS scan,
            coalesce((SELECT jsonb_agg(jsonb_build_object('key', c.key, 'reason', c.reason, 'by', c.by_id, 'at', c.at) ORDER BY c.at)
                        FROM release_clearing c WHERE c.file_id = f.id), '[]') AS clearings
       FROM release_file f WHERE f.review_id = $1 AND ($2::uuid IS NULL OR f.id = $2) ORDER BY f.at, f.id`,
    [reviewId, id],
    'release-files',
  );
}

export async function keepFile(
  tx: Tx,
  reviewId: string,
  u: ReleaseUpload,
  { artefact, name }: { artefact: string; name: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO release_file (id, review_id, artefact, name, type, ending, size, digest, malware, by_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [u.id, reviewId, artefact, name, u.type, u.ending, u.size, u.digest, u.scan, tx.actor.id, tx.now],
    'keep-release-file',
  );
}

export async function keepScan(tx: Tx, fileId: string, mapped: number, found: ReleaseScan): Promise<void> {
  await tx.execute(
    'INSERT INTO release_scan (file_id, mapped, found, at) VALUES ($1, $2, $3, $4)',
    [fileId, mapped, JSON.stringify(found), tx.now],
    'keep-release-scan',
  );
}

export async function keepClearing(tx: Tx, fileId: string, key: string, reason: string): Promise<void> {
  await tx.execute(
    'INSERT INTO release_clearing (file_id, key, reason, by_id, at) VALUES ($1, $2, $3, $4, $5)',
    [fileId, key, reason, tx.actor.id, tx.now],
    'keep-clearing',
  );
}

export async function keepVerdict(tx: Tx, fileId: string, mapped: number): Promise<void> {
  await tx.execute(
    'INSERT INTO release_verdict (file_id, mapped, by_id, at) VALUES ($1, $2, $3, $4)',
    [fileId, mapped, tx.actor.id, tx.now],
    'keep-verdict',
  );
}
