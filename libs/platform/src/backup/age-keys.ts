import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Raw X25519 keys as Node wants them: the fixed beginning of their DER form. */
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const RECIPIENT = 'age';
const IDENTITY = 'age-secret-key-';

/** An X25519 key from its 32 bytes, as Node has it. */
export const publicKey = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
/** The secret half from its 32 bytes. */
export const privateKey = (raw: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: 'der', type: 'pkcs8' });
/** The 32 bytes of a public key, or of the public half of a secret one. */
export const rawPublic = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);

/** A pair as `age-keygen` makes it: what backups are sealed to, and what alone opens them. */
export function newBackupKey(): { recipient: string; identity: string } {
  const { privateKey: made } = generateKeyPairSync('x25519');
  const raw = made.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length);
  return { recipient: bech32(RECIPIENT, rawPublic(made)), identity: bech32(IDENTITY, raw).toUpperCase() };
}

/** The 32 bytes of a recipient (`age1…`). Throws when it is none. */
export const readRecipient = (text: string): Buffer => fromBech32(RECIPIENT, text.trim());

/** The 32 bytes of the first identity (`AGE-SECRET-KEY-1…`) in a key file. Throws when there is none. */
export function readIdentity(file: string): Buffer {
  const line = file.split('\n').find((l) => l.startsWith('AGE-SECRET-KEY-1'));
  if (!line) throw new Error('The key file holds no AGE-SECRET-KEY');
  return fromBech32(IDENTITY, line.trim().toLowerCase());
}

/** Whether a text is a recipient that backups can be sealed to. */
export function isRecipient(text: string): boolean {
  try {
    return readRecipient(text).length === 32;
  } catch {
    return false;
  }
}

/** BIP 173, without its limit of length. */
function bech32(prefix: string, bytes: Buffer): string {
  const words = regroup([...bytes], 8, 5, true);
  const sum = checksum(prefix, [...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
  return `${prefix}1${[...words, ...check].map((w) => ALPHABET[w]).join('')}`;
}

function fromBech32(prefix: string, text: string): Buffer {
  const split = text.lastIndexOf('1');
  const words = [...text.slice(split + 1)].map((c) => ALPHABET.indexOf(c));
  if (text.slice(0, split) !== prefix || words.length < 6 || words.includes(-1) || checksum(prefix, words) !== 1)
    throw new Error('This is not a key of age');
  const bytes = Buffer.from(regroup(words.slice(0, -6), 5, 8, false));
  if (bytes.length !== 32) throw new Error('This is not an X25519 key of age');
  return bytes;
}

function checksum(prefix: string, words: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const codes = [...prefix].map((c) => c.charCodeAt(0));
  let sum = 1;
  for (const value of [...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31), ...words]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let i = 0; i < 5; i++) if ((top >>> i) & 1) sum ^= generator[i]!;
  }
  return sum >>> 0;
}

function regroup(values: readonly number[], from: number, to: number, pad: boolean): number[] {
  const out: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held = (held << from) | value;
    for (bits += from; bits >= to;) out.push((held >>> (bits -= to)) & ((1 << to) - 1));
    held &= (1 << bits) - 1;
  }
  if (pad && bits > 0) out.push((held << (to - bits)) & ((1 << to) - 1));
  else if (!pad && (bits >= from || held !== 0)) throw new Error('This is not a key of age');
  return out;
}
