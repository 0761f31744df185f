import type { AccessLevel } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ChronologyContent } from '../chronology';
import type { Looked } from '../looks';
import type { Name, PersonDetails } from '../person';

/** Somebody who may be meant, with what decides whether they are. */
export interface Meant {
  readonly id: string;
  readonly content: PersonDetails;
  readonly aside: readonly PersonDetails[];
  /** Whether the caller's agency leads a case of theirs. */
  readonly leads: boolean;
}

/** People whom a query of the index finds, among those whom the caller may see; at most so many. */
export const peopleFound = (tx: Tx, query: string, atMost: number): Promise<Meant[]> =>
  tx.query<Meant & Record<string, unknown>>(
    'SELECT id, content, aside, leads FROM people_found($1::text::tsquery, $2)',
    [query, atMost],
    'people-found',
  );

/** A case as a hit shows it; of one that the caller's agency was only offered, no name. */
export interface CaseShown {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly status: string;
  readonly subjectName: string;
  readonly leadOrg: string;
  readonly level: AccessLevel;
  readonly qualified: boolean;
}

const OPEN = 'c.id <> ALL ((SELECT hidden_cases(true))::uuid[])';
const MINE = "mine.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND mine.until IS NULL";

export async function caseCalled(tx: Tx, reference: string): Promise<CaseShown | undefined> {
  const [row] = await tx.query<CaseShown & Record<string, unknown>>(
    `SELECT c.id, c.version, c.reference, c.status, c.lead_org AS "leadOrg", mine.level, c.id = ANY ((SELECT hidden_cases(false))::uuid[]) AS qualified,
            CASE WHEN mine.level = 'preview' THEN 'Not shown' ELSE c.subject_name END AS "subjectName"
       FROM case_file c JOIN participation mine ON mine.case_id = c.id AND ${MINE} WHERE c.reference = $1 AND ${OPEN}`,
    [reference],
    'case-called',
  );
  return row;
}

const ELSEWHERE = 'o.called = $1';

/** Cases that are called so in a system that they were brought in from, as far as the caller sees what is in them; a few at most. */
export const casesElsewhere = (tx: Tx, called: string): Promise<CaseShown[]> =>
  tx.query<CaseShown & Record<string, unknown>>(
    `SELECT c.id, c.version, c.reference, c.status, c.lead_org AS "leadOrg", mine.level, c.subject_name AS "subjectName",
            c.id = ANY ((SELECT hidden_cases(false))::uuid[]) AS qualified
       FROM case_origin o JOIN case_file c ON c.id = o.case_id
       JOIN participation mine ON mine.case_id = c.id AND ${MINE} AND mine.level <> 'preview' WHERE ${ELSEWHERE} AND ${OPEN} ORDER BY c.id LIMIT 20`,
    [called],
    'cases-elsewhere',
  );

