import { Ephemeral, TooMany, Unavailable, Unreadable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import type { WebRequest } from './visit';

const KIND = 'public-form';
/** Long enough to write at leisure; a form that is shown again has another token. */
const TOKEN_SECONDS = 86_400;
const WINDOW_SECONDS = 3_600;
/** Many people may come from one address, such as a library’s. */
const SENT_AN_HOUR = 20;
const SHOWN_AN_HOUR = 300;

/**
 * Forms for whoever has not signed in. Each rendering has a token that is taken once, and what is sent must come from our
 * own page; how often is counted by network address, of which only a digest is kept.
 */
@Injectable()
export class PublicForms {
  constructor(private readonly store: Ephemeral) {}

  /** A token for one rendering of a form. */
  async token(ip: string): Promise<string> {
    await this.count(`public-form-shown:${digest(ip)}`, SHOWN_AN_HOUR);
    const token = randomBytes(24).toString('base64url');
    await this.store.set(KIND, token, '1', TOKEN_SECONDS).catch(unavailable);
    return token;
  }

  /** Lets a request through that was sent from our own form, once, and not too often. Throws otherwise. */
  async check(request: WebRequest): Promise<void> {
    await this.count(`public-form:${digest(request.ip)}`, SENT_AN_HOUR);
    const { 'sec-fetch-site': site, origin, host } = request.headers;
    // Our own pages ask browsers to send no referrer, and then their origin is `null`: who fetches says more.
    const foreign =
      site === undefined
        ? origin !== undefined && origin !== 'null' && hostOf(origin) !== host
        : site !== 'same-origin';
    const sent = (request.body as Record<string, unknown> | null | undefined)?.['_csrf'];
    if (foreign || typeof sent !== 'string' || !/^[\w-]{32}$/.test(sent)) throw refused();
    if ((await this.store.take(KIND, sent).catch(unavailable)) === null) throw refused();
  }

  private async count(key: string, most: number): Promise<void> {
    const { count, resetSeconds } = await this.store.hit(key, WINDOW_SECONDS).catch(unavailable);
    if (count > most)
      throw new TooMany('request.too-many', 'This was done too often from your network in a short time', {
        retryAfterSeconds: resetSeconds,
      });
  }
}

const refused = () => new Unreadable('form.token', 'This form is no longer valid');
const unavailable = (): never => {
  throw new Unavailable('session.unavailable', 'Forms cannot be taken now');
};
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
