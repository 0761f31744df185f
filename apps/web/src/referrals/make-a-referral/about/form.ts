import { orNothing, compact } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

export const group: Group = {
  code: 'about',
  parts: ['area', 'urgency', 'referrer'],
  read: (sent, { content }) =>
    compact({
      ...content,
      area: sent.text('area'),
      urgency: sent.text('urgency'),
      referrer: orNothing({
        relationship: sent.text('referrer.relationship'),
        phone: sent.text('referrer.phone'),
        managerSignOff: orNothing({
          name: sent.text('referrer.managerSignOff.name'),
          at: sent.date('referrer.managerSignOff.at', { what: 'The date on which your manager agreed' }),
        }),
      }),
    }),
  more: ({ areas }) => ({
    areas: areas.map(({ id, name }) => ({ value: id, text: name })),
    urgencies: vocabularyChoices.urgency,
  }),
};
