import type { Tx } from '@concordat/messaging';
import type { AsbFigures } from '../asb-figures';
import type { ReviewRecord } from '../review';
import { COLUMNS, type ReviewStep } from '../reviews/reviews.repository';

/** Every review of these kinds that an organisation coordinates. */
export function reviewsOfKinds(tx: Tx, owner: string, kinds: readonly string[]): Promise<ReviewRecord[]> {
  return tx.query<ReviewRecord & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM review r WHERE r.owner_org = $1 AND r.kind_code = ANY ($2::text[]) ORDER BY r.reference`,
    [owner, kinds],
  );
}

/** Steps of these reviews, oldest first. */
export function stepsTaken(
  tx: Tx,
  ids: readonly string[],
): Promise<(Pick<ReviewStep, 'fromState' | 'toState'> & { reviewId: string; at: string })[]> {
  return tx.query(
    `SELECT review_id AS "reviewId", from_state AS "fromState", to_state AS "toState", to_json(at)#>>'{}' AS at
       FROM review_step WHERE review_id = ANY ($1::uuid[]) AND what = 'step' ORDER BY review_id, version`,
    [ids],
  );
}

/** Figures as they were published. */
export interface Published {
  readonly id: string;
  readonly ownerOrg: string;
  readonly from: string;
  readonly to: string;
  readonly edition: number;
  readonly figures: AsbFigures;
  readonly note: string | null;
  readonly publishedAt: string;
}

export async function publishedFigures(tx: Tx): Promise<Published[]> {
  return tx.query<Published & Record<string, unknown>>(
    `SELECT id, owner_org AS "ownerOrg", first_day::text AS "from", last_day::text AS "to", edition, figures, note,
            published_at AS "publishedAt"
       FROM published_figures ORDER BY last_day DESC, owner_org, edition DESC LIMIT 200`,
    [],
    'published-figures',
  );
}

export async function keepFigures(
  tx: Tx,
  p: Pick<Published, 'id' | 'ownerOrg' | 'from' | 'to' | 'figures' | 'note'>,
): Promise<number> {
  const rows = await tx.query<{ edition: number }>(
    `INSERT INTO published_figures (id, owner_org, first_day, last_day, edition, figures, note, by_id, published_at)
     SELECT $1, $2, $3::date, $4::date, coalesce(max(edition), 0) + 1, $5, $6, $7, $8 FROM published_figures
      WHERE owner_org = $2 AND first_day = $3::date AND last_day = $4::date RETURNING edition`,
    [p.id, p.ownerOrg, p.from, p.to, JSON.stringify(p.figures), p.note, tx.actor.id, tx.now],
  );
  return rows[0]!.edition;
}
