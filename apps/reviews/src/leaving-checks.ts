import { has, lacking, NONE, said, stepped, type CheckRule } from './audit-check';
import { answerTo, publicationLacks } from './publication-rules';

/** Checks of what leaves the review, of its record, and of what came of it. */
export const LEAVING_CHECKS: readonly CheckRule[] = [
  {
    code: 'quality',
    title: 'Every point of the quality letters is answered',
    find: (kind, review) => {
      if (!has(kind, ['quality', 'letter'])) return NONE;
      const { letters = [] } = review.document;
      if (letters.length === 0)
        return {
          result: lacking(['letter'], stepped(kind, review, ['quality'])),
          evidence: [said('There is no letter')],
        };
      const counted = letters.map((l) => ({
        ...l,
        done: l.points.filter((_, i) => answerTo(review.document, l.number, i + 1)).length,
      }));
      const open = counted.filter(({ points, done }) => done < points.length);
      return {
        result: lacking(
          open.map(({ number }) => String(number)),
          stepped(kind, review, ['quality']),
        ),
        evidence: counted.map((l) =>
          said(`Letter ${l.number}: ${l.done} of ${l.points.length} points answered`, l.receivedOn),
        ),
      };
    },
  },
  {
    code: 'copies',
    title: 'Central bodies had their copies',
    find: (kind, review) => {
      const { copies: due = [] } = kind;
      if (due.length === 0) return NONE;
      const sent = due.map((d) => ({ to: d.to, kept: review.document.copies?.find((c) => c.code === d.code) }));
      return {
        result: lacking(
          sent.flatMap(({ to, kept }) => (kept ? [] : [to])),
          stepped(kind, review, ['copies']),
        ),
        evidence: sent.map(({ to, kept }) => said(`${to}: ${kept ? 'sent' : 'not sent'}`, kept?.sentOn ?? null)),
      };
    },
  },
  {
    code: 'publication',
    title: 'It is published, or there is a reason why not',
    find: (kind, review, today) => {
      if (!has(kind, ['publication'])) return NONE;
      const last = review.document.publications?.at(-1);
      if (!last)
        return {
          result: lacking(publicationLacks([], review.document), stepped(kind, review, ['publication'])),
          evidence: [],
        };
      const stale = last.reviewOn !== null && last.reviewOn <= today;
      return {
        result: stale ? 'not-met' : 'met',
        evidence: [
          said(
            `Decided: ${last.decision}${last.reasons.length > 0 ? `, because of ${last.reasons.join(', ')}` : ''}`,
            last.decidedOn,
          ),
          ...(last.reviewOn
            ? [said(stale ? 'Was to be looked at again' : 'To be looked at again', last.reviewOn)]
            : []),
        ],
      };
    },
  },
  {
    code: 'history',
    title: 'Every change is in the history, in one name each',
    find: (_, { history, version }) => {
      const whole = history.length === version && history.every((h, i) => h.version === i + 1);
      const people = new Set(history.map(({ by }) => by)).size;
      return {
        result: whole ? 'met' : 'not-met',
        evidence: [
          said(`${version} changes, ${history.length} lines, by ${people} ${people === 1 ? 'person' : 'people'}`),
        ],
      };
    },
  },
  {
    code: 'actions',
    title: 'Actions that are done have evidence, and somebody else looked',
    find: (_, { actions }) => {
      if (actions.length === 0) return NONE;
      const done = actions.filter(({ state }) => state === 'VERIFIED' || state === 'CLOSED');
      const unproven = done.filter(({ claims, checks, leadId }) => {
        const claim = claims.at(-1);
        const check = checks.at(-1);
        return !claim?.evidence || !check?.verified || check.by === claim.by || check.by === leadId;
      });
      return {
        result: unproven.length > 0 ? 'not-met' : done.length > 0 ? 'met' : 'not-yet',
        evidence: [
          said(`${done.length} of ${actions.length} actions verified`),
          ...unproven.map(({ name }) => said(`${name} lacks evidence or a second person`)),
        ],
      };
    },
  },
  {
    code: 'repeats',
    title: 'Repeats of earlier recommendations are known',
    find: (_, { recommendations, repeats }) =>
      recommendations.length === 0
        ? NONE
        : {
            result: repeats === 0 ? 'met' : 'to-judge',
            evidence: [said(`${repeats} of ${recommendations.length} recommendations are linked to an earlier one`)],
          },
  },
];
