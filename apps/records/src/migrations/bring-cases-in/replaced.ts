/** A day as a moment of it: at noon it is that day in London and in UTC. */
const noonOf = (day: string): string => `(${day} + time '12:00') AT TIME ZONE 'Europe/London'`;
/** What a timeline tells of bringing in, and of records of one person: it is no work with anybody. */
const BROUGHT = `'{case-brought-in,person-brought-in,people-merged,merge-undone}'::text[]`;

/** Functions of before, as they were, but for cases that no referral opened. */
export const REPLACED = `
-- What a restriction closes: of a case without a referral, no referral.
CREATE OR REPLACE FUNCTION records_under(asked uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH RECURSIVE people(id) AS (
    SELECT applies_to FROM restriction WHERE id = asked AND applies_to IS NOT NULL
    UNION SELECT person_id FROM restriction WHERE id = asked AND person_id IS NOT NULL
    UNION SELECT p.id FROM people a JOIN person p ON p.merged_into = a.id),
  cases(id) AS (
    SELECT case_id FROM restriction WHERE id = asked AND case_id IS NOT NULL
    UNION SELECT c.case_id FROM case_person c JOIN restriction r ON r.applies_to = c.person_id WHERE r.id = asked)
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM people UNION SELECT id FROM cases
    UNION SELECT f.referral_id FROM case_file f JOIN cases c ON c.id = f.id WHERE f.referral_id IS NOT NULL
    -- People who are in no case but restricted ones.
    UNION SELECT p.person_id FROM case_person p JOIN cases c ON c.id = p.case_id WHERE NOT EXISTS (
      SELECT 1 FROM case_person o WHERE o.person_id = p.person_id AND o.case_id <> p.case_id
         AND NOT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = o.case_id))) closed
$$;

-- Keeping is counted from the days that the file names, and from what was done here since: bringing a case in is no involvement.
CREATE OR REPLACE FUNCTION keeping_facts(asked uuid[]) RETURNS TABLE (case_id uuid, reference text, kind text, area_id uuid, lead_org uuid,
  opened_at timestamptz, last_involvement timestamptz, people jsonb) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT f.id, f.reference, f.kind, f.area_id, f.lead_org, coalesce(${noonOf('b.opened')}, f.opened_at),
         greatest(coalesce(${noonOf('b.latest')}, f.opened_at),
           (SELECT max(t.at) FROM timeline t WHERE t.case_id = f.id AND (b.case_id IS NULL OR t.what <> ALL (${BROUGHT}))),
           (SELECT max(n.at) FROM case_note n WHERE n.case_id = f.id),
           (SELECT max(CASE WHEN b.case_id IS NOT NULL AND e.version = 1 AND e.content ? 'original'
                     THEN least(e.recorded_at, ${noonOf("greatest(e.latest, (e.content #>> '{original,recordedOn}')::date)")}) ELSE e.recorded_at END)
              FROM chronology_entry e WHERE e.case_id = f.id),
           (SELECT max(v.at) FROM document_version v WHERE v.case_id = f.id),
           (SELECT max(c.recorded_at) FROM case_fact c WHERE c.case_id = f.id)),
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'roles', to_jsonb(c.roles), 'datesOfBirth', p.content->'datesOfBirth',
                   'ageYears', p.content->'ageYears', 'deceased', p.content->'deceased') ORDER BY c.place), '[]')
            FROM case_person c JOIN person p ON p.id = c.person_id WHERE c.case_id = f.id)
    FROM case_file f LEFT JOIN case_origin b ON b.case_id = f.id WHERE f.id = ANY (asked) AND (current_setting('concordat.scope', true) = 'system' OR (acting_by('information-governance-lead')
     AND (cardinality(acting_areas()) = 0 OR f.area_id = ANY (acting_areas()))))
$$;

-- What is held about somebody: with where it was brought in from, and what it is called there.
CREATE OR REPLACE FUNCTION held_about(asked uuid) RETURNS TABLE (kind text, ref text, at timestamptz, title text, content jsonb, others boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH asked_for AS (SELECT a.id FROM people_to_answer(NULL, NULL, asked) a),
  places AS (SELECT c.case_id, c.roles, f.reference, f.kind, f.opened_at
               FROM asked_for a JOIN case_person c ON c.person_id = a.id JOIN case_file f ON f.id = c.case_id)
  SELECT 'details', p.id::text, p.created_at, 'What is known of them', p.content, false FROM asked_for a JOIN person p ON p.id = a.id
  UNION ALL
  SELECT 'earlier-details', v.person_id || '/' || v.version, v.ended_at, 'What was known of them before', v.content, v.ended_by <> 'corrected'
    FROM asked_for a JOIN person_version v ON v.person_id = a.id
  UNION ALL
  SELECT 'relationship', r.id::text, r.recorded_at, 'A relationship',
         jsonb_build_object('kind', r.kind, 'other', o.content->'name', 'since', r.since, 'until', r.until), true
    FROM asked_for a JOIN relationship r ON a.id IN (r.person_id, r.other_id)
    JOIN person o ON o.id = CASE WHEN r.person_id = a.id THEN r.other_id ELSE r.person_id END
  UNION ALL
  SELECT 'case', p.case_id::text, p.opened_at, 'Case ' || p.reference,
         jsonb_build_object('reference', p.reference, 'kind', p.kind, 'opened', p.opened_at, 'roles', to_jsonb(p.roles)) || coalesce(
           (SELECT jsonb_build_object('brought in from', o.source, 'reference there', o.record, 'as it was there', o.said) FROM case_origin o
             WHERE o.case_id = p.case_id), '{}') || coalesce(
           (SELECT jsonb_build_object('their references there', jsonb_agg(o.source || ' ' || o.record ORDER BY o.at)) FROM person_origin o
             WHERE o.case_id = p.case_id AND o.person_id IN (SELECT id FROM asked_for) HAVING count(*) > 0), '{}'), NOT 'subject' = ANY (p.roles)
    FROM places p
  UNION ALL
  SELECT 'entry', e.id || '/' || e.version, e.recorded_at, 'Chronology of case ' || p.reference, e.content, true
    FROM places p JOIN chronology_entry e ON e.case_id = p.case_id AND e.superseded_at IS NULL AND e.what <> 'withdrawn'
  UNION ALL
  SELECT 'note', n.id::text, n.at, 'Note on case ' || p.reference, jsonb_build_object('text', n.text), true
    FROM places p JOIN case_note n ON n.case_id = p.case_id
  UNION ALL
  SELECT 'fact', x.id::text, x.recorded_at, 'Key fact of case ' || p.reference, x.content || jsonb_build_object('kind', x.kind), true
    FROM places p JOIN case_fact x ON x.case_id = p.case_id
  UNION ALL
  SELECT 'document', d.id || '/' || v.version, v.at, 'Document of case ' || p.reference || ', version ' || v.version,
         jsonb_strip_nulls(jsonb_build_object('title', d.title, 'note', d.note, 'file', upper(v.ending) || ', ' || v.size || ' bytes',
           'redacted copy', CASE WHEN d.redaction_of IS NOT NULL THEN 'yes' END)), d.redaction_of IS NULL
    FROM places p JOIN document d ON d.case_id = p.case_id JOIN document_version v ON v.document_id = d.id
$$;
`;
