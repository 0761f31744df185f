import { has, lacking, NONE, said, stepped, type CheckRule } from './audit-check';
import { lastAsked } from './management-review';
import { managementStanding, openAmong } from './management-rules';
import { membersSitting } from './panel';
import { chairLacks, panelLacks, termsLack, wasAgreed } from './panel-rules';

const STATES = {
  ...{ requested: 'asked for', inProgress: 'being made', submitted: 'submitted, signed', returned: 'returned' },
  ...{ accepted: 'signed and accepted', waived: 'waived', refused: 'refused', escalated: 'refused and escalated' },
} as const;

/** Checks of the panel and of how the family was kept in touch. */
export const PANEL_CHECKS: readonly CheckRule[] = [
  {
    code: 'independence',
    title: 'The chair and the panel have declared independence',
    find: (kind, review) => {
      if (!has(kind, ['chair', 'panel'])) return NONE;
      const lacks = [...chairLacks(review.document), ...panelLacks(kind.panel, review.document)].filter(
        (text) => !text.startsWith('nobody for'),
      );
      const declared = membersSitting(review.document).flatMap((m) => m.declarations.at(-1) ?? []);
      return {
        result: lacking(lacks, stepped(kind, review, ['chair', 'panel'])),
        evidence: [said(`${declared.length} declarations in force`), ...[...new Set(lacks)].map((text) => said(text))],
      };
    },
  },
  {
    code: 'specialist',
    title: 'A specialist sits on the panel',
    find: (kind, review) => {
      const seats = kind.panel.essential.filter((seat) => seat.includes('specialist'));
      if (seats.length === 0) return NONE;
      const lacks = panelLacks({ ...kind.panel, essential: seats }, review.document).filter((text) =>
        text.startsWith('nobody for'),
      );
      const filled = seats.length - lacks.length;
      return {
        result: lacking(lacks, stepped(kind, review, ['panel'])),
        evidence: [said(`${filled} of ${seats.length} specialist seats filled`), ...lacks.map((text) => said(text))],
      };
    },
  },
  {
    code: 'quorum',
    title: 'What the panel agreed, a quorate meeting agreed',
    find: (kind, review) => {
      const { document } = review;
      const agreed = kind.guards.filter(({ check }) => check === 'meeting');
      if (!has(kind, ['terms', 'meeting'])) return NONE;
      const lacks = [
        ...(has(kind, ['terms']) ? termsLack(document) : []),
        ...agreed.filter(({ code }) => !wasAgreed(document, code)).map(({ text }) => text),
      ];
      const over = [
        ...(stepped(kind, review, ['terms']) ? termsLack(document) : []),
        ...agreed.filter(({ code }) => stepped(kind, review, [code]) && !wasAgreed(document, code)),
      ];
      return {
        result: lacking(lacks, over.length > 0),
        evidence: (document.meetings ?? []).map((m) =>
          said(`Meeting ${m.lacked.length === 0 ? 'was quorate' : 'was not quorate'}, agreed ${m.agreed.length}`, m.on),
        ),
      };
    },
  },
  {
    code: 'management-reviews',
    title: 'Individual management reviews are signed and accepted, waived, or refused and escalated',
    find: (kind, review, today) => {
      if (!has(kind, ['management-reviews'])) return NONE;
      const { document } = review;
      const asked = lastAsked(document.managementReviews ?? []);
      const open = openAmong(document, asked);
      const over = stepped(kind, review, ['management-reviews']);
      if (asked.length === 0) {
        const without = kind.guards.filter(({ check }) => check === 'management-reviews').map(({ code }) => code);
        const kept = document.confirmations.findLast((c) => without.includes(c.guard));
        const evidence = [said(kept ? 'That none is made is confirmed' : 'No agency is asked', kept?.at.slice(0, 10))];
        return { result: kept ? 'to-judge' : over ? 'not-met' : 'not-yet', evidence };
      }
      return {
        result: lacking(open > 0 ? ['open'] : [], over),
        evidence: asked.map((m, i) => {
          const { state, late, steps } = managementStanding(document, m, today);
          return said(`Review ${i + 1}: ${STATES[state]}${late ? ', late' : ''}`, steps.at(-1)?.at.slice(0, 10));
        }),
      };
    },
  },
  {
    code: 'family',
    title: 'The family was told, asked and offered to read',
    find: (kind, review) => {
      const guards = kind.guards.filter(({ code }) => code.startsWith('family') || code.startsWith('victim'));
      if (guards.length === 0) return NONE;
      const found = guards.map((guard) => ({
        ...{ guard, over: stepped(kind, review, [guard.code]) },
        kept:
          guard.check === 'family'
            ? review.document.family?.findLast(({ topic }) => topic === guard.topic)
            : review.document.confirmations.findLast((c) => c.guard === guard.code),
      }));
      const open = found.filter(({ kept }) => !kept);
      // Against what they had asked for, with a reason in the family log: whether that was right is for a person to say.
      const against = (review.document.family ?? []).filter((c) => c.against);
      const result = lacking(
        open.map(({ guard }) => guard.code),
        open.some(({ over }) => over),
      );
      return {
        result: result === 'met' && against.length > 0 ? 'to-judge' : result,
        evidence: [
          ...found.map(({ guard, kept }) =>
            said(`${guard.text}: ${kept ? 'on record' : 'not on record'}`, kept?.at.slice(0, 10) ?? null),
          ),
          ...against.map(({ on }) => said('Contacted although they had asked not to be', on)),
        ],
      };
    },
  },
];
