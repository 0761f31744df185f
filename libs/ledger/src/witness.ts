import { createHash } from 'node:crypto';
import { parseCheckpoint, type Checkpoint } from './checkpoint';
import { decodeHash, decodeText, parseDecimal } from './encoding';
import { LedgerError } from './errors';
import type { PolicyLog } from './policy';
import { noteText, openNote } from './note';
import { verifyConsistency } from './proof';
import { emptyRoot } from './tree';

/** What a witness is asked to do: to cosign `note`, whose log is the one of size `old` grown by `proof` (C2SP tlog-witness). */
export interface Asking {
  readonly old: bigint;
  readonly proof: readonly Buffer[];
  readonly note: string;
}

/** What a witness has cosigned last for an origin: all that it remembers. */
export type Witnessed = Pick<Checkpoint, 'size' | 'root'>;

/** What a witness answers. 409 says which size it knows, so that the log can ask again from there. */
export type Judgement =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly note: string }
  | { readonly status: 409; readonly size: bigint }
  | { readonly status: 400 | 403 | 404 | 422; readonly why: string };

/** A consistency proof needs at most one hash for each bit of a size. */
const MOST_HASHES = 63;

/** formatAsking writes the body of `POST <prefix>/add-checkpoint`. */
export function formatAsking({ old, proof, note }: Asking): string {
  return `old ${old}\n${proof.map((h) => `${h.toString('base64')}\n`).join('')}\n${note}`;
}

/** parseAsking reads such a body. @throws LedgerError MALFORMED. */
export function parseAsking(body: Uint8Array): Asking {
  const text = decodeText(body, 'request');
  const gap = text.indexOf('\n\n');
  if (gap < 0) throw new LedgerError('MALFORMED', 'the request has no checkpoint');
  const [first = '', ...hashes] = text.slice(0, gap).split('\n');
  if (!first.startsWith('old ')) throw new LedgerError('MALFORMED', 'the request does not begin with an old size');
  if (hashes.length > MOST_HASHES) throw new LedgerError('MALFORMED', 'the proof is too long');
  return {
    old: parseDecimal(first.slice(4), 'old size'),
    proof: hashes.map((h) => decodeHash(h, 'proof hash')),
    note: text.slice(gap + 2),
  };
}

/**
 * judge decides what a witness answers, in the order of design/ledger.md §2. `logs` are those that it witnesses, several keys
 * of one origin while a key is being rotated; `last` gives what it cosigned last for an origin.
 * The caller MUST store what it is about to cosign before it answers, in one step with asking `last`.
 */
export function judge(
  body: Uint8Array,
  logs: readonly PolicyLog[],
  last: (origin: string) => Witnessed | undefined,
): Judgement {
  let asking: Asking;
  let checkpoint: Checkpoint;
  try {
    asking = parseAsking(body);
    checkpoint = parseCheckpoint(noteText(asking.note));
  } catch (error) {
    return { status: 400, why: saying(error) };
  }
  const keys = logs.map((l) => l.key).filter((k) => k.name === checkpoint.origin);
  if (keys.length === 0) return { status: 404, why: 'no log of this origin is witnessed here' };
  try {
    openNote(asking.note, keys);
  } catch (error) {
    return { status: 403, why: saying(error) };
  }
  if (asking.old > checkpoint.size) return { status: 400, why: 'the old size is above the new' };
  const known = last(checkpoint.origin) ?? { size: 0n, root: emptyRoot() };
  if (asking.old !== known.size) return { status: 409, size: known.size };
  return grows(known, checkpoint, asking.proof)
    ? { status: 200, checkpoint, note: asking.note }
    : { status: 422, why: 'the log is not shown to be the one witnessed before, grown' };
}

/** Whether a log may go on from `known`: from nothing to anything without a proof, else by a proof that holds. */
function grows(known: Witnessed, { size, root }: Checkpoint, proof: readonly Buffer[]): boolean {
  if (size === 0n && !root.equals(emptyRoot())) return false;
  if (known.size === 0n) return proof.length === 0;
  return verifyConsistency(known.size, size, known.root, root, proof);
}

/** witnessedPath is where a witness shows what it cosigned last for an origin: `<hex H(origin)>/checkpoint`. */
export const witnessedPath = (origin: string): string =>
  `${createHash('sha256').update(origin, 'utf8').digest('hex')}/checkpoint`;

const saying = (error: unknown): string => {
  if (error instanceof LedgerError) return error.message;
  throw error;
};
