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

/** A change, or what was recorded first: of that only which agency it came from is known, and nothing was there before. */
export interface HistoryItem {
  readonly version: number;
  readonly what: Ended['what'] | 'recorded';
  readonly at: Date;
  readonly by: string | null;
  readonly orgId: string | null;
  readonly changes: readonly { readonly part: PersonPart; readonly from: unknown; readonly to: unknown }[];
}

/** The changes of a person, newest first: what each part was before and after, down to what was recorded first (AUD-4). */
export async function historyOf(tx: Tx, person: PersonRow): Promise<HistoryItem[]> {
  const ended = await tx.query<Ended>(
    `SELECT version, content, ended_by AS what, ended_at AS at, by_id AS by, org_id AS "orgId" FROM person_version
      WHERE person_id = $1 ORDER BY version DESC`,
    [person.id],
    'person-versions',
  );
  const looker = lookerAt(tx, person);
  let next = shownTo(looker, person.content);
  const changes = ended.map(({ content: whole, version, ...of }): HistoryItem => {
    const content = shownTo(looker, whole);
    const after = next;
    next = content;
    return { ...of, version: version + 1, changes: changesBetween(content, after) };
  });
  return [...changes, await recorded(tx, person.id, next)];
}

async function recorded(tx: Tx, id: string, first: PersonDetails): Promise<HistoryItem> {
  const [row] = await tx.query<{ at: Date }>('SELECT created_at AS at FROM person WHERE id = $1', [id], 'person-made');
  const orgId = first.name?.source?.orgId ?? null;
  return { version: 1, what: 'recorded', at: row!.at, by: null, orgId, changes: changesBetween({}, first) };
}

const changesBetween = (before: PersonDetails, after: PersonDetails): HistoryItem['changes'] =>
  differing(before, after).map((part) => ({ part, from: before[part] ?? null, to: after[part] ?? null }));

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
  /** Of one that was brought in from another system: from which, and who wrote it down there, when. */
  readonly broughtIn: { readonly source: string; readonly author?: string; readonly recordedOn?: string } | null;
}

/** How a person is related to others whom the caller may see too; those that last first. */
export function relationshipsOf(tx: Tx, id: string): Promise<RelationshipItem[]> {
  return tx.query<RelationshipItem & Record<string, unknown>>(
    `SELECT r.id, r.kind, CASE WHEN r.person_id = $1 THEN 'of' ELSE 'to' END AS direction,
            jsonb_build_object('id', o.id, 'name', (o.content->'name') - 'source') AS other,
            r.since, r.until, r.org_id AS "orgId", r.recorded_at AS "recordedAt", r.origin - 'said' - 'record' AS "broughtIn"
       FROM relationship r JOIN person o ON o.id = CASE WHEN r.person_id = $1 THEN r.other_id ELSE r.person_id END
      WHERE $1 IN (r.person_id, r.other_id) ORDER BY r.until IS NOT NULL, r.recorded_at DESC, r.id`,
    [id],
    'relationships-of-person',
  );
}
