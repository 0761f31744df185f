import { compact, orNothing } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

export const group: Group = {
  code: 'staff-risk',
  parts: ['staffRisk'],
  read: (sent, { content }) =>
    compact({
      ...content,
      staffRisk: orNothing({
        level: sent.text('staffRisk.level'),
        detail: sent.text('staffRisk.detail'),
        visitInPairs: sent.ticked('staffRisk.visitInPairs'),
      }),
    }),
  more: () => ({ levels: vocabularyChoices.staffRisk }),
};
