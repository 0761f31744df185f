import type { Tx } from '@concordat/messaging';
import { keptOf, type Findable } from './terms';

/** Asks the database, in whatever transaction: a unit of work's, a migration's. */
type Ask = <R extends Record<string, unknown>>(sql: string, params: unknown[], name: string) => Promise<R[]>;
const asking =
  (tx: Tx): Ask =>
  (sql, params, name) =>
    tx.query(sql, params, name);

const PAGE = 1_000;

/** One at a time: two that read the same person before and after a change could write in the other order. */
export async function holdIndex(tx: Tx): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('records.search'))", [], 'hold-search-index');
}

/** Makes these people, and everybody in these cases, findable as they are now; records that stand aside lead to who they became. */
export async function indexPeople(tx: Tx, people: readonly string[], cases: readonly string[]): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    'SELECT DISTINCT standing_for(p) AS id FROM unnest($1::uuid[]) p UNION SELECT person_id FROM case_person WHERE case_id = ANY ($2)',
    [people, cases],
    'people-to-index',
  );
  const ids = rows.map((r) => r.id);
  if (ids.length === 0) return;
  await writePeople(asking(tx), ids);
  await tx.execute(
    'DELETE FROM search_person s USING person p WHERE s.person_id = ANY ($1) AND p.id = s.person_id AND p.merged_into IS NOT NULL',
    [people],
    'unindex-merged-people',
  );
}

async function writePeople(ask: Ask, ids: readonly string[]): Promise<void> {
  const found = await ask<Findable & Record<string, unknown>>(FINDABLE, [ids], 'findable-people');
  if (found.length === 0) return;
  const rows = found.map((person) => ({ id: person.id, terms: keptOf(person) }));
  await ask(PEOPLE, [JSON.stringify(rows)], 'index-findable-people');
}

/**
 * From a person to their cases and on to who takes part, in this order (OFFSET 0 keeps it): by what a young database knows of
 * itself, reading every participation for each person looked cheaper.
 */
const FINDABLE = `
  SELECT p.id, p.content, (
           WITH RECURSIVE aside AS (
             SELECT m.id, m.content FROM person m WHERE m.merged_into = p.id
             UNION ALL SELECT m.id, m.content FROM aside a JOIN person m ON m.merged_into = a.id)
           SELECT coalesce(jsonb_agg(a.content), '[]') FROM aside a) AS aside,
         ARRAY(SELECT DISTINCT q.org_id::text FROM (SELECT c.case_id FROM case_person c WHERE c.person_id = p.id OFFSET 0) c,
                LATERAL (SELECT org_id FROM participation WHERE case_id = c.case_id AND until IS NULL AND level <> 'preview' OFFSET 0) q) AS orgs,
         ARRAY(SELECT DISTINCT f.lead_org::text FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id) AS leads
    FROM person p WHERE p.id = ANY ($1::uuid[]) AND p.merged_into IS NULL`;

const PEOPLE = `
  INSERT INTO search_person (person_id, terms)
  SELECT (v->>'id')::uuid, array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(v->'terms'))) FROM jsonb_array_elements($1::jsonb) v
  ON CONFLICT (person_id) DO UPDATE SET terms = EXCLUDED.terms`;

/** Makes these entries, notes and documents, and all of these cases, findable as they are now; what was withdrawn is not. */
export async function indexTexts(tx: Tx, ids: readonly string[], cases: readonly string[]): Promise<void> {
  await tx.execute(
    `DELETE FROM search_text s USING chronology_entry e
      WHERE e.id = s.id AND e.superseded_at IS NULL AND e.what = 'withdrawn' AND (s.id = ANY ($1) OR s.case_id = ANY ($2))`,
    [ids, cases],
    'unindex-withdrawn',
  );
  await tx.execute(
    TEXTS((id) => `(${id} = ANY ($1) OR t.case_id = ANY ($2))`),
    [ids, cases],
    'index-texts',
  );
}

/** The same for those that a condition names. `chronology_entry.words` is the English of what an entry says. */
export const TEXTS = (which: (id: string) => string): string => `
  INSERT INTO search_text (id, kind, case_id, at, terms)
  SELECT x.id, x.kind, x.case_id, x.at, x.words || array_to_tsvector(ARRAY(
           SELECT DISTINCT 'a:' || p.org_id FROM participation p WHERE p.case_id = x.case_id AND p.until IS NULL AND p.level <> 'preview'))
    FROM (SELECT t.id, 'entry' AS kind, t.case_id, t.recorded_at AS at, t.words FROM chronology_entry t
           WHERE t.superseded_at IS NULL AND t.what <> 'withdrawn' AND ${which('t.id')}
           UNION ALL SELECT t.id, 'note', t.case_id, t.at, to_tsvector('english', t.text) FROM case_note t WHERE ${which('t.id')}
           UNION ALL SELECT t.id, 'document', t.case_id, t.recorded_at, to_tsvector('english', concat_ws(' ', t.title, t.note))
             FROM document t WHERE ${which('t.id')}) x
  ON CONFLICT (id) DO UPDATE SET at = EXCLUDED.at, terms = EXCLUDED.terms`;

/** Makes everything findable that there is: for a database from before there was an index, and for one that was filled in bulk. */
export async function indexEverything(ask: Ask): Promise<void> {
  await ask(
    TEXTS(() => 'true'),
    [],
    'index-all-texts',
  );
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await ask<{ id: string }>(
      'SELECT id FROM person WHERE id > $1 AND merged_into IS NULL ORDER BY id LIMIT $2',
      [after, PAGE],
      'people-after',
    );
    const last = rows.at(-1);
    if (!last) return;
    await writePeople(
      ask,
      rows.map((r) => r.id),
    );
    after = last.id;
  }
}
