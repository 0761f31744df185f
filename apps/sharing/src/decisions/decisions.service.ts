import { demand, isFresh } from '@concordat/access';
import { decisionOutcomes, Invalid, isId, mayDo, newId, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type About, type Tx } from '@concordat/messaging';
import { count, SETTINGS, valid, type Call, type Settings } from '@concordat/platform';
import { answered, NO_AGREEMENT, parseDecisionRequest, type Decision, type DecisionRequest } from '@concordat/sharing';
import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { InEmergencyDto, ListDecisionsDto } from './decisions.dto';
import { decisionsIn, keepDecision, mayAuthorise, visibleDecision } from './decisions.repository';
import { Deciding } from './deciding';
import { QuestionsService } from './questions.service';

/** Of what is asked, what is never the caller's to say: who asks, and when. */
const OURS = ['requestId', 'at', 'actor'] as const;

/**
 * The decision point. A decision, the request that it answers and the audit entry exist together or not at all (R0): whoever
 * holds a decision's id can show what it was made by. It judges whether an agreement allows it, never the risk of sharing.
 */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly deciding: Deciding,
    private readonly questions: QuestionsService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    for (const outcome of decisionOutcomes) count('concordat_decisions_total', { outcome }, 0);
  }

  async decide(call: Call) {
    const done = await this.unit.run({ action: 'disclosure.decide', call }, async (tx) => {
      demand(tx.actor, 'disclosure.decide');
      const id = newId();
      const { question, names, policies, account } = asked(tx, id, this.settings.STEP_UP_MINUTES);
      await demandAuthoriser(tx, question);
      const found = names
        ? [{ request: question, decision: await this.deciding.decide(tx, question) }]
        : await this.deciding.decideEach(tx, question, policies);
      const { request, decision, questionId, answer } = await this.questions.settled(tx, found);
      const { userId: actorId, orgId: actorOrg } = request.actor;
      await keepDecision(tx, { id, at: tx.now, actorId, actorOrg, request, decision, questionId, answer });
      const asks = await this.questions.ask(tx, request, decision, id);
      tx.about({
        objects: [{ t: 'decision', id }],
        subjects: request.subjects.map((s) => s.pid).filter(isId),
        recipients: request.recipients.map((org) => ({ org })),
        items: request.items,
        reasons: decision.reasons,
        decision: decision.outcome,
        ...(decision.isa ? { rule: decision.isa } : {}),
      });
      if (decision.mode === 'BREAK_GLASS') {
        tx.about(emergencyOf(request, decision));
        await this.questions.askAfterwards(tx, request, { decision, decisionId: id, account });
      }
      tx.forgetAfter(() => count('concordat_decisions_total', { outcome: decision.outcome }));
      const explanation = await this.deciding.told(tx, decision, request);
      const contact = await this.deciding.contactAt(tx, request, decision);
      return { id, at: request.at, decision, explanation, asked: asks, ...(contact ? { contact } : {}) };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'decision.list', call }, async (tx) => {
      demand(tx.actor, 'decision.list');
      const page = await decisionsIn(tx, valid(ListDecisionsDto, call.query));
      tx.about({ objects: page.items.map(({ id }) => ({ t: 'decision', id })) });
      return page;
    });
  }

  /** One decision, made again as of its own moment: `replayed.same` says whether it is the same to the last letter. */
  view(call: Call, id: string) {
    return this.unit.read({ action: 'decision.view', call, objects: [{ t: 'decision', id }] }, async (tx) => {
      const { request, decision, at, questionId, answer } = await visibleDecision(tx, id);
      demand(tx.actor, 'decision.view');
      const found = await this.deciding.decide(tx, request);
      const again = answer ? answered(found, answer) : found;
      tx.about({ subjects: request.subjects.map((s) => s.pid).filter(isId) });
      return {
        ...{ id, at, request, decision, questionId, answer },
        explanation: await this.deciding.told(tx, decision, request),
        replayed: { same: isDeepStrictEqual(JSON.parse(JSON.stringify(again)), decision), decision: again },
      };
    });
  }
}

