import type { CriterionContent } from '../../../apis/referral-content';
import { compact, orNothing } from '../../../design/submitted';
import { vocabularyChoices } from '../../../design/words';
import type { Group } from '../drafting';

/** Each criterion is its own yes or no with evidence (domain/risk-conferences.md §2.2). */
export const group: Group = {
  code: 'criteria',
  parts: ['criteria'],
  read: (sent, { content, pathway }) =>
    compact({
      ...content,
      criteria: orNothing(
        Object.fromEntries(
          pathway.criteria.flatMap(({ code }): [string, CriterionContent][] => {
            const at = `criteria.${code}`;
            const answer = orNothing({
              met: sent.text(`${at}.met`),
              evidence: sent.text(`${at}.evidence`),
              instrument: sent.text(`${at}.instrument`),
              count: sent.count(`${at}.count`),
              previousReferral: sent.text(`${at}.previousReferral`),
            });
            return answer ? [[code, answer]] : [];
          }),
        ),
      ),
    }),
  more: ({ pathway }) => ({ criteria: pathway.criteria, met: vocabularyChoices.met }),
};
