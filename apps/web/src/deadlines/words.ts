import {
  deadlineKinds,
  type DeadlineKind,
  type DeadlineScope,
  type DeadlineState,
  type RungRecipient,
} from '@concordat/contracts';

/** What is due, in words that tell of nobody. */
export const KINDS: Readonly<Record<DeadlineKind, string>> = {
  triage: 'Decide on a referral',
  'onward-referral': 'Answer an offer of another agency',
  'conference-action': 'Action of a meeting',
  'meeting-research': 'Answer about a case before a meeting',
  'meeting-minutes': 'Issue the minutes of a meeting',
  'forum-flag': 'Take a mark off your file',
  'review-action': 'Action of a statutory review',
  'review-clock': 'Next duty of a statutory review',
  'agreement-review': 'Review an agreement',
  'agreement-expiry': 'An agreement ends',
  'partnership-duty': 'Duty of the partnership',
  'glass-review': 'Review an emergency opening of a case',
  'emergency-review': 'Review what was shared in an emergency',
  'breach-assessment': 'Assess a breach of personal data',
};
export const kindChoices = deadlineKinds.map((value) => ({ value, text: KINDS[value] }));

export const SCOPES: readonly { readonly value: DeadlineScope; readonly text: string; readonly title: string }[] = [
  { value: 'mine', text: 'Mine', title: 'My deadlines' },
  { value: 'team', text: 'My team’s', title: 'Deadlines of my team' },
  { value: 'agency', text: 'My agency’s', title: 'Deadlines of my agency' },
  { value: 'partnership', text: 'Everybody’s that I may see', title: 'Deadlines that I may see' },
];
export const stateChoices: readonly { readonly value: DeadlineState; readonly text: string }[] = [
  { value: 'open', text: 'Still to be done' },
  { value: 'overdue', text: 'Overdue' },
  { value: 'ended', text: 'Done or not wanted any more' },
];
/** How something due stands, where there is no room for more. */
export const stateInWords = ({ status, overdue }: { readonly status: string; readonly overdue: boolean }): string => {
  if (status === 'met') return 'Done';
  if (status === 'cancelled') return 'Not wanted any more';
  return overdue ? 'Overdue' : 'Still to be done';
};
export const WHY: Readonly<Record<RungRecipient, string>> = {
  owner: 'It is yours, or nobody’s in particular',
  'team-lead': 'It has not been done by whoever owns it',
  board: 'It has not been done, and is for the board to know',
};

/** Where what is due is looked at and done. */
export function placeOf({ kind, recordId }: { readonly kind: DeadlineKind; readonly recordId: string }): string {
  switch (kind) {
    case 'triage':
      return `/triage/${recordId}`;
    case 'onward-referral':
      return `/hand-over/referrals/${recordId}`;
    case 'conference-action':
      return `/conference-actions/${recordId}`;
    case 'meeting-research':
      return '/research-owed';
    case 'meeting-minutes':
      return `/meetings/${recordId}`;
    case 'forum-flag':
      return '/forum-flags';
    case 'review-action':
      return '/reviews/recommendations';
    case 'review-clock':
      return `/reviews/${recordId}`;
    case 'glass-review':
      return `/break-glass/uses/${recordId}`;
    case 'emergency-review':
      return `/agreements/to-decide/${recordId}`;
    case 'breach-assessment':
      return `/agreements/breaches/${recordId}`;
    case 'partnership-duty':
      return '/reviews/duties';
    case 'agreement-review':
    case 'agreement-expiry':
      return `/agreements/${recordId}`;
  }
}
