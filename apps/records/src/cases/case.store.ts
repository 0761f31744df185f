import { referenceFrom } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { openingTimeline, subjectName, type CaseFile, type Participation } from '../case';

/** Writes everything that a new case consists of. */
export async function openCase(tx: Tx, file: CaseFile, participations: readonly Participation[]): Promise<void> {
  const [serial] = await tx.query<{ n: string }>("SELECT nextval('case_serial') AS n");
  await tx.execute(
    `INSERT INTO case_file (id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, relationships, key_facts)
     VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      file.caseId,
      referenceFrom('C', BigInt(serial!.n)),
      file.pathway,
      file.areaId,
      file.leadOrg,
      file.referralId,
      tx.now,
      subjectName(file.people),
      JSON.stringify(file.relationships),
      JSON.stringify({ safeContact: file.safeContact ?? null, staffRisk: file.staffRisk ?? null }),
    ],
    'open-case',
  );
  await tx.execute(
    `WITH given AS (SELECT p.value AS content, (p.value->>'id')::uuid AS id, p.ordinality AS place FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY p),
          stored AS (INSERT INTO person (id, content) SELECT id, content - 'roles' FROM given ON CONFLICT (id) DO NOTHING)
     INSERT INTO case_person (case_id, person_id, place, roles)
     SELECT $1, id, place, ARRAY(SELECT jsonb_array_elements_text(content->'roles')) FROM given`,
    [file.caseId, JSON.stringify(file.people)],
    'open-case-people',
  );
  await tx.execute(
    'INSERT INTO participation (case_id, org_id, level, since, changed_by) SELECT $1, a.org, a.level, $4, $5 FROM unnest($2::uuid[], $3::text[]) AS a(org, level)',
    [file.caseId, participations.map((p) => p.orgId), participations.map((p) => p.level), tx.now, file.decidedBy],
    'open-case-participations',
  );
  for (const e of openingTimeline(file, tx.now)) await addToTimeline(tx, file.caseId, e);
}

export interface TimelineEntry {
  readonly at: Date;
  readonly what: string;
  readonly orgId?: string | null;
  readonly byId?: string | null;
  readonly detail?: Record<string, unknown>;
}

export async function addToTimeline(tx: Tx, caseId: string, entry: TimelineEntry): Promise<void> {
  await tx.execute(
    'INSERT INTO timeline (case_id, at, what, org_id, by_id, detail) VALUES ($1, $2, $3, $4, $5, $6)',
    [caseId, entry.at, entry.what, entry.orgId ?? null, entry.byId ?? null, JSON.stringify(entry.detail ?? {})],
    'add-to-timeline',
  );
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
