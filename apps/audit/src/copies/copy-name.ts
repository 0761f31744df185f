import { createHash } from 'node:crypto';

const MOST = 99_999_999_999_999_999_999n;

/**
 * copyName names the copy of a checkpoint: what its size is short of twenty nines, so that the largest sorts first and is found
 * by asking for one name; the size for people; and a digest, so that another checkpoint of the same size has another name and
 * both are kept, which is the evidence. Pure.
 */
export function copyName(size: bigint, note: string): string {
  const digest = createHash('sha256').update(note).digest('hex').slice(0, 16);
  return `${String(MOST - size).padStart(20, '0')}-${size}-${digest}.checkpoint`;
}
