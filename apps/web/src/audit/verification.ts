import { createHash, createPublicKey, verify } from 'node:crypto';

/** A C2SP tlog-proof, read. The checkpoint is the signed note, verbatim. */
export interface Proof {
  readonly index: bigint;
  readonly hashes: readonly Buffer[];
  readonly checkpoint: { readonly origin: string; readonly size: bigint; readonly root: Buffer; readonly note: string };
  readonly entry: Buffer | null;
}

/** One step of a verification: what was checked, whether it held, and the values that were compared. */
export interface Check {
  readonly what: string;
  readonly held: boolean;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

const PROOF = /^c2sp\.org\/tlog-proof@v1\n(?:extra (\S*)\n)?index (\d{1,20})\n((?:\S+\n)*)\n(.+)$/s;
const NOTE = /^(\S+)\n(\d{1,20})\n(\S+)\n/;

/** readProof reads a `.tlog-proof` file; null when it is none. */
export function readProof(text: string): Proof | null {
  const [, extra, index, hashes = '', note = ''] = PROOF.exec(text) ?? [];
  const [, origin, size, root] = NOTE.exec(note) ?? [];
  if (index === undefined || origin === undefined || size === undefined || root === undefined) return null;
  return {
    index: BigInt(index),
    hashes: hashes
      .split('\n')
      .slice(0, -1)
      .map((h) => Buffer.from(h, 'base64')),
    checkpoint: { origin, size: BigInt(size), root: Buffer.from(root, 'base64'), note },
    entry: extra === undefined ? null : Buffer.from(extra, 'base64'),
  };
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
/** The hash of an entry as a leaf of the tree (RFC 6962 §2.1). */
export const leafHash = (entry: Uint8Array): Buffer => sha256(Buffer.of(0), entry);

/**
 * rootFrom works out, from one leaf and its proof, the root of the tree of `size` leaves (RFC 9162 §2.1.3.2). Null when the
 * proof has too many hashes or too few. Written from the standard and shared with nothing that writes the log.
 */
export function rootFrom(leaf: Buffer, index: bigint, size: bigint, hashes: readonly Buffer[]): Buffer | null {
  if (index >= size) return null;
  let [place, last, hash] = [index, size - 1n, leaf];
  for (const sibling of hashes) {
    if (last === 0n) return null;
    if (place % 2n === 1n || place === last) {
      hash = sha256(Buffer.of(1), sibling, hash);
      while (place % 2n === 0n && place !== 0n) [place, last] = [place / 2n, last / 2n];
    } else hash = sha256(Buffer.of(1), hash, sibling);
    [place, last] = [place / 2n, last / 2n];
  }
  return last === 0n ? hash : null;
}

/** The Ed25519 SubjectPublicKeyInfo without its key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a key of the log has signed the note (C2SP signed-note). `vkeys` are `name+id+base64(type ‖ key)`. */
export function signedBy(note: string, vkeys: readonly string[]): string | null {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const vkey = vkeys.find((k) => name !== undefined && k.startsWith(`${name}+`));
    const [, id, key] = /^[^+]+\+([0-9a-f]{8})\+(.+)$/.exec(vkey ?? '') ?? [];
    if (vkey === undefined || encoded === undefined || id === undefined || key === undefined) continue;
    const [bytes, signature] = [Buffer.from(key, 'base64'), Buffer.from(encoded, 'base64')];
    if (bytes[0] !== 1 || bytes.length !== 33 || signature.length !== 68 || signature.toString('hex', 0, 4) !== id)
      continue;
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI, bytes.subarray(1)]), format: 'der', type: 'spki' });
    if (verify(null, Buffer.from(text), publicKey, signature.subarray(4))) return vkey;
  }
  return null;
}

/** The log keys of a C2SP policy file. */
export const logKeys = (policy: string): string[] =>
  policy.split('\n').flatMap((line) => (line.startsWith('log ') ? [line.slice(4).trim()] : []));

/** The steps by which an entry is shown to stand in the signed log. `leaf` is its hash as the log keeps it. */
export function checksOf(proof: Proof, entry: Buffer, leaf: Buffer, vkeys: readonly string[]): Check[] {
  const { origin, size, root, note } = proof.checkpoint;
  const worked = leafHash(entry);
  const found = rootFrom(worked, proof.index, size, proof.hashes);
  const signer = signedBy(note, vkeys);
  const base64 = (bytes: Buffer | null): string => bytes?.toString('base64') ?? 'none: the proof does not fit';
  return [
    {
      what: 'The entry has the hash that the log keeps for it',
      held: worked.equals(leaf) && (proof.entry === null || proof.entry.equals(entry)),
      values: [
        { key: 'Hash of the entry', value: base64(worked) },
        { key: 'Hash in the log', value: base64(leaf) },
      ],
    },
    {
      what: `The proof leads from entry ${proof.index} to the root of the checkpoint`,
      held: found !== null && found.equals(root),
      values: [
        { key: 'Root worked out from the proof', value: base64(found) },
        { key: 'Root in the checkpoint', value: base64(root) },
      ],
    },
    {
      what: 'The checkpoint is signed by a key of this log',
      held: signer !== null,
      values: [
        { key: 'Log', value: origin },
        { key: 'Key', value: signer ?? 'none of the keys in the policy' },
      ],
    },
  ];
}
