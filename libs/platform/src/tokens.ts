import { contexts, nameId, type ContextName } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { Forbidden, Unauthenticated, Unavailable } from './errors';
import { fetchJson } from './fetch-json';

/** What a verified token says. */
export interface Claims {
  readonly subject: string;
  /** Set when the token belongs to a Concordat service (client credentials), not to a person. */
  readonly service: string | null;
  /** Milliseconds since 1970 when the person last proved who they are (`auth_time`, RFC 9068 §2.2.1), where it is told. */
  readonly signedInAt: number | null;
}

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly subjectClaim: string;
  readonly serviceSecret: string;
  /** Client ids of services, where they are not `concordat-<context>`. */
  readonly serviceClients?: Readonly<Partial<Record<ServiceName, string>>>;
  /** Scope that a service asks for. */
  readonly serviceScope?: string;
}

type ServiceName = ContextName | 'web';

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

  private readonly services: ReadonlyMap<string, ServiceName>;

  constructor(private readonly settings: TokenSettings) {
    this.services = new Map([...contexts, 'web' as const].map((name) => [this.clientIdOf(name), name]));
  }

  /** verify returns the claims, or throws Unauthenticated (bad token), Forbidden (a good one that says of nobody) or Unavailable (the issuer's keys cannot be had). */
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
  async service(context: ServiceName): Promise<string> {
    const kept = this.own.get(context);
    if (kept && kept.until > Date.now() + 30_000) return kept.token;
    const { token_endpoint } = await this.discover();
    const answer = await fetchJson<{ access_token: string; expires_in?: number }>(token_endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: basic(this.clientIdOf(context), this.settings.serviceSecret),
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        audience: this.settings.audience,
        ...(this.settings.serviceScope ? { scope: this.settings.serviceScope } : {}),
        // A resource indicator must be a URI (RFC 8707 §2); a plain name is an audience only.
        ...(URL.canParse(this.settings.audience) ? { resource: this.settings.audience } : {}),
      }).toString(),
    });
    this.own.set(context, { token: answer.access_token, until: Date.now() + (answer.expires_in ?? 60) * 1000 });
    return answer.access_token;
  }

  private claims(payload: JWTPayload): Claims {
    const client = [payload['client_id'], payload['azp'], payload['appid']].find((id) => typeof id === 'string');
    const service = this.services.get(client ?? '');
    if (service && isOfTheClient(payload, client, service)) return { subject: client!, service, signedInAt: null };
    const subject = payload[this.settings.subjectClaim] ?? payload.sub;
    if (typeof subject !== 'string' || subject === '')
      throw new Forbidden('token.without-claims', 'The access token does not say who you are', [
        'token.without-claims',
      ]);
    const at = payload['auth_time'];
    return { subject, service: null, signedInAt: typeof at === 'number' ? at * 1000 : null };
  }

  private clientIdOf(name: ServiceName): string {
    return this.settings.serviceClients?.[name] ?? serviceClientId(name);
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

/** Claims of a token that a person got by signing in: a session, its time, delegated scopes of Microsoft Entra ID. */
const OF_A_PERSON = ['sid', 'session_state', 'auth_time', 'scp'];

/**
 * Whether a token that was given to a service's client speaks for the client itself. RFC 9068 §5 puts the client id into
 * `sub`; Keycloak and Entra put an account of theirs there, so for them a context's client must be one by which no person
 * signs in, and anything that smells of a session is refused. The front end's client signs people in: it must say `sub`.
 */
function isOfTheClient(payload: JWTPayload, client: string | undefined, service: ServiceName): boolean {
  if (payload.sub === client) return true;
  return service !== 'web' && OF_A_PERSON.every((claim) => payload[claim] === undefined);
}

/** HTTP Basic for a client: both halves are form-encoded first (RFC 6749 §2.3.1). */
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
