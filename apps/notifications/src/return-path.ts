import { isId } from '@concordat/contracts';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Half of a digest, in hex: nobody guesses 80 bits by sending letters. */
const SIGNED = 20;
/** What the address of a notice adds to the mailbox before its `@`. A mail server takes 64 in all (RFC 5321 §4.5.3.1.1). */
const ADDED = 1 + 32 + SIGNED;
export const LONGEST_MAILBOX = 64 - ADDED;

/**
 * Where word comes back of a letter that did not arrive: `bounces+<notice><signature>@…` for each notice (VERP). It names nobody, and
 * only what was sent under a key of ours is believed: whoever makes one up is not heard.
 */
export class ReturnPaths {
  private readonly mailbox: string;
  private readonly domain: string;
  private readonly keys: readonly Buffer[];

  /** @param address the mailbox whose addresses with a `+` come here; @param roots the key of today, then older ones */
  constructor(address: string, roots: readonly Buffer[]) {
    const at = address.lastIndexOf('@');
    [this.mailbox, this.domain] = [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
    this.keys = roots.map((root) => Buffer.from(hkdfSync('sha256', root, '', 'concordat/return-path', 32)));
  }

  addressOf(noticeId: string): string {
    const name = noticeId.replaceAll('-', '');
    return `${this.mailbox}+${name}${signed(this.keys[0]!, name)}@${this.domain}`;
  }

  /** The notice that an address is of; null where it is none of ours. Servers may have changed the case of it. */
  noticeOf(address: string): string | null {
    const [, mailbox, name = '', given = '', domain] =
      /^([^+@]+)\+([0-9a-f]{32})([0-9a-f]{20})@(.+)$/.exec(address.toLowerCase()) ?? [];
    if (mailbox !== this.mailbox || domain !== this.domain) return null;
    if (!this.keys.some((key) => timingSafeEqual(Buffer.from(signed(key, name)), Buffer.from(given)))) return null;
    const id = name.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return isId(id) ? id : null;
  }
}

const signed = (key: Buffer, name: string): string =>
  createHmac('sha256', key).update(name).digest('hex').slice(0, SIGNED);
