import { nameId, referenceFrom } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { openingTimeline, subjectName, type CaseFile, type Participation } from '../case';
import { detailsOf } from '../person';
import { indexNewPeople } from '../person-index';
import { addToTimeline, timelineWrite, type TimelineEntry } from '../timeline';

/** Writes everything that a new case consists of. Answers with the restrictions of people in it, which close it as well. */
export async function openCase(
  tx: Tx,
  file: CaseFile,
  participations: readonly Participation[],
): Promise<{ restrictions: readonly string[] }> {
  const [serial] = await tx.query<{ n: string; restrictions: string[] }>(
    "SELECT nextval('case_serial') AS n, restrictions_of($1) AS restrictions",
    [file.people.map((p) => p.id)],
    'next-case',
  );
  const { restrictions } = serial!;
  // Told to others, a restriction names the case, so the case is written before; without one, all goes with COMMIT.
  const put = (sql: string, params: unknown[], name: string): unknown =>
    restrictions.length > 0 ? tx.execute(sql, params, name) : tx.write(sql, params, name);
  await put(
    `INSERT INTO case_file (id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, key_facts)
     VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9)`,
    [
      file.caseId,
      referenceFrom('C', BigInt(serial!.n)),
      file.pathway,
      file.areaId,
      file.leadOrg,
      file.referralId,
      tx.now,
      subjectName(file.people),
      JSON.stringify({ safeContact: safeContactOf(file), staffRisk: file.staffRisk ?? null }),
    ],
    'open-case',
  );
  const source = { orgId: file.referringOrg, at: file.receivedAt };
  const people = file.people.map((person) => ({
    id: person.id,
    roles: person.roles,
    content: detailsOf(person, source),
  }));
  await put(
    `WITH given AS (SELECT p.value->'content' AS content, (p.value->>'id')::uuid AS id, p.value->'roles' AS roles, p.ordinality AS place
                      FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY p),
          stored AS (INSERT INTO person (id, content) SELECT id, content FROM given ON CONFLICT (id) DO NOTHING)
     INSERT INTO case_person (case_id, person_id, place, roles)
     SELECT $1, standing_for(id), place, ARRAY(SELECT jsonb_array_elements_text(roles)) FROM given ON CONFLICT DO NOTHING`,
    [file.caseId, JSON.stringify(people)],
    'open-case-people',
  );
  indexNewPeople(tx, people);
  relate(tx, file);
  await put(
    'INSERT INTO participation (case_id, org_id, level, since, changed_by) SELECT $1, a.org, a.level, $4, $5 FROM unnest($2::uuid[], $3::text[]) AS a(org, level)',
    [file.caseId, participations.map((p) => p.orgId), participations.map((p) => p.level), tx.now, file.decidedBy],
    'open-case-participations',
  );
  for (const e of openingTimeline(file, tx.now)) tx.write(...timelineWrite(file.caseId, e));
  return { restrictions };
}

/** Who is related to whom, from here on by the ids of the people. Told twice, by a referral that was reopened, it is one. */
function relate(tx: Tx, file: CaseFile): void {
  const ids = new Map(file.people.map((p) => [p.ref, p.id]));
  const rows = file.relationships.flatMap(({ from, to, kind }) => {
    const [person, other] = [ids.get(from), ids.get(to)];
    const id = nameId(`relationship/${file.referralId}/${person}/${other}/${kind}`);
    return person && other && person !== other ? [{ id, person, other, kind }] : [];
  });
  if (rows.length === 0) return;
  tx.write(
    `INSERT INTO relationship (id, person_id, other_id, kind, org_id, recorded_at)
     SELECT r.id, r.person, r.other, r.kind, $2, $3
       FROM (SELECT id, standing_for(person) AS person, standing_for(other) AS other, kind
               FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, person uuid, other uuid, kind text) OFFSET 0) r
      WHERE r.person <> r.other ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows), file.referringOrg, file.receivedAt],
    'open-case-relationships',
  );
}

/** Safe contact names its person by id: refs mean nothing outside their referral. */
function safeContactOf({ safeContact, people }: CaseFile): object | null {
  if (!safeContact) return null;
  const person = people.find((p) => p.ref === safeContact.person)?.id;
  return person ? { ...safeContact, person } : safeContact;
}

/** Adds to the timeline of whatever case a referral opened; nothing when it opened none. */
export async function recordOnTimeline(tx: Tx, referralId: string, entry: TimelineEntry): Promise<void> {
  const cases = await tx.query<{ id: string }>(
    'SELECT id FROM case_file WHERE referral_id = $1',
    [referralId],
    'cases-of-referral',
  );
  for (const { id } of cases) await addToTimeline(tx, id, entry);
}
