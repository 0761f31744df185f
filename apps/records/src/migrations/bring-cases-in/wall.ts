const SYSTEM = `current_setting('concordat.scope', true) = 'system'`;
/** Whoever may bring records in, for their own agency. */
const BRINGS = `current_setting('concordat.scope', true) = 'user' AND acting_org() IS NOT NULL AND acting_by('safeguarding-lead')`;

/**
 * The second wall. Where a case comes from is told to whoever reads the case. It is written by these functions alone: an agency
 * brings in for itself, leads what it brings in, and nobody else takes part, whoever the file names.
 */
export const WALL = `
${['case_origin', 'person_origin']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON ${table} FOR SELECT USING (${SYSTEM} OR reads_case(case_id) OR case_id = ANY ((SELECT glass_cases())::uuid[]));
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ${table} FROM concordat_records;
GRANT SELECT ON ${table} TO concordat_records;`,
  )
  .join('\n')}

-- Of records of the caller's agency: that they were brought in before, or were and have been erased since.
CREATE FUNCTION records_known(of_source text, wanted text[], ids uuid[]) RETURNS TABLE (record text, standing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT w.record, CASE WHEN o.case_id IS NOT NULL THEN 'there' ELSE 'erased' END
    FROM unnest(wanted, ids) AS w(record, id)
    LEFT JOIN case_origin o ON o.org_id = acting_org() AND o.source = of_source AND o.record = w.record
    LEFT JOIN erasure e ON e.case_id = w.id
   WHERE ${BRINGS} AND (o.case_id IS NOT NULL OR e.case_id IS NOT NULL)
$$;
CREATE FUNCTION bring_in_case(new_id uuid, reference text, kind text, area uuid, facts jsonb, is_closed boolean, of_source text, of_record text,
  said jsonb, opened date, latest date, import uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF NOT (${BRINGS}) OR NOT (cardinality(acting_areas()) = 0 OR area = ANY (acting_areas()))
     OR NOT EXISTS (SELECT 1 FROM area a WHERE a.area_id = bring_in_case.area AND a.active)
     OR EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = new_id) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO case_file (id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, key_facts)
  VALUES (new_id, reference, CASE WHEN is_closed THEN 'closed' ELSE 'open' END, kind, area, acting_org(), NULL, moment, 'Name not known', facts);
  INSERT INTO participation (case_id, org_id, level, since, changed_by) VALUES (new_id, acting_org(), 'lead', moment, acting_user());
  INSERT INTO case_origin (case_id, org_id, source, record, said, opened, latest, import_id, by_id, at)
  VALUES (new_id, acting_org(), of_source, of_record, said, opened, latest, import, acting_user(), moment);
END $$;

-- Whom the caller's agency brought in under these records, and into which cases.
CREATE FUNCTION people_brought_in(of_source text, wanted text[]) RETURNS TABLE (record text, person_id uuid, case_id uuid, said jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT o.record, standing_for(o.person_id), o.case_id, o.said FROM person_origin o
   WHERE ${BRINGS} AND o.org_id = acting_org() AND o.source = of_source AND o.record = ANY (wanted) ORDER BY o.at, o.case_id
$$;
-- Somebody new where there are details, else somebody whom the caller sees in another case.
CREATE FUNCTION bring_in_person(asked uuid, person uuid, details jsonb, part text[], of_source text, of_record text, said jsonb, import uuid,
  moment timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF NOT (${BRINGS}) OR NOT works_on_case(asked) OR (details IS NULL AND NOT in_shared_case(person)) THEN
    RAISE insufficient_privilege;
  END IF;
  IF details IS NOT NULL THEN
    INSERT INTO person (id, content) VALUES (person, details);
  END IF;
  INSERT INTO case_person (case_id, person_id, place, roles)
  SELECT asked, person, coalesce(max(place), 0) + 1, part FROM case_person WHERE case_id = asked ON CONFLICT DO NOTHING;
  INSERT INTO person_origin (org_id, source, record, case_id, person_id, said, import_id, by_id, at)
  VALUES (acting_org(), of_source, of_record, asked, person, said, import, acting_user(), moment);
END $$;
REVOKE ALL ON FUNCTION records_known(text, text[], uuid[]), people_brought_in(text, text[]),
  bring_in_case(uuid, text, text, uuid, jsonb, boolean, text, text, jsonb, date, date, uuid, timestamptz),
  bring_in_person(uuid, uuid, jsonb, text[], text, text, jsonb, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records_known(text, text[], uuid[]), people_brought_in(text, text[]),
  bring_in_case(uuid, text, text, uuid, jsonb, boolean, text, text, jsonb, date, date, uuid, timestamptz),
  bring_in_person(uuid, uuid, jsonb, text[], text, text, jsonb, uuid, timestamptz) TO concordat_records;
`;
