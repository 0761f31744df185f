import { precisionOf } from '../../../design/civil-date';
import { compact, orNothing } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

export const group: Group = {
  code: 'concerns',
  parts: ['concerns'],
  read: (sent, { content }) =>
    compact({
      ...content,
      concerns: orNothing({
        summary: sent.text('concerns.summary'),
        happened: sent.rows('concerns.happened', (row) => {
          const on = row.date('on', { partial: true });
          return { on, precision: on && precisionOf(on), what: row.text('what') };
        }) as { on?: string; what?: string }[],
        evidence: sent.rows('concerns.evidence', (row) => ({
          kind: row.text('kind'),
          reference: row.text('reference'),
        })) as { kind?: string; reference?: string }[],
        crimeNumber: sent.text('concerns.crimeNumber'),
      }),
    }),
  fieldOf: (path) => path.replace(/^(concerns\.happened\.\d+\.on)$/, '$1-day'),
  more: ({ content }) => ({
    kinds: vocabularyChoices.evidenceKind,
    happenedRows: (content.concerns?.happened ?? []).length + 1,
    evidenceRows: (content.concerns?.evidence ?? []).length + 1,
  }),
};