/** The same of people: the records that stand for them now. */
export async function peopleElsewhere(tx: Tx, called: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT standing_for(o.person_id) AS id FROM person_origin o JOIN case_file c ON c.id = o.case_id
       JOIN participation mine ON mine.case_id = c.id AND ${MINE} AND mine.level <> 'preview' WHERE ${ELSEWHERE} AND ${OPEN} LIMIT 20`,
    [called],
    'people-elsewhere',
  );
  return rows.map((r) => r.id);
}

/** What a hit shows of a person. */
export interface PersonShown {
  readonly id: string;
  readonly version: number;
  readonly name: Name | null;
  readonly datesOfBirth: PersonDetails['datesOfBirth'] | null;
  readonly cases: readonly {
    readonly id: string;
    readonly reference: string;
    readonly roles: readonly string[];
    readonly qualified: boolean;
  }[];
}

export const peopleShown = (tx: Tx, ids: readonly string[]): Promise<PersonShown[]> =>
  tx.query<PersonShown & Record<string, unknown>>(
    `SELECT p.id, p.version, (p.content->'name') - 'source' AS name, p.content->'datesOfBirth' AS "datesOfBirth",
            jsonb_agg(jsonb_build_object('id', c.id, 'reference', c.reference, 'roles', cp.roles,
              'qualified', c.id = ANY ((SELECT hidden_cases(false))::uuid[])) ORDER BY c.opened_at DESC) AS cases
       FROM person p JOIN case_person cp ON cp.person_id = p.id JOIN case_file c ON c.id = cp.case_id
       JOIN participation mine ON mine.case_id = c.id AND ${MINE} AND mine.level <> 'preview' AND ${OPEN}
      WHERE p.id = ANY ($1::uuid[]) GROUP BY p.id`,
    [ids],
    'people-shown',
  );

/** Something that was written in a case: where, and when by the clock of the database, to the microsecond. */
export interface Written {
  readonly id: string;
  readonly kind: 'entry' | 'note' | 'document';
  readonly caseId: string;
  readonly at: string;
}

export const textsFound = (
  tx: Tx,
  text: string,
  {
    after,
    atMost,
    refused,
  }: {
    readonly after: { readonly at: string; readonly id: string } | null;
    readonly atMost: number;
    /** Cases of which nothing is found but what the caller's agency wrote. */
    readonly refused: readonly string[];
  },
): Promise<Written[]> =>
  tx.query<Written & Record<string, unknown>>(
    `SELECT id, kind, case_id AS "caseId", at::text AS at FROM texts_found(websearch_to_tsquery('english', $1), $2, $3, $4, $5::uuid[])
      ORDER BY texts_found.at DESC, id DESC`,
    [text, after?.at ?? null, after?.id ?? null, atMost, refused],
    'texts-found',
  );

/** Of these cases, those that the caller's agency was let into under an agreement and does not lead: a look at them is decided. */
export const casesUnderAgreements = (tx: Tx, ids: readonly string[]): Promise<Looked[]> =>
  tx.query<Looked & Record<string, unknown>>(
    `SELECT c.id, c.lead_org AS "leadOrg", mine.level, 'part' AS ground, mine.sharing
       FROM case_file c JOIN participation mine ON mine.case_id = c.id AND ${MINE}
      WHERE c.id = ANY ($1::uuid[]) AND mine.sharing IS NOT NULL AND mine.level <> 'lead'`,
    [ids],
    'cases-under-agreements',
  );

/** Whether there is a word in a text that is not in everything, such as "the" is. */
export async function hasTellingWords(tx: Tx, text: string): Promise<boolean> {
  const [row] = await tx.query<{ n: number }>(
    "SELECT numnode(websearch_to_tsquery('english', $1)) AS n",
    [text],
    'telling-words',
  );
  return (row?.n ?? 0) > 0;
}

/** What a hit shows of something that was written, as it stands now. */
export interface TextShown {
  readonly id: string;
  readonly kind: Written['kind'];
  readonly version: number;
  readonly caseId: string;
  readonly reference: string;
  readonly subjectName: string;
  readonly orgId: string;
  readonly by: string;
  readonly at: Date;
  /** When it happened, of an entry of a chronology. */
  readonly starts: ChronologyContent['starts'] | null;
  readonly title: string | null;
  readonly sensitive: boolean;
  readonly qualified: boolean;
  /** The part in which the words are, each of them between two marks. */
  readonly excerpt: string;
}

/** Two characters that Unicode leaves to whoever uses them. */
export const MARKS = { from: '\uE000', to: '\uE001' } as const;
const SHOWN = `'StartSel=${MARKS.from}, StopSel=${MARKS.to}, MaxWords=30, MinWords=12, MaxFragments=1'`;

/**
 * What was written, read by whoever reads the case, as chronologies, notes and documents are. The words are asked for again:
 * of what was corrected or withdrawn since the index was made, nothing is told.
 */
export const textsShown = (tx: Tx, ids: readonly string[], text: string): Promise<TextShown[]> =>
  tx.query<TextShown & Record<string, unknown>>(
    `SELECT x.id, x.kind, x.version, x."caseId", x."orgId", x.by, x.at, x.starts, x.title, x.sensitive, c.reference, c.subject_name AS "subjectName", c.id = ANY ((SELECT hidden_cases(false))::uuid[]) AS qualified,
            ts_headline('english', translate(x.body, '${MARKS.from}${MARKS.to}', ''), q, ${SHOWN}) AS excerpt
       FROM websearch_to_tsquery('english', $2) q, LATERAL (
         SELECT e.id, 'entry' AS kind, e.version, e.case_id AS "caseId", e.org_id AS "orgId", e.by_id AS by, e.recorded_at AS at,
                e.content->>'starts' AS starts, NULL AS title, coalesce((e.content->>'sensitive')::boolean, false) AS sensitive,
                concat_ws(E'\\n', e.content->>'fact', e.content->>'comment', e.content->>'sourceRef') AS body
           FROM chronology_entry e
          WHERE e.id = ANY ($1::uuid[]) AND e.superseded_at IS NULL AND e.what <> 'withdrawn' AND e.words @@ q
         UNION ALL
         SELECT n.id, 'note', 1, n.case_id, n.org_id, n.by_id, n.at, NULL, NULL, false, n.text FROM case_note n
          WHERE n.id = ANY ($1::uuid[]) AND to_tsvector('english', n.text) @@ q
         UNION ALL
         SELECT d.id, 'document', (SELECT max(v.version) FROM document_version v WHERE v.document_id = d.id), d.case_id, d.org_id, d.by_id,
                d.recorded_at, NULL, d.title, d.sensitive, concat_ws(E'\\n', d.title, d.note)
           FROM document d WHERE d.id = ANY ($1::uuid[]) AND to_tsvector('english', concat_ws(' ', d.title, d.note)) @@ q) x
       JOIN case_file c ON c.id = x."caseId"`,
    [ids, text],
    'texts-shown',
  );

/** Everybody in these cases: whose data is touched by what is read of them. */
export async function peopleInCases(tx: Tx, cases: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT DISTINCT person_id AS id FROM case_person WHERE case_id = ANY ($1::uuid[])',
    [cases],
    'people-in-cases',
  );
  return rows.map((r) => r.id);
}
