import { demand } from '@concordat/access';
import { CaseOwnerChanged } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Conflict, Forbidden, Invalid, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { BulkActs, underBulk } from '../../bulk-acts';
import { recipientOf } from '../../recipients.repository';
import { assignScope } from '../../transfer';
import { demandPart, lockedCase, type CaseRow } from '../../visible-case';
import { addToTimeline } from '../../timeline';
import { AssignCaseDto } from './transfers.dto';
import { assignTo, ownerOf } from './transfers.repository';

/** Gives a case to a colleague, at once (ASG-3). To another agency it passes by transfer only. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly unit: UnitOfWork,
    bulk: BulkActs,
  ) {
    bulk.bring<AssignCaseDto>('assign', {
      action: 'case.assign',
      check: async (tx, record, { ownerId }) => {
        demand(tx.actor, 'case.assign', { orgs: [record.leadOrg], level: record.level });
        await demandScope(tx, ownerId, record);
      },
      do: (call, caseId, bulkId) => this.assign(call, caseId, bulkId),
    });
  }

  async assign(call: Call, caseId: string, bulkId: string | null = null) {
    const objects = [{ t: 'case' as const, id: caseId }, ...underBulk(bulkId)];
    const act = { action: 'case.assign' as const, call, objects };
    const done = await this.unit.run(act, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId);
      expectVersion(call, 'case', record.version);
      demandPart(record);
      demand(tx.actor, 'case.assign', { orgs: [record.leadOrg], level: record.level });
      const { ownerId } = valid(AssignCaseDto, call.body);
      await demandScope(tx, ownerId, record);
      const before = await ownerOf(tx, caseId);
      if (before === ownerId) throw new Conflict('case.owned-already', 'They own this case already');
      const version = await assignTo(tx, caseId, ownerId);
      await addToTimeline(tx, caseId, {
        ...{ at: tx.now, what: 'case-assigned', orgId: record.leadOrg, byId: tx.actor.id, detail: { to: ownerId } },
      });
      stream.publish(CaseOwnerChanged, {
        ...{ caseId, ownerId, orgId: record.leadOrg, previousOwnerId: before, previousOrg: record.leadOrg },
        byId: tx.actor.id,
      });
      tx.about({
        objects: [
          { t: 'case', id: caseId, ver: String(version) },
          { t: 'staff', id: ownerId },
        ],
        detail: { owner: { from: before, to: ownerId } },
      });
      return { id: caseId, version, status: record.status };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

/**
 * Throws Forbidden for somebody outside the caller's scope, whoever they are (ASG-2), and Invalid for somebody inside it who
 * may not receive cases.
 */
async function demandScope(tx: Tx, ownerId: string, { id, leadOrg }: CaseRow): Promise<void> {
  const scope = assignScope(tx.actor.roles);
  const inside = await tx.query(
    `SELECT 1 FROM member them JOIN member me ON me.user_id = $2 AND me.org_id = $3
      WHERE them.user_id = $1 AND them.org_id = $3 AND ($4 = 'own-agency' OR them.user_id = me.user_id OR them.team_id = me.team_id)`,
    [ownerId, tx.actor.id, leadOrg, scope],
    'assign-scope',
  );
  if (inside.length === 0) throw new Forbidden('case.forbidden', 'You may not do this', [`assign.not-${scope}`]);
  if ((await recipientOf(tx, ownerId, id)) === undefined)
    throw new Invalid([
      { field: 'ownerId', code: 'case.cannot-receive', message: 'Choose somebody who may receive cases' },
    ]);
}
