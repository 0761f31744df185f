import type { Copying } from './copy';
import { rowsOf, strings, type Answers } from './statements';

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
      'project-case-access': (columns) => {
        const rows = rowsOf(columns);
        for (const row of rows) {
          const [caseId, orgId] = strings(row);
          const ofCase = this.accesses.get(caseId!) ?? new Map<string, readonly unknown[]>();
          this.accesses.set(caseId!, ofCase.set(orgId!, row));
        }
        return rows.length;
      },
      'add-case-people': (columns) => {
        const rows = rowsOf(columns);
        for (const row of rows) this.rows.person(...(row as string[]));
        return rows.length;
      },
    },
  };
}
