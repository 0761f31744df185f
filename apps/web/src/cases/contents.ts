import type { Card, Section } from '../design/referral-sections';
import { methodCard, nameOf, personCard } from '../design/referral-sections';
import { titleOf } from '../design/words';
import { civilDateOf, dateOf } from '../design/filters';
import type { OpenedCase } from './opened';

/** What a case holds, key facts first: safe contact and risk to staff before anybody's name (domain/risk-conferences.md §2.5). */
export function contentsOf({
  record,
  pathway,
}: {
  readonly record: Pick<OpenedCase['record'], 'people' | 'relationships' | 'keyFacts'> &
    Partial<Pick<OpenedCase['record'], 'ground'>>;
  readonly pathway: OpenedCase['pathway'];
}): Section[] {
  const { people, relationships, keyFacts } = record;
  const named = (ref: string | undefined): string => nameOf(people.find((p) => p.ref === ref || p.id === ref));
  const contact = keyFacts?.safeContact;
  const about: Card = {
    rows: [
      ...(contact?.person ? [{ key: 'For', value: named(contact.person) }] : []),
      ...(contact?.language ? [{ key: 'Language', value: contact.language }] : []),
      ...(contact?.interpreter ? [{ key: 'Interpreter', value: titleOf(contact.interpreter) }] : []),
      ...(contact?.notes ? [{ key: 'Notes', value: contact.notes }] : []),
    ],
  };
  const risk = keyFacts?.staffRisk;
  const staff: Card = {
    rows: [
      ...(risk?.level ? [{ key: 'Risk to staff', value: titleOf(risk.level) }] : []),
      ...(risk?.detail ? [{ key: 'What it is', value: risk.detail }] : []),
      ...(risk?.visitInPairs ? [{ key: 'Visit in pairs', value: 'Yes' }] : []),
    ],
  };
  const related: Card = {
    rows: (relationships ?? []).map((r) => ({ key: named(r.from), value: `${titleOf(r.kind)} of ${named(r.to)}` })),
  };
  const sections: Section[] = [
    {
      code: 'safe-contact',
      title: 'Safe ways to make contact',
      cards: [about, ...(contact?.methods ?? []).map(methodCard)],
    },
    { code: 'staff-risk', title: 'Risk to staff', cards: [staff] },
    {
      code: 'people',
      title: 'People',
      // An emergency opens the case, and not the pages of its people.
      cards: people.map((p) => ({
        ...personCard(p, { pathway }),
        ...(record.ground === 'glass' ? {} : { more: `/people/${p.id}` }),
      })),
    },
    { code: 'relationships', title: 'How they are related', cards: [related] },
  ];
  return sections.map((s) => ({ ...s, cards: s.cards.filter((c) => c.rows.length > 0) }));
}

/** Where what a case holds comes from: the agency that referred, and when. */
export function sourceOf({ record, names }: Pick<OpenedCase, 'record' | 'names'>): string {
  const received = record.timeline.find((e) => e.what === 'referral-received');
  return `${names.organisation(received?.orgId ?? record.leadOrg)}, ${dateOf(received?.at ?? record.openedAt)}`;
}

/** Where a case comes from that no referral opened here, in words; null for any other. */
export function broughtInText({ record, names }: Pick<OpenedCase, 'record' | 'names'>): string | null {
  if (!record.broughtIn) return null;
  const { source, record: called, orgId, said, at } = record.broughtIn;
  return [
    `Brought in by ${names.organisation(orgId)} on ${dateOf(at)} from another system (${source}), where it is called ${called}.`,
    `It was opened there: ${civilDateOf(said.opened)}.`,
    ...(said.closed ? [`It was closed there: ${civilDateOf(said.closed)}.`] : []),
    ...(said.author ? [`First written down by ${said.author}.`] : []),
    ...(said.agencies ? [`Agencies that it names, which take no part here because of that: ${said.agencies}.`] : []),
  ].join(' ');
}
