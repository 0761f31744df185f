import type { Names } from '../../apis/directory';
import type { ReviewRecommendation } from '../../apis/recommendations';
import type { ReviewView } from '../../apis/reviews';
import { civilDateOf } from '../../design/filters';
import { ANSWERED, CHASING, MANAGED, MANAGED_BY, MANAGING, NOT_QUALIFYING, ROLES, SCOPED } from '../panel-words';
import { shownFindings } from '../kind-words';
import { LEVELS, RESPONSES, STATES } from '../recommendation-words';
import { ANSWERS, CHANGES, dueText, FORCES, lengthOf, standingOf, usedText } from '../words';

/** A legal basis by its words, and by the code that the kind gives it. */
const basisIn = ({ legalBasis }: ReviewView['definition'], code: string): string => {
  const basis = legalBasis.find((b) => b.code === code);
  return basis ? `${basis.text} (${code})` : code;
};

/** A review as its page shows it: codes in words, ids as names. Pure. */
export function shownReview(view: ReviewView, names: Names) {
  const { definition, document, clocks, decisions } = view;
  const titleIn = (list: readonly { code: string; title: string }[], code: string): string =>
    list.find((one) => one.code === code)?.title ?? code;
  const state = (code: string | null) => code && titleIn(definition.states, code);
  const pause = (reason: string) => definition.pauses.find((p) => p.reason === reason);
  const party = (id: string | null): string => (id ? names.organisation(id) : '');
  return {
    review: view,
    owner: names.organisation(view.ownerOrg),
    area: view.document.areaId ? names.area(view.document.areaId) : null,
    clocks: clocks.map((c) => ({
      ...{ code: c.code, title: c.title, party: party(c.party), force: FORCES[c.force], source: c.source },
      ...{ state: standingOf(c), due: dueText(c), used: usedText(c), length: `${lengthOf(c)} “${c.from}”` },
      over: c.daysOverOriginal,
      pausedBut: c.paused && c.pauseEffect === 'needsExtension',
      agreed: c.extensions.map((e) => `${civilDateOf(e.new)}, agreed ${civilDateOf(e.agreedOn)}: ${e.reason}`),
      gaps: c.gaps.map((g) => `${civilDateOf(g.from)} to ${civilDateOf(g.to)}, ${g.days} days`),
      formerly: c.formerly.flatMap((f) => (f.original ? [civilDateOf(f.original.latest)] : [])),
      extendable:
        view.may.coordinate && c.force !== 'law' && c.due !== null && ['running', 'overdue'].includes(c.status),
      key: `${c.code}|${c.party ?? ''}`,
    })),
    decisions: decisions.toReversed().map((d) => ({
      ...d,
      outcomeTitle: titleIn(definition.outcomes, d.outcome),
      inForce: d.number === decisions.length,
      basis: basisIn(definition, d.legalBasis),
      who: names.person(d.by),
      criteria: d.criteria.map((c) => ({
        ...{ text: definition.criteria.find((k) => k.code === c.code)?.text ?? c.code },
        ...{ answer: ANSWERS[c.answer], evidence: c.evidence },
      })),
      unanswered: (d.unanswered ?? []).map((u) => ({
        ...{ ...u, agency: names.organisation(u.orgId) },
        since: view.scoping.find((s) => s.orgId === u.orgId && s.answer !== null && s.answer !== 'no-reply'),
      })),
      notices: document.notices
        .filter((n) => n.decision === d.number)
        .map((n) => ({ ...n, to: definition.notices.find((k) => k.code === n.code)?.to ?? n.code })),
    })),
    facts: definition.facts.flatMap((fact) =>
      document.facts
        .filter((f) => f.code === fact.code)
        .map((f, i, all) => ({
          ...{ title: fact.title, party: party(f.party), date: f.date, approximate: f.approximate, reason: f.reason },
          corrected: all.slice(i + 1).some((later) => later.party === f.party),
        })),
    ),
    pauses: document.pauses.map((p) => ({
      ...p,
      title: pause(p.reason)?.title ?? p.reason,
      holds: pause(p.reason)?.holds ?? [],
      endingTitle: p.ending && titleIn(pause(p.reason)?.endings ?? [], p.ending),
    })),
    ...shownPanel(view, names),
    kindTest: shownTest(view, names),
    running: document.pauses.some((p) => p.to === null),
    // Nothing is decided or paused any more in a state that nothing leads on from.
    over: definition.states.find(({ code }) => code === view.state)?.final ?? false,
    confirmations: document.confirmations.map((c) => ({
      ...{ text: definition.guards.find((g) => g.code === c.guard)?.text ?? c.guard, evidence: c.evidence },
      ...{ who: names.person(c.by), at: c.at },
    })),
    members: view.members.map((m) => ({ ...m, name: names.person(m.userId), agency: names.organisation(m.orgId) })),
    history: view.history.toReversed().map((h) => ({
      ...{ at: h.at, reason: h.reason, text: CHANGES[h.what] ?? h.what },
      ...{ who: `${names.person(h.by)}, ${names.organisation(h.orgId)}` },
      to: h.what === 'step' || h.what === 'registered' ? state(h.toState) : null,
    })),
  };
}

