import {
  AreaChanged,
  CaseAccessChanged,
  DetailsErased,
  MembershipChanged,
  OrganisationChanged,
  RestrictionChanged,
  type Received,
} from '@concordat/contracts';
import { forgetDetails, On, OnBatch, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { Members } from './members';

/** Keeps this context's copy of organisations, areas and memberships (house.md §4, Access). */
@Injectable()
export class MemberProjection {
  constructor(private readonly members: Members) {}

  @OnBatch([MembershipChanged])
  async membership(events: readonly Received<MembershipChanged>[], tx: Tx): Promise<void> {
    for (const { data: m, time } of events) {
      await tx.execute(
        `INSERT INTO member (user_id, org_id, subject, roles, areas, active, may_receive, changed_at, team_id, manager_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (user_id, org_id) DO UPDATE SET subject = $3, roles = $4, areas = $5, active = $6, may_receive = $7, changed_at = $8,
           team_id = $9, manager_id = $10`,
        [
          ...[m.userId, m.orgId, m.subject, m.roles, m.areas, m.active, m.mayReceive ?? true, time],
          ...[m.teamId ?? null, m.managerId ?? null],
        ],
        'project-member',
      );
      tx.forgetAfter(() => this.members.forget(m.subject));
    }
  }

  @On(OrganisationChanged)
  async organisation({ data: o }: Received<OrganisationChanged>, tx: Tx): Promise<void> {
    await tx.execute(
      `INSERT INTO organisation (org_id, agency_type, active) VALUES ($1, $2, $3)
       ON CONFLICT (org_id) DO UPDATE SET agency_type = $2, active = $3`,
      [o.orgId, o.agencyType, o.active],
    );
    tx.forgetAfter(() => this.members.forgetAll());
  }

  @On(AreaChanged)
  async area({ data: a }: Received<AreaChanged>, tx: Tx): Promise<void> {
    await tx.execute(
      `INSERT INTO area (area_id, lead_org, active) VALUES ($1, $2, $3)
       ON CONFLICT (area_id) DO UPDATE SET lead_org = $2, active = $3`,
      [a.areaId, a.leadOrg, a.active],
    );
  }
}

/** Keeps this context's copy of which agency takes part in which case. */
@Injectable()
export class CaseAccessProjection {
  /** Many at once: a transaction each costs more than its row. Events come in order per case, so the last of a part stands. */
  @OnBatch([CaseAccessChanged])
  async access(events: readonly Received<CaseAccessChanged>[], tx: Tx): Promise<void> {
    const parts = [...new Map(events.map(({ data }) => [`${data.caseId}/${data.orgId}`, data])).values()];
    await tx.execute(
      `INSERT INTO case_access (case_id, org_id, level, restricted, since, until)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[], $5::timestamptz[], $6::timestamptz[])
       ON CONFLICT (case_id, org_id) DO UPDATE SET level = EXCLUDED.level, restricted = EXCLUDED.restricted,
         since = EXCLUDED.since, until = EXCLUDED.until`,
      [
        parts.map((a) => a.caseId),
        parts.map((a) => a.orgId),
        parts.map((a) => a.level),
        parts.map((a) => a.restricted),
        parts.map((a) => a.from),
        parts.map((a) => a.to ?? null),
      ],
      'project-case-access',
    );
  }
}

/**
 * Keeps this context's copy of what is open to named staff only. Each event tells the whole of a restriction, so the copy is
 * never half of one; on the way the case is closed to everybody by `case_access`, in whichever order the two arrive.
 */
@Injectable()
export class RestrictionProjection {
  @On(RestrictionChanged)
  async restriction({ data: r }: Received<RestrictionChanged>, tx: Tx): Promise<void> {
    await tx.execute('DELETE FROM restricted_record WHERE restriction_id = $1', [r.restrictionId]);
    if (!r.live) return;
    await tx.execute(
      'INSERT INTO restricted_record (restriction_id, record_id, named) SELECT $1, x, $3 FROM unnest($2::uuid[]) x',
      [r.restrictionId, r.records, r.staff],
    );
  }
}

/** Takes out of this context's own acts what the ledger has destroyed of them (design/ledger.md §3, Erasure). */
@Injectable()
export class ErasedDetails {
  @On(DetailsErased)
  async forget({ data }: Received<DetailsErased>, tx: Tx): Promise<void> {
    await forgetDetails(tx, data.acts);
  }
}
