import type { FieldProblem } from '@concordat/platform';
import type { BulkWhat } from '../../apis/bulk';
import type { Submitted } from '../../design/submitted';
import { consentIn, missing, sharingIn } from '../sharing';

/** What can be done to many cases through the pages, and what it takes. */
export const ACTS: Readonly<
  Record<string, { readonly text: string; readonly title: string; readonly button: string }>
> = {
  assignments: { text: 'Give them to a colleague', title: 'Give cases to a colleague', button: 'Give the cases' },
  transfers: {
    text: 'Offer them to somebody of another agency',
    title: 'Offer cases to somebody of another agency',
    button: 'Offer the cases',
  },
  referrals: {
    text: 'Refer them to somebody of another agency',
    title: 'Refer cases to somebody of another agency',
    button: 'Send the referrals',
  },
  flags: { text: 'Put a flag on them', title: 'Put a flag on cases', button: 'Put the flag on' },
};

export const isAct = (what: string | undefined): what is BulkWhat => what !== undefined && Object.hasOwn(ACTS, what);

export interface Parsed {
  readonly change: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** What is to be done to each case, with what is missing. */
export function parse(sent: Submitted, what: BulkWhat): Parsed {
  const [ownerId, recipient, reason] = [sent.text('ownerId'), sent.text('recipient'), sent.text('reason')];
  const [keep, flag] = [sent.text('keep'), sent.text('flag')];
  const fields: Readonly<Record<string, readonly [string, unknown, string][]>> = {
    assignments: [['ownerId', ownerId, 'Select who is to own them']],
    transfers: [
      ['recipient', recipient, 'Select who receives them'],
      ['reason', reason, 'Enter why they pass on'],
      ['keep', keep, 'Select what your agency keeps of them'],
    ],
    referrals: [
      ['recipient', recipient, 'Select who receives them'],
      ['view', sent.text('view'), 'Select what they are shown'],
      ['reason', reason, 'Enter why you refer them'],
      ['purpose', sent.text('purpose'), 'Select the purpose'],
      ['legalBasis', sent.text('legalBasis'), 'Select the legal basis'],
      ['urgency', sent.text('urgency'), 'Select how soon an answer is needed'],
    ],
    flags: [['flag', flag, 'Select the flag']],
  };
  const wanted = fields[what] ?? [];
  // For each case its own usual purpose, unless one is said for all; which of it is needed, the agreements say case by case.
  const sharing = what === 'transfers' ? sharingIn(sent).body : {};
  // A referral is one's own to send, so what was said of consent is wanted before: it holds for each of them.
  const { consent, needed } = consentIn(sent);
  const ofConsent = what === 'referrals' ? { change: consent ? { consent } : {}, problems: missing(needed) } : null;
  return {
    change: { ...Object.fromEntries(wanted.map(([name, value]) => [name, value])), ...sharing, ...ofConsent?.change },
    problems: [...missing(wanted), ...(ofConsent?.problems ?? [])],
  };
}
