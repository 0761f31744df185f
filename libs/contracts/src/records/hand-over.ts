import { personParts } from './api';

/**
 * What a referral from one agency to another may be. `recorded` is one to a body outside the partnership: nobody can answer
 * it here (acceptance.md §1).
 */
export const onwardStates = [
  'offered',
  'accepted',
  'completed',
  'declined',
  'withdrawn',
  'expired',
  'recorded',
] as const;
export type OnwardState = (typeof onwardStates)[number];

/** What a view of a case may consist of: parts of what is known of its people, and of the case itself. */
export const viewItems = [...personParts, 'relationships', 'safe-contact', 'staff-risk'] as const;
export type ViewItem = (typeof viewItems)[number];

/**
 * What a transfer of a case to another owner may be. `requested` is one that somebody else asked its owner for; `recorded` one
 * to a body outside the partnership (acceptance.md §2).
 */
export const transferStates = [
  'requested',
  'refused',
  'offered',
  'accepted',
  'declined',
  'withdrawn',
  'recorded',
] as const;
export type TransferState = (typeof transferStates)[number];

/** What the agency that led a case until then keeps of it. */
export const keptParts = ['contributor', 'reader', 'nothing'] as const;
export type KeptPart = (typeof keptParts)[number];

/** What approval of a stage of a case may be (acceptance.md §4). The first answer stands. */
export const approvalStates = ['requested', 'approved', 'rejected'] as const;
export type ApprovalState = (typeof approvalStates)[number];