/** The last test of every kind. Pure. */
function shownTest({ document, kindLabels }: ReviewView, names: Names) {
  const test = document.kindTests?.at(-1);
  return test && { ...test, who: names.person(test.by), findings: shownFindings(test.findings, kindLabels) };
}

/** Recommendations of a review in one line each, with how their actions stand. Pure. */
export const shownRecommendations = (all: readonly ReviewRecommendation[], names: Names) =>
  all.map((r) => ({
    ...{ id: r.id, name: `R${r.number}`, text: r.text, level: LEVELS[r.level] },
    owner: r.department ?? names.organisation(r.ownerOrg),
    response: r.response ? RESPONSES[r.response] : 'Not answered yet',
    actions: r.actions.map((a) => ({ ...a, name: `R${r.number}.${a.number}`, state: STATES[a.state] })),
  }));

/** The panel, its meetings, its terms of reference and what agencies answered. Pure. */
function shownPanel(view: ReviewView, names: Names) {
  const { document, scoping, managementReviews, definition, may, threshold, openMeetings } = view;
  const { panel = [], meetings = [], terms = [] } = document;
  const nameOf = (id: string): string => {
    const member = panel.find((m) => m.id === id);
    return member ? `${member.name ?? names.person(member.userId)} (${member.seat})` : 'Somebody';
  };
  return {
    panel: panel.map((m) => ({
      ...{ id: m.id, seat: m.seat, role: ROLES[m.role], endedOn: m.endedOn, name: m.name ?? names.person(m.userId) },
      agency: m.orgId ? names.organisation(m.orgId) : 'Independent of the agencies',
      declared: m.declarations.at(-1),
      mayDeclare: m.endedOn === null && (m.userId === null ? may.coordinate : m.userId === may.as),
    })),
    meetings: meetings.toReversed().map((m) => ({
      ...{ on: m.on, lacked: m.lacked, minute: m.minute, terms: m.terms, present: m.present.map(nameOf) },
      ...{ apologies: (m.apologies ?? []).map(nameOf), decisions: m.decisions ?? [] },
      agreed: m.agreed.map((code) => definition.guards.find((g) => g.code === code)?.text ?? code),
    })),
    planned: (document.plannedMeetings ?? [])
      .filter((p) => p.calledOff || openMeetings.some(({ id }) => id === p.id))
      .toSorted((a, b) => (`${a.on} ${a.time}` < `${b.on} ${b.time}` ? -1 : 1))
      .map((p) => ({
        ...{ ...p, open: p.calledOff === null },
        apologies: (document.apologies ?? [])
          .filter((a) => a.meetingId === p.id)
          .map((a) => `${nameOf(a.memberId)}${a.instead ? `, and ${a.instead} comes instead` : ''}`),
      })),
    sits: panel.some((m) => m.endedOn === null && m.userId === may.as),
    terms: terms.toReversed().map((t) => ({
      ...{ ...t, who: names.person(t.by) },
      approvedOn: meetings.find((m) => m.terms === t.number && m.lacked.length === 0)?.on,
    })),
    ledger: (document.complaints ?? []).map((c, i) => {
      const not = threshold?.complaints[i]?.not;
      return { ...c, not: not ? (NOT_QUALIFYING[not] ?? not) : null };
    }),
    imrs: managementReviews.map((m) => ({
      ...{ ...m, agency: names.organisation(m.orgId), state: MANAGED[m.state] },
      steps: m.steps.map((s) => ({ ...s, text: MANAGED_BY[s.move], who: names.person(s.by) })),
      moves: MANAGING[m.state]
        .filter(([, , by]) => {
          if (by === 'reader') return m.orgId !== may.for && m.steps.at(-1)?.by !== may.as;
          return may.coordinate || (by === 'agency' && m.orgId === may.for);
        })
        .map(([what, text]) => ({ what, text })),
    })),
    scoping: scoping.map((s) => ({
      ...{ ...s, agency: names.organisation(s.orgId), state: SCOPED[s.status] },
      answered: s.answer && ANSWERED[s.answer],
      mayAnswer: may.coordinate || s.orgId === may.for,
      steps: s.steps.map((step) => ({ ...step, did: CHASING[step.move].did, by: CHASING[step.move].who })),
      moves: may.coordinate ? s.moves.map((move) => ({ key: `${s.id}|${move}`, text: CHASING[move].ask })) : [],
    })),
  };
}
