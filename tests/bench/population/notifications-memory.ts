import { newId } from '@concordat/contracts';
import type { Copying } from './copy';
import type { Staff } from './partnership';
import { rowsOf, strings, type Answers } from './statements';

interface Kept {
  readonly id: string;
  readonly row: readonly unknown[];
  readonly version: number;
  readonly rungs: readonly { n: number; to: string; roles: string[]; at: string; evenIfAcknowledged: boolean }[];
  readonly status: string;
  readonly endedAt: Date | null;
}

/** What somebody was told of that happened to a record. */
interface Happened {
  readonly id: string;
  readonly who: string;
  readonly org: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly at: Date | null;
  readonly happenedAt: Date;
  readonly times: number;
  readonly toldAt: Date;
  readonly endedAt: Date | null;
}

/** The notifications context: its copy of who takes part in a case, its register of what is due of referrals, and what people are told of them. */
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
  /** By record, and whom of which agency. */
  private readonly told = new Map<string, Map<string, Happened>>();
  private readonly happening;
  private readonly owners = new Map<string, readonly [string, string]>();

  constructor(
    private readonly staff: Staff,
    copying: Copying,
  ) {
    this.access = copying.into('notifications.case_access', 'case_id, org_id, level, restricted, since, until');
    this.deadline = copying.into(
      'notifications.deadline',
      'id, kind, record_id, case_id, org_id, for_roles, due_at, status, version, rule, ended_at',
    );
    this.rung = copying.into(
      'notifications.deadline_rung',
      'deadline_id, version, n, to_whom, roles, at, even_acknowledged',
    );
    this.happening = copying.into(
      'notifications.happening',
      'id, user_id, org_id, kind, record_id, case_id, at, happened_at, times, told_at, ended_at',
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
    this.settleTold(id);
  }

  /** Nothing more will change in this case. */
  settle(caseId: string): void {
    for (const row of this.accesses.get(caseId)?.values() ?? []) this.access(...(row as string[]));
    this.accesses.delete(caseId);
    this.settleTold(caseId);
  }

  private settleTold(record: string): void {
    for (const h of this.told.get(record)?.values() ?? [])
      this.happening(
        ...[h.id, h.who, h.org, h.kind, record, h.caseId, h.at, h.happenedAt, h.times, h.toldAt, h.endedAt],
      );
    this.told.delete(record);
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
      // Nobody in the partnership is away.
      'reached-by-happenings': (columns) =>
        rowsOf(columns).flatMap((row) => {
          const [, named, record, kase, org, by, roles] = row as (string | null)[];
          const owned = [record, kase].map((id) => this.owners.get(id!)).find((owner) => owner?.[0] === org);
          const who = named ?? owned?.[1];
          const reached = who ? [who] : this.staff.with(roles!.split(','), org!).map(({ id }) => id);
          return reached.filter((id) => id !== by).map((userId) => ({ n: row[0], userId, orgId: org }));
        }),
      'tell-of-happenings': (params) =>
        rowsOf(params.slice(0, 7)).flatMap((row) => {
          const [who, org, kind, recordId, caseId] = row as string[];
          const [at, happenedAt, toldAt] = [row[5], row[6], params[7] as unknown] as [Date | null, Date, Date];
          const ofRecord = this.told.get(recordId!) ?? new Map<string, Happened>();
          this.told.set(recordId!, ofRecord);
          const was = ofRecord.get(`${who}/${org}`);
          if (was && was.happenedAt >= happenedAt) return [];
          const more = { id: was?.id ?? newId(), times: (was?.times ?? 0) + 1, endedAt: null };
          const now: Happened = {
            ...{ who: who!, org: org!, kind: kind!, caseId: caseId!, at, happenedAt, toldAt },
            ...more,
          };
          ofRecord.set(`${who}/${org}`, now);
          return [{ id: now.id, userId: who, orgId: org, recordId }];
        }),
      'wanted-notices-happening': () => [], // nobody in the partnership is reached outside of the pages
      'settle-happenings': (params) => {
        let settled = 0;
        for (const row of rowsOf(params.slice(0, 4))) {
          const [record, kinds, spared] = row as string[];
          for (const [key, h] of this.told.get(record!)?.entries() ?? []) {
            const isSettled = kinds!.split(',').includes(h.kind) && h.who !== spared && h.endedAt === null;
            if (!isSettled || h.happenedAt > (row[3] as Date)) continue;
            this.told.get(record!)!.set(key, { ...h, endedAt: params[4] as unknown as Date });
            settled++;
          }
        }
        return settled;
      },
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
