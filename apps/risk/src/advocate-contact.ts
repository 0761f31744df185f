import type { ContactOutcome, ContactSafety, ContactState, ContactWay, FieldProblem } from '@concordat/contracts';

/** How an advocate tried to speak with somebody before a meeting, or why they did not. */
export interface ContactAttempt {
  readonly at: Date;
  readonly way: ContactWay;
  /** Whether that way is known to be safe. */
  readonly safe: ContactSafety;
  /** Whether it is known that a message may be left there. */
  readonly messageAllowed: boolean;
  readonly outcome: ContactOutcome;
  /** What they want to be said at the meeting; or why nobody tried. */
  readonly words: string;
}

/**
 * Everything wrong with an attempt (domain/risk-conferences.md §2.5): a way that is not known to be safe is not used, and no
 * message is left where it is not known to be allowed. Pure.
 */
export function wrongAttempt(attempt: ContactAttempt, now: Date): FieldProblem[] {
  const { at, safe, messageAllowed, outcome, words } = attempt;
  const problems: FieldProblem[] = [];
  if (at > now) problems.push({ field: 'on', code: 'in-the-future', message: 'This must not be in the future' });
  if (safe !== 'yes' && outcome !== 'not-tried')
    problems.push({
      ...{ field: 'outcome', code: 'contact.not-safe' },
      message: 'Do not contact them by a way that is not known to be safe. Say that nobody tried, and find another way',
    });
  if (outcome === 'message-left' && !messageAllowed)
    problems.push({
      ...{ field: 'messageAllowed', code: 'contact.no-message' },
      message: 'Leave a message only where it is known that one may be left',
    });
  if ((outcome === 'reached' || outcome === 'not-tried') && words.trim() === '')
    problems.push({
      ...{ field: 'words', code: 'required' },
      message: outcome === 'reached' ? 'Say what they want the meeting to know' : 'Say why nobody tried',
    });
  return problems;
}

/** Where a contact stands after another attempt: once they were reached it stays so. Pure. */
export const contactAfter = (state: ContactState, outcome: ContactOutcome): ContactState =>
  state === 'reached' || outcome === 'reached' ? 'reached' : 'tried';

/** Whether the meeting came before they were reached. Derived, never stored. Pure. */
export const cameTooLate = (state: ContactState, meetingOn: string | null, today: string): boolean =>
  state !== 'reached' && meetingOn !== null && meetingOn < today;
