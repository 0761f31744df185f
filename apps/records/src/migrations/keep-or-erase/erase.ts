/**
 * Erases a case, whatever a service believes, only when two people have decided so, its time is up and nothing keeps it. With
 * it go the people who are in no other case, and records that stand aside and came from it. Its tombstone is written here, so
 * that there is no erasure without one.
 */
export const ERASE = `
-- Deletes every row that belongs to some rows of a table: that names one of them by a foreign key, and what belongs to that.
-- By the keys, and not by a list, so that what is added to cases later goes with them as well.
CREATE FUNCTION erase_what_belongs(to_table regclass, wanted uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE link record; found uuid[];
BEGIN
  FOR link IN SELECT c.conrelid::regclass AS child, a.attname AS part,
                     EXISTS (SELECT 1 FROM pg_constraint d WHERE d.contype = 'f' AND d.confrelid = c.conrelid) AS has_more
                FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
               WHERE c.contype = 'f' AND c.confrelid = to_table AND c.conrelid <> to_table AND cardinality(c.conkey) = 1
               ORDER BY 3 DESC, 1, 2
  LOOP
    IF link.has_more THEN
      EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1)', link.child, link.part) INTO found USING wanted;
      IF found IS NOT NULL THEN
        PERFORM erase_what_belongs(link.child, found);
      END IF;
    END IF;
    EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', link.child, link.part) USING wanted;
  END LOOP;
END $$;

CREATE FUNCTION erase_case(asked uuid, moment timestamptz)
RETURNS TABLE (erased_referral uuid, erased_people uuid[]) LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE k retention; f case_file; gone uuid[];
BEGIN
  SELECT * INTO k FROM retention WHERE case_id = asked FOR UPDATE;
  IF current_setting('concordat.scope', true) IS DISTINCT FROM 'system' OR k.state IS DISTINCT FROM 'confirmed'
     OR k.moratorium IS NOT NULL OR k.due_on > (moment AT TIME ZONE 'Europe/London')::date
     OR EXISTS (SELECT 1 FROM retention_hold h WHERE h.case_id = asked AND h.released_at IS NULL) THEN
    RAISE insufficient_privilege;
  END IF;
  SELECT * INTO f FROM case_file WHERE id = asked FOR UPDATE;
  WITH RECURSIVE alone(id) AS (
    SELECT c.person_id FROM case_person c WHERE c.case_id = asked
       AND NOT EXISTS (SELECT 1 FROM case_person o WHERE o.person_id = c.person_id AND o.case_id <> asked)
    -- Records that stand aside for somebody who stays, and came from this case alone: apart they would be in no case.
    UNION SELECT m.merged_id FROM person_merge m JOIN case_person c ON c.case_id = asked AND c.person_id = m.survivor_id
     WHERE m.undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(m.places->'cases') p WHERE p->>'case_id' <> asked::text)
    UNION SELECT p.id FROM alone a JOIN person p ON p.merged_into = a.id)
  SELECT coalesce(array_agg(id), '{}') INTO gone FROM alone;
  -- A restriction of such a record goes on protecting whoever stays.
  UPDATE restriction SET person_id = applies_to WHERE person_id = ANY (gone) AND applies_to <> ALL (gone);

  INSERT INTO erasure (case_id, reference, referral_id, kind, area_id, lead_org, restricted, rule, rule_version, pack, due_on,
    decision_id, proposed_by, proposed_at, confirmed_by, confirmed_at, erased_at, people, documents)
  SELECT f.id, f.reference, f.referral_id, f.kind, f.area_id, f.lead_org, is_restricted(f.id), k.rule, k.rule_version, k.pack, k.due_on,
    k.decision_id, k.proposed_by, k.proposed_at, k.confirmed_by, k.confirmed_at, moment, cardinality(gone),
    (SELECT count(*) FROM document d WHERE d.case_id = asked);

  INSERT INTO object_to_remove (key, since)
  SELECT v.key, moment FROM document_version v WHERE v.case_id = asked
   UNION SELECT u.id, moment FROM document_upload u WHERE u.case_id = asked ON CONFLICT DO NOTHING;
  PERFORM erase_what_belongs('case_file', ARRAY[asked]);

  -- What was known of somebody else while the two records were one: it is of both.
  DELETE FROM person_version v USING person_merge m
   WHERE m.merged_id = ANY (gone) AND m.survivor_id = v.person_id AND v.ended_by = 'separated';
  -- Undoing a merge of others would put them back into what is no longer there.
  UPDATE person_merge m SET places = jsonb_set(jsonb_set(m.places,
      '{cases}', (SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(m.places->'cases') c WHERE c->>'case_id' <> asked::text)),
      '{relationships}', (SELECT coalesce(jsonb_agg(r), '[]') FROM jsonb_array_elements(m.places->'relationships') r
         WHERE (r->>'person_id')::uuid <> ALL (gone) AND (r->>'other_id')::uuid <> ALL (gone)))
   WHERE m.places->'cases' @> jsonb_build_array(jsonb_build_object('case_id', asked))
      OR EXISTS (SELECT 1 FROM jsonb_array_elements(m.places->'relationships') r
                  WHERE (r->>'person_id')::uuid = ANY (gone) OR (r->>'other_id')::uuid = ANY (gone));
  PERFORM erase_what_belongs('person', gone);
  DELETE FROM person WHERE id = ANY (gone);
  DELETE FROM case_file WHERE id = asked;
  -- A referral that was reopened has another case: it stays with that.
  RETURN QUERY SELECT CASE WHEN EXISTS (SELECT 1 FROM case_file o WHERE o.referral_id = f.referral_id) THEN NULL ELSE f.referral_id END, gone;
END $$;
REVOKE ALL ON FUNCTION erase_what_belongs(regclass, uuid[]), erase_case(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_case(uuid, timestamptz) TO concordat_records;
`;
