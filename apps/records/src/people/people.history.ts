import type { PersonPart } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { shownTo } from '../confidential';
import { lookerAt, type PersonRow } from '../people.repository';
import { differing, type Name, type PersonDetails } from '../person';

interface Ended {
  readonly version: number;
  readonly content: PersonDetails;
  readonly what: 'corrected' | 'merged' | 'separated';
  readonly at: Date;
  readonly by: string;
  readonly orgId: string;
}

export interface HistoryItem extends Omit<Ended, 'content'> {
  readonly changes: readonly { readonly part: PersonPart; readonly from: unknown; readonly to: unknown }[];
}

/** The changes of a person, newest first: what each part was before and after. */
export async function historyOf(tx: Tx, person: PersonRow): Promise<HistoryItem[]> {
  const ended = await tx.query<Ended>(
    `SELECT version, content, ended_by AS what, ended_at AS at, by_id AS by, org_id AS "orgId" FROM person_version
      WHERE person_id = $1 ORDER BY version DESC`,
    [person.id],
    'person-versions',
  );
  const looker = lookerAt(tx, person);
  let next = shownTo(looker, person.content);
  return ended.map(({ content: whole, version, ...of }) => {
    const content = shownTo(looker, whole);
    const after = next;
    next = content;
    const changes = differing(content, after).map((part) => ({
      part,
      from: content[part] ?? null,
      to: after[part] ?? null,
    }));
    return { ...of, version: version + 1, changes };
  });
}

export interface RelationshipItem {
  readonly id: string;
  /** What the person is to the other, when `direction` is `of`; what the other is to the person, when it is `to`. */
  readonly kind: string;
  readonly direction: 'of' | 'to';
  readonly other: { readonly id: string; readonly name: Name | null };
  readonly since: string | null;
  readonly until: string | null;
  readonly orgId: string;
  readonly recordedAt: Date;
}

/** How a person is related to others whom the caller may see too; those that last first. */
export function relationshipsOf(tx: Tx, id: string): Promise<RelationshipItem[]> {
  return tx.query<RelationshipItem & Record<string, unknown>>(
    `SELECT r.id, r.kind, CASE WHEN r.person_id = $1 THEN 'of' ELSE 'to' END AS direction,
            jsonb_build_object('id', o.id, 'name', (o.content->'name') - 'source') AS other,
            r.since, r.until, r.org_id AS "orgId", r.recorded_at AS "recordedAt"
       FROM relationship r JOIN person o ON o.id = CASE WHEN r.person_id = $1 THEN r.other_id ELSE r.person_id END
      WHERE $1 IN (r.person_id, r.other_id) ORDER BY r.until IS NOT NULL, r.recorded_at DESC, r.id`,
    [id],
    'relationships-of-person',
  );
}
