import { civilDate } from '@concordat/clocks';
import { Forbidden, newId, RuleBroken, wrong } from '@concordat/contracts';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { lastAsked } from '../management-review';
import type { ScopingRequest, ScopingReturn, ScopingStep } from '../panel';
import type { ReviewDocument } from '../review';
import { chaseProblem, requestsOf } from '../scoping-rules';
import { Changing, recordedBy } from './changing';
import { AskAgenciesDto, ChaseDto, ReturnDto } from './panel.dto';
import { partnersAmong } from './reviews.repository';

/** Asks agencies what they know, keeps what each answers by when, and what is done about one that does not. */
@Injectable()
export class ScopingService {
  constructor(private readonly changing: Changing) {}

  ask(call: Call, id: string) {
    return this.changing.review(call, id, 'review.ask-agencies', async ({ tx, review: { document } }) => {
      const { agencies, dueOn } = valid(AskAgenciesDto, call.body);
      const today = civilDate(tx.now);
      if (dueOn <= today) throw wrong('dueOn', 'too-early', 'The date must be after today');
      const known = await partnersAmong(tx, agencies);
      if (agencies.some((a) => !known.has(a)))
        throw wrong('agencies', 'organisation.unknown', 'Choose agencies of the partnership');
      const asked = new Set(requestsOf(document).map((r) => r.orgId));
      const fresh = [...new Set(agencies)].filter((a) => !asked.has(a));
      if (fresh.length === 0) throw new RuleBroken('review.asked-already', 'They are asked already');
      const requests: ScopingRequest[] = fresh.map((orgId) => ({
        ...{ id: newId(), round: document.round, orgId, askedOn: today, dueOn, ...recordedBy(tx) },
      }));
      tx.about({ recipients: fresh.map((org) => ({ org })) });
      return { what: 'agencies-asked', document: { scoping: [...(document.scoping ?? []), ...requests] } };
    });
  }

  /** Reminds an agency, asks those who lead it, or goes on without its answer, which is taken whenever it comes. */
  chase(call: Call, id: string, requestId: string) {
    return this.changing.review(call, id, 'review.chase-agency', ({ tx, review: { document }, kind }) => {
      const request = requestIn(document, requestId);
      const { move, who, text } = valid(ChaseDto, call.body);
      const today = civilDate(tx.now);
      const problem = chaseProblem(kind, document, request, move, today);
      if (problem) throw new RuleBroken(`review.not-chased-${problem.code}`, problem.message);
      const step: ScopingStep = { requestId, move, on: today, who, text, ...recordedBy(tx) };
      tx.about({ items: [move], objects: [{ t: 'organisation', id: request.orgId }] });
      return { what: 'agency-chased', document: { scopingSteps: [...(document.scopingSteps ?? []), step] } };
    });
  }

  /**
   * Somebody named for the agency answers for it; a coordinator records what came otherwise, or that nothing came. What comes after the
   * review has gone on, in whatever round, is taken as well.
   */
  keepReturn(call: Call, id: string, requestId: string) {
    return this.changing.review(
      call,
      id,
      'review.return-scoping',
      ({ tx, review: { document, ownerOrg } }) => {
        const request = requestIn(document, requestId);
        const coordinates = tx.actor.orgId === ownerOrg && tx.actor.roles.includes('review-coordinator');
        if (!coordinates && tx.actor.orgId !== request.orgId)
          throw new Forbidden('review.forbidden', 'You may not do this', ['organisation.not-asked']);
        const { answer, text = null } = valid(ReturnDto, call.body);
        const today = civilDate(tx.now);
        if (answer === 'no-reply' && !coordinates)
          throw wrong('answer', 'not-in-list', 'Choose what your agency knows');
        if (answer === 'no-reply' && today <= request.dueOn)
          throw wrong('answer', 'too-early', 'Their time to answer is not over');
        if (answer === 'known' && !text?.trim()) throw wrong('text', 'required', 'Enter what is known');
        const kept: ScopingReturn = { requestId, answer, text, on: today, ...recordedBy(tx) };
        tx.about({ items: [answer] });
        return { what: 'agency-returned', document: { returns: [...(document.returns ?? []), kept] } };
      },
      { named: true },
    );
  }
}

/** @throws NotFound unless it is of those that were asked last */
function requestIn({ scoping = [] }: ReviewDocument, id: string): ScopingRequest {
  const request = lastAsked(scoping).find((r) => r.id === id);
  if (!request) throw new NotFound('scoping-request');
  return request;
}
