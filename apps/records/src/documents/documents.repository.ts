import type { Tx } from '@concordat/messaging';
import type { Scan } from '@concordat/platform';

/** A file that was uploaded and belongs to no document yet. */
export interface Upload {
  readonly id: string;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly digest: string;
  readonly scan: Scan;
}
export interface DocumentVersion extends Omit<Upload, 'id'> {
  readonly version: number;
  readonly key: string;
  readonly reason: string | null;
  readonly by: string;
  readonly at: Date;
}
export interface DocumentRow {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly note: string | null;
  readonly sensitive: boolean;
  readonly redactionOf: string | null;
  readonly orgId: string;
  readonly by: string;
  readonly recordedAt: Date;
  readonly versions: readonly DocumentVersion[];
}

export async function keepUpload(tx: Tx, caseId: string, upload: Upload, expiresAt: Date): Promise<void> {
  await tx.execute(
    `INSERT INTO document_upload (id, case_id, user_id, type, ending, size, digest, scan, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [upload.id, caseId, tx.actor.id, upload.type, upload.ending, upload.size, upload.digest, upload.scan, expiresAt],
    'keep-upload',
  );
}

/** Takes the caller's own upload for a document: it can be taken once. */
export async function takeUpload(tx: Tx, caseId: string, id: string): Promise<Upload | undefined> {
  const [row] = await tx.query<Upload & Record<string, unknown>>(
    `DELETE FROM document_upload WHERE id = $1 AND case_id = $2 AND user_id = $3 AND expires_at > $4
     RETURNING id, type, ending, size, digest, scan`,
    [id, caseId, tx.actor.id, tx.now],
    'take-upload',
  );
  return row;
}

/** Forgets uploads of which nothing became. Answers with their keys. */
export async function forgetUploads(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'DELETE FROM document_upload WHERE expires_at <= clock_timestamp() RETURNING id',
    [],
    'forget-uploads',
  );
  return rows.map((r) => r.id);
}

/** Keys of files that the object store is to remove, the longest waiting first. */
export async function filesToRemove(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    'SELECT key FROM object_to_remove ORDER BY since LIMIT 100',
    [],
    'files-to-remove',
  );
  return rows.map((r) => r.key);
}

export async function noteRemoved(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx.execute('DELETE FROM object_to_remove WHERE key = ANY ($1::uuid[])', [keys], 'note-removed');
}

/** Documents of a case with their versions, the newest first; one of them when its id is given. */
export const documentsOf = (tx: Tx, caseId: string, id: string | null = null): Promise<DocumentRow[]> =>
  tx.query<DocumentRow & Record<string, unknown>>(
    `SELECT d.id, d.title, d.note, d.sensitive, d.redaction_of AS "redactionOf", d.org_id AS "orgId", d.by_id AS by, d.recorded_at AS "recordedAt",
            max(v.version) AS version, jsonb_agg(jsonb_build_object('version', v.version, 'key', v.key, 'type', v.type, 'ending', v.ending,
              'size', v.size, 'digest', v.digest, 'scan', v.scan, 'reason', v.reason, 'by', v.by_id, 'at', v.at) ORDER BY v.version DESC) AS versions
       FROM document d JOIN document_version v ON v.document_id = d.id
      WHERE d.case_id = $1 AND ($2::uuid IS NULL OR d.id = $2) GROUP BY d.id ORDER BY d.recorded_at DESC, d.id LIMIT 500`,
    [caseId, id],
    'documents-of-case',
  );

export async function keepDocument(
  tx: Tx,
  caseId: string,
  d: { id: string; title: string; note: string | null; sensitive: boolean; redactionOf: string | null },
): Promise<void> {
  await tx.execute(
    `INSERT INTO document (id, case_id, title, note, sensitive, redaction_of, org_id, by_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [d.id, caseId, d.title, d.note, d.sensitive, d.redactionOf, tx.actor.orgId, tx.actor.id, tx.now],
    'keep-document',
  );
}

export async function keepDocumentVersion(
  tx: Tx,
  caseId: string,
  documentId: string,
  version: number,
  upload: Upload,
  reason: string | null,
): Promise<void> {
  await tx.execute(
    `INSERT INTO document_version (document_id, version, case_id, key, type, ending, size, digest, scan, reason, by_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[documentId, version, caseId, upload.id, upload.type, upload.ending, upload.size, upload.digest, upload.scan],
      ...[reason, tx.actor.id, tx.now],
    ],
    'keep-document-version',
  );
}
