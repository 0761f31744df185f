import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { newId, RuleBroken, smartQuestions, wrong, type SmartQuestion } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isSettled } from '../action-rules';
import { recordedBy } from '../reviews/changing';
import { partnersAmong, visibleReview } from '../reviews/reviews.repository';
import { ChangingRecommendations, demandCoordinator, publish } from './changing';
import { AnswerDto, AskOwnerDto, LinkRepeatDto, NoteCentralDto, ProposeDto } from './recommendations.dto';
import * as kept from './recommendations.repository';

/** Proposes recommendations, keeps how they were answered, and links repeats. */
@Injectable()
export class RecommendationsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: ChangingRecommendations,
  ) {}

  /** A recommendation of a review, in any of its states: early ones come before the report. */
  async propose(call: Call, reviewId: string) {
    const act = { action: 'recommendation.propose' as const, call, objects: [{ t: 'review' as const, id: reviewId }] };
    const done = await this.unit.run(act, async (tx) => {
      await tx.lock(reviewId); // so that two have different numbers
      const review = await visibleReview(tx, reviewId);
      expectVersion(call, 'review', review.version);
      demand(tx.actor, 'recommendation.propose');
      demandCoordinator(tx, review.ownerOrg);
      const {
        text,
        source,
        level,
        multiAgency = false,
        theme,
        ownerOrg,
        department,
        smart,
      } = valid(ProposeDto, call.body);
      if (level === 'national' && !department?.trim())
        throw wrong('department', 'required', 'Enter the department that it is to');
      if (level !== 'national' && !ownerOrg) throw wrong('ownerOrg', 'required', 'Choose the agency that owns it');
      if (ownerOrg && !(await partnersAmong(tx, [ownerOrg])).has(ownerOrg))
        throw wrong('ownerOrg', 'organisation.unknown', 'Choose an agency of the partnership');
      const national = level === 'national';
      const recommendation: kept.KeptRecommendation = {
        ...{ id: newId(), version: 1, reviewId, number: review.recommendations.length + 1, level, theme: theme.trim() },
        ...{ reference: review.reference, reviewOwner: review.ownerOrg, kindCode: review.kind.code },
        ...{ ownerOrg: national ? null : ownerOrg!, actions: [], repeats: [] },
        document: {
          ...{ text, source, multiAgency, department: national ? department! : null, answers: [], central: [] },
          smart: Object.fromEntries(smartQuestions.map((q) => [q, smart.includes(q)])) as Record<
            SmartQuestion,
            boolean
          >,
        },
      };
      await kept.insertRecommendation(tx, recommendation);
      await kept.keepRecommendationStep(tx, recommendation, 'proposed');
      publish(tx, tx.open(recommendation.id), recommendation, 'proposed');
      return { id: recommendation.id, version: 1, number: recommendation.number };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Asks the agency that owns it to answer. From then on those who answer for that agency see it. */
  askOwner(call: Call, id: string) {
    return this.changing.recommendation(call, id, 'recommendation.ask-owner', ({ tx, recommendation }) => {
      const { dueOn } = valid(AskOwnerDto, call.body);
      const { ownerOrg, document } = recommendation;
      if (ownerOrg === null) throw new RuleBroken('recommendation.national', 'A department is asked elsewhere');
      if (dueOn <= civilDate(tx.now)) throw wrong('dueOn', 'too-early', 'The date must be after today');
      tx.about({ recipients: [{ org: ownerOrg }] });
      const requests = [...(document.requests ?? []), { dueOn, ...recordedBy(tx) }];
      return { what: 'owner-asked', document: { requests } };
    });
  }

  /** How its owner answers: the agency itself once it is asked, or a coordinator for it. Each answer stays. */
  answer(call: Call, id: string) {
    const work = ({ tx, recommendation }: { tx: Tx; recommendation: kept.KeptRecommendation }) => {
      const { response, reason = null } = valid(AnswerDto, call.body);
      const notSmart = smartQuestions.filter((q) => !recommendation.document.smart[q]);
      if (response !== 'accepted' && !reason?.trim()) throw wrong('reason', 'required', 'Enter the reason');
      if (response === 'accepted' && notSmart.length > 0 && !reason?.trim())
        throw wrong(
          'reason',
          'not-smart',
          'Enter why it is accepted although it is not specific and measurable enough',
        );
      if (response === 'rejected' && recommendation.actions.some((action) => !isSettled(action)))
        throw new RuleBroken('recommendation.actions-open', 'It has actions that are not ended');
      const { orgId } = tx.actor;
      const answers = [...recommendation.document.answers, { response, reason, orgId, ...recordedBy(tx) }];
      tx.about({ items: [response], reasons: notSmart.map((q) => `not-smart.${q}`) });
      return { what: 'answered' as const, document: { answers } };
    };
    return this.changing.recommendation(call, id, 'recommendation.answer', work, 'owner');
  }

  /** That it repeats an earlier one, of whatever review that the caller may see. */
  linkRepeat(call: Call, id: string) {
    return this.changing.recommendation(call, id, 'recommendation.link-repeat', async ({ tx, recommendation }) => {
      const { earlier } = valid(LinkRepeatDto, call.body);
      const [found] = await kept.visibleAmong(tx, [earlier]);
      if (!found || found.id === id) throw wrong('earlier', 'not-in-list', 'Choose an earlier recommendation');
      if (found.repeats.includes(id))
        throw new RuleBroken('recommendation.repeats-this', 'That one is the later of the two');
      if (recommendation.repeats.includes(earlier))
        throw new RuleBroken('recommendation.linked-already', 'It is linked already');
      await kept.linkRepeat(tx, id, earlier);
      tx.about({ objects: [{ t: 'recommendation', id: earlier }] });
      return { what: 'repeat-linked' };
    });
  }

  /** How far a department has come with a national one: sent, acknowledged, responded, in that order. */
  noteCentral(call: Call, id: string) {
    return this.changing.recommendation(call, id, 'recommendation.note-central', ({ tx, recommendation }) => {
      const { step, on, text = null } = valid(NoteCentralDto, call.body);
      const { central } = recommendation.document;
      if (recommendation.level !== 'national')
        throw new RuleBroken('recommendation.not-national', 'Only national recommendations are sent to a department');
      if (on > civilDate(tx.now)) throw wrong('on', 'in-future', 'The date must be today or earlier');
      if (step !== 'sent' && !central.some((note) => note.step === 'sent'))
        throw wrong('step', 'not-sent', 'Record first that it was sent');
      const last = central.at(-1);
      if (last && on < last.on) throw wrong('on', 'too-early', 'The date must not be before the last that is recorded');
      if (step === 'responded' && !text?.trim()) throw wrong('text', 'required', 'Enter what the response says');
      tx.about({ items: [step] });
      return { what: 'central-noted', document: { central: [...central, { step, on, text, ...recordedBy(tx) }] } };
    });
  }
}
