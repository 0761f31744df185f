import type { Action } from '@concordat/contracts';
import type { Visit } from '../session/visit';

/** The service navigation, in order: each link for those who may do the action. */
const LINKS: readonly {
  readonly text: string;
  readonly href: string;
  readonly may?: Action;
  readonly unless?: Action;
}[] = [
  { text: 'Home', href: '/' },
  { text: 'Make a referral', href: '/referrals/make-a-referral', may: 'referral.draft' },
  { text: 'Referrals made', href: '/referrals/made', may: 'referral.list' },
  { text: 'Triage', href: '/triage', may: 'referral.rate' },
  { text: 'Cases', href: '/cases', may: 'case.list' },
  { text: 'Meetings', href: '/forums', may: 'meeting.view' },
  { text: 'Emergency openings', href: '/break-glass/uses', may: 'glass.list' },
  { text: 'Reviews', href: '/reviews', may: 'review.list' },
  { text: 'Checks of reviews', href: '/reviews/checks', may: 'review.audit', unless: 'review.list' },
  { text: 'Insight', href: '/insight', may: 'insight.read' },
  { text: 'Agreements', href: '/agreements', may: 'agreement.list' },
  { text: 'Retention', href: '/retention', may: 'retention.list' },
  { text: 'Access requests', href: '/access-requests', may: 'access-request.list' },
  { text: 'Between agencies', href: '/hand-over', may: 'referral.accept' },
  { text: 'Audit trail', href: '/audit', may: 'trail.read' },
  { text: 'Administration', href: '/administration', may: 'membership.list' },
  { text: 'The ledger', href: '/audit/ledger', may: 'membership.list' },
];

export function navigationFor(visit: Visit, path: string) {
  if (!visit.me) return [];
  return LINKS.filter(({ may, unless }) => (!may || visit.may(may)) && !(unless && visit.may(unless))).map(
    ({ text, href }) => ({
      text,
      href,
      current: path === href,
      active: path !== href && href !== '/' && path.startsWith(`${href}/`),
    }),
  );
}
