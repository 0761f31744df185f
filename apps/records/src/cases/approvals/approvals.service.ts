import { demand, mayNot } from '@concordat/access';
import { CaseApprovalChanged, newId } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Conflict, Forbidden, NotFound, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { answerApproval, selfApproval, type Approval } from '../../approval';
import { HandOverPractices } from '../../hand-over-practice';
import { addToTimeline } from '../../timeline';
import { Looks } from '../../looks';
import { demandWriting, isWriter, lockedCase, visibleCase } from '../../visible-case';
import { AnswerApprovalDto, RequestApprovalDto } from './approvals.dto';
import {
  approvalsFor,
  approvalsOf,
  keepAnswer,
  keepRequest,
  markAnswersSeen,
  visibleApproval,
  type ToldApproval,
} from './approvals.repository';

/** Stages of a case that need somebody else's approval: asked for by who works on it, answered once by a lead (APP-1 to APP-7). */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly practice: HandOverPractices,
  ) {}

  ofCase(call: Call, caseId: string) {
    return this.unit.read({ action: 'approval.list', call, objects: [{ t: 'case', id: caseId }] }, async (tx) => {
      const record = await visibleCase(tx, caseId);
      await this.looks.demand(tx, record);
      const items = told(tx, await approvalsOf(tx, caseId));
      if (items.some((a) => a.news)) await markAnswersSeen(tx, caseId);
      const request =
        record.ground === 'part' && isWriter(record.level) && mayNot(tx.actor, 'approval.request') === null;
      return { items, stages: this.practice.handOver.approvalStages, may: { request } };
    });
  }

  list(call: Call) {
    return this.unit.read({ action: 'approval.list', call }, async (tx) => {
      demand(tx.actor, 'approval.list');
      const { toAnswer, news } = await approvalsFor(tx);
      const answers = mayNot(tx.actor, 'approval.answer') === null;
      return { toAnswer: answers ? told(tx, toAnswer) : [], news: told(tx, news) };
    });
  }

  async request(call: Call, caseId: string, stage: string) {
    const act = { action: 'approval.request' as const, call, objects: [{ t: 'case' as const, id: caseId }] };
    const done = await this.unit.run(act, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId);
      if (!this.practice.handOver.approvalStages.some((s) => s.code === stage)) throw new NotFound('stage');
      expectVersion(call, 'case', record.version);
      demandWriting(tx, record, 'approval.request');
      const { comment } = valid(RequestApprovalDto, call.body);
      const asked: Approval = {
        ...{ id: newId(), version: 1, caseId, stage, state: 'requested', comment, pack: this.practice.stamp },
        ...{ requestedBy: tx.actor.id, requestedOrg: tx.actor.orgId!, requestedAt: tx.now },
        ...{ answeredBy: null, answeredAt: null, answerComment: null },
      };
      if (!(await keepRequest(tx, asked)))
        throw new Conflict('approval.open', 'Approval of this stage has been asked for already');
      await publish(tx, stream, asked);
      return { id: asked.id, version: 1, status: asked.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async answer(call: Call, id: string) {
    const act = { action: 'approval.answer' as const, call, objects: [{ t: 'approval' as const, id }] };
    const done = await this.unit.run(act, async (tx) => {
      const { caseId } = await visibleApproval(tx, id);
      const { row: record, stream } = await lockedCase(tx, caseId);
      const was = await visibleApproval(tx, id);
      expectVersion(call, 'approval', was.version);
      demandWriting(tx, record, 'approval.answer');
      demand(tx.actor, 'approval.answer', { orgs: [record.leadOrg], level: record.level });
      const self = selfApproval(tx.actor.id, was.ownerId, was);
      if (self) throw new Forbidden('approval.forbidden', 'Somebody else has to approve this', [self]);
      const { outcome, comment } = valid(AnswerApprovalDto, call.body);
      const now = answerApproval(was, outcome, { by: tx.actor.id, at: tx.now, comment });
      await keepAnswer(tx, now);
      await publish(tx, stream, now);
      return { id, version: now.version, status: now.state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

async function publish(tx: Tx, stream: Stream, a: Approval): Promise<void> {
  await addToTimeline(tx, a.caseId, {
    ...{ at: tx.now, what: `approval-${a.state}`, orgId: tx.actor.orgId, byId: tx.actor.id },
    detail: { approval: a.id, stage: a.stage },
  });
  stream.publish(CaseApprovalChanged, {
    ...{ approvalId: a.id, caseId: a.caseId, stage: a.stage, state: a.state, byId: tx.actor.id },
  });
  tx.about({
    objects: [
      { t: 'approval', id: a.id, ver: String(a.version) },
      { t: 'case', id: a.caseId },
    ],
    ...{ items: [a.stage], rule: a.pack, decision: a.state, detail: { comment: a.answerComment ?? a.comment } },
  });
}

/** What is told of approvals, each named in the audit entry, with whether the caller may answer. */
function told(tx: Tx, list: readonly ToldApproval[]) {
  tx.about({
    objects: list.flatMap((a) => [
      { t: 'approval' as const, id: a.id, ver: String(a.version) },
      { t: 'case' as const, id: a.caseId },
    ]),
  });
  return list.map(({ ownerId, leadOrg, ...a }) => {
    const may = mayNot(tx.actor, 'approval.answer', { orgs: [leadOrg] }) === null;
    const self = selfApproval(tx.actor.id, ownerId, a) !== null;
    return { ...a, may: { answer: a.state === 'requested' && may && !self } };
  });
}
