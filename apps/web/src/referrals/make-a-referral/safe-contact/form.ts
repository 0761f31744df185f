import type { ContactMethodContent } from '../../../apis/referral-content';
import { nameOf } from '../../../design/referral-sections';
import { compact, orNothing } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

const ANCHORS: Readonly<Record<string, string>> = { 'safeContact.methods': 'safeContact.methods.0.channel' };

export const group: Group = {
  code: 'safe-contact',
  parts: ['safeContact'],
  read: (sent, { content }) =>
    compact({
      ...content,
      safeContact: orNothing({
        person: sent.text('safeContact.person'),
        methods: sent.rows('safeContact.methods', (row) => ({
          channel: row.text('channel'),
          value: row.text('value'),
          safe: row.text('safe'),
          messageAllowed: row.text('messageAllowed'),
          withheldNumber: row.ticked('withheldNumber'),
          bestTimes: row.text('bestTimes'),
          perpetratorAway: row.text('perpetratorAway'),
          verifiedOn: row.date('verifiedOn', { what: 'The date on which this was checked' }),
        })) as ContactMethodContent[],
        language: sent.text('safeContact.language'),
        interpreter: sent.text('safeContact.interpreter'),
        notes: sent.text('safeContact.notes'),
      }),
    }),
  fieldOf: (path) => ANCHORS[path] ?? path.replace(/verifiedOn$/, 'verifiedOn-day'),
  more: ({ content }) => ({
    people: (content.people ?? []).map((p) => ({ value: p.ref, text: nameOf(p) })),
    channels: vocabularyChoices.contactChannel,
    safe: vocabularyChoices.safe,
    interpreters: vocabularyChoices.interpreter,
    rows: (content.safeContact?.methods ?? []).length + 1,
  }),
};
