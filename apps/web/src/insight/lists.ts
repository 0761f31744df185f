import type { Action } from '@concordat/contracts';

interface List {
  readonly text: string;
  readonly href: string;
  readonly may: Action | 'anyone';
}
const TRIAGE: List = { text: 'Referrals that your agency triages', href: '/triage', may: 'referral.rate' };
const FORUMS: List = { text: 'Meetings of your forums', href: '/forums', may: 'meeting.view' };
const ACTIONS: List = { text: 'Actions of your agency', href: '/conference-actions', may: 'conference-action.list' };
const TRACKER: List = {
  text: 'Recommendations and actions of reviews',
  href: '/reviews/recommendations',
  may: 'recommendation.list',
};

/**
 * Where the records behind the figures of a subject are. Each list decides itself what its reader may see: nothing of it is decided
 * here, and no filter is handed on that would tell what a hidden number is made of.
 */
export const LISTS: Readonly<Record<string, readonly List[]>> = {
  referrals: [TRIAGE],
  triage: [TRIAGE],
  repeats: [FORUMS],
  forums: [FORUMS],
  actions: [ACTIONS, TRACKER],
  'hand-overs': [{ text: 'Referrals between agencies', href: '/hand-over', may: 'referral.list' }],
  asb: [
    { text: 'Figures that the law has published', href: '/asb-case-reviews', may: 'anyone' },
    { text: 'Applications to settle', href: '/reviews/asb-applications', may: 'asb-application.list' },
  ],
  agreements: [{ text: 'Agreements of your agency', href: '/agreements', may: 'agreement.list' }],
  missed: [TRIAGE, ACTIONS, TRACKER],
};
