import type { AgreementStatus, DecisionOutcome } from '@concordat/contracts';
import type { AgreementAttention, AgreementView } from '../apis/agreements';
import type { Names } from '../apis/directory';
import type { LawCodes } from '../apis/agreements';
import { civilDateOf, wordsOf } from '../design/filters';

const STATUSES: Readonly<Record<AgreementStatus, { text: string; colour: string }>> = {
  DRAFT: { text: 'Draft', colour: 'grey' },
  IN_QA: { text: 'Being checked', colour: 'yellow' },
  ASSURED: { text: 'Checked, to be signed', colour: 'blue' },
  SIGNED: { text: 'Signed, not active', colour: 'blue' },
  ACTIVE: { text: 'Active', colour: 'green' },
  SUSPENDED: { text: 'Suspended', colour: 'orange' },
  EXPIRED: { text: 'Expired', colour: 'grey' },
  WITHDRAWN: { text: 'Withdrawn', colour: 'grey' },
  SUPERSEDED: { text: 'Superseded', colour: 'grey' },
};

/** How a version stands today: one that is active says as well when its days have not begun or are over. Pure. */
export function standing(a: { status: AgreementStatus; effectiveFrom: string; expiresOn: string }, today: string) {
  if (a.status !== 'ACTIVE') return STATUSES[a.status];
  if (today < a.effectiveFrom) return { text: 'Active, not begun', colour: 'blue' };
  return today > a.expiresOn ? { text: 'Expired', colour: 'grey' } : { text: 'In force', colour: 'green' };
}

export const statuses = Object.entries(STATUSES).map(([value, { text }]) => ({ value, text }));

export const outcomes: Readonly<Record<DecisionOutcome, { text: string; colour: string }>> = {
  PERMIT: { text: 'Allowed', colour: 'green' },
  REVIEW: { text: 'Somebody must look first', colour: 'orange' },
  DENY: { text: 'Not allowed', colour: 'red' },
};
/** A code in capitals, as it reads where it has no title: `ITEM_NOT_IN_SCOPE` is "Item not in scope". */
export const capitalsInWords = (code: string): string => wordsOf(code.toLowerCase().replaceAll('_', '-'));

/** What people call a kind of information that agreements name by a code; the code in words where the pack has none. */
export function itemTitle(code: string, { items }: Pick<LawCodes, 'items'>): string {
  const title = items.find((item) => item.code === code)?.title ?? capitalsInWords(code);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

export const outcomeChoices = Object.entries(outcomes).map(([value, { text }]) => ({ value, text }));

/** What is done at each step: the button, the question before it, whether a reason is asked, and what is said afterwards. */
export const STEPS = {
  submit: {
    button: 'Give it to be checked',
    question: 'Give this agreement to be checked?',
    effect: 'Its terms cannot be changed while somebody who did not write it checks them.',
    reason: false,
    done: 'It is given to be checked',
  },
  return: {
    button: 'Return it to its author',
    question: 'Return this agreement to its author?',
    effect: 'It becomes a draft again.',
    reason: true,
    done: 'It is a draft again',
  },
  assure: {
    button: 'Confirm that it is checked',
    question: 'Confirm that this agreement is checked?',
    effect: 'Its parties can sign it then. You confirm that its bases and powers are right for each party.',
    reason: false,
    done: 'It can be signed',
  },
  activate: {
    button: 'Activate',
    question: 'Activate this agreement?',
    effect: 'From its first day on, disclosures between its parties are decided by it.',
    reason: false,
    done: 'Disclosures are decided by it',
  },
  amend: {
    button: 'Change its terms',
    question: 'Change the terms of this agreement?',
    effect: 'It becomes a draft again, and every signature is void.',
    reason: true,
    done: 'It is a draft again, unsigned',
  },
  review: {
    button: 'Record a review',
    question: 'Record that this agreement was reviewed?',
    effect: 'That you reviewed it today is put on record.',
    reason: false,
    done: 'The review is on record',
  },
  suspend: {
    button: 'Suspend',
    question: 'Suspend this agreement?',
    effect: 'From this moment every disclosure under it is refused, until it is resumed.',
    reason: true,
    done: 'Every disclosure under it is refused',
  },
  resume: {
    button: 'Resume',
    question: 'Resume this agreement?',
    effect: 'Disclosures are decided by it again.',
    reason: false,
    done: 'Disclosures are decided by it again',
  },
  withdraw: {
    button: 'Withdraw',
    question: 'Withdraw this agreement?',
    effect: 'This ends it for good: every disclosure under it is refused.',
    reason: true,
    done: 'It is withdrawn',
  },
  leave: {
    button: 'Leave the agreement',
    question: 'Leave this agreement?',
    effect:
      'From now on nothing may be sent to your organisation or by it under this agreement. What was shared stays shared.',
    reason: true,
    done: 'Your organisation is no party any more',
  },
  discard: {
    button: 'Delete this draft',
    question: 'Delete this draft?',
    effect: 'Its terms are deleted for good. That you deleted it stays on record.',
    reason: false,
    done: 'The draft is deleted',
  },
} as const;
export type PageStep = keyof typeof STEPS;

/** Puts names in the place of the ids of organisations: a decision is explained without them. One may begin a sentence. Pure. */
export const namedIn =
  (ids: readonly string[], names: { organisation(id: string): string }) =>
  (text: string): string =>
    ids.reduce((told, id) => {
      const name = names.organisation(id);
      return told.replaceAll(id, name).replaceAll(id.charAt(0).toUpperCase() + id.slice(1), name);
    }, text);

const CLOCK: Readonly<Record<string, string>> = {
  expire: 'Its last day was over',
  supersede: 'Another version took over',
};

/** What was done to a version, and by whom: nobody, where its clock did it. Pure. */
export const doneBy = ({ what, by, orgId }: AgreementView['history'][number], names: Names) =>
  orgId === null
    ? { did: CLOCK[what] ?? wordsOf(what), who: '' }
    : { did: wordsOf(what), who: `${names.person(by)}, ${names.organisation(orgId)}` };

const ATTENTION: Readonly<
  Record<AgreementAttention['what'], { tag: string; colour: string; told: (day: string) => string }>
> = {
  'to-sign': { tag: 'To sign', colour: 'blue', told: () => 'Your organisation has not signed it' },
  review: { tag: 'To review', colour: 'yellow', told: (day) => `To be reviewed by ${day}` },
  'review-overdue': { tag: 'Review overdue', colour: 'red', told: (day) => `It had to be reviewed by ${day}` },
  expiry: {
    tag: 'Expiring',
    colour: 'orange',
    told: (day) => `Its last day is ${day}, and nothing takes over from it`,
  },
  expired: {
    tag: 'Expired',
    colour: 'red',
    told: (day) => `It ended on ${day}. Every disclosure under it is refused until another version is in force`,
  },
};

/** What an agreement needs, in words. Pure. */
export function attentionWords({ what, on }: Pick<AgreementAttention, 'what' | 'on'>) {
  const { tag, colour, told } = ATTENTION[what];
  return { tag, colour, told: told(on ? civilDateOf(on) : '') };
}
