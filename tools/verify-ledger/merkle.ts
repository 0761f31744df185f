import { createHash } from 'node:crypto';

// Written from RFC 6962 s.2.1 by recursion on the definitions, unlike the writer's index arithmetic.

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** RFC 6962 §2.1: a leaf and a node never hash alike. */
export function leafHash(entry: Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest();
}

function node(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** Root of the leaves pushed so far, in a stack of perfect subtrees. */
export class RootStack {
  private readonly stack: { hash: Buffer; leaves: bigint }[] = [];

  push(hash: Buffer): void {
    let top = { hash, leaves: 1n };
    for (let below = this.stack.at(-1); below !== undefined && below.leaves === top.leaves; below = this.stack.at(-1)) {
      this.stack.pop();
      top = { hash: node(below.hash, top.hash), leaves: 2n * top.leaves };
    }
    this.stack.push(top);
  }

  root(): Buffer {
    if (this.stack.length === 0) return createHash('sha256').digest();
    return this.stack.map((s) => s.hash).reduceRight((right, left) => node(left, right));
  }
}

/** The largest power of two strictly below n. */
function split(n: bigint): bigint {
  let k = 1n;
  while (2n * k < n) k *= 2n;
  return k;
}

/** PATH read backwards: the root that leaf `m` of `n` has under this proof; undefined when the proof has another shape. */
function rootFromPath(m: bigint, n: bigint, leaf: Buffer, proof: readonly Buffer[]): Buffer | undefined {
  if (n === 1n) return proof.length === 0 ? leaf : undefined;
  const sibling = proof.at(-1);
  if (sibling === undefined) return undefined;
  const k = split(n);
  const inner =
    m < k ? rootFromPath(m, k, leaf, proof.slice(0, -1)) : rootFromPath(m - k, n - k, leaf, proof.slice(0, -1));
  if (inner === undefined) return undefined;
  return m < k ? node(inner, sibling) : node(sibling, inner);
}

/** Whether `leaf` is the entry `m` of a log of `n` entries with this root (RFC 9162 §2.1.3.2). */
export function includes(m: bigint, n: bigint, leaf: Buffer, proof: readonly Buffer[], root: Buffer): boolean {
  return m >= 0n && m < n && rootFromPath(m, n, leaf, proof)?.equals(root) === true;
}

type Both = { before: Buffer; after: Buffer };

/** SUB read backwards: the roots of both trees; `whole` while the old tree is still a subtree that needs no hash. */
function rootsFromSub(m: bigint, n: bigint, whole: boolean, proof: readonly Buffer[], old: Buffer): Both | undefined {
  const last = proof.at(-1);
  if (m === n) {
    if (whole) return proof.length === 0 ? { before: old, after: old } : undefined;
    return proof.length === 1 && last !== undefined ? { before: last, after: last } : undefined;
  }
  if (last === undefined) return undefined;
  const k = split(n);
  const rest = proof.slice(0, -1);
  const inner = m <= k ? rootsFromSub(m, k, whole, rest, old) : rootsFromSub(m - k, n - k, false, rest, old);
  if (inner === undefined) return undefined;
  if (m <= k) return { before: inner.before, after: node(inner.after, last) };
  return { before: node(last, inner.before), after: node(last, inner.after) };
}

/** Whether the log of `n` entries begins with the log of `m` entries whose root was `old` (RFC 9162 §2.1.4.2). */
export function extendsTree(m: bigint, n: bigint, old: Buffer, root: Buffer, proof: readonly Buffer[]): boolean {
  if (m < 1n || m > n) return false;
  const both = rootsFromSub(m, n, true, proof, old);
  return both !== undefined && both.before.equals(old) && both.after.equals(root);
}
