import { hash } from 'node:crypto';
import { LedgerError } from './errors';

/** Length in bytes of every hash in the tree (SHA-256). */
export const HASH_BYTES = 32;
const MAX_SIZE = (1n << 64n) - 1n;
const NODE_BYTES = 1 + 2 * HASH_BYTES;

// Hashing is synchronous, so one scratch area per kind of hash saves an allocation per leaf.
const nodeInput = Buffer.alloc(NODE_BYTES, 1);
let leafInput = Buffer.alloc(4096);

/** emptyRoot is the root of the tree without leaves, `H("")` (RFC 6962 s.2.1). Returns a fresh 32-byte buffer. */
export function emptyRoot(): Buffer {
  return hash('sha256', Buffer.alloc(0), 'buffer');
}

/** hashLeaf is `H(0x00 ‖ entry)` (RFC 6962 s.2.1). */
export function hashLeaf(entry: Uint8Array): Buffer {
  if (leafInput.length <= entry.length) leafInput = Buffer.alloc(2 * (entry.length + 1));
  leafInput[0] = 0;
  leafInput.set(entry, 1);
  return hash('sha256', leafInput.subarray(0, entry.length + 1), 'buffer');
}

/** hashNode is `H(0x01 ‖ left ‖ right)` (RFC 6962 s.2.1). The tree's own nodes are always 32 bytes. */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) {
    return hash('sha256', Buffer.concat([Buffer.from([1]), left, right]), 'buffer');
  }
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return hash('sha256', nodeInput, 'buffer');
}

/** splitPoint is the largest power of two strictly below n; n MUST be greater than 1 (RFC 6962 s.2.1). */
export function splitPoint(n: bigint): bigint {
  return 1n << BigInt((n - 1n).toString(2).length - 1);
}

/** Told of every perfect subtree as it closes: its height (0 for a leaf) and its root. Calls come in tree order. */
export type OnPerfect = (height: number, node: Buffer) => void;

/**
 * Frontier is a Merkle tree reduced to what appending needs: the roots of its perfect subtrees, one per set bit of the
 * size, largest first (a compact range). Appending costs two hashes a leaf; the state is at most 64 hashes.
 */
export class Frontier {
  private constructor(
    private leaves: bigint,
    private readonly nodes: Buffer[],
    private readonly heights: number[],
  ) {}

  /** A tree of size 0. */
  static empty(): Frontier {
    return new Frontier(0n, [], []);
  }

  /**
   * from takes the perfect-subtree roots of a tree of `size` leaves, largest first.
   * @throws LedgerError MALFORMED when the number of roots is not the number of set bits, or one is not 32 bytes.
   */
  static from(size: bigint, roots: readonly Uint8Array[]): Frontier {
    if (size < 0n || size > MAX_SIZE)
      throw new LedgerError('OUT_OF_RANGE', 'tree size is not an unsigned 64-bit number');
    const heights: number[] = [];
    const bits = size === 0n ? '' : size.toString(2);
    for (let i = 0; i < bits.length; i++) if (bits[i] === '1') heights.push(bits.length - 1 - i);
    if (roots.length !== heights.length || roots.some((r) => r.length !== HASH_BYTES)) {
      throw new LedgerError('MALFORMED', `a frontier of size ${size} has ${heights.length} hashes of 32 bytes`);
    }
    return new Frontier(
      size,
      roots.map((r) => Buffer.from(r)),
      heights,
    );
  }

  /** deserialise is the inverse of serialise. @throws LedgerError MALFORMED on any other length. */
  static deserialise(bytes: Uint8Array): Frontier {
    const b = Buffer.from(bytes);
    if (b.length < 8 || (b.length - 8) % HASH_BYTES !== 0) throw new LedgerError('MALFORMED', 'not a frontier');
    const roots: Buffer[] = [];
    for (let at = 8; at < b.length; at += HASH_BYTES) roots.push(b.subarray(at, at + HASH_BYTES));
    return Frontier.from(b.readBigUInt64BE(0), roots);
  }

  /** Number of leaves. */
  get size(): bigint {
    return this.leaves;
  }

  /** serialise gives 8 bytes of size, big-endian, then the perfect-subtree roots, largest first. */
  serialise(): Buffer {
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(this.leaves);
    return Buffer.concat([size, ...this.nodes]);
  }

  /** An independent copy, to try an append that may be rolled back. */
  clone(): Frontier {
    return new Frontier(this.leaves, [...this.nodes], [...this.heights]);
  }

  /** append adds leaf hashes (not entries) in order. @throws LedgerError MALFORMED, before any change, on a wrong length. */
  append(leafHashes: readonly Buffer[], onPerfect?: OnPerfect): void {
    for (const leaf of leafHashes) {
      if (leaf.length !== HASH_BYTES) throw new LedgerError('MALFORMED', 'a leaf hash is 32 bytes');
    }
    const { nodes, heights } = this;
    for (const leaf of leafHashes) {
      let node = leaf;
      let height = 0;
      onPerfect?.(height, node);
      while (heights.length > 0 && heights[heights.length - 1] === height) {
        heights.pop();
        node = hashNode(nodes.pop() as Buffer, node);
        height++;
        onPerfect?.(height, node);
      }
      nodes.push(node);
      heights.push(height);
    }
    this.leaves += BigInt(leafHashes.length);
  }

  /** root is the tree's Merkle root, MTH of RFC 6962 s.2.1. */
  root(): Buffer {
    let root = this.nodes[this.nodes.length - 1];
    if (root === undefined) return emptyRoot();
    for (let i = this.nodes.length - 2; i >= 0; i--) root = hashNode(this.nodes[i] as Buffer, root);
    return Buffer.from(root);
  }
}
