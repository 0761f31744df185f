import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** Reads people. A person is visible through a case that the caller's organisation takes part in, and not otherwise. */
@Injectable()
export class PeopleService {
  constructor(private readonly unit: UnitOfWork) {}

  async view(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'person', id }] }, async (tx) => {
      const rows = await tx.query<{
        version: number;
        content: Record<string, unknown>;
        cases: { id: string; reference: string; roles: string[] }[];
      }>(
        `SELECT p.version, p.content, jsonb_agg(jsonb_build_object('id', c.id, 'reference', c.reference, 'roles', cp.roles) ORDER BY c.opened_at DESC) AS cases
           FROM person p JOIN case_person cp ON cp.person_id = p.id JOIN case_file c ON c.id = cp.case_id
           JOIN participation mine ON mine.case_id = c.id AND mine.until IS NULL AND mine.level <> 'preview'
            AND mine.org_id = nullif(current_setting('concordat.org', true), '')::uuid
          WHERE p.id = $1 GROUP BY p.id`,
        [id],
        'person-by-id',
      );
      const person = rows[0];
      if (!person) throw new NotFound('person');
      demand(tx.actor, 'case.view');
      tx.about({ subjects: [id], objects: person.cases.map((c) => ({ t: 'case' as const, id: c.id })) });
      return { ...person.content, id, version: person.version, cases: person.cases };
    });
  }
}
