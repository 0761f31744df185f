import { civilDate } from '@concordat/clocks';
import { newId, RuleBroken, wrong } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { demandAccepted, demandSecondPerson, isSettled, stateAfter } from '../action-rules';
import { dueOf, type ActionEnding, type ReviewAction } from '../recommendation';
import { recordedBy } from '../reviews/changing';
import { workplaceOf } from '../reviews/reviews.repository';
import { ChangingRecommendations } from './changing';
import { AddActionDto, CheckDto, EndActionDto, ProgressDto, RetargetDto } from './recommendations.dto';
import * as kept from './recommendations.repository';

interface Ids {
  readonly id: string;
  readonly actionId: string;
}

/** Adds actions to recommendations and takes them to verified closure. */
@Injectable()
export class ActionsService {
  constructor(private readonly changing: ChangingRecommendations) {}

  add(call: Call, id: string) {
    return this.changing.recommendation(call, id, 'review-action.add', async ({ tx, recommendation }) => {
      const { text, leadId, due, milestones = [] } = valid(AddActionDto, call.body);
      demandAccepted(recommendation);
      const leadOrg = await workplaceOf(tx, leadId);
      if (!leadOrg) throw wrong('leadId', 'member.unknown', 'Choose who leads it');
      if (due < civilDate(tx.now)) throw wrong('due', 'in-past', 'The date must be today or later');
      const action: ReviewAction = {
        ...{ id: newId(), number: recommendation.actions.length + 1, state: 'PROPOSED', text, leadId, leadOrg },
        ...{ milestones, claims: [], checks: [], ending: null },
        targets: [{ due, reason: null, approver: null, ...recordedBy(tx) }],
      };
      await kept.insertAction(tx, id, action);
      tx.about({ objects: [{ t: 'staff', id: leadId }], recipients: [{ org: leadOrg }] });
      return { what: 'action-added', action };
    });
  }

  /** Another date, with whoever agreed to it. The dates before it stay, and lateness is shown against the first. */
  retarget(call: Call, ids: Ids) {
    return this.changing.action(
      call,
      ids,
      'review-action.retarget',
      async ({ tx, action }) => {
        const { due, reason, approver } = valid(RetargetDto, call.body);
        if (isSettled(action)) throw new RuleBroken('review-action.over', 'Nothing more is to be done for this action');
        if (due === dueOf(action).due) throw wrong('due', 'unchanged', 'This is the date already');
        if (due < civilDate(tx.now)) throw wrong('due', 'in-past', 'The date must be today or later');
        const target = { due, reason, approver, ...recordedBy(tx) };
        await kept.addTarget(tx, action.id, action.targets.length + 1, target);
        return { ...action, targets: [...action.targets, target] };
      },
      'coordinator',
      'target-revised',
    );
  }

  /** Its lead accepts it, starts it, and says with the evidence that it is done. A coordinator may for them. */
  progress(call: Call, ids: Ids) {
    return this.changing.action(
      call,
      ids,
      'review-action.progress',
      ({ tx, action }) => {
        const { move, outcome, evidence } = valid(ProgressDto, call.body);
        const state = stateAfter(action, move);
        tx.about({ items: [move] });
        if (move !== 'claim') return { ...action, state };
        if (!outcome?.trim()) throw wrong('outcome', 'required', 'Enter what has come of it');
        if (!evidence?.trim()) throw wrong('evidence', 'required', 'Enter what shows it');
        return { ...action, state, claims: [...action.claims, { outcome, evidence, ...recordedBy(tx) }] };
      },
      'lead',
    );
  }

  /** A second person, outside the line of whoever did it, finds it done, or gives it back. */
  check(call: Call, ids: Ids) {
    return this.changing.action(
      call,
      ids,
      'review-action.verify',
      async ({ tx, recommendation, action }) => {
        const { move, finding } = valid(CheckDto, call.body);
        const state = stateAfter(action, move);
        const claimant = action.claims.at(-1)?.by ?? action.leadId;
        const people = [tx.actor.id, action.leadId, claimant];
        demandSecondPerson(action, tx.actor.id, await kept.managersAround(tx, people));
        await kept.demandPart(tx, recommendation);
        tx.about({ items: [move] });
        const check = { verified: move === 'verify', finding, ...recordedBy(tx) };
        return { ...action, state, checks: [...action.checks, check] };
      },
      'second-person',
    );
  }

  /** Closes what is verified, or ends what is not done: with a reason, and whoever approved. */
  end(call: Call, ids: Ids) {
    return this.changing.action(call, ids, 'review-action.end', ({ tx, recommendation, action }) => {
      const dto = valid(EndActionDto, call.body);
      const state = stateAfter(action, dto.move);
      tx.about({ items: [dto.move] });
      if (dto.move === 'close') return { ...action, state };
      if (!dto.reason?.trim()) throw wrong('reason', 'required', 'Enter the reason');
      if (!dto.approver?.trim()) throw wrong('approver', 'required', 'Enter who approved it');
      const other = recommendation.actions.find((a) => a.id === dto.supersededBy && a.id !== action.id);
      if (dto.move === 'supersede' && !other)
        throw wrong('supersededBy', 'not-in-list', 'Choose the action that takes its place');
      const ending: ActionEnding = {
        ...{ reason: dto.reason, approver: dto.approver, ...recordedBy(tx) },
        supersededBy: dto.move === 'supersede' ? other!.id : null,
      };
      return { ...action, state, ending };
    });
  }
}
