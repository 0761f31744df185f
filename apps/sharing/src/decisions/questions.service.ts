import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { isId, newId, QuestionChanged } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { expectVersion, Forbidden, Invalid, RuleBroken, valid, type Call } from '@concordat/platform';
import {
  answered,
  matterOf,
  settleAmong,
  type Answer,
  type Decision,
  type DecisionRequest,
  type Found,
} from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { openBreach } from '../breach';
import { keepBreach } from '../breaches.repository';
import { confirmAuthority, mayNotConfirm, NO_EMERGENCY, type Emergency } from '../emergency';
import { Law } from '../law';
import { answerQuestion, lastDay, mayNotAnswer, type Question } from '../question';
import { keepDecision, visibleDecision } from './decisions.repository';
import { Deciding } from './deciding';
import { AnswerQuestionDto, ConfirmAuthorityDto, ListQuestionsDto } from './questions.dto';
import {
  answersTo,
  markAnswerSeen,
  openQuestion,
  questionsIn,
  replaceQuestion,
  visibleQuestion,
} from './questions.repository';

/** What was found to a request, and by whose answer where a person's decides it. */
export interface Settled extends Found {
  readonly questionId: string | null;
  readonly answer: Answer | null;
}

/**
 * Puts to a person what the rules leave to one (REF-24): governance of where it would come from is asked, once for the same
 * matter. The answer is a decision of its own, and holds for the same matter under the same agreement for the same reasons.
 */
