import { compact } from '../../../design/submitted';
import type { Group } from '../drafting';

export const group: Group = {
  code: 'wishes',
  parts: ['wishes'],
  read: (sent, { content }) => compact({ ...content, wishes: sent.text('wishes') }),
};
