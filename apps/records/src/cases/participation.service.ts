import { demand } from '@concordat/access';
import { CaseAccessChanged, type AccessLevel } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Conflict, Invalid, NotFound, RuleBroken, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { letIn } from '../both-ends';
import { mayChangeParticipation } from '../case';
import { concernedIn } from '../case-people';
import { isRestricted } from '../restricting';
import { demandPart, lockedCase, type CaseRow } from '../visible-case';
import { withoutWords, type SharingDto } from '../sharing.dto';
import { addToTimeline } from '../timeline';
import { WholeCases } from '../whole-cases';
import { ChangeParticipationDto } from './cases.dto';

interface Changed {
  readonly orgId: string;
  readonly level: AccessLevel;
  readonly ended?: true;
  readonly decisionId?: string;
}

/** Who takes part in a case. The lead agency decides; every change reaches the other contexts as an event. */
@Injectable()
export class ParticipationService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly whole: WholeCases,
  ) {}

  /**
   * An agency joins, or its level changes. The earlier part is closed, never overwritten. Whoever takes part sees the case
   * whole, so that it is decided first: NotShared when no agreement allows it. A preview shows nothing of what is in it.
   */
  async change(call: Call, id: string) {
    return this.changing(call, id, async (tx, row) => {
      const { orgId, level, ...said } = valid(ChangeParticipationDto, call.body);
      const known = await tx.query('SELECT 1 FROM organisation WHERE org_id = $1 AND active', [orgId]);
      if (known.length === 0)
        throw new Invalid([
          { field: 'orgId', code: 'organisation.unknown', message: 'Choose an organisation of this partnership' },
        ]);
      this.allow(row, orgId, level);
      const current = await tx.query<{ level: string }>(
        'SELECT level FROM participation WHERE case_id = $1 AND org_id = $2 AND until IS NULL',
        [id, orgId],
      );
      if (current[0]?.level === level)
        throw new Conflict('participation.unchanged', 'The agency takes part at this level already');
      const permitted = level === 'preview' ? null : await this.permitted(tx, row, orgId, said);
      await this.close(tx, id, orgId);
      await tx.execute(
        'INSERT INTO participation (case_id, org_id, level, since, changed_by, permit, sharing) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, orgId, level, tx.now, tx.actor.id, permitted?.permit ?? null, permitted?.sharing ?? null],
      );
      return { orgId, level, ...(permitted ? { decisionId: permitted.permit.decisionId } : {}) };
    });
  }

  async end(call: Call, id: string, orgId: string) {
    return this.changing(call, id, async (tx, row) => {
      this.allow(row, orgId, 'ended');
      const level = await this.close(tx, id, orgId);
      if (level === null) throw new NotFound('participation');
      return { orgId, level, ended: true as const };
    });
  }

  private async changing(call: Call, id: string, work: (tx: Tx, row: CaseRow) => Promise<Changed>) {
    const done = await this.unit.run(
      { action: 'case.change-participation', call, objects: [{ t: 'case', id }] },
      async (tx) => {
        const { row, stream } = await lockedCase(tx, id);
        expectVersion(call, 'case', row.version, ['participants']);
        demandPart(row);
        demand(tx.actor, 'case.change-participation', { orgs: [row.leadOrg] });
        const { orgId, level, ended, decisionId } = await work(tx, row);
        await tx.execute('UPDATE case_file SET version = version + 1 WHERE id = $1', [id]);
        await addToTimeline(tx, id, {
          at: tx.now,
          what: ended ? 'participation-ended' : 'participation-changed',
          orgId,
          byId: tx.actor.id,
          detail: { level },
        });
        const from = tx.now.toISOString();
        stream.publish(CaseAccessChanged, {
          caseId: id,
          orgId,
          level,
          restricted: await isRestricted(tx, id),
          from,
          ...(ended ? { to: from } : {}),
          ...(decisionId ? { decisionId } : {}),
        });
        tx.about({ recipients: [{ org: orgId, role: ended ? 'none' : level }] });
        return { id, version: row.version + 1, status: row.status };
      },
    );
    return { ...done.value, receipt: done.receipt };
  }

  private async permitted(tx: Tx, row: CaseRow, toOrg: string, said: SharingDto) {
    const sharing = this.whole.said(tx, row, said);
    const people = await concernedIn(tx, row.id);
    const goes = { kind: 'DISCLOSE', fromOrg: row.leadOrg, toOrg, byId: tx.actor.id, people, sharing } as const;
    const permit = await this.whole.permit(tx, goes);
    tx.about(letIn(permit, this.whole.acknowledgeWithinHours));
    return { permit, sharing: withoutWords(sharing) };
  }

  private allow(row: CaseRow, orgId: string, level: AccessLevel | 'ended'): void {
    const broken = mayChangeParticipation(row.leadOrg, orgId, level);
    if (broken) throw new RuleBroken(broken, 'The lead agency of a case changes only when the case is transferred');
  }

  private async close(tx: Tx, id: string, orgId: string): Promise<AccessLevel | null> {
    const rows = await tx.query<{ level: AccessLevel }>(
      'UPDATE participation SET until = $3 WHERE case_id = $1 AND org_id = $2 AND until IS NULL RETURNING level',
      [id, orgId, tx.now],
    );
    return rows[0]?.level ?? null;
  }
}
