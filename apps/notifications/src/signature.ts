import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A key pair of a webhook: what is kept sealed, and what is shown (Standard Webhooks: `whpk_` and the raw key in base64). */
export interface KeyPair {
  readonly secret: Buffer;
  readonly shown: string;
}

export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { secret: privateKey.export({ type: 'pkcs8', format: 'der' }), shown: shownOf(publicKey) };
}

/** The last 32 bytes of an ed25519 SPKI are the key itself (RFC 8410 §4). */
const shownOf = (key: KeyObject): string =>
  `whpk_${key.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;

/** The public half of a kept key. */
export const shownFrom = (secret: Buffer): string => shownOf(createPublicKey(privateKey(secret)));

const privateKey = (secret: Buffer): KeyObject => createPrivateKey({ key: secret, type: 'pkcs8', format: 'der' });

/**
 * signedHeaders are those of one attempt (Standard Webhooks 1.0): the id, which is the same at each attempt; the time of this
 * one, in seconds; and a signature by each key over id, time and the very bytes of the body.
 */
export function signedHeaders(
  id: string,
  seconds: number,
  body: Buffer,
  keys: readonly Buffer[],
): Record<string, string> {
  const content = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]);
  const signatures = keys.map((key) => `v1a,${sign(null, content, privateKey(key)).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}
