import { EQUALITY } from '../../../design/referral-sections';
import { compact, orNothing } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

/** Equality monitoring: "declined", "not asked" and "not known" differ, and a blank is none of them (user-interface.md §6). */
export const group: Group = {
  code: 'equality',
  parts: ['equality'],
  read: (sent, { content }) => {
    const answers = Object.keys(EQUALITY).flatMap((name): [string, { answer?: string; value?: string }][] => {
      const value = sent.text(`equality.${name}.value`);
      const chosen = sent.text(`equality.${name}.answer`) ?? (value === undefined ? undefined : 'given');
      if (chosen === undefined) return [];
      return [[name, compact({ answer: chosen, value: chosen === 'given' ? value : undefined })]];
    });
    return compact({ ...content, equality: orNothing(Object.fromEntries(answers)) });
  },
  more: () => ({
    subjects: Object.entries(EQUALITY).map(([name, title]) => ({ name, title })),
    answers: vocabularyChoices.equalityAnswer,
  }),
};
