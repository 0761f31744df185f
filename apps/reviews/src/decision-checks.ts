import { daysBetween } from '@concordat/clocks';
import { clockFound, lacking, NONE, said, stepped, worst, type CheckResult, type CheckRule } from './audit-check';
import { criteriaUnder } from './decision-rules';
import { lastAsked } from './management-review';
import { clocksOf } from './review-clocks';
import { datesOf, decisionOf } from './review';
import { scopingLacks, unansweredAgencies } from './scoping-rules';

/** Checks of the decision, of who was told, and of the time that it took. */
export const DECISION_CHECKS: readonly CheckRule[] = [
  {
    code: 'notice-to-decision',
    title: 'Days from the notice to the decision',
    find: (kind, review, today) => {
      const told = ['notice', 'application'].flatMap((code) => datesOf(review.document, code)).at(-1);
      const first = review.decisions[0];
      const evidence = [
        ...(told ? [said('Notice received', told.date)] : []),
        ...(first ? [said('First decision', first.decidedOn)] : []),
        ...(told?.date.length === 10 && first ? [said(`${daysBetween(told.date, first.decidedOn)} days`)] : []),
      ];
      const clocks = clocksOf(kind, review.document, today).filter((c) =>
        kind.clocks.some((k) => k.code === c.code && k.meets.some((m) => m === 'decision' || m === 'threshold')),
      );
      const found = clockFound(clocks);
      return { result: first ? found.result : 'not-yet', evidence: [...evidence, ...found.evidence] };
    },
  },
  {
    code: 'told',
    title: 'Everybody was told the decision, for no as well as for yes',
    find: (kind, review) => {
      const decision = decisionOf(review);
      if (!decision) return { result: 'not-yet', evidence: [said('Nothing is decided')] };
      const due = kind.notices.filter(({ outcomes }) => outcomes.includes(decision.outcome));
      if (due.length === 0) return NONE;
      const sent = due.map((n) => ({
        to: n.to,
        kept: review.document.notices.findLast((k) => k.code === n.code && k.decision === decision.number),
      }));
      const open = sent.filter(({ kept }) => !kept);
      return {
        result: lacking(
          open.map(({ to }) => to),
          stepped(kind, review, ['notices']),
        ),
        evidence: sent.map(({ to, kept }) =>
          said(
            `${to}: ${kept ? (kept.sentOn ? 'told' : 'not told, with a reason') : 'not told'}`,
            kept?.sentOn ?? null,
          ),
        ),
      };
    },
  },
  {
    code: 'criteria',
    title: 'Each criterion is answered with evidence',
    find: (kind, { decisions }) => {
      if (kind.criteria.length === 0) return NONE;
      if (decisions.length === 0) return { result: 'not-yet', evidence: [said('Nothing is decided')] };
      const found = decisions.map((d) => {
        const asked = criteriaUnder(kind, d.legalBasis);
        const answered = asked.filter(({ code }) =>
          d.criteria.some((c) => c.code === code && c.evidence.trim() !== ''),
        );
        return { d, asked: asked.length, answered: answered.length };
      });
      return {
        result: found.every(({ asked, answered }) => asked === answered) ? 'met' : 'not-met',
        evidence: found.map(({ d, asked, answered }) =>
          said(`Decision ${d.number}: ${answered} of ${asked} criteria answered with evidence`, d.decidedOn),
        ),
      };
    },
  },
  {
    code: 'scoping',
    title: 'Every agency that was asked what it knows answered, or it is on record why the review went on',
    find: (kind, review) => {
      const guard = kind.guards.find(({ check }) => check === 'scoping');
      if (!guard) return NONE;
      const { document } = review;
      const asked = lastAsked(document.scoping ?? []);
      const over = stepped(kind, review, ['scoping']);
      if (asked.length === 0) return { result: over ? 'not-met' : 'not-yet', evidence: [said('Nobody is asked')] };
      const silent = unansweredAgencies(document).length;
      const open = scopingLacks({ ...document, round: asked[0]!.round }, guard).open.length;
      const gone = (document.scopingSteps ?? []).filter(({ move }) => move === 'go-on');
      return {
        result: open > 0 ? lacking(['open'], over) : silent > 0 ? 'to-judge' : 'met',
        evidence: [
          said(`${asked.length - silent} of ${asked.length} answered`),
          ...gone.map(({ on }) => said('The review went on without one of them', on)),
        ],
      };
    },
  },
  {
    code: 'extensions',
    title: 'Later dates were agreed before the old ones had passed',
    find: (_, { document }) => {
      if (document.extensions.length === 0) return NONE;
      const late = document.extensions.filter((e) => e.agreedOn > e.old);
      return {
        result: late.length === 0 ? 'met' : 'not-met',
        evidence: document.extensions.map((e) =>
          said(
            `${e.clock}: ${e.old} to ${e.new}, ${e.agreedOn > e.old ? `${daysBetween(e.old, e.agreedOn)} days late` : 'in time'}, agreed`,
            e.agreedOn,
          ),
        ),
      };
    },
  },
  {
    code: 'pauses',
    title: 'Pauses match the dates of the proceedings',
    find: (_, { document }, today) => {
      const pauses = document.pauses.filter(({ reason }) => reason !== 'family');
      if (pauses.length === 0) return NONE;
      const each = pauses.map((p): { result: CheckResult; text: string } => {
        if (p.to === null)
          return p.reviewOn <= today
            ? { result: 'not-met', text: `${p.reason}: runs, and was to be looked at on ${p.reviewOn}` }
            : { result: 'not-yet', text: `${p.reason}: runs, to be looked at on ${p.reviewOn}` };
        if (!p.endedOn)
          return { result: 'to-judge', text: `${p.reason}: resumed; the day of what ended it is not known` };
        const days = daysBetween(p.endedOn, p.to);
        return days < 0
          ? { result: 'not-met', text: `${p.reason}: resumed ${-days} days before what ended it` }
          : { result: 'met', text: `${p.reason}: resumed ${days} days after what ended it` };
      });
      return {
        result: worst(each.map(({ result }) => result)),
        evidence: each.map(({ text }, i) => said(text, pauses[i]!.to ?? pauses[i]!.from)),
      };
    },
  },
  {
    code: 'appeals',
    title: 'Appeals are decided',
    find: (kind, review, today) => {
      const made = datesOf(review.document, 'appeal');
      if (made.length === 0) return NONE;
      const clocks = clocksOf(kind, review.document, today).filter((c) =>
        kind.clocks.some((k) => k.code === c.code && k.anchor === 'appeal'),
      );
      const found = clockFound(clocks);
      return { result: found.result, evidence: [said('Appeal received', made.at(-1)!.date), ...found.evidence] };
    },
  },
];