/**
 * What is asked, with who asks and when put to it, and whether it names an agreement: another context, which asks for somebody
 * who hands something over, need not; nor does somebody in an emergency, who then says what had happened as well. Throws Invalid with
 * every problem.
 */
function asked(
  tx: Tx,
  id: string,
  stepUpMinutes: number,
): { question: DecisionRequest; names: boolean; policies: readonly string[]; account: string | null } {
  const body = tx.call.body;
  const sent =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
  const foreign = OURS.filter((name) => name in sent && !(name === 'actor' && tx.actor.kind === 'service'));
  if (foreign.length > 0)
    throw new Invalid(
      foreign.map((field) => ({ field, code: 'unknown-field', message: 'This is not for the caller to say' })),
    );
  const isService = tx.actor.kind === 'service';
  const inEmergency = !isService && 'breakGlass' in sent;
  const names = 'agreementId' in sent || !(isService || inEmergency);
  const { policies, account, ...rest } = sent;
  if (policies !== undefined && !(isService && isNames(policies)))
    throw new Invalid([{ field: 'policies', code: 'unknown-field', message: 'This is not for the caller to say' }]);
  if (account !== undefined && !inEmergency)
    throw new Invalid([{ field: 'account', code: 'unknown-field', message: 'This is said in an emergency alone' }]);
  const { account: told = null } = valid(InEmergencyDto, account === undefined ? {} : { account });
  const actor =
    tx.actor.kind === 'service' ? { ...(sent['actor'] as object), permissions: [] } : actorOf(tx, stepUpMinutes);
  const ours = { requestId: id, at: tx.now.toISOString(), actor, ...(names ? {} : { agreementId: NO_AGREEMENT }) };
  const read = parseDecisionRequest({ ...rest, ...ours });
  if (!read.ok) throw new Invalid(read.problems.map(asField));
  return { question: read.value, names, policies: policies ?? [], account: told };
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 100 && value.every((each) => typeof each === 'string' && each.length <= 200);

/** In an emergency the permission is theirs whose role has it and who has just proved who they are; it is never claimed. */
function actorOf({ actor, call, now }: Tx, stepUpMinutes: number) {
  const may = mayDo(actor.roles, 'glass.break') && isFresh(call.signedInAt, now, stepUpMinutes);
  return { userId: actor.id, orgId: actor.orgId ?? '', permissions: may ? ['BREAK_GLASS'] : [] };
}

/** Throws Invalid when an emergency is said to be authorised by somebody who may not: no lead who works there. */
async function demandAuthoriser(tx: Tx, { breakGlass }: DecisionRequest): Promise<void> {
  if (!breakGlass?.authoriser || (await mayAuthorise(tx, breakGlass.authoriser))) return;
  const message = 'Name a safeguarding or information governance lead of your agency';
  throw new Invalid([{ field: 'breakGlass.authoriser', code: 'authoriser.unknown', message }]);
}

/** What is on record of an emergency beside the decision: by which reason, what it overrode, and who authorised it. */
const emergencyOf = ({ breakGlass }: DecisionRequest, { overridden }: Decision): About => ({
  reasons: ['break-glass', ...(overridden ?? [])],
  ...(breakGlass?.reason ? { justification: breakGlass.reason } : {}),
  objects: breakGlass?.authoriser ? [{ t: 'staff', id: breakGlass.authoriser.userId }] : [],
  detail: { expiresAt: breakGlass?.expiresAt ?? null },
});

const asField = ({ path, code, message }: { path: string; code: string; message: string }): FieldProblem => ({
  field: path.replaceAll(/\[(\d+)\]/g, '.$1'),
  code,
  message: message.charAt(0).toUpperCase() + message.slice(1),
});
