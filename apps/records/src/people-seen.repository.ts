import type { Tx } from '@concordat/messaging';
import type { Name, PersonDetails } from './person';

/** What a list shows of a candidate, besides why. */
export interface Shown {
  readonly id: string;
  readonly version: number;
  readonly name: Name | null;
  readonly datesOfBirth: PersonDetails['datesOfBirth'] | null;
  readonly sex: string | null;
  readonly cases: readonly { readonly id: string; readonly reference: string }[];
}

/** Of these people, those whom the caller sees and who stand for themselves. */
export function peopleSeen(tx: Tx, ids: readonly string[]): Promise<Shown[]> {
  return tx.query<Shown & Record<string, unknown>>(
    `SELECT p.id, p.version, (p.content->'name') - 'source' AS name, p.content->'datesOfBirth' AS "datesOfBirth", p.content->>'sex' AS sex,
            jsonb_agg(jsonb_build_object('id', c.id, 'reference', c.reference) ORDER BY c.opened_at DESC) AS cases
       FROM person p JOIN case_person cp ON cp.person_id = p.id JOIN case_file c ON c.id = cp.case_id
       JOIN participation mine ON mine.case_id = c.id AND mine.until IS NULL AND mine.level <> 'preview'
        AND c.id <> ALL ((SELECT hidden_cases(false))::uuid[])
        AND mine.org_id = nullif(current_setting('concordat.org', true), '')::uuid
      WHERE p.id = ANY ($1::uuid[]) AND p.merged_into IS NULL GROUP BY p.id`,
    [ids],
    'candidates-shown',
  );
}
