import { nameOf } from '../../../design/referral-sections';
import { compact } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

export const group: Group = {
  code: 'relationships',
  parts: ['relationships'],
  read: (sent, { content }) =>
    compact({
      ...content,
      relationships: sent.rows('relationships', (row) => ({
        from: row.text('from'),
        kind: row.text('kind'),
        to: row.text('to'),
      })) as NonNullable<typeof content.relationships>,
    }),
  fieldOf: (path) => (path === 'relationships' ? 'relationships.0.from' : path),
  more: ({ content }) => ({
    people: (content.people ?? []).map((p) => ({ value: p.ref, text: nameOf(p) })),
    kinds: vocabularyChoices.relationship,
    rows: (content.relationships ?? []).length + 1,
  }),
};
