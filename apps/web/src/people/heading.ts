import type { PersonView } from '../apis/people';
import { nameOf } from '../design/referral-sections';
import { partText } from '../design/person-parts';

/** The block at the head of every page of a person. A name stands here, never in a title. */
export function headingOf(person: PersonView) {
  const [first] = person.cases;
  return {
    reference: first ? `In case ${person.cases.map((c) => c.reference).join(', ')}` : 'Person',
    name: nameOf(person),
    alerts: person.deceased?.answer === 'yes' ? [{ kind: 'risk', text: 'Has died' }] : [],
    facts: [
      { key: 'Date of birth', text: partText('datesOfBirth', person.datesOfBirth) || 'Not known' },
      ...(person.sex ? [{ key: 'Sex', text: partText('sex', person.sex) }] : []),
    ],
  };
}

/** The pages of a person. */
export const subNavigationOf = (person: PersonView, current: 'details' | 'duplicates' | 'history') => [
  { text: 'Details', href: `/people/${person.id}`, current: current === 'details' },
  ...(person.may.match
    ? [{ text: 'Possible duplicates', href: `/people/${person.id}/duplicates`, current: current === 'duplicates' }]
    : []),
  ...(person.may.history
    ? [{ text: 'History', href: `/people/${person.id}/history`, current: current === 'history' }]
    : []),
];
