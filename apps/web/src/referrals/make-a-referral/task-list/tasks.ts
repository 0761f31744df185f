import type { ReferralContent } from '../../../apis/referral-content';
import { groupOf, type OpenDraft } from '../drafting';

export type TaskStatus = 'not-started' | 'incomplete' | 'optional' | 'completed';

/** The parts of the content that each group fills, by which it is seen whether it was begun. */
export const PARTS: Readonly<Record<string, readonly (keyof ReferralContent)[]>> = {
  about: ['area', 'urgency', 'referrer'],
  people: ['people'],
  relationships: ['relationships'],
  'safe-contact': ['safeContact'],
  concerns: ['concerns'],
  criteria: ['criteria'],
  fears: ['fears'],
  questions: ['answers'],
  consent: ['consent'],
  equality: ['equality'],
  'staff-risk': ['staffRisk'],
  wishes: ['wishes'],
};

/** tasksOf says how far each group of questions is. What is missing is for the referrals context to say. Pure. */
export function tasksOf({ draft, content, pathway }: Pick<OpenDraft, 'draft' | 'content' | 'pathway'>) {
  const missing = new Set(draft.missing.map(groupOf));
  return pathway.groups.map(({ code, title }) => {
    const begun = (PARTS[code] ?? []).some((part) => content[part] !== undefined);
    const status: TaskStatus = missing.has(code)
      ? begun
        ? 'incomplete'
        : 'not-started'
      : begun
        ? 'completed'
        : 'optional';
    return { code, title, status };
  });
}
