import { decodeHash, parseDecimal } from './encoding';
import { LedgerError } from './errors';
import { signNote } from './note';
import type { NoteSigner } from './keys';

/** What a log says of itself: under `origin`, the first `size` leaves have `root` (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
}

/** formatCheckpoint is the note text: origin, size, base64 root, a line each. We write no extension lines. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const text = `${checkpoint.origin}\n${checkpoint.size}\n${checkpoint.root.toString('base64')}\n`;
  parseCheckpoint(text);
  return text;
}

/** parseCheckpoint reads a note text. Extension lines are allowed if not empty, and dropped. @throws LedgerError MALFORMED. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin, size, root, ...rest] = lines;
  if (origin === undefined || size === undefined || root === undefined || rest.pop() !== '' || origin === '') {
    throw new LedgerError('MALFORMED', 'checkpoint is not origin, size and root');
  }
  if (rest.includes('')) throw new LedgerError('MALFORMED', 'checkpoint has an empty extension line');
  return { origin, size: parseDecimal(size, 'checkpoint size'), root: decodeHash(root, 'checkpoint root') };
}

/**
 * signCheckpoint formats and signs. Each signer's name MUST be the origin: several only while a key is being rotated.
 * A log MUST NOT sign two inconsistent checkpoints; that is the caller's to ensure (design/ledger.md §4).
 */
export async function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): Promise<string> {
  if (signers.some((s) => s.key.name !== checkpoint.origin)) {
    throw new LedgerError('MALFORMED', 'a log signs under its own origin');
  }
  return signNote(formatCheckpoint(checkpoint), signers);
}
