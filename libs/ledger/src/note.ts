import { decodeBase64, decodeText } from './encoding';
import { LedgerError } from './errors';
import { checkSignature, isKeyName } from './keys';
import type { NoteSigner, VerifierKey } from './keys';

/** Bounds what an unauthenticated note can make us do; C2SP asks for at least 16 signatures. */
const MAX_NOTE_BYTES = 1 << 20;
const MAX_SIGNATURES = 100;
const EM_DASH = '\u2014';

/** One signature line, not yet checked. */
interface SignatureLine {
  readonly name: string;
  readonly id: string;
  readonly signature: Buffer;
}

/** A signature that verified. `time` (Unix seconds) is present for cosignatures. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly time?: bigint;
}

/** A note of which at least one known signature verified and no known one failed. */
export interface OpenedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
}

function malformed(message: string): LedgerError {
  return new LedgerError('MALFORMED', message);
}

/** Splits at the last empty line and reads every signature line, trusting none of it. */
function splitNote(note: string | Uint8Array): { text: string; lines: SignatureLine[] } {
  if (note.length > MAX_NOTE_BYTES) throw malformed('note is too long');
  const whole = decodeText(note, 'note');
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw malformed('note holds a control character');
  const at = whole.lastIndexOf('\n\n');
  if (at < 0 || !whole.endsWith('\n') || at + 2 >= whole.length) throw malformed('note has no signatures');
  const rows = whole.slice(at + 2, -1).split('\n');
  if (rows.length > MAX_SIGNATURES) throw malformed('note has too many signatures');
  return { text: whole.slice(0, at + 1), lines: rows.map(parseSignatureLine) };
}

function parseSignatureLine(row: string): SignatureLine {
  const [dash, name, encoded, ...rest] = row.split(' ');
  if (dash !== EM_DASH || name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) {
    throw malformed('not a signature line');
  }
  const blob = decodeBase64(encoded, 'signature');
  if (blob.length < 5) throw malformed('signature is too short');
  return { name, id: blob.subarray(0, 4).toString('hex'), signature: blob.subarray(4) };
}

/**
 * openNote checks a signed note against the keys the caller already trusts (C2SP signed-note).
 * Signatures whose (name, id) is unknown are ignored; the same key signing twice counts once.
 * @throws LedgerError MALFORMED when it is not a note; BAD_SIGNATURE when a known key's signature fails, or none is known.
 */
export function openNote(note: string | Uint8Array, known: readonly VerifierKey[]): OpenedNote {
  const { text, lines } = splitNote(note);
  const verified = new Map<VerifierKey, VerifiedSignature>();
  for (const line of lines) {
    const key = known.find((k) => k.name === line.name && k.id === line.id);
    if (key === undefined) continue;
    const said = checkSignature(key, text, line.signature);
    if (said === undefined) throw new LedgerError('BAD_SIGNATURE', `the signature of ${key.name} does not verify`);
    if (!verified.has(key)) verified.set(key, { key, ...said });
  }
  if (verified.size === 0) throw new LedgerError('BAD_SIGNATURE', 'no known key has signed');
  return { text, verified: [...verified.values()] };
}

async function signatureLine(text: string, signer: NoteSigner): Promise<string> {
  const blob = Buffer.concat([Buffer.from(signer.key.id, 'hex'), await signer.sign(text)]);
  return `${EM_DASH} ${signer.key.name} ${blob.toString('base64')}\n`;
}

/** signNote signs `text`, which MUST end in LF, with every signer in order. @throws LedgerError MALFORMED on a bad text. */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith('\n') || signers.length === 0) throw malformed('a note ends in a line feed and has a signer');
  let note = `${text}\n`;
  for (const signer of signers) note += await signatureLine(text, signer);
  splitNote(note);
  return note;
}

/** noteText is what a note says, of which no signature has been checked. @throws LedgerError MALFORMED when it is not one. */
export const noteText = (note: string | Uint8Array): string => splitNote(note).text;

/**
 * cosignNote returns one more signature line for a note that is already signed; append it to the note.
 * The caller MUST have checked what it cosigns (design/ledger.md §2, Witness).
 */
export async function cosignNote(note: string, signer: NoteSigner): Promise<string> {
  return signatureLine(splitNote(note).text, signer);
}
