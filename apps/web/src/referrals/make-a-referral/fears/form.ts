import type { ConfidantContent } from '../../../apis/referral-content';
import { nameOf } from '../../../design/referral-sections';
import { compact, orNothing, type Submitted } from '../../../design/submitted';
import type { Group } from '../drafting';

const confidants = (sent: Submitted, name: string): ConfidantContent[] =>
  sent.rows(`fears.${name}`, (row) => ({
    person: row.text('person'),
    name: row.text('name'),
    relationship: row.text('relationship'),
  })) as ConfidantContent[];

export const group: Group = {
  code: 'fears',
  parts: ['fears'],
  read: (sent, { content }) =>
    compact({
      ...content,
      fears: orNothing({
        feared: sent.rows('fears.feared', (row) => ({
          person: row.text('person'),
          name: row.text('name'),
          why: row.text('why'),
        })) as { person?: string; name?: string; why?: string }[],
        safeConfidants: confidants(sent, 'safeConfidants'),
        unsafeConfidants: confidants(sent, 'unsafeConfidants'),
      }),
    }),
  fieldOf: (path) => (/^fears\.\w+$/.test(path) ? `${path}.0.person` : path),
  more: ({ content: { people = [], fears } }) => ({
    people: people.map((p) => ({ value: p.ref, text: nameOf(p) })),
    lists: [
      { name: 'feared', title: 'Who is feared', one: 'Person feared', why: true },
      { name: 'safeConfidants', title: 'Who is safe to talk to (optional)', one: 'Person who is safe to talk to' },
      { name: 'unsafeConfidants', title: 'Who must not be told (optional)', one: 'Person who must not be told' },
    ].map((list) => ({ ...list, rows: (fears?.[list.name as keyof typeof fears] ?? []).length + 1 })),
  }),
};
