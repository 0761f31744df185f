import { createPublicKey, hash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decodeBase64 } from './encoding';
import { LedgerError } from './errors';

/** 0x01 signs a note's text; 0x04 is a witness's cosignature of a checkpoint (C2SP signed-note, tlog-cosignature). */
export const LOG_KEY = 0x01;
export const WITNESS_KEY = 0x04;

/** A public key that note signatures can be checked with. Equal (name, id) means equal key for our purposes. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of H(name ‖ LF ‖ type ‖ publicKey), as eight lower-case hex digits. */
  readonly id: string;
  readonly type: number;
  readonly publicKey: Buffer;
}

/** Signs note texts. `sign` may be remote (a KMS, an HSM), so it may be a promise; it returns the bytes after the key id. */
export interface NoteSigner {
  readonly key: VerifierKey;
  sign(text: string): Buffer | Promise<Buffer>;
}

interface Algorithm {
  readonly keyBytes: number;
  /** Undefined when the signature does not hold; otherwise what it says beside the text: a cosignature's time. */
  check(key: VerifierKey, text: string, signature: Buffer): { time?: bigint } | undefined;
}

/** Adding ML-DSA-44 (0x06) is one more row, once Node offers it. */
const algorithms: ReadonlyMap<number, Algorithm> = new Map([
  [LOG_KEY, { keyBytes: 32, check: (key, text, sig) => (edVerify(key, text, sig) ? {} : undefined) }],
  [
    WITNESS_KEY,
    {
      keyBytes: 32,
      check: (key, text, sig) => {
        if (sig.length !== 72) return undefined;
        const time = sig.readBigUInt64BE(0);
        // Time zero says nothing about freshness, and tlog-witness requires it to be non-zero; 2^63-1 is the format's limit.
        if (time === 0n || time >= 1n << 63n) return undefined;
        return edVerify(key, cosignedMessage(text, time), sig.subarray(8)) ? { time } : undefined;
      },
    },
  ],
]);

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const keyObjects = new WeakMap<VerifierKey, KeyObject>();

function edVerify(key: VerifierKey, message: string, signature: Buffer): boolean {
  let object = keyObjects.get(key);
  if (object === undefined) {
    object = createPublicKey({ key: Buffer.concat([SPKI_ED25519, key.publicKey]), format: 'der', type: 'spki' });
    keyObjects.set(key, object);
  }
  return signature.length === 64 && verify(null, Buffer.from(message, 'utf8'), object, signature);
}

function cosignedMessage(text: string, time: bigint): string {
  return `cosignature/v1\ntime ${time}\n${text}`;
}

/** isKeyName: non-empty, no Unicode space, no plus, no control character (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name.length > 0 && !/[\p{White_Space}+\u0000-\u001f]/u.test(name);
}

function keyId(name: string, type: number, publicKey: Buffer): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.from([type]), publicKey]);
  return hash('sha256', input, 'buffer').subarray(0, 4).toString('hex');
}

/** verifierKey names a raw public key. @throws LedgerError MALFORMED on a bad name, unknown type or wrong key length. */
export function verifierKey(name: string, type: number, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new LedgerError('MALFORMED', 'a key name is non-empty, without spaces or plus signs');
  const algorithm = algorithms.get(type);
  if (algorithm === undefined) throw new LedgerError('MALFORMED', `signature type ${type} is not supported`);
  if (publicKey.length !== algorithm.keyBytes) throw new LedgerError('MALFORMED', 'public key of the wrong length');
  const bytes = Buffer.from(publicKey);
  return { name, type, publicKey: bytes, id: keyId(name, type, bytes) };
}

/** parseVkey reads `name+hex(id)+base64(type‖key)`. @throws LedgerError MALFORMED, also when the id does not recompute. */
export function parseVkey(text: string): VerifierKey {
  const [name, id, encoded, ...rest] = splitVkey(text);
  if (name === undefined || id === undefined || encoded === undefined || rest.length > 0 || !/^[0-9a-f]{8}$/.test(id)) {
    throw new LedgerError('MALFORMED', 'not a verifier key');
  }
  const bytes = decodeBase64(encoded, 'verifier key');
  const key = verifierKey(name, bytes[0] ?? 0, bytes.subarray(1));
  if (key.id !== id) throw new LedgerError('MALFORMED', 'verifier key id does not match its key');
  return key;
}

// Base64 may itself hold plus signs, so only the first two separate.
function splitVkey(text: string): string[] {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  return second < 0 ? [] : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

/** formatVkey is the inverse of parseVkey. */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${Buffer.concat([Buffer.from([key.type]), key.publicKey]).toString('base64')}`;
}

/** checkSignature verifies one signature blob (without key id); a cosignature's time comes back with it. */
export function checkSignature(key: VerifierKey, text: string, signature: Buffer): { time?: bigint } | undefined {
  return algorithms.get(key.type)?.check(key, text, signature);
}

function rawPublicKey(privateKey: KeyObject): Buffer {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new LedgerError('MALFORMED', 'an Ed25519 private key is needed');
  }
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_ED25519.length);
}

/** logSigner signs checkpoints as the log (type 0x01). `name` MUST be the log's origin. */
export function logSigner(name: string, privateKey: KeyObject): NoteSigner {
  const key = verifierKey(name, LOG_KEY, rawPublicKey(privateKey));
  return { key, sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey) };
}

/**
 * witnessSigner cosigns checkpoints (type 0x04); `now` gives Unix seconds, never zero. Each witness MUST have a key of its
 * own: the message does not name the signer.
 */
export function witnessSigner(name: string, privateKey: KeyObject, now: () => bigint): NoteSigner {
  const key = verifierKey(name, WITNESS_KEY, rawPublicKey(privateKey));
  return {
    key,
    sign: (text) => {
      const time = now();
      const blob = Buffer.alloc(8);
      blob.writeBigUInt64BE(time);
      return Buffer.concat([blob, sign(null, Buffer.from(cosignedMessage(text, time), 'utf8'), privateKey)]);
    },
  };
}
