import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Invalid, newId, RuleBroken, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { BEFORE, type ReviewKind } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Complaint } from '../asb-threshold';
import { Kinds } from '../kinds';
import { missingFor, takeStep } from '../lifecycle';
import type { DatedFact, ReviewRecord } from '../review';
import { Changing, publish, recordedBy } from './changing';
import { dateProblem } from './dating';
import { AdvanceDto, NameMemberDto, RegisterReviewDto } from './reviews.dto';
import * as kept from './reviews.repository';

/** Registers reviews, leads them through the states of their kind, and names who may see them. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
    private readonly changing: Changing,
  ) {}

  async register(call: Call) {
    const done = await this.unit.run({ action: 'review.register', call }, (tx) => {
      demand(tx.actor, 'review.register');
      return this.begin(tx, valid(RegisterReviewDto, call.body));
    });
    return { ...done.value, receipt: done.receipt };
  }

  /**
   * begin makes a review of a notification, in the caller's unit of work, coordinated by the organisation that they act for.
   * Throws Invalid when what the way in asks for is missing.
   */
  async begin(tx: Tx, dto: RegisterReviewDto, complaints: readonly Complaint[] = []) {
    const kind = this.kinds.byCode(dto.kind, tx.now);
    if (!kind) throw new Invalid([{ field: 'kind', code: 'not-in-list', message: 'Choose the kind of review' }]);
    const parties = await this.parties(tx, kind, dto.parties ?? []);
    const { areaId } = dto;
    if (areaId && !(await kept.isOpenArea(tx, areaId)))
      throw new Invalid([{ field: 'areaId', code: 'area.unknown', message: 'Choose an area of the partnership' }]);
    const facts = factsOf(tx, kind, dto, parties);
    await this.kinds.pin(tx, kind);
    const way = kind.transitions.find((t) => t.from === BEFORE)!;
    const { about, notifier } = dto;
    const review: ReviewRecord = {
      ...{ id: newId(), version: 1, reference: await kept.nextReference(tx), ownerOrg: tx.actor.orgId! },
      ...{ kind: { code: kind.code, version: kind.version, digest: kind.digest }, state: way.to },
      ...{ decisions: [], recommendations: [] },
      document: {
        ...{ about, notifier, parties, facts, round: 1, ...(areaId ? { areaId } : {}) },
        ...{ notices: [], confirmations: [], pauses: [], extensions: [], allowedDates: [] },
        ...(complaints.length > 0 ? { complaints } : {}),
      },
    };
    demandEntry(kind, review, tx.actor.id);
    await kept.insertReview(tx, review);
    await kept.keepStep(tx, review, { what: 'registered', from: null, reason: null });
    publish(tx, tx.open(review.id), kind, review, 'registered');
    return { id: review.id, version: 1, state: review.state, reference: review.reference };
  }

  /** Takes the next step. What is missing is named, and nothing is done. */
  advance(call: Call, id: string) {
    return this.changing.review(call, id, 'review.advance', ({ tx, review, kind }) => {
      const { to, reason = null } = valid(AdvanceDto, call.body);
      const step = takeStep(kind, review, to, tx.actor.id);
      if (step.reason && !reason)
        throw new Invalid([{ field: 'reason', code: 'required', message: 'Enter why this step is taken' }]);
      return { what: 'step', state: step.state, document: { round: step.round }, reason };
    });
  }

  /** Names somebody who may see the review, for the organisation that they work for. */
  nameMember(call: Call, id: string) {
    return this.changing.review(call, id, 'review.name-member', async ({ tx }) => {
      const { userId, seat } = valid(NameMemberDto, call.body);
      const orgId = await kept.workplaceOf(tx, userId);
      if (!orgId) throw new Invalid([{ field: 'userId', code: 'member.unknown', message: 'Choose somebody' }]);
      if ((await kept.membersOf(tx, id)).some((m) => m.userId === userId))
        throw new RuleBroken('review.member-named', 'They are named already');
      await kept.nameMember(tx, id, { userId, orgId, seat });
      tx.about({ objects: [{ t: 'staff', id: userId }], recipients: [{ org: orgId }] });
      return { what: 'member-named' };
    });
  }

  releaseMember(call: Call, id: string, userId: string) {
    return this.changing.review(call, id, 'review.release-member', async ({ tx }) => {
      if (!(await kept.membersOf(tx, id)).some((m) => m.userId === userId))
        throw new RuleBroken('review.member-not-named', 'They are not named');
      await kept.releaseMember(tx, id, userId);
      tx.about({ objects: [{ t: 'staff', id: userId }] });
      return { what: 'member-released' };
    });
  }

  private async parties(tx: Tx, kind: ReviewKind, parties: readonly string[]): Promise<string[]> {
    const needed = kind.facts.some(({ perParty }) => perParty);
    const wrong = (code: string, message: string) => new Invalid([{ field: 'parties', code, message }]);
    if (needed && parties.length === 0) throw wrong('required', 'Choose the partners that have duties of their own');
    if (!needed && parties.length > 0) throw wrong('not-asked', 'This kind of review has no duties of each partner');
    const known = await kept.partnersAmong(tx, parties);
    if (parties.some((p) => !known.has(p)))
      throw wrong('organisation.unknown', 'Choose organisations of the partnership');
    return [...new Set(parties)];
  }
}

function factsOf(tx: Tx, kind: ReviewKind, { dates = [] }: RegisterReviewDto, parties: readonly string[]): DatedFact[] {
  const problems: FieldProblem[] = [];
  const facts = dates.map(({ code, date, approximate = false, party = null }, i) => {
    const problem = dateProblem(kind, parties, { code, date, party }, civilDate(tx.now));
    if (problem) problems.push({ ...problem, field: `dates.${i}.${problem.field}` });
    return { code, date, approximate, party, reason: null, ...recordedBy(tx) };
  });
  if (problems.length > 0) throw new Invalid(problems);
  return facts;
}

/**
 * What the way in wants is asked on the form, so what is missing is an error of a field. A notification whose dates are out
 * of order is registered all the same: no step is taken before somebody has looked at them.
 */
function demandEntry(kind: ReviewKind, review: ReviewRecord, who: string): void {
  const way = kind.transitions.find((t) => t.from === BEFORE)!;
  const missing = missingFor(kind, review, way, who).filter(({ check }) => check !== 'dates');
  const problems = missing.map(({ code, text }) => {
    const fact = kind.guards.find((g) => g.code === code)?.fact;
    return { field: fact ? `dates.${fact}` : 'dates', code: 'required', message: `Enter: ${text}` };
  });
  if (problems.length > 0) throw new Invalid(problems);
}
