import type { AccessLevel } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { Looker } from './confidential';
import type { PersonDetails } from './person';
import { BY_QUALIFICATION } from './restricting';
import type { Sharing } from './sharing.dto';

/** A person as the caller may see them: through the cases that their organisation takes part in. */
export interface PersonRow {
  readonly id: string;
  readonly version: number;
  readonly content: PersonDetails;
  readonly cases: readonly {
    readonly id: string;
    readonly reference: string;
    readonly roles: readonly string[];
    readonly level: AccessLevel;
    readonly leadOrg: string;
    /** Seen only because the caller may read restricted records. */
    readonly qualified: boolean;
    /** For what the agency was let into the case under an agreement; null when it leads it, or took part when it opened. */
    readonly sharing: Sharing | null;
  }[];
}

/**
 * visiblePerson reads a person and the cases through which the caller sees them. Throws NotFound for one who does not exist,
 * is not in a case of the caller's organisation, or has been merged away.
 */
export async function visiblePerson(tx: Tx, id: string): Promise<PersonRow> {
  const rows = await tx.query<PersonRow>(
    `SELECT p.id, p.version, p.content,
            jsonb_agg(jsonb_build_object('id', c.id, 'reference', c.reference, 'roles', cp.roles, 'level', mine.level, 'leadOrg', c.lead_org, 'sharing', mine.sharing,
              'qualified', c.id = ANY ((SELECT hidden_cases(false))::uuid[]))
              ORDER BY c.opened_at DESC) AS cases
       FROM person p JOIN case_person cp ON cp.person_id = p.id JOIN case_file c ON c.id = cp.case_id
       JOIN participation mine ON mine.case_id = c.id AND mine.until IS NULL AND mine.level <> 'preview'
        AND c.id <> ALL ((SELECT hidden_cases(true))::uuid[])
        AND mine.org_id = nullif(current_setting('concordat.org', true), '')::uuid
      WHERE p.id = $1 AND p.merged_into IS NULL GROUP BY p.id`,
    [id],
    'person-by-id',
  );
  if (!rows[0]) throw new NotFound('person');
  if (rows[0].cases.every((c) => c.qualified)) tx.about({ reasons: [BY_QUALIFICATION] });
  return rows[0];
}

/** As `visiblePerson`, and nobody else changes them until the end of the unit of work. */
export async function lockedPerson(tx: Tx, id: string): Promise<PersonRow> {
  await visiblePerson(tx, id);
  await tx.query('SELECT 1 FROM person WHERE id = $1 FOR UPDATE', [id], 'lock-person');
  return visiblePerson(tx, id);
}

/** The record that a record which was merged away stands aside for, when the caller may see that; else null. */
export async function mergedInto(tx: Tx, id: string): Promise<string | null> {
  const rows = await tx.query<{ into: string }>(
    'SELECT standing_for(id) AS into FROM person WHERE id = $1 AND merged_into IS NOT NULL',
    [id],
    'person-merged-into',
  );
  return rows[0]?.into ?? null;
}

/** Organisations whose part in the person's cases lets them change what is known of them. */
export const changingOrgs = (tx: Tx, person: PersonRow): string[] =>
  person.cases.some((c) => !c.qualified && (c.level === 'lead' || c.level === 'contributor')) && tx.actor.orgId
    ? [tx.actor.orgId]
    : [];

/** The caller as somebody who looks at this person. */
export const lookerAt = (tx: Tx, person: Pick<PersonRow, 'cases'>): Looker => ({
  orgId: tx.actor.orgId ?? null,
  leads: person.cases.some((c) => !c.qualified && c.leadOrg === tx.actor.orgId),
});

/** Stores what is known from now on, and what was known until now. Answers with the new version. */
export async function replaceDetails(
  tx: Tx,
  person: Pick<PersonRow, 'id' | 'version' | 'content'>,
  content: PersonDetails,
  endedBy: 'corrected' | 'merged' | 'separated',
): Promise<number> {
  await tx.execute(
    `INSERT INTO person_version (person_id, version, content, ended_by, ended_at, by_id, org_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [person.id, person.version, JSON.stringify(person.content), endedBy, tx.now, tx.actor.id, tx.actor.orgId],
    'end-person-version',
  );
  await tx.execute(
    'UPDATE person SET content = $2, version = version + 1 WHERE id = $1',
    [person.id, JSON.stringify(content)],
    'replace-person',
  );
  return person.version + 1;
}

/** Tells the timelines of all cases of a person, those that the caller does not see as well, what happened to their record. */
export async function tellCasesOf(tx: Tx, id: string, what: 'people-merged' | 'merge-undone'): Promise<void> {
  await tx.query(
    'SELECT tell_cases_of($1, $2, $3, $4, $5)',
    [id, what, tx.now, tx.actor.orgId, tx.actor.id],
    'tell-cases-of-person',
  );
}

/** Lists show a case by its subject's name: after a change of name they show the new one. */
export async function refreshCaseNames(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT refresh_case_names($1)', [id], 'refresh-case-names');
}
