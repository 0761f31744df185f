import type { SmartQuestion } from '@concordat/contracts';
import type { Names } from '../../apis/directory';
import type { RecommendationView } from '../../apis/recommendations';
import { SCOPED } from '../panel-words';
import { CENTRAL, DONE, lateText, LEVELS, RESPONSES, SMART, SOURCES, STATES } from '../recommendation-words';

/** A recommendation as its page shows it: codes in words, ids as names. Pure. */
export function shownRecommendation(view: RecommendationView, names: Names) {
  const { document, number } = view;
  const who = <T extends { readonly by: string }>(said: T) => ({ ...said, who: names.person(said.by) });
  const actionName = (id: string | null): string => {
    const found = view.actions.find((a) => a.id === id);
    return found ? `R${number}.${found.number}` : '';
  };
  return {
    ...{ r: view, name: `${view.reference} R${number}`, level: LEVELS[view.level], source: SOURCES[document.source] },
    owner: document.department ?? names.organisation(view.ownerOrg),
    smart: (Object.keys(SMART) as SmartQuestion[]).map((q) => ({ text: SMART[q], yes: document.smart[q] })),
    answers: document.answers
      .map((a) => ({ ...who(a), response: RESPONSES[a.response], agency: a.orgId ? names.organisation(a.orgId) : '' }))
      .toReversed(),
    asked: view.request && { ...view.request, state: SCOPED[view.request.status] },
    central: document.central.map((c) => ({ ...who(c), text: c.text, step: CENTRAL[c.step] })),
    answered: view.answer !== null,
    accepted: view.answer?.response === 'accepted' || view.answer?.response === 'partly',
    actions: view.actions.map((a) => ({
      ...{ ...a, name: `R${number}.${a.number}`, state: STATES[a.state], late: lateText(a.lateness.daysLate) },
      lead: `${names.person(a.leadId)}, ${names.organisation(a.leadOrg)}`,
      targets: a.targets.map((t, i) => ({ ...who(t), first: i === 0 })),
      ...{ claims: a.claims.map(who), checks: a.checks.map(who) },
      ending: a.ending && { ...who(a.ending), by: actionName(a.ending.supersededBy) },
      open: !['VERIFIED', 'CLOSED', 'SUPERSEDED', 'NOT_PURSUED'].includes(a.state),
    })),
    history: view.history.toReversed().map((h) => ({
      ...{ at: h.at, who: `${names.person(h.by)}, ${names.organisation(h.orgId)}` },
      text: [DONE[h.what], actionName(h.actionId), h.actionState ? STATES[h.actionState].text : '']
        .filter((part) => part !== '')
        .join(', '),
    })),
  };
}
