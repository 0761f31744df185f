import type { Referral } from '../apis/referrals';
import { dateTimeOf, wordsOf } from '../design/filters';
import { contactAlerts, dangerAlerts, overdueAlerts, staffAlerts } from '../design/key-facts';
import type { Opened } from './acting';
import { colourOf } from './lines';

interface Fact {
  readonly key: string;
  readonly text: string;
  readonly tag?: string;
  readonly href?: string;
}

/** The block at the head of every page about a referral: who it is about, what must not be missed, where it stands. */
export function headingOf({ referral, pathway, names }: Omit<Opened, 'reasons' | 'titles'>) {
  const { content, side } = referral;
  const facts: Fact[] = [
    { key: 'Status', text: wordsOf(referral.status) },
    { key: 'About', text: pathway.title },
    { key: 'Area', text: names.area(referral.areaId) },
    { key: 'Received', text: dateTimeOf(referral.receivedAt) },
  ];
  if (side === 'triage') {
    const colour = referral.colour ? colourOf(pathway.colours ?? [], referral.scheme, referral.colour) : null;
    facts.push(colour ? { key: 'Colour', text: colour.title, tag: colour.tag } : { key: 'Colour', text: 'Not rated' }, {
      key: 'Assigned to',
      text: names.person(referral.assignedTo),
    });
    if (referral.dueFor && referral.dueAt)
      facts.push({ key: referral.dueFor === 'rate' ? 'Rate by' : 'Decide by', text: dateTimeOf(referral.dueAt) });
  }
  if (referral.caseId) facts.push({ key: 'Case', text: 'Open the case', href: `/cases/${referral.caseId}` });
  return {
    reference: referral.reference,
    name: nameOf(referral),
    alerts: [
      ...overdueAlerts(referral),
      ...dangerAlerts(content.urgency),
      ...staffAlerts(content.staffRisk),
      ...contactAlerts(content.safeContact),
    ],
    facts,
  };
}

/** Whom a referral is about: its first subject, else the first person. */
function nameOf({ content: { people = [] } }: Pick<Referral, 'content'>): string {
  const subject = people.find((p) => p.roles.includes('subject')) ?? people[0];
  return [subject?.name?.given, subject?.name?.family].filter(Boolean).join(' ') || 'Name not known';
}
