import type { MessageChannel } from '@concordat/contracts';
import { BadConfiguration, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Carrier } from './carrier';
import { Mailbox } from './mailbox';
import { Notify } from './notify';
import { Smtp } from './smtp';

type Secret = 'smtp-password' | 'notify-key' | 'notify-receipts-token' | 'bounce-key.pem' | 'bounce-cert.pem';

/**
 * By what each channel leaves here, as the settings say: SMTP or Notify. Where none is named, a mailbox in development, and nothing
 * in production: then people are told in the pages alone. Throws BadConfiguration at the start for a secret that is not there.
 */
@Injectable()
export class Carriers {
  readonly mailbox: Mailbox | null;
  /** What Notify shows when it tells of a delivery; null where it is not asked to. */
  readonly receiptsToken: string | null;
  /** With what the mail that comes back is encrypted; null where no certificate was given. */
  readonly bounceTls: { readonly key: string; readonly cert: string } | null;
  private readonly takesBounces: boolean;
  private readonly by: Readonly<Record<MessageChannel, Carrier | null>>;

  constructor(@Inject(SETTINGS) settings: Settings) {
    const { NOTIFY_EMAIL_TEMPLATE: mail, NOTIFY_TEXT_TEMPLATE: text } = settings;
    const missing: string[] = [];
    const needed = (name: Secret): string => {
      const found = secretOf(settings, name);
      if (found === null) missing.push(`MESSAGE_SECRETS_FOLDER must have a file ${name}`);
      return found ?? '';
    };
    const notify = (template: string): Notify =>
      new Notify({ url: settings.NOTIFY_URL, key: needed('notify-key'), template });
    const inPlace = settings.production ? null : new Mailbox();
    this.by = {
      email: settings.SMTP_URL ? smtp(settings, needed) : mail ? notify(mail) : inPlace,
      text: text ? notify(text) : inPlace,
    };
    this.receiptsToken = secretOf(settings, 'notify-receipts-token');
    this.takesBounces = settings.BOUNCE_ADDRESS !== undefined;
    const [key, cert] = [secretOf(settings, 'bounce-key.pem'), secretOf(settings, 'bounce-cert.pem')];
    this.bounceTls = key && cert ? { key, cert } : null;
    // Word of a letter that did not arrive repeats the address that it went to.
    if (this.takesBounces && settings.production && !this.bounceTls)
      missing.push('MESSAGE_SECRETS_FOLDER must have files bounce-key.pem and bounce-cert.pem, with BOUNCE_ADDRESS');
    this.mailbox = Object.values(this.by).some((carrier) => carrier === inPlace) ? inPlace : null;
    if (missing.length > 0) throw new BadConfiguration([...new Set(missing)]);
  }

  /** Whether what becomes of a letter that was taken is told later: by a receipt, or by mail that comes back. */
  tellsLater(channel: MessageChannel): boolean {
    const { name } = this.by[channel] ?? {};
    return (name === 'notify' && this.receiptsToken !== null) || (name === 'smtp' && this.takesBounces);
  }

  /** What carries letters of a channel; null where that channel is not used. */
  of(channel: MessageChannel): Carrier | null {
    return this.by[channel];
  }
}

function smtp(settings: Settings, needed: (name: Secret) => string): Smtp {
  const url = settings.SMTP_URL!;
  const password = new URL(url).username ? needed('smtp-password') : null;
  const { TLS_CA_FILE: file, production: encryptedOnly } = settings;
  const authority = file ? readFileSync(file, 'utf8') : null;
  return new Smtp({ url, from: settings.MAIL_FROM!, password, encryptedOnly, authority });
}

function secretOf({ MESSAGE_SECRETS_FOLDER: folder }: Settings, name: Secret): string | null {
  const file = folder && join(folder, name);
  if (!file || !existsSync(file)) return null;
  return readFileSync(file, 'utf8').trim() || null;
}
