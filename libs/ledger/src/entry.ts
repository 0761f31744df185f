import { createHmac } from 'node:crypto';
import { canonicalJson, parseCanonical } from './canonical';
import { LedgerError } from './errors';
import type { Leaf } from './leaf';
import { checkLeaf } from './leaf-fields';
import { MAX_ENTRY_BYTES } from './tile';

/**
 * buildEntry validates a leaf and gives the bytes to seal: RFC 8785 JSON. Hash them with hashLeaf.
 * @throws LedgerError MALFORMED naming the field (never its value); TOO_LARGE above 65,535 bytes.
 */
export function buildEntry(leaf: Leaf): Buffer {
  checkLeaf(leaf);
  const bytes = Buffer.from(canonicalJson(leaf), 'utf8');
  if (bytes.length > MAX_ENTRY_BYTES) throw new LedgerError('TOO_LARGE', 'an entry is at most 65,535 bytes');
  return bytes;
}

/** parseEntry is the inverse of buildEntry and as strict. @throws LedgerError MALFORMED or TOO_LARGE. */
export function parseEntry(bytes: Uint8Array): Leaf {
  if (bytes.length > MAX_ENTRY_BYTES) throw new LedgerError('TOO_LARGE', 'an entry is at most 65,535 bytes');
  const value = parseCanonical(bytes);
  checkLeaf(value);
  return value;
}

const COMMIT_PREFIX = Buffer.from('concordat/detail/v1\n', 'utf8');

/**
 * commitDetail is HMAC-SHA256(k, "concordat/detail/v1" ‖ LF ‖ detail), hex. `detail` is canonical JSON (canonicalJson).
 * `k` MUST be 32 fresh random bytes for every record: HMAC would pad a shorter key, and a repeated one links records.
 * @throws LedgerError MALFORMED when k is not exactly 32 bytes.
 */
export function commitDetail(k: Uint8Array, detail: string | Uint8Array): string {
  if (k.length !== 32) throw new LedgerError('MALFORMED', 'a commitment key is exactly 32 bytes');
  return createHmac('sha256', k).update(COMMIT_PREFIX).update(detail).digest('hex');
}
