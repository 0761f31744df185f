import type { Copying } from './copy';
import { rowsOf, strings, type Answers } from './statements';

/** The notifications context's copy of who takes part in a case. */
export class NotificationsMemory {
  /** Rows of case_access by case and agency, of cases that may still change. */
  private readonly accesses = new Map<string, Map<string, readonly unknown[]>>();
  private readonly access;

  constructor(copying: Copying) {
    this.access = copying.into('notifications.case_access', 'case_id, org_id, level, restricted, since, until');
  }

  /** Nothing more will change in this case. */
  settle(caseId: string): void {
    for (const row of this.accesses.get(caseId)?.values() ?? []) this.access(...(row as string[]));
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
    },
  };
}
