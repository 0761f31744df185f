import { civilDate } from '@concordat/clocks';
import { Invalid, RuleBroken, wrong } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { openDateErrors } from '../date-checks';
import { outcomeBarred, thresholdOf } from '../asb-threshold';
import { criteriaUnder, dateGivenBy, problemsOf } from '../decision-rules';
import { sendingProblem } from '../family';
import { familyOf } from '../family.repository';
import { isConfirmed } from '../lifecycle';
import { unansweredAgencies } from '../scoping-rules';
import { dateOf, datedBy, datesOf, decisionOf, type Decision } from '../review';
import { Changing, recordedBy } from './changing';
import { dateProblem } from './dating';
import { AllowDatesDto, ConfirmDto, DecideDto, KeepDateDto, KeepNoticeDto } from './reviews.dto';
import { keepDecision } from './reviews.repository';

/** Writes down what guards ask for: dates, decisions, notices, confirmations. Nothing that was written is changed. */
@Injectable()
export class RecordingService {
  constructor(private readonly changing: Changing) {}

  /** A date, or a correction of one; clocks are computed anew from it, and the former due date stays beside. */
  keepDate(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-date', ({ tx, review: { document }, kind }) => {
      const { code, date, approximate = false, party = null, reason = null } = valid(KeepDateDto, call.body);
      const problem = dateProblem(kind, document.parties, { code, date, party }, civilDate(tx.now));
      if (problem) throw new Invalid([problem]);
      const before = datesOf(document, code, party).at(-1);
      if (before && before.date === date && before.approximate === approximate)
        throw wrong('date', 'unchanged', 'This date is recorded already');
      if (before && !reason) throw wrong('reason', 'required', 'Enter why the date is corrected');
      const fact = { code, date, approximate, party, reason, ...recordedBy(tx) };
      tx.about({ items: [code] });
      return { what: 'date', document: { facts: [...document.facts, fact] }, reason };
    });
  }

  /** Two dates stand although they are out of order. */
  allowDates(call: Call, id: string) {
    return this.changing.review(call, id, 'review.allow-dates', ({ tx, review: { document }, kind }) => {
      const { earlier, later, reason } = valid(AllowDatesDto, call.body);
      const found = openDateErrors(kind, document).find((e) => e.earlier === earlier && e.later === later);
      if (!found?.dates) throw new RuleBroken('review.dates-in-order', 'These dates are in order');
      const allowed = { earlier, later, dates: found.dates, reason, ...recordedBy(tx) };
      tx.about({ items: [earlier, later] });
      return { what: 'dates-allowed', document: { allowedDates: [...document.allowedDates, allowed] }, reason };
    });
  }

  keepNotice(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-notice', async ({ tx, review, kind }) => {
      const { code, sentOn = null, how = null, receipt = null, reason = null } = valid(KeepNoticeDto, call.body);
      const decision = decisionOf(review);
      if (!decision) throw new RuleBroken('review.not-decided', 'There is no decision to tell anybody of');
      const notice = kind.notices.find((n) => n.code === code && n.outcomes.includes(decision.outcome));
      if (!notice) throw wrong('code', 'not-in-list', 'Choose a notice that this decision needs');
      if (sentOn === null) {
        if (!notice.orReason) throw wrong('sentOn', 'required', 'Enter when it was sent');
        if (!reason?.trim()) throw wrong('reason', 'required', 'Enter when it was sent, or why it was not');
      } else {
        if (sentOn > civilDate(tx.now)) throw wrong('sentOn', 'in-future', 'The date must be today or earlier');
        if (sentOn < decision.decidedOn)
          throw wrong('sentOn', 'before-decision', 'A notice of a decision cannot be sent before it');
        if (!receipt?.trim()) throw wrong('receipt', 'required', 'Enter the receipt: a reference, or who confirmed it');
      }
      if (notice.family && sentOn !== null) {
        const held = sendingProblem(sentOn, await familyOf(tx, id), review.document.pauses);
        const instead = notice.orReason ? ', or enter why they were not told' : '';
        if (held) throw wrong('sentOn', held.code, `${held.message}${instead}`);
      }
      const kept = { code, decision: decision.number, sentOn, how, receipt, reason, ...recordedBy(tx) };
      tx.about({ items: [code] });
      const { document } = review;
      // Whoever applied is told of the threshold by it: nobody has to record that again.
      const told = kind.threshold && sentOn !== null ? 'threshold-told' : undefined;
      const facts = datedBy(kind, document, told, sentOn ?? '', recordedBy(tx));
      return { what: 'notice', document: { facts, notices: [...document.notices, kept] } };
    });
  }

  /** Somebody says, with the evidence, that a guard is met. Those who are named may too. */
  confirm(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.confirm',
      ({ tx, review, kind }) => {
        const { document } = review;
        const { guard: code, evidence } = valid(ConfirmDto, call.body);
        const guard = kind.guards.find((g) => g.code === code);
        if (!guard || !isConfirmed(guard, review)) throw wrong('guard', 'not-in-list', 'Choose what you confirm');
        const said = { guard: code, round: document.round, evidence, ...recordedBy(tx) };
        tx.about({ items: [code] });
        return { what: 'confirmation', document: { confirmations: [...document.confirmations, said] } };
      },
      { named: true },
    );
  }

  /** Keeps a decision record. It supersedes the one before, which stays. */
  decide(call: Call, id: string) {
    return this.changing.review(call, id, 'review.decide', async ({ tx, review, kind }) => {
      const dto = valid(DecideDto, call.body);
      if (kind.states.find(({ code }) => code === review.state)?.final)
        throw new RuleBroken('review.over', 'The review has come to its end');
      const { criteria = [], consulted = [] } = dto;
      const asked = new Set(criteriaUnder(kind, dto.legalBasis).map(({ code }) => code));
      const before = decisionOf(review);
      const decision: Decision = {
        ...{ number: (before?.number ?? 0) + 1, round: review.document.round, supersedes: before?.number ?? null },
        ...{ outcome: dto.outcome, legalBasis: dto.legalBasis, decidedOn: dto.decidedOn, rationale: dto.rationale },
        ...{ decider: dto.decider, deciderRole: dto.deciderRole, conflicts: dto.conflicts },
        ...{ alternatives: dto.alternatives ?? null, dissent: dto.dissent ?? null },
        ...{ reviewOn: dto.reviewOn ?? null, challenge: dto.challenge ?? null },
        criteria: criteria
          .filter(({ code }) => asked.has(code))
          .map(({ code, answer, evidence }) => ({ code, answer, evidence })),
        consulted: kind.mustConsult.map(({ code, who }) => {
          const heard = consulted.find((c) => c.code === code);
          const { person = null, on = null, view = null, noReply = false } = heard ?? {};
          return { code, who, person, on, view, noReply };
        }),
        unanswered: unansweredAgencies(review.document),
        ...recordedBy(tx),
      };
      const problems = problemsOf(kind, decision, civilDate(tx.now));
      const { document } = review;
      const finding = thresholdOf(kind, document.complaints ?? [], dateOf(document, 'application'));
      const barred = outcomeBarred(finding, decision.outcome);
      if (barred) problems.push({ field: 'outcome', code: 'threshold', message: barred });
      if (problems.length > 0) throw new Invalid(problems);
      await keepDecision(tx, id, decision);
      tx.about({ items: [decision.outcome], justification: decision.legalBasis });
      // What is decided has a date of the review as well: nobody has to record that again.
      const code = dateGivenBy(kind, decision.outcome);
      return {
        what: 'decision',
        document: { facts: datedBy(kind, document, code, decision.decidedOn, recordedBy(tx)) },
      };
    });
  }
}
