import { rootCertificates } from 'node:tls';
import type { createTransport } from 'nodemailer';
import type { Letter } from '../letter';
import type { Carried } from '../notice';
import { PATIENCE_MS, type Carrier } from './carrier';

export interface SmtpSettings {
  /** `smtp://name@mail.example:587`; `smtps:` is encrypted from the first byte. */
  readonly url: string;
  readonly from: string;
  readonly password: string | null;
  /** Whether nothing is said to a server that does not encrypt. */
  readonly encryptedOnly: boolean;
  /** The authority (PEM) that signed its certificate, where that is one of one's own. */
  readonly authority: string | null;
}

/** An SMTP server. A letter has the same Message-ID at each attempt, so that one that arrives twice can be shown once. */
export class Smtp implements Carrier {
  readonly name = 'smtp';
  private transport: Promise<ReturnType<typeof createTransport>> | undefined;
  private readonly host: string;

  constructor(private readonly settings: SmtpSettings) {
    this.host = settings.from.replace(/^.*@|>.*$/g, '');
  }

  async carry({ id, to, subject, text, returnPath }: Letter): Promise<Carried> {
    try {
      const transport = await (this.transport ??= connected(this.settings));
      await transport.sendMail({
        ...{ from: this.settings.from, to, subject, text, messageId: `<${id}@${this.host}>` },
        ...(returnPath ? { envelope: { from: returnPath, to } } : {}),
        // Nobody's holiday notice is to answer this (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { outcome: 'taken' };
    } catch (error) {
      return carriedOf(error as Parameters<typeof carriedOf>[0]);
    }
  }
}

/** Loaded with the first letter: most installations have another carrier, or none. */
async function connected({ url, password, encryptedOnly, authority }: SmtpSettings) {
  const { protocol, hostname, port, username } = new URL(url);
  const secure = protocol === 'smtps:';
  const { createTransport } = await import('nodemailer');
  return createTransport({
    ...{ host: hostname, port: port ? Number(port) : secure ? 465 : 587, secure },
    ...{ requireTLS: encryptedOnly && !secure, ignoreTLS: false },
    // Beside those that everybody trusts: the mail server may be somebody else's, though the brokers are one's own.
    ...(authority ? { tls: { ca: [...rootCertificates, authority] } } : {}),
    ...(username ? { auth: { user: decodeURIComponent(username), pass: password ?? '' } } : {}),
    ...{ connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

/**
 * carriedOf says what a refusal of a server means (RFC 5321 §4.2.1): 5xx to the recipient or to the letter is for good; anything
 * else, such as 4xx, no answer, or a sign-in that is not taken, may pass or be mended. A refusal by policy (5.7.x, RFC 3463) is no
 * word about the address. Pure.
 */
export function carriedOf(error: { command?: string; responseCode?: number; response?: string }): Carried {
  const { command = '', responseCode = 0, response = '' } = error;
  if (responseCode < 550 || responseCode > 599) return { outcome: 'later' };
  if (command === 'RCPT TO')
    return { outcome: 'refused', which: /^\d{3}[ -]5\.7\./.test(response) ? 'message' : 'recipient' };
  return command === 'DATA' ? { outcome: 'refused', which: 'message' } : { outcome: 'later' };
}
