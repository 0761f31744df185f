import { IllegalTransition, NotFound, RuleBroken, type ScopeName } from '@concordat/contracts';
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** A system of an agency that uses the API in the agency's name, by secrets that an administrator was shown once. */
export interface ApiClient {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly scopes: readonly ScopeName[];
  readonly registeredAt: Date;
  readonly endedAt: Date | null;
  readonly version: number;
  readonly secrets: readonly ClientSecret[];
}

/** What is kept of a secret: enough to recognise it by, and no way back to it. */
export interface ClientSecret {
  readonly id: string;
  /** The last four characters, so that people can tell two apart. */
  readonly hint: string;
  readonly hash: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A secret is for a year: long enough to plan its replacement, short enough that nobody forgets how. */
export const SECRET_DAYS = 365;
/** Two, so that the next is in use before the last is ended. */
export const SECRETS_AT_ONCE = 2;
/** A token that was stolen is of no use after this. */
export const TOKEN_SECONDS = 300;

const DAY_MS = 86_400_000;
const FORM = /^ccs_[A-Za-z0-9_-]{43}$/;
/**
 * scrypt with 16 MiB (RFC 7914 §2, interactive use). A secret is 256 random bits, which nobody finds by trying; more would only let
 * whoever sends wrong ones keep the processor busy.
 */
const COST = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

export const stateOf = ({ endedAt }: ApiClient): 'live' | 'ended' => (endedAt ? 'ended' : 'live');

/** Secrets by which a client can ask for a token at `now`. */
export const usable = (client: ApiClient, now: Date): ClientSecret[] =>
  client.endedAt ? [] : client.secrets.filter((s) => s.endedAt === null && s.expiresAt > now);

/** Throws IllegalTransition `client.ended`. */
export function mustBeLive(client: ApiClient): void {
  if (client.endedAt) throw new IllegalTransition('client.ended', 'This client has been ended', stateOf(client));
}

/** addSecret decides whether there may be one more. Throws IllegalTransition `client.ended`, RuleBroken `client.two-secrets`. */
export function addSecret(client: ApiClient, secret: ClientSecret, now: Date): ApiClient {
  mustBeLive(client);
  if (usable(client, now).length >= SECRETS_AT_ONCE)
    throw new RuleBroken('client.two-secrets', 'This client has two secrets. End one of them first');
  return { ...client, secrets: [...client.secrets, secret], version: client.version + 1 };
}

/** endSecret ends one secret at once; tokens that were had by it run out within five minutes. Throws NotFound. */
export function endSecret(client: ApiClient, secretId: string, now: Date): ApiClient {
  mustBeLive(client);
  const found = client.secrets.find((s) => s.id === secretId && s.endedAt === null);
  if (!found) throw new NotFound('secret');
  const secrets = client.secrets.map((s) => (s === found ? { ...s, endedAt: now } : s));
  return { ...client, secrets, version: client.version + 1 };
}

/** end stops a client for good: no more tokens, and its account is a member no longer. Throws IllegalTransition. */
export function end(client: ApiClient, now: Date): ApiClient {
  mustBeLive(client);
  return { ...client, endedAt: now, version: client.version + 1 };
}

/** A new secret: `ccs_` and 256 random bits, by which scanners of repositories can know it. */
export const newSecret = (): string => `ccs_${randomBytes(32).toString('base64url')}`;

/** What is kept of `secret`, with the parameters that it was hashed with, so that they can change: `scrypt$N$r$p$salt$hash`. */
export async function hashOf(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether `secret` is the one that `kept` was made of. What has not the form of a secret costs nothing to refuse. */
export async function matches(secret: string, kept: string): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = kept.split('$');
  if (!FORM.test(secret) || kind !== 'scrypt' || !salt || !hash) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const given = await derive(secret, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(given, Buffer.from(hash, 'base64url'));
}

export const expiryOf = (madeAt: Date): Date => new Date(madeAt.getTime() + SECRET_DAYS * DAY_MS);

const derive = (secret: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(secret, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** Which of the scopes that a client has a token shall carry: those asked for, or all. Null when one is not the client's. */
export function scopesGranted(client: ApiClient, asked: string | undefined): readonly ScopeName[] | null {
  const wanted = (asked ?? '').split(' ').filter(Boolean);
  if (wanted.length === 0) return client.scopes;
  const held: readonly string[] = client.scopes;
  return wanted.every((s) => held.includes(s)) ? client.scopes.filter((s) => wanted.includes(s)) : null;
}
