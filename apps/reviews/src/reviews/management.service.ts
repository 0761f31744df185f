import { civilDate } from '@concordat/clocks';
import { Forbidden, Invalid, newId, RuleBroken, wrong } from '@concordat/contracts';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import {
  managementReviewsOf,
  managementStepsOf,
  type ManagementReview,
  type ManagementStep,
} from '../management-review';
import { acceptLacks, demandMove, managementState, submissionProblems } from '../management-rules';
import { Changing, recordedBy, type Changed } from './changing';
import { AskManagementReviewDto, JudgeDto, SubmitDto } from './management.dto';
import { partnersAmong } from './reviews.repository';

/** Asks agencies for individual management reviews, and follows each to an end. */
@Injectable()
export class ManagementService {
  constructor(private readonly changing: Changing) {}

  ask(call: Call, id: string) {
    return this.changing.review(call, id, 'review.ask-management-review', async ({ tx, review: { document } }) => {
      const { agencies, from, to, dueOn } = valid(AskManagementReviewDto, call.body);
      const today = civilDate(tx.now);
      if (to < from) throw wrong('to', 'too-early', 'The last day must not be before the first');
      if (dueOn <= today) throw wrong('dueOn', 'too-early', 'The date must be after today');
      const known = await partnersAmong(tx, agencies);
      if (agencies.some((a) => !known.has(a)))
        throw wrong('agencies', 'organisation.unknown', 'Choose agencies of the partnership');
      const asked = new Set(managementReviewsOf(document).map((m) => m.orgId));
      const fresh = [...new Set(agencies)].filter((a) => !asked.has(a));
      if (fresh.length === 0) throw new RuleBroken('review.asked-already', 'They are asked already');
      const more: ManagementReview[] = fresh.map((orgId) => ({
        ...{ id: newId(), round: document.round, orgId, from, to, dueOn, askedOn: today, ...recordedBy(tx) },
      }));
      tx.about({ recipients: fresh.map((org) => ({ org })) });
      const managementReviews = [...(document.managementReviews ?? []), ...more];
      return { what: 'management-review', document: { managementReviews } };
    });
  }

  /** What the agency itself does: somebody named for it, or a coordinator who records what came otherwise. */
  submit(call: Call, id: string, imr: string) {
    return this.changing.review(
      call,
      id,
      'review.submit-management-review',
      (given) => {
        const { tx, review } = given;
        const asked = askedFor(given, imr);
        if (!coordinates(given) && tx.actor.orgId !== asked.orgId)
          throw new Forbidden('review.forbidden', 'You may not do this', ['organisation.not-asked']);
        const { move, submission, reason = null } = valid(SubmitDto, call.body);
        demandMove(stateOf(given, imr), move);
        if (move === 'refuse' && !reason?.trim()) throw wrong('reason', 'required', 'Enter why it is refused');
        if (move !== 'submit') return step(given, { review: imr, move, reason });
        if (!submission) throw wrong('author', 'required', 'Enter who wrote it');
        const said = { ...submission, clearance: submission.clearance ?? null };
        const problems = submissionProblems(said, review.document, civilDate(tx.now));
        if (problems.length > 0) throw new Invalid(problems);
        return step(given, { review: imr, move, reason, submission: said });
      },
      { named: true },
    );
  }

  /**
   * What a reader finds: never somebody of the agency itself, nor whoever submitted it. One that lacks something cannot be
   * accepted: it is returned, and what it lacks is named. To waive one, or to escalate a refusal, is for coordinators.
   */
  judge(call: Call, id: string, imr: string) {
    return this.changing.review(
      call,
      id,
      'review.judge-management-review',
      (given) => {
        const { tx, review } = given;
        const asked = askedFor(given, imr);
        const { move, analysis, smart, reason = null } = valid(JudgeDto, call.body);
        const reads = move === 'accept' || move === 'return';
        if (!reads && !coordinates(given))
          throw new Forbidden('review.forbidden', 'You may not do this', ['organisation.not-owner']);
        if (reads && tx.actor.orgId === asked.orgId)
          throw new RuleBroken('management-review.own-agency', 'Somebody outside the agency must read it');
        demandMove(stateOf(given, imr), move);
        const last = managementStepsOf(review.document, imr).findLast((s) => s.submission);
        if (reads && last?.by === tx.actor.id)
          throw new RuleBroken('management-review.own-submission', 'Somebody else must read what you have recorded');
        if (move !== 'accept') {
          if (!reason?.trim()) throw wrong('reason', 'required', 'Enter the reason');
          return step(given, { review: imr, move, reason });
        }
        const judgement = { analysis: analysis === true, smart: smart === true };
        const lacks = acceptLacks(asked, last!.submission!, judgement, review.document);
        if (lacks.length > 0)
          throw wrong('form', 'not-acceptable', `It cannot be accepted: ${lacks.join('; ')}. Return it`);
        return step(given, { review: imr, move, reason, judgement });
      },
      { named: true },
    );
  }
}

const coordinates = ({ tx, review }: Changed): boolean =>
  tx.actor.orgId === review.ownerOrg && tx.actor.roles.includes('review-coordinator');

function askedFor({ review }: Changed, imr: string): ManagementReview {
  const asked = managementReviewsOf(review.document).find((m) => m.id === imr);
  if (!asked) throw new NotFound('management-review');
  return asked;
}

const stateOf = ({ review }: Changed, imr: string) => managementState(managementStepsOf(review.document, imr));

function step({ tx, review: { document } }: Changed, done: Omit<ManagementStep, 'by' | 'at' | 'orgId'>) {
  tx.about({ items: [done.move] });
  const kept: ManagementStep = { ...done, orgId: tx.actor.orgId, ...recordedBy(tx) };
  return {
    what: 'management-review' as const,
    document: { managementSteps: [...(document.managementSteps ?? []), kept] },
    reason: done.reason,
  };
}
