import type { Copying } from './copy';
import { strings, type Answers } from './statements';

/** The risk context's copies of who is in a case and who takes part in it. Nobody is assessed in a population. */
export class RiskMemory {
  /** Rows of case_access by case and agency, of cases that may still change. */
  private readonly accesses = new Map<string, Map<string, readonly unknown[]>>();
  private readonly rows;

  constructor(copying: Copying) {
    this.rows = {
      access: copying.into('risk.case_access', 'case_id, org_id, level, restricted, since, until'),
      person: copying.into('risk.case_person', 'case_id, person_id'),
    };
  }

  /** Nothing more will change in this case. */
  settle(caseId: string): void {
    for (const row of this.accesses.get(caseId)?.values() ?? []) this.rows.access(...(row as string[]));
    this.accesses.delete(caseId);
  }

  readonly answers: Answers = {
    named: {
      'project-case-access': (row) => {
        const [caseId, orgId] = strings(row);
        const ofCase = this.accesses.get(caseId!) ?? new Map<string, readonly unknown[]>();
        this.accesses.set(caseId!, ofCase.set(orgId!, row));
        return 1;
      },
      'add-case-people': (row) => {
        const people = strings(row[1]);
        for (const person of people) this.rows.person(strings(row)[0]!, person);
        return people.length;
      },
    },
  };
}
