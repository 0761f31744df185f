import type { afterReceipt } from './notice';

type Arrived = NonNullable<ReturnType<typeof afterReceipt>>;

/**
 * bounceIn reads what a mail server says of one letter (a delivery status notification, RFC 3464): the fields about its recipient.
 * Null for any other mail, such as an answer that somebody's holiday sends. Nothing else of it is looked at or kept. Never rejects:
 * what cannot be read says nothing.
 */
export async function bounceIn(raw: Buffer): Promise<Arrived | null> {
  try {
    // Loaded with the first that comes: most installations take none.
    const { default: PostalMime } = await import('postal-mime');
    const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 8 });
    const report = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
    if (!report) return null;
    const text = Buffer.from(report.content as ArrayBuffer).toString('latin1');
    // The first group of fields is about the letter, those after it about a recipient each: ours has one.
    const [, about] = text.split(/\r?\n(?:[ \t]*\r?\n)+/);
    return about ? afterStatus(fieldOf(about, 'action'), fieldOf(about, 'status')) : null;
  } catch {
    return null;
  }
}

const fieldOf = (group: string, name: string): string =>
  new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(group)?.[1]?.trim().toLowerCase() ?? '';

/**
 * afterStatus says what an action (RFC 3464 §2.3.3) and a status (RFC 3463) mean for the address: a mailbox that is not there or takes
 * nothing any more is for good, a refusal of the letter is no word about the address, and all else, such as a full mailbox or a
 * server that was not reached for days, may pass. Null for what is still on its way. Pure.
 */
export function afterStatus(action: string, status: string): Arrived | null {
  if (action === 'delivered') return { delivered: true };
  if (action !== 'failed') return null;
  const [, kind, subject = '', detail = ''] = /^([45])\.(\d{1,3})\.(\d{1,3})/.exec(status) ?? [];
  if (kind !== '5') return { failure: 'temporary' };
  if (['6', '7'].includes(subject) || `${subject}.${detail}` === '2.3') return { failure: 'message-refused' };
  const ofMailbox = subject === '1' || ['2.0', '2.1'].includes(`${subject}.${detail}`);
  return { failure: ofMailbox ? 'recipient-refused' : 'temporary' };
}
