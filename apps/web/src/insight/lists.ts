import type { Action } from '@concordat/contracts';
import type { InsightFilter } from '../apis/insight';

interface List {
  readonly text: string;
  readonly href: string;
  readonly may: Action | 'anyone';
  /** What it calls the filters that it has as well. */
  readonly filters?: Readonly<Partial<Record<InsightFilter, string>>>;
}
const TRIAGE: List = {
  ...{ text: 'Referrals that your agency triages', href: '/triage', may: 'referral.rate' },
  filters: { area: 'area', kind: 'pathway' },
};
const FORUMS: List = { text: 'Meetings of your forums', href: '/forums', may: 'meeting.view' };
const ACTIONS: List = { text: 'Actions of your agency', href: '/conference-actions', may: 'conference-action.list' };
const TRACKER: List = {
  text: 'Recommendations and actions of reviews',
  href: '/reviews/recommendations',
  may: 'recommendation.list',
};

const DEADLINES: List = { text: 'Deadlines that you may see', href: '/deadlines', may: 'deadline.list' };

/**
 * Where the records behind the figures of a subject are. Each list decides itself what its reader may see: nothing of it is decided
 * here, and no filter is handed on but what the reader chose.
 */
const LISTS: Readonly<Record<string, readonly List[]>> = {
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
  deadlines: [DEADLINES],
  missed: [TRIAGE, ACTIONS, TRACKER, DEADLINES],
};

/** The lists behind a subject that somebody may open, filtered as its figures are where a list can be. Pure. */
export function listsOf(
  subject: string,
  chosen: Readonly<Partial<Record<InsightFilter, string>>>,
  may: (action: Action) => boolean,
): { text: string; href: string }[] {
  return (LISTS[subject] ?? [])
    .filter((list) => list.may === 'anyone' || may(list.may))
    .map(({ text, href, filters = {} }) => {
      const given = Object.entries(filters).flatMap(([name, called]): [string, string][] => {
        const value = chosen[name as InsightFilter];
        return value ? [[called, value]] : [];
      });
      return { text, href: given.length > 0 ? `${href}?${new URLSearchParams(given).toString()}` : href };
    });
}
