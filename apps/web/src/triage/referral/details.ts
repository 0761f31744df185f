import type { Practice } from '../../apis/practice';
import type { Referral } from '../../apis/referrals';
import { dateOf } from '../../design/filters';
import { sectionsOf, type Section } from '../../design/referral-sections';
import type { Opened } from '../acting';
import { outcomeTitle, timelineOf } from '../history';
import { colourOf } from '../lines';

/** What triage must see first. The other sections follow in the order of the pathway; equality monitoring is kept apart. */
const FIRST = ['safe-contact', 'staff-risk'];
const APART = 'equality';

/** The sections of what was sent: the order of reading for whoever decides, and what is never part of a decision. */
export function sectionsFor(
  { referral, pathway, names }: Opened,
  practice: Practice,
): { main: Section[]; apart: Section[] } {
  const all = sectionsOf(referral.content, {
    pathway,
    area: names.area(referral.areaId),
    grounds: practice.consentGrounds,
  });
  const place = ({ code }: Section): number => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  return {
    main: all.filter((s) => s.code !== APART).sort((a, b) => place(a) - place(b)),
    apart: all.filter((s) => s.code === APART),
  };
}

/** Where what was sent comes from, as every card names it. */
export const sourceOf = ({ referral, names }: Pick<Opened, 'referral' | 'names'>): string =>
  `${names.organisation(referral.referringOrg)}, ${dateOf(referral.receivedAt)}`;

/** The steps that this person may take now, the likeliest first. */
export function actionsFor({ id, status, may }: Pick<Referral, 'id' | 'status' | 'may'>) {
  const rateFirst = status === 'received' || status === 'reopened' || status === 'returned';
  const steps = [
    { name: 'rate', text: rateFirst ? 'Rate' : 'Change colour', at: 'rate' },
    { name: 'decide', text: 'Decide', at: 'decide' },
    { name: 'assign', text: 'Assign', at: 'assign' },
    { name: 'requestInformation', text: 'Request information', at: 'request-information' },
    { name: 'note', text: 'Add a note', at: 'note' },
    { name: 'giveFeedback', text: 'Give feedback', at: 'give-feedback' },
    { name: 'reopen', text: 'Reopen', at: 'reopen' },
  ];
  const open = steps.filter((step) => may[step.name]);
  const primary = open.find((s) => s.name === (rateFirst ? 'rate' : 'decide')) ?? open[0];
  const inOrder = [...open].sort((a, b) => Number(b === primary) - Number(a === primary));
  return inOrder.map((step) => ({ text: step.text, href: `/triage/${id}/${step.at}`, primary: step === primary }));
}

/** What triage did with it, in words and with names. */
export function workOf({ referral, pathway, titles, names }: Opened, destinations: Practice) {
  const { decision } = referral;
  return {
    ratings: referral.ratings.map((r) => ({
      ...r,
      colourShown: colourOf(pathway.colours ?? [], pathway.colourScheme, r.colour),
      byName: names.person(r.by),
    })),
    notes: [...referral.notes].reverse().map((n) => ({ ...n, byName: names.person(n.by) })),
    requests: referral.informationRequests.map((q) => ({
      ...q,
      reasonTitle: q.reason ? titles.reason(q.reason) : null,
      asker: names.person(q.askedBy),
      answerer: names.person(q.answeredBy),
    })),
    decision: decision && {
      ...decision,
      title: outcomeTitle(decision.outcome),
      reasonTitle: decision.reason ? titles.reason(decision.reason) : null,
      destinationTitle:
        [...destinations.pathways, ...destinations.forums].find((d) => d.code === decision.destination)?.title ?? null,
      byName: names.person(decision.by),
    },
    feedback: referral.feedback.map((f) => ({ ...f, byName: names.person(f.by) })),
    timeline: timelineOf(referral.history, titles, names),
  };
}
