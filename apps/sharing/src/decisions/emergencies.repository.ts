import type { QuestionState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page, type Sorting } from '@concordat/platform';
import type { Emergency } from '../emergency';
import type { ListEmergenciesDto } from './emergencies.dto';

export interface ListedEmergency extends Pick<Emergency, 'reviewBy' | 'authoriser' | 'authorised'> {
  /** The question that its review is. */
  readonly id: string;
  readonly state: QuestionState;
  readonly decisionId: string;
  readonly askedBy: string;
  readonly askedOrg: string;
  readonly askedAt: Date;
  readonly recipients: readonly string[];
  /** Why, as the law table codes it. */
  readonly why: string | null;
  /** Whether its review is late. */
  readonly overdue: boolean;
}

const NEWEST: Sorting = {
  name: '-shared',
  keys: [
    { sql: 'q.asked_at', type: 'timestamptz' },
    { sql: 'q.id', type: 'uuid' },
  ],
  descending: true,
};

/** What was shared in an emergency, the newest first: of whom is the database's policy. */
export async function emergenciesIn(
  tx: Tx,
  { state, limit = 25, cursor }: ListEmergenciesDto,
): Promise<Page<ListedEmergency>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<ListedEmergency & { keys: string[] }>(
    `SELECT q.id, q.state, q.decision_id AS "decisionId", q.asked_by AS "askedBy", q.asked_org AS "askedOrg", q.asked_at AS "askedAt",
            q.review_by AS "reviewBy", q.authoriser, q.authorised, d.recipients, d.request #>> '{breakGlass,reason}' AS why,
            q.state = 'open' AND coalesce(q.review_by < $2, false) AS overdue, ${paging.keys()}
       FROM question q JOIN decision d ON d.id = q.decision_id
      WHERE q.emergency AND ($1::text IS NULL OR (q.state = 'open') = ($1 = 'to-review')) AND ${paging.where(3)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [state ?? null, tx.now, ...paging.params],
  );
  return paging.page(rows);
}
