import { nameId, type ContextName } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { Unauthenticated, Unavailable } from './errors';
import { fetchJson } from './fetch-json';

/** What a verified token says. */
export interface Claims {
  readonly subject: string;
  /** Set when the token belongs to a Concordat service (client credentials), not to a person. */
  readonly service: string | null;
}

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly subjectClaim: string;
  readonly serviceSecret: string;
}

/** Algorithms that we accept. Symmetric ones are left out: whoever verifies could then also sign. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const REMEMBERED = 5_000;

/** The client id by which a context signs in as itself. */
export const serviceClientId = (context: string): string => `concordat-${context}`;
/** The actor id of a service: stable, and the same wherever it is written down. */
export const serviceActorId = (context: string): string => nameId(`service/${context}`);

/** Verifies access tokens against the issuer's published keys (OpenID Connect Discovery, RFC 7519, RFC 9068). */
@Injectable()
export class Tokens {
  private keys: Promise<JWTVerifyGetKey> | null = null;
  /** Tokens already verified, until they expire: a signature check is paid once per token, not once per request. */
  private readonly seen = new Map<string, { claims: Claims; until: number }>();
  private readonly own = new Map<string, { token: string; until: number }>();

  constructor(private readonly settings: TokenSettings) {}

  /** verify returns the claims, or throws Unauthenticated (bad token) or Unavailable (the issuer's keys cannot be had). */
  async verify(token: string): Promise<Claims> {
    const known = this.seen.get(token);
    if (known) {
      if (known.until > Date.now()) return known.claims;
      this.seen.delete(token);
      throw new Unauthenticated('token.expired', 'Your sign-in has expired. Sign in again');
    }
    const { jwtVerify, errors } = await import('jose');
    const keys = await this.publishedKeys();
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'iat'],
        clockTolerance: 5,
      }));
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new Unauthenticated('token.expired', 'Your sign-in has expired. Sign in again');
      if (error instanceof errors.JOSEError && error.code.startsWith('ERR_J'))
        throw new Unauthenticated('token.invalid', 'The access token is not accepted');
      throw new Unavailable('issuer.unavailable', 'The identity provider cannot be reached');
    }
    const claims = this.claims(payload);
    if (this.seen.size >= REMEMBERED) this.seen.delete(this.seen.keys().next().value!);
    this.seen.set(token, { claims, until: (payload.exp ?? 0) * 1000 });
    return claims;
  }

  /** A token for `context` to call another service with (OAuth 2.0 client credentials, RFC 6749 §4.4). */
  async service(context: ContextName | 'web'): Promise<string> {
    const kept = this.own.get(context);
    if (kept && kept.until > Date.now() + 30_000) return kept.token;
    const { token_endpoint } = await this.discover();
    const answer = await fetchJson<{ access_token: string; expires_in?: number }>(token_endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${serviceClientId(context)}:${this.settings.serviceSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        audience: this.settings.audience,
        // A resource indicator must be a URI (RFC 8707 §2); a plain name is an audience only.
        ...(URL.canParse(this.settings.audience) ? { resource: this.settings.audience } : {}),
      }).toString(),
    });
    this.own.set(context, { token: answer.access_token, until: Date.now() + (answer.expires_in ?? 60) * 1000 });
    return answer.access_token;
  }

  private claims(payload: JWTPayload): Claims {
    const client =
      typeof payload['client_id'] === 'string'
        ? payload['client_id']
        : typeof payload['azp'] === 'string'
          ? payload['azp']
          : null;
    const subject = payload[this.settings.subjectClaim] ?? payload.sub;
    // A client-credentials token speaks for its client: sub is the client id, or absent (RFC 9068 §5).
    if (client?.startsWith('concordat-') && (payload.sub === undefined || payload.sub === client)) {
      return { subject: client, service: client.slice('concordat-'.length) };
    }
    if (typeof subject !== 'string' || subject === '')
      throw new Unauthenticated('token.invalid', 'The access token names nobody');
    return { subject, service: null };
  }

  private publishedKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= (async () => {
      const { createRemoteJWKSet } = await import('jose');
      const { jwks_uri } = await this.discover();
      return createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 5_000, timeoutDuration: 5_000 });
    })();
    this.keys.catch(() => (this.keys = null)); // the next request asks again
    return this.keys;
  }

  private discover(): Promise<{ jwks_uri: string; token_endpoint: string }> {
    return fetchJson(`${this.settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
  }
}
