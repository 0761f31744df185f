import type { AccessLevel } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { PersonDetails } from '../../person';

const HELD = (since: string, until: string): string => `${since} <= $2 AND (${until} IS NULL OR ${until} > $2)`;

export interface PersonThen extends PersonDetails {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Who was in a case at an instant, as what, and what was known of them then. Whoever was merged since stands apart. */
export async function peopleThen(tx: Tx, caseId: string, at: Date): Promise<PersonThen[]> {
  const rows = await tx.query<{ id: string; roles: string[]; content: PersonDetails }>(
    `SELECT p.id, c.roles, coalesce((SELECT v.content FROM person_version v WHERE v.person_id = p.id AND v.ended_at > $2
              ORDER BY v.version LIMIT 1), p.content) AS content
       FROM case_place c JOIN person p ON p.id = c.person_id
      WHERE c.case_id = $1 AND c.since <= $2 AND (c.until IS NULL OR c.until > $2) ORDER BY c.place`,
    [caseId, at],
    'people-then',
  );
  return rows.map((r) => ({ ...r.content, id: r.id, roles: r.roles }));
}

/** How two people were related, as it was known at an instant: `from` was the `kind` of `to`. */
export interface RelationshipThen {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly since: string | null;
  readonly orgId: string;
}

/** Relationships between people who were in a case at an instant, of which no end was known then. */
export const relationshipsThen = (tx: Tx, caseId: string, at: Date): Promise<RelationshipThen[]> =>
  tx.query<RelationshipThen & Record<string, unknown>>(
    `SELECT s.person_id AS "from", s.other_id AS "to", s.kind, s.since, s.org_id AS "orgId"
       FROM case_place a JOIN relationship_state s ON s.person_id = a.person_id
       JOIN case_place b ON b.person_id = s.other_id AND b.case_id = a.case_id
      WHERE a.case_id = $1 AND ${HELD('a.since', 'a.until')} AND ${HELD('b.since', 'b.until')}
        AND ${HELD('s.known_from', 's.known_until')} AND s.until IS NULL
      ORDER BY a.place, b.place, s.known_from, s.relationship_id`,
    [caseId, at],
    'relationships-then',
  );

/** What else of a case held at an instant. */
export interface CaseThen {
  readonly leadOrg: string | null;
  readonly owner: string | null;
  readonly participants: readonly { readonly orgId: string; readonly level: AccessLevel; readonly from: Date }[];
  readonly facts: readonly {
    readonly id: string;
    readonly kind: 'order' | 'step';
    readonly content: Readonly<Record<string, string>>;
    readonly orgId: string;
    readonly recordedAt: Date;
  }[];
  readonly flags: readonly string[];
  /** How many of each there were, withdrawn ones not counted. */
  readonly counts: { readonly chronology: number; readonly notes: number; readonly documents: number };
}

export async function caseThen(tx: Tx, caseId: string, at: Date): Promise<CaseThen> {
  const [row] = await tx.query<CaseThen & Record<string, unknown>>(
    `SELECT
       (SELECT org_id FROM participation WHERE case_id = $1 AND level = 'lead' AND ${HELD('since', 'until')}) AS "leadOrg",
       (SELECT owner_id FROM case_ownership WHERE case_id = $1 AND ${HELD('since', 'until')}) AS owner,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('orgId', org_id, 'level', level, 'from', since) ORDER BY since, org_id), '[]')
          FROM participation WHERE case_id = $1 AND ${HELD('since', 'until')}) AS participants,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'content', content, 'orgId', org_id, 'recordedAt', recorded_at)
                 ORDER BY recorded_at, id), '[]')
          FROM case_fact WHERE case_id = $1 AND ${HELD('recorded_at', 'ended_at')}) AS facts,
       (SELECT coalesce(jsonb_agg(flag ORDER BY since, flag), '[]') FROM case_flag WHERE case_id = $1 AND ${HELD('since', 'until')}) AS flags,
       jsonb_build_object(
         'chronology', (SELECT count(*) FROM chronology_entry WHERE case_id = $1 AND what <> 'withdrawn' AND ${HELD('recorded_at', 'superseded_at')}),
         'notes', (SELECT count(*) FROM case_note WHERE case_id = $1 AND at <= $2),
         'documents', (SELECT count(*) FROM document WHERE case_id = $1 AND recorded_at <= $2)) AS counts`,
    [caseId, at],
    'case-then',
  );
  return row!;
}
