import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The files themselves belong to what is held about somebody: each version is a part of its own, opened and decided about. */
export class GiveDocuments1700000180010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HELD);
    await runner.query(FILES);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

/** As it was, but for documents, of which each version is named with its file. */
const HELD = `
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
         jsonb_build_object('reference', p.reference, 'kind', p.kind, 'opened', p.opened_at, 'roles', to_jsonb(p.roles)), NOT 'subject' = ANY (p.roles)
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

/** Where the bytes are is told to whoever may answer the request, of the documents that were gathered for it, and of no others. */
const FILES = `
CREATE FUNCTION files_to_answer(asked_request uuid) RETURNS TABLE (item_id uuid, document_id uuid, version int, key uuid, type text, ending text, digest text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT i.id, v.document_id, v.version, v.key, v.type, v.ending, v.digest
    FROM access_request r JOIN access_item i ON i.request_id = r.id AND i.source = 'records' AND i.kind = 'document'
    JOIN document_version v ON i.ref = v.document_id || '/' || v.version
   WHERE r.id = asked_request AND acting_by('information-governance-lead')
     AND (cardinality(acting_areas()) = 0 OR r.area_id = ANY (acting_areas()))
     AND EXISTS (SELECT 1 FROM people_to_answer(NULL, NULL, r.person_id))
   ORDER BY i.at, i.ref
$$;
REVOKE ALL ON FUNCTION files_to_answer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION files_to_answer(uuid) TO concordat_records;
`;
