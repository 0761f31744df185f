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
  /** Set when the token belongs to an API client of an agency: its scopes, and the secret that it was asked for with. */
  readonly client?: { readonly scopes: readonly string[]; readonly secretId: string };
  /** Set when a person signed in otherwise than this installation demands: what it demands, between spaces (RFC 9470 §3). */
  readonly tooWeak?: string;
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
  /** Where identity publishes the keys that it signs tokens of API clients with. Without it, none is accepted. */
  readonly clientKeysUrl?: string;
  /** How people must have signed in; nothing is demanded when it is empty. And the claim that tells it. */
  readonly requiredAcr?: readonly string[];
  readonly acrClaim?: 'acr' | 'acrs';
}

type ServiceName = ContextName | 'web';

/** Algorithms that we accept. Symmetric ones are left out: whoever verifies could then also sign. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const REMEMBERED = 5_000;

/** Who signs the tokens of API clients: identity itself, whichever provider people sign in at (decision 37). */
export const CLIENT_ISSUER = 'urn:concordat:identity';
const CLIENT_ALGORITHM = 'ES256';
/** No provider can give a person the subject of a client: ours begin with this, and theirs are refused when they do. */
const CLIENT_SUBJECT = 'client:';
/** By what subject a system of an agency is known, from its client id. */
export const clientSubject = (clientId: string): string => CLIENT_SUBJECT + clientId;

/** The client id by which a context signs in as itself. */
export const serviceClientId = (context: string): string => `concordat-${context}`;
/** The actor id of a service: stable, and the same wherever it is written down. */
export const serviceActorId = (context: string): string => nameId(`service/${context}`);

/** Verifies access tokens against the issuer's published keys (OpenID Connect Discovery, RFC 7519, RFC 9068). */
@Injectable()
export class Tokens {
  private keys: Promise<JWTVerifyGetKey> | null = null;
  private clientKeys: JWTVerifyGetKey | null = null;
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
    const ofClient = this.settings.clientKeysUrl !== undefined && (await claimedIssuer(token)) === CLIENT_ISSUER;
    const keys = await (ofClient ? this.publishedClientKeys() : this.publishedKeys());
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer: ofClient ? CLIENT_ISSUER : this.settings.issuer,
        audience: this.settings.audience,
        algorithms: ofClient ? [CLIENT_ALGORITHM] : ALGORITHMS,
        requiredClaims: ['exp', 'iat'],
        clockTolerance: 5,
        ...(ofClient ? { typ: 'at+jwt' } : {}),
      }));
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new Unauthenticated('token.expired', 'Your sign-in has expired. Sign in again');
      if (error instanceof errors.JOSEError && error.code.startsWith('ERR_J'))
        throw new Unauthenticated('token.invalid', 'The access token is not accepted');
      throw new Unavailable('issuer.unavailable', 'The identity provider cannot be reached');
    }
    const claims = ofClient ? clientClaims(payload) : this.claims(payload);
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
    if (typeof subject !== 'string' || subject === '' || subject.startsWith(CLIENT_SUBJECT))
      throw new Forbidden('token.without-claims', 'The access token does not say who you are', [
        'token.without-claims',
      ]);
    const at = payload['auth_time'];
    const claims = { subject, service: null, signedInAt: typeof at === 'number' ? at * 1000 : null };
    return this.isStrong(payload) ? claims : { ...claims, tooWeak: this.settings.requiredAcr!.join(' ') };
  }

  /** Whether the token tells one of the ways to sign in that are demanded. One that tells nothing is not enough. */
  private isStrong(payload: JWTPayload): boolean {
    const { requiredAcr = [], acrClaim = 'acr' } = this.settings;
    if (requiredAcr.length === 0) return true;
    const told = [payload[acrClaim]].flat();
    return requiredAcr.some((acr) => told.includes(acr));
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

  private async publishedClientKeys(): Promise<JWTVerifyGetKey> {
    const { createRemoteJWKSet } = await import('jose');
    return (this.clientKeys ??= createRemoteJWKSet(new URL(this.settings.clientKeysUrl!), {
      ...{ cooldownDuration: 5_000, timeoutDuration: 5_000 },
    }));
  }

  private discover(): Promise<{ jwks_uri: string; token_endpoint: string }> {
    return fetchJson(`${this.settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
  }
}

/** Whom a token says that it is from. Nothing is believed by it: it chooses the keys that the token must then be signed with. */
async function claimedIssuer(token: string): Promise<unknown> {
  const { decodeJwt } = await import('jose');
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined; // refused when it is verified
  }
}

function clientClaims({ sub, scope, secret_id }: JWTPayload): Claims {
  if (typeof sub !== 'string' || typeof scope !== 'string' || typeof secret_id !== 'string')
    throw new Unauthenticated('token.invalid', 'The access token is not accepted');
  return {
    ...{ subject: clientSubject(sub), service: null, signedInAt: null },
    client: { scopes: scope.split(' ').filter(Boolean), secretId: secret_id },
  };
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
