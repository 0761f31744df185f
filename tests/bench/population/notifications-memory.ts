import type { Copying } from './copy';
import { rowsOf, strings, type Answers } from './statements';

interface Kept {
  readonly id: string;
  readonly row: readonly unknown[];
  readonly version: number;
  readonly rungs: readonly { n: number; to: string; roles: string[]; at: string; evenIfAcknowledged: boolean }[];
  readonly status: string;
  readonly endedAt: Date | null;
}

/** The notifications context: its copy of who takes part in a case, and its register of what is due of referrals. */
export class NotificationsMemory {
  /** Rows of case_access by case and agency, of cases that may still change. */
  private readonly accesses = new Map<string, Map<string, readonly unknown[]>>();
  private readonly access;
  private readonly deadline;
  private readonly rung;
  private readonly owner;
  /** By record: there is one triage clock for each. */
  private readonly due = new Map<string, Kept>();
  private readonly recordOf = new Map<string, string>();
  private readonly owners = new Map<string, readonly [string, string]>();

  constructor(copying: Copying) {
    this.access = copying.into('notifications.case_access', 'case_id, org_id, level, restricted, since, until');
    this.deadline = copying.into(
      'notifications.deadline',
      'id, kind, record_id, case_id, org_id, for_roles, due_at, status, version, rule, ended_at',
    );
    this.rung = copying.into(
      'notifications.deadline_rung',
      'deadline_id, version, n, to_whom, roles, at, even_acknowledged',
    );
    this.owner = copying.into('notifications.record_owner', 'record_id, org_id, user_id');
  }

  /** Nothing more will be due of this record. */
  settleRecord(id: string): void {
    const kept = this.due.get(id);
    if (kept) {
      this.recordOf.delete(kept.id);
      const [, kind, record, kase, org, roles, dueAt, rule] = kept.row as string[];
      this.deadline(
        ...[kept.id, kind!, record!, kase!, org!, roles!, dueAt!, kept.status, kept.version, rule!, kept.endedAt],
      );
      for (const r of kept.rungs) this.rung(kept.id, kept.version, r.n, r.to, r.roles, r.at, r.evenIfAcknowledged);
    }
    const owner = this.owners.get(id);
    if (owner) this.owner(id, ...owner);
    this.due.delete(id);
    this.owners.delete(id);
  }

  /** Nothing more will change in this case. */
  settle(caseId: string): void {
    for (const row of this.accesses.get(caseId)?.values() ?? []) this.access(...(row as string[]));
    this.accesses.delete(caseId);
  }

  readonly answers: Answers = {
    named: {
      'known-deadline': ([, record]) => {
        const kept = this.due.get(record!);
        return kept ? [{ id: kept.id, orgId: kept.row[4], dueAt: kept.row[6], status: kept.status }] : [];
      },
      'keep-deadline': (row) => {
        const [id, , record] = row as unknown as string[];
        const version = (this.due.get(record!)?.version ?? 0) + 1;
        const known = this.due.get(record!)?.id ?? id!;
        this.recordOf.set(known, record!);
        this.due.set(record!, { id: known, row, version, rungs: [], status: 'pending', endedAt: null });
        return [{ version }];
      },
      'drop-rungs': () => 0,
      'keep-rungs': ([id, , text]) => {
        const rungs = JSON.parse(text!) as Kept['rungs'];
        const record = this.recordOf.get(id!)!;
        this.due.set(record, { ...this.due.get(record)!, rungs });
        return rungs.length;
      },
      'end-deadlines': ([record, , status, endedAt]) => {
        const kept = this.due.get(record!);
        if (kept?.status !== 'pending') return 0;
        this.due.set(record!, { ...kept, status: status!, endedAt: endedAt!, rungs: [] });
        return kept.rungs.length;
      },
      'keep-owner': ([record, org, user]) => {
        this.owners.set(record!, [org!, user!]);
        return 1;
      },
      'drop-owner': ([record]) => (this.owners.delete(record!) ? 1 : 0),
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