@Injectable()
export class QuestionsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly deciding: Deciding,
    private readonly law: Law,
  ) {}

  /** What each agreement says, as it stands: where all leave it to a person, how one has answered the same under any of them. */
  async settled(tx: Tx, found: readonly Found[]): Promise<Settled> {
    const { request, decision } = settleAmong(found, []);
    if (decision.outcome !== 'REVIEW') return { request, decision, questionId: null, answer: null };
    const { by, ...settled } = settleAmong(found, await answersTo(tx, matterOf(request), civilDate(tx.now)));
    if (by) tx.about({ objects: [{ t: 'question', id: by.id }] });
    return { ...settled, questionId: by?.id ?? null, answer: by?.answer ?? null };
  }

  /** Asks a person about a REVIEW that was put on record. True when somebody is asked, by this or before. */
  async ask(tx: Tx, request: DecisionRequest, decision: Decision, decisionId: string): Promise<boolean> {
    const { isa, reasons } = decision;
    if (decision.outcome !== 'REVIEW' || isa === null) return false;
    return this.put(tx, { request, decisionId, isa, reasons, matter: matterOf(request), emergency: NO_EMERGENCY });
  }

  /**
   * Has governance review what was permitted in an emergency, each by itself: it is put to them as a question whose answer decides
   * nothing any more, and says whether it was justified. `account` is what had happened, as whoever shared it says.
   */
  async askAfterwards(
    tx: Tx,
    request: DecisionRequest,
    { decision, decisionId, account }: { decision: Decision; decisionId: string; account: string | null },
  ): Promise<void> {
    const [isa, reasons] = [decision.isa ?? `${request.agreementId}@0.0.0`, decision.overridden ?? []];
    const emergency = {
      ...{ ...NO_EMERGENCY, account, reviewBy: this.law.reviewBy(tx.now) },
      authoriser: request.breakGlass?.authoriser?.userId ?? null,
    };
    await this.put(tx, { request, decisionId, isa, reasons, matter: `emergency/${decisionId}`, emergency });
  }

  private async put(tx: Tx, { request, decisionId, isa, reasons, matter, emergency }: ToPut): Promise<boolean> {
    const { userId: askedBy, orgId: askedOrg } = request.actor;
    if (![request.sender, askedBy, askedOrg].every(isId)) return false;
    const question: Question = {
      ...emergency,
      ...{
        id: newId(),
        version: 1,
        state: 'open',
        isa,
        reasons,
        decisionId,
        sender: request.sender,
        askedBy,
        askedOrg,
      },
      ...{
        askedAt: tx.now,
        answeredBy: null,
        answeredAt: null,
        ground: null,
        reason: null,
        answerId: null,
        holdsUntil: null,
      },
    };
    if (!(await openQuestion(tx, matter, question))) return true;
    tx.open(question.id).publish(QuestionChanged, toldOf(question));
    tx.about({ objects: [{ t: 'question', id: question.id }] });
    return true;
  }

  list(call: Call) {
    return this.unit.read({ action: 'question.list', call }, async (tx) => {
      demand(tx.actor, 'question.list');
      const { box } = valid(ListQuestionsDto, call.query);
      if (box === 'to-answer') demand(tx.actor, 'question.answer');
      const items = await questionsIn(tx, box);
      tx.about({ objects: items.map(({ id }) => ({ t: 'question', id })), items: [box] });
      return { items };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'question.view', call, objects: [{ t: 'question', id }] }, async (tx) => {
      const question = await visibleQuestion(tx, id);
      demand(tx.actor, 'question.view');
      await markAnswerSeen(tx, id);
      const { request, decision, at } = await visibleDecision(tx, question.decisionId);
      tx.about({ subjects: request.subjects.map((s) => s.pid).filter(isId) });
      const governs = tx.actor.roles.includes('information-governance-lead');
      const answer = governs && question.state === 'open' && whyNotAnswer(tx, question, request) === null;
      return {
        ...{ ...question, at, request, decision, explanation: await this.deciding.told(tx, decision, request) },
        may: { answer, confirm: mayConfirm(tx, question) },
        /** The latest day until which an answer of today can hold. */
        ...(answer ? { holdsAtMost: lastDay(tx.now, this.law.answersHold) } : {}),
      };
    });
  }

  /** Who is said to have authorised an emergency says whether they did. */
  async confirm(call: Call, id: string) {
    const act = { action: 'emergency.confirm', call, objects: [{ t: 'question', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      await visibleQuestion(tx, id);
      const stream = await tx.lock(id);
      const was = await visibleQuestion(tx, id);
      expectVersion(call, 'question', was.version);
      demand(tx.actor, 'emergency.confirm');
      const whyNot = mayNotConfirm(was, { id: tx.actor.id, orgId: tx.actor.orgId ?? null });
      if (whyNot) throw new Forbidden('question.forbidden', 'You may not say this', [whyNot]);
      const { authorised, note = null } = valid(ConfirmAuthorityDto, call.body);
      const now = confirmAuthority(was, authorised, note, tx.now);
      await replaceQuestion(tx, now);
      stream.publish(QuestionChanged, toldOf(now));
      tx.about({
        objects: [
          { t: 'decision', id: was.decisionId },
          { t: 'staff', id: was.askedBy },
        ],
        decision: authorised,
        detail: { note },
      });
      return { id, version: now.version, status: now.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async answer(call: Call, id: string) {
    const done = await this.unit.run(
      { action: 'question.answer', call, objects: [{ t: 'question', id }] },
      async (tx) => {
        await visibleQuestion(tx, id);
        const stream = await tx.lock(id);
        const was = await visibleQuestion(tx, id);
        expectVersion(call, 'question', was.version);
        demand(tx.actor, 'question.answer');
        const { request: asked, decision: left } = await visibleDecision(tx, was.decisionId);
        const whyNot = whyNotAnswer(tx, was, asked);
        if (whyNot) throw new Forbidden('question.forbidden', 'You may not answer this', [whyNot]);
        const { answer, ground = null, reason, holdsUntil: day } = valid(AnswerQuestionDto, call.body);
        const holdsUntil = lastDay(tx.now, this.law.answersHold, day);
        if (holdsUntil === null)
          throw new Invalid([
            {
              field: 'holdsUntil',
              code: 'date.out-of-range',
              message: `Enter a day from today on, at most ${this.law.answersHold} days ahead`,
            },
          ]);
        const said = { answer, ground, reason, holdsUntil };
        if (left.mode === 'BREAK_GLASS') return this.reviewed(tx, stream, { was, said, asked });
        const answerId = newId();
        const now = answerQuestion(was, said, { by: tx.actor.id, at: tx.now, answerId });
        const request = { ...asked, requestId: answerId, at: tx.now.toISOString() };
        const found = await this.deciding.decide(tx, request);
        if (answer === 'allow' && (found.outcome !== 'REVIEW' || found.isa !== was.isa))
          throw new RuleBroken(
            'question.overtaken',
            'The agreement has changed since this was asked. It is decided anew when it is asked again',
          );
        const decision = answered(found, answer);
        await keepDecision(tx, {
          ...{ id: answerId, at: tx.now, actorId: tx.actor.id, actorOrg: tx.actor.orgId!, request, decision },
          ...{ questionId: id, answer: found.outcome === 'REVIEW' ? answer : null },
        });
        await replaceQuestion(tx, now);
        stream.publish(QuestionChanged, toldOf(now));
        tx.about({
          objects: [
            { t: 'decision', id: answerId },
            { t: 'decision', id: was.decisionId },
            { t: 'staff', id: was.askedBy },
          ],
          subjects: request.subjects.map((s) => s.pid).filter(isId),
          recipients: request.recipients.map((org) => ({ org })),
          ...{ items: request.items, reasons: was.reasons, decision: decision.outcome, rule: was.isa },
          detail: { reason, holdsUntil, ...(now.ground ? { ground: now.ground } : {}) },
        });
        return { id, version: now.version, status: now.state, decision: answerId };
      },
    );
    return { ...done.value, receipt: done.receipt };
  }

  /** What governance found of an emergency. What went, went: nothing is decided anew. */
  private async reviewed(
    tx: Tx,
    stream: Stream,
    { was, said, asked }: { was: Question; said: Said; asked: DecisionRequest },
  ) {
    const now = answerQuestion(was, said, { by: tx.actor.id, at: tx.now, answerId: was.decisionId });
    await replaceQuestion(tx, now);
    stream.publish(QuestionChanged, toldOf(now));
    const breach = said.answer === 'refuse' ? await this.breachOf(tx, was, said.reason) : null;
    tx.about({
      objects: [
        { t: 'decision', id: was.decisionId },
        { t: 'staff', id: was.askedBy },
        ...(breach ? [{ t: 'breach' as const, id: breach }] : []),
      ],
      subjects: asked.subjects.map((s) => s.pid).filter(isId),
      ...{ items: asked.items, reasons: ['break-glass', ...was.reasons], rule: was.isa },
      decision: said.answer === 'allow' ? 'JUSTIFIED' : 'NOT_JUSTIFIED',
      detail: { reason: said.reason },
    });
    return {
      ...{ id: was.id, version: now.version, status: now.state, decision: was.decisionId },
      ...(breach ? { breach } : {}),
    };
  }

  /** What was not justified is assessed as a breach, from this moment: it is known now. Answers its id. */
  private async breachOf(tx: Tx, { id: questionId, sender }: Question, account: string): Promise<string> {
    const about = { id: newId(), orgId: sender, questionId, account, openedBy: tx.actor.id };
    const moments = { openedAt: tx.now, awareAt: tx.now, pack: this.law.pack };
    const breach = openBreach({ ...about, ...moments }, this.law.table.breach.notifyWithinHours);
    await keepBreach(tx, breach);
    return breach.id;
  }
}

/** What is put to a person, and by what it is known to be the same. */
interface ToPut extends Pick<Question, 'decisionId' | 'isa' | 'reasons'> {
  readonly request: DecisionRequest;
  readonly matter: string;
  readonly emergency: Emergency;
}
type Said = Parameters<typeof answerQuestion>[1];

/** Why the caller may not answer a question, or null: an emergency is not reviewed by whoever authorised it either. */
function whyNotAnswer(tx: Tx, question: Question, { breakGlass }: DecisionRequest): string | null {
  const { id, orgId } = tx.actor;
  if (breakGlass?.authoriser?.userId === id) return 'question.authorised';
  return mayNotAnswer(question, { id, orgId: orgId ?? null });
}

const mayConfirm = ({ actor }: Tx, question: Question): boolean =>
  question.state === 'open' &&
  question.authorised === null &&
  mayNotConfirm(question, { id: actor.id, orgId: actor.orgId ?? null }) === null;

const toldOf = ({ id, state, decisionId, answerId, sender, askedBy, askedOrg, answeredBy, ...q }: Question) => ({
  ...{ recordId: id, state, decisionId, senderOrg: sender, askedBy, askedOrg },
  ...(answerId ? { settledId: answerId } : {}),
  ...(answeredBy ? { settledBy: answeredBy } : {}),
  ...(q.reviewBy ? { reviewBy: q.reviewBy.toISOString() } : {}),
  ...(q.authoriser ? { authoriser: q.authoriser } : {}),
  ...(q.authorised ? { authorised: q.authorised } : {}),
});
