import type { NotifyClient } from 'notifications-node-client';
import type { Letter } from '../letter';
import type { Carried } from '../notice';
import { PATIENCE_MS, type Carrier } from './carrier';

export interface NotifySettings {
  readonly url: string;
  readonly key: string;
  /** The template of one channel: `((body))`, and for e-mail `((subject))`. */
  readonly template: string;
}

/** What an answer of Notify that is no success holds. */
interface Refusal {
  readonly response?: {
    readonly status?: number;
    readonly data?: { readonly errors?: readonly { readonly error?: string; readonly message?: string }[] };
  };
}

/** GOV.UK Notify. The words come from the pack, so its template is nothing but their places. */
export class Notify implements Carrier {
  readonly name = 'notify';
  private client: Promise<NotifyClient> | undefined;

  constructor(private readonly settings: NotifySettings) {}

  async carry({ id, channel, to, subject, text }: Letter): Promise<Carried> {
    const options = { reference: id, personalisation: { subject, body: text } };
    const { template } = this.settings;
    const asked = this.connected().then<unknown>((client) =>
      channel === 'email' ? client.sendEmail(template, to, options) : client.sendSms(template, to, options),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Carried>((answer) => {
      timer = setTimeout(() => answer({ outcome: 'later' }), PATIENCE_MS);
    });
    const told = asked.then((): Carried => ({ outcome: 'taken' }), carriedOf);
    return Promise.race([told, late]).finally(() => clearTimeout(timer));
  }

  /** Loaded with the first letter: most installations have another carrier, or none. */
  private connected(): Promise<NotifyClient> {
    const { url, key } = this.settings;
    return (this.client ??= import('notifications-node-client').then((notify) => new notify.NotifyClient(url, key)));
  }
}

/**
 * carriedOf says what an error of Notify means: that an address is none is for good, and so is a letter that is not valid; a key
 * that is not taken, a limit, or no answer may pass or be mended. Pure.
 */
export function carriedOf({ response }: Refusal): Carried {
  if (response?.status !== 400) return { outcome: 'later' };
  const [first] = response.data?.errors ?? [];
  if (first?.error !== 'ValidationError') return { outcome: 'later' };
  const ofAddress = /^(email_address|phone_number)\b/.test(first.message ?? '');
  return { outcome: 'refused', which: ofAddress ? 'recipient' : 'message' };
}
