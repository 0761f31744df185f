const SYSTEM = `current_setting('concordat.scope', true) = 'system'`;

/** Information governance leads of its area; and auditors, to whom what is restricted is closed unless they qualify. */
const governs = `((SELECT acting_by('information-governance-lead'))
  AND (cardinality((SELECT acting_areas())) = 0 OR area_id = ANY ((SELECT acting_areas())::uuid[])))`;
const audits = (closed: string): string => `((SELECT acting_by('auditor')) AND ${closed})`;
const ofOne = 'EXISTS (SELECT 1 FROM retention k WHERE k.case_id = case_id_of_row)';

/** The second wall. What belongs to the keeping of a case is seen by whoever sees that, and changed by those who govern. */
export const WALL = `
ALTER TABLE retention ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON retention FOR SELECT USING (${SYSTEM} OR ${governs}
  OR ${audits('case_id <> ALL ((SELECT hidden_cases(true))::uuid[])')});
CREATE POLICY calculated ON retention FOR INSERT WITH CHECK (${SYSTEM});
CREATE POLICY decided ON retention FOR UPDATE USING (${SYSTEM} OR ${governs});
REVOKE DELETE, TRUNCATE ON retention FROM concordat_records;

${['retention_hold', 'retention_step']
  .map((table) => {
    const seen = ofOne.replace('case_id_of_row', `${table}.case_id`);
    return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON ${table} FOR SELECT USING (${seen});
CREATE POLICY made ON ${table} FOR INSERT WITH CHECK (${SYSTEM} OR ((SELECT acting_by('information-governance-lead')) AND ${seen}));
REVOKE DELETE, TRUNCATE ON ${table} FROM concordat_records;`;
  })
  .join('\n')}
CREATE POLICY released ON retention_hold FOR UPDATE
  USING ((SELECT acting_by('information-governance-lead')) AND ${ofOne.replace('case_id_of_row', 'retention_hold.case_id')});
REVOKE UPDATE ON retention_step FROM concordat_records;

ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON erasure FOR SELECT USING (${SYSTEM} OR ${governs}
  OR ${audits(`(NOT restricted OR (SELECT acting_by('restricted-records')))`)});
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON erasure FROM concordat_records;

ALTER TABLE object_to_remove ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON object_to_remove USING (${SYSTEM});

-- What decides how long cases are kept, for the clock and for those who govern them, who do not see the cases.
CREATE FUNCTION keeping_facts(asked uuid[]) RETURNS TABLE (case_id uuid, reference text, kind text, area_id uuid, lead_org uuid,
  opened_at timestamptz, last_involvement timestamptz, people jsonb) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT f.id, f.reference, f.kind, f.area_id, f.lead_org, f.opened_at,
         greatest(f.opened_at,
           (SELECT max(t.at) FROM timeline t WHERE t.case_id = f.id),
           (SELECT max(n.at) FROM case_note n WHERE n.case_id = f.id),
           (SELECT max(e.recorded_at) FROM chronology_entry e WHERE e.case_id = f.id),
           (SELECT max(v.at) FROM document_version v WHERE v.case_id = f.id),
           (SELECT max(c.recorded_at) FROM case_fact c WHERE c.case_id = f.id)),
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'roles', to_jsonb(c.roles), 'datesOfBirth', p.content->'datesOfBirth',
                   'ageYears', p.content->'ageYears', 'deceased', p.content->'deceased') ORDER BY c.place), '[]')
            FROM case_person c JOIN person p ON p.id = c.person_id WHERE c.case_id = f.id)
    FROM case_file f WHERE f.id = ANY (asked) AND (${SYSTEM} OR (acting_by('information-governance-lead')
     AND (cardinality(acting_areas()) = 0 OR f.area_id = ANY (acting_areas()))))
$$;
REVOKE ALL ON FUNCTION keeping_facts(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keeping_facts(uuid[]) TO concordat_records;
`;
