import { createHash, createPublicKey, verify } from 'node:crypto';
import { base64, decimal, Malformed, utf8 } from './strict';

export type Role = 'log' | 'witness';

/** A public key the auditor trusts. The role is the signature type: 1 for a log, 4 for a witness's cosignature. */
export interface Key {
  readonly name: string;
  readonly id: string;
  readonly role: Role;
  readonly raw: Buffer;
}

/** A note whose signatures have not been checked (C2SP signed-note). */
export interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly blob: Buffer }[];
}

export interface SignedCheckpoint extends Note {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
}

const ROLES = new Map<number, Role>([
  [1, 'log'],
  [4, 'witness'],
]);

function goodName(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name !== '' && !/[\s\u0085\p{Z}+\x00-\x1f]/u.test(name);
}

/** `name+id+base64(type‖key)`; the id must recompute. */
export function readVkey(text: string): Key {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text);
  const [name, id, encoded] = parts?.slice(1) ?? [];
  if (name === undefined || id === undefined || encoded === undefined || !goodName(name)) {
    throw new Malformed('not a verifier key');
  }
  const typed = base64(encoded, 'verifier key');
  const role = ROLES.get(typed[0] ?? 0);
  if (role === undefined || typed.length !== 33) throw new Malformed('verifier key of an unknown type or length');
  const digest = createHash('sha256').update(`${name}\n`, 'utf8').update(typed).digest('hex');
  if (digest.slice(0, 8) !== id) throw new Malformed('verifier key id does not match its key');
  return { name, id, role, raw: typed.subarray(1) };
}

/** Reads a signed note without believing it. */
export function readNote(note: Buffer): Note {
  const whole = utf8(note, 'checkpoint');
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x09\x0b-\x1f]/.test(whole) || whole.length > 1_000_000) throw new Malformed('checkpoint is not a note');
  const parts = /^(.*\n)\n((?:\u2014 \S+ \S+\n)+)$/s.exec(whole);
  const [text, block] = parts?.slice(1) ?? [];
  if (text === undefined || block === undefined) throw new Malformed('checkpoint is not a signed note');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > 100) throw new Malformed('checkpoint has too many signatures');
  const signatures = lines.map((line) => {
    const [, name = '', encoded = ''] = line.split(' ');
    const blob = base64(encoded, 'signature');
    if (!goodName(name) || blob.length < 5) throw new Malformed('not a signature line');
    return { name, id: blob.subarray(0, 4).toString('hex'), blob: blob.subarray(4) };
  });
  return { text, signatures };
}

/** Reads a signed checkpoint without believing it. */
export function readCheckpoint(note: Buffer): SignedCheckpoint {
  const { text, signatures } = readNote(note);
  const [origin = '', size, root, ...more] = text.split('\n');
  if (origin === '' || more.pop() !== '' || more.includes('')) throw new Malformed('not a checkpoint');
  return {
    text,
    origin,
    size: decimal(size, 'checkpoint size'),
    root: base64(root, 'checkpoint root', 32),
    signatures,
  };
}

function holds(key: Key, text: string, blob: Buffer): boolean {
  let message = text;
  let signature = blob;
  if (key.role === 'witness') {
    if (blob.length !== 72) return false;
    const time = blob.readBigUInt64BE();
    if (time === 0n || time >> 63n !== 0n) return false;
    message = `cosignature/v1\ntime ${time}\n${text}`;
    signature = blob.subarray(8);
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.raw.toString('base64url') };
  return (
    signature.length === 64 &&
    verify(null, Buffer.from(message), createPublicKey({ key: jwk, format: 'jwk' }), signature)
  );
}

/**
 * Which of the trusted keys have signed. Unknown signatures are passed over (C2SP signed-note); a known one that does not
 * verify is an answer of undefined: the whole note is refused.
 */
export function whoSigned({ text, signatures }: Note, trusted: readonly Key[]): Key[] | undefined {
  const signed = new Set<Key>();
  for (const { name, id, blob } of signatures) {
    const key = trusted.find((k) => k.name === name && k.id === id);
    if (key === undefined) continue;
    if (!holds(key, text, blob)) return undefined;
    signed.add(key);
  }
  return [...signed];
}
