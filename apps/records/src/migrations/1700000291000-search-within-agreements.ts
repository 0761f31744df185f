import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was written in cases that no agreement lets an agency look at any more is not found by it, but for what it wrote itself. */
export class SearchWithinAgreements1700000291000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FOUND);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const FOUND = `
-- As before, and of the cases that are refused the agency's own alone.
CREATE FUNCTION texts_found(asked tsquery, after_at timestamptz, after_id uuid, at_most int, refused uuid[])
RETURNS TABLE (id uuid, kind text, case_id uuid, at timestamptz)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = records SET enable_seqscan = off AS $$
BEGIN
  IF acting_org() IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE '
    SELECT s.id, s.kind, s.case_id, s.at FROM search_text s
     WHERE s.terms @@ $1 AND ($4::timestamptz IS NULL OR (s.at, s.id) < ($4, $5)) AND s.case_id <> ALL ($3)
       AND (SELECT true FROM participation p WHERE p.case_id = s.case_id AND p.org_id = $2 AND p.until IS NULL AND p.level <> ''preview'')
       AND (s.case_id <> ALL ($7)
         OR EXISTS (SELECT 1 FROM chronology_entry e WHERE s.kind = ''entry'' AND e.id = s.id AND e.org_id = $2)
         OR EXISTS (SELECT 1 FROM case_note n WHERE s.kind = ''note'' AND n.id = s.id AND n.org_id = $2)
         OR EXISTS (SELECT 1 FROM document d WHERE s.kind = ''document'' AND d.id = s.id AND d.org_id = $2))
     ORDER BY s.at DESC, s.id DESC LIMIT $6'
  USING asked && format('''a:%s''', acting_org())::tsquery, acting_org(), hidden_cases(true), after_at, after_id, at_most, refused;
END $$;
REVOKE ALL ON FUNCTION texts_found(tsquery, timestamptz, uuid, int, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION texts_found(tsquery, timestamptz, uuid, int, uuid[]) TO concordat_records;
`;
