import { decodeBase64, decodeHash, decodeText, parseDecimal } from './encoding';
import { LedgerError } from './errors';
import { openCheckpoint } from './policy';
import type { Policy, TrustedCheckpoint } from './policy';
import { verifyInclusion } from './proof';
import { hashLeaf } from './tree';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^64 leaves has proofs of 64 hashes. */
const MAX_HASHES = 64;

/** An offline proof that one entry is in a log (C2SP tlog-proof). `checkpoint` is the signed note, verbatim. */
export interface TlogProof {
  readonly index: bigint;
  readonly proof: readonly Buffer[];
  readonly checkpoint: string;
  /** Unauthenticated by the format. Our receipts carry the entry here; hashing it is what authenticates it. */
  readonly extra?: Buffer;
}

/** formatTlogProof writes a `.tlog-proof` file. */
export function formatTlogProof(proof: TlogProof): string {
  const extra = proof.extra === undefined ? '' : `extra ${proof.extra.toString('base64')}\n`;
  const hashes = proof.proof.map((h) => `${h.toString('base64')}\n`).join('');
  return `${FIRST_LINE}\n${extra}index ${proof.index}\n${hashes}\n${proof.checkpoint}`;
}

/** parseTlogProof reads a `.tlog-proof` file, trusting none of it. @throws LedgerError MALFORMED. */
export function parseTlogProof(file: string | Uint8Array): TlogProof {
  const text = decodeText(file, 'proof');
  const blank = text.indexOf('\n\n');
  if (blank < 0) throw new LedgerError('MALFORMED', 'proof has no checkpoint');
  const lines = text.slice(0, blank).split('\n');
  if (lines.shift() !== FIRST_LINE) throw new LedgerError('MALFORMED', 'not a tlog-proof');
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const indexLine = lines.shift();
  if (indexLine === undefined || !indexLine.startsWith('index '))
    throw new LedgerError('MALFORMED', 'proof has no index');
  if (lines.length > MAX_HASHES) throw new LedgerError('MALFORMED', 'proof is too long');
  return {
    index: parseDecimal(indexLine.slice('index '.length), 'proof index'),
    proof: lines.map((l) => decodeHash(l, 'proof hash')),
    checkpoint: text.slice(blank + 2),
    ...(extraLine === undefined ? {} : { extra: decodeBase64(extraLine.slice('extra '.length), 'extra') }),
  };
}

/** What a verified receipt shows: this entry is leaf `index` under this checkpoint. */
export interface VerifiedProof extends TrustedCheckpoint {
  readonly index: bigint;
  readonly entry: Buffer;
}

/**
 * verifyTlogProof checks a receipt against a policy. `entry` defaults to the proof's `extra`.
 * Checked in order: log signature, origin, quorum, inclusion.
 * @throws LedgerError MALFORMED, BAD_SIGNATURE, NO_QUORUM (pending: not yet cosigned enough) or NOT_INCLUDED.
 */
export function verifyTlogProof(file: string | Uint8Array, policy: Policy, entry?: Uint8Array): VerifiedProof {
  const parsed = parseTlogProof(file);
  const content = entry ?? parsed.extra;
  if (content === undefined) throw new LedgerError('MALFORMED', 'the proof carries no entry and none was given');
  const trusted = openCheckpoint(parsed.checkpoint, policy);
  if (!trusted.quorum) throw new LedgerError('NO_QUORUM', 'not enough witnesses have cosigned');
  const { size, root } = trusted.checkpoint;
  if (!verifyInclusion(parsed.index, size, hashLeaf(content), parsed.proof, root)) {
    throw new LedgerError('NOT_INCLUDED', 'the entry is not in the tree of the checkpoint at that index');
  }
  return { ...trusted, index: parsed.index, entry: Buffer.from(content) };
}
