import type { Tx } from '@concordat/messaging';

export interface PublishedFile {
  readonly number: number;
  readonly fileId: string;
  readonly mapped: number;
  readonly artefact: string;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly digest: string;
}
export interface Publication {
  readonly id: string;
  readonly reviewId: string;
  readonly edition: number;
  readonly ownerOrg: string;
  readonly label: string;
  readonly title: string;
  readonly learning: string;
  /** Whether nothing is held back. */
  readonly whole: boolean;
  readonly publishedAt: string;
  readonly files: readonly PublishedFile[];
}

/** Of each review the last edition, the newest first: of every review, or of these alone. */
export function publications(tx: Tx, reviews: readonly string[] | null = null): Promise<Publication[]> {
  return tx.query<Publication & Record<string, unknown>>(
    `SELECT * FROM (
       SELECT DISTINCT ON (p.review_id) p.id, p.review_id AS "reviewId", p.edition, p.owner_org AS "ownerOrg", p.label, p.title,
              p.learning, p.whole, to_json(p.published_at)#>>'{}' AS "publishedAt",
              coalesce((SELECT jsonb_agg(jsonb_build_object('number', f.number, 'fileId', f.file_id, 'mapped', f.mapped,
                 'artefact', f.artefact, 'type', f.type, 'ending', f.ending, 'size', f.size, 'digest', f.digest) ORDER BY f.number)
                 FROM publication_file f WHERE f.publication_id = p.id), '[]') AS files
         FROM publication p WHERE $1::uuid[] IS NULL OR p.review_id = ANY ($1::uuid[]) ORDER BY p.review_id, p.edition DESC) last
      ORDER BY "publishedAt" DESC, id`,
    [reviews],
    'publications',
  );
}

export async function keepPublication(
  tx: Tx,
  p: Omit<Publication, 'edition' | 'publishedAt' | 'files'>,
  files: readonly Omit<PublishedFile, 'number'>[],
): Promise<number> {
  const rows = await tx.query<{ edition: number }>(
    `INSERT INTO publication (id, review_id, edition, owner_org, label, title, learning, whole, by_id, published_at)
     SELECT $1, $2, coalesce(max(edition), 0) + 1, $3, $4, $5, $6, $7, $8, $9 FROM publication WHERE review_id = $2 RETURNING edition`,
    [p.id, p.reviewId, p.ownerOrg, p.label, p.title, p.learning, p.whole, tx.actor.id, tx.now],
    'keep-publication',
  );
  for (const [i, f] of files.entries())
    await tx.execute(
      `INSERT INTO publication_file (publication_id, number, file_id, mapped, artefact, type, ending, size, digest)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [p.id, i + 1, f.fileId, f.mapped, f.artefact, f.type, f.ending, f.size, f.digest],
      'keep-publication-file',
    );
  return rows[0]!.edition;
}
