import type { MessageChannel } from '@concordat/contracts';
import { isEmail } from 'class-validator';

/** Where somebody is reached outside of the pages: theirs once they have shown that they receive there. */
export interface ContactDetails {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly confirmedAt: Date | null;
  /** Since when nothing arrives there, as far as is known. */
  readonly failedAt: Date | null;
  readonly codeUntil: Date | null;
  /** Wrong codes since the last was sent. */
  readonly tries: number;
}

export const CODE_MINUTES = 30;
/** One in 200,000 to guess a code; and with five an hour nobody is showered with them. */
const MOST_TRIES = 5;
export const MOST_CODES_AN_HOUR = 5;

/**
 * normalised is an address as it is kept: an e-mail address in the case that it was given in, a mobile number of the United
 * Kingdom as `+447…`. Null when it is none. Pure.
 */
export function normalised(channel: MessageChannel, given: string): string | null {
  const text = given.trim();
  if (channel === 'email') return isEmail(text, { allow_utf8_local_part: false }) && text.length <= 254 ? text : null;
  const digits = text.replace(/[\s()-]/g, '').replace(/^(\+44|0044|44)0?/, '0');
  return /^07\d{9}$/.test(digits) ? `+44${digits.slice(1)}` : null;
}

/** Whether there is something to confirm: an address that was just given, or one at which nothing arrives any more. */
export const isUnconfirmed = ({ confirmedAt, failedAt }: ContactDetails): boolean =>
  confirmedAt === null || failedAt !== null;

export type Tried = 'confirmed' | 'wrong' | 'expired' | 'too-many';

/** tried says what comes of a code that somebody enters; `right`: whether it is the one that was sent. Pure. */
export function tried({ codeUntil, tries }: ContactDetails, right: boolean, now: Date): Tried {
  if (codeUntil === null || codeUntil <= now) return 'expired';
  if (tries >= MOST_TRIES) return 'too-many';
  return right ? 'confirmed' : 'wrong';
}
