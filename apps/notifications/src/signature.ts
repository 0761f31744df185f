import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A key pair of a webhook: what is kept sealed, and what is shown (Standard Webhooks: `whpk_` and the raw key in base64). */
export interface KeyPair {
  readonly secret: Buffer;
  readonly shown: string;
}

export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { secret: privateKey.export({ type: 'pkcs8', format: 'der' }), shown: shownOf(publicKey) };
}

/** A secret that both ends hold: what is kept sealed, and what is shown once (Standard Webhooks: `whsec_` and 32 bytes in base64). */
export function newSharedSecret(): KeyPair {
  const secret = randomBytes(32);
  return { secret, shown: `whsec_${secret.toString('base64')}` };
}

/** What signs an attempt: private halves of ed25519 keys (`v1a`), and secrets that whoever receives holds as well (`v1`). */
export interface Signers {
  readonly keys: readonly Buffer[];
  readonly shared: readonly Buffer[];
}

/** The last 32 bytes of an ed25519 SPKI are the key itself (RFC 8410 §4). */
const shownOf = (key: KeyObject): string =>
  `whpk_${key.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;

const privateKey = (secret: Buffer): KeyObject => createPrivateKey({ key: secret, type: 'pkcs8', format: 'der' });

/**
 * signedHeaders are those of one attempt (Standard Webhooks 1.0): the id, which is the same at each attempt; the time of this
 * one, in seconds; and a signature by each key and each shared secret over id, time and the very bytes of the body.
 */
export function signedHeaders(
  id: string,
  seconds: number,
  body: Buffer,
  { keys, shared }: Signers,
): Record<string, string> {
  const content = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]);
  const signatures = [
    ...keys.map((key) => `v1a,${sign(null, content, privateKey(key)).toString('base64')}`),
    ...shared.map((secret) => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`),
  ];
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}
