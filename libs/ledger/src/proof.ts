import { LedgerError } from './errors';
import { TILE_WIDTH, tileHashes, tileWidth } from './tile';
import type { TileReader } from './tile';
import { emptyRoot, HASH_BYTES, hashNode, splitPoint } from './tree';

const MAX_SIZE = (1n << 64n) - 1n;

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function allHashes(...groups: readonly (readonly Uint8Array[])[]): boolean {
  return groups.every((g) => g.every((h) => h.length === HASH_BYTES));
}

/**
 * verifyInclusion says whether `leafHash` is leaf `index` of the tree of `size` leaves with `root` (RFC 9162 s.2.1.3.2).
 * False on any wrong length, missing or left-over hash; never throws.
 */
export function verifyInclusion(
  index: bigint,
  size: bigint,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0n || index >= size || size > MAX_SIZE || !allHashes([leafHash, root], proof)) return false;
  let fn = index;
  let sn = size - 1n;
  let r = leafHash;
  for (const p of proof) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = hashNode(p, r);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = hashNode(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(r, root);
}

/**
 * verifyConsistency says whether the tree of `m` leaves with `rootM` is the beginning of the tree of `n` leaves with
 * `rootN` (RFC 9162 s.2.1.4.2). Defined for 0 < m ≤ n; false outside it, and on any wrong length; never throws.
 */
export function verifyConsistency(
  m: bigint,
  n: bigint,
  rootM: Uint8Array,
  rootN: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (m < 1n || m > n || n > MAX_SIZE || !allHashes([rootM, rootN], proof)) return false;
  if (m === n) return proof.length === 0 && same(rootM, rootN);
  if (proof.length === 0) return false;
  const [first, ...rest] = (m & (m - 1n)) === 0n ? [rootM, ...proof] : proof;
  let fn = m - 1n;
  let sn = n - 1n;
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = first as Uint8Array;
  let sr = fr;
  for (const c of rest) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      fr = hashNode(c, fr);
      sr = hashNode(c, sr);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = hashNode(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(fr, rootM) && same(sr, rootN);
}

/** One tile with the nodes between its hashes and its root, worked out when first wanted and then kept. */
class OpenTile {
  private readonly rows: (Buffer | undefined)[][] = Array.from({ length: 8 }, () => []);

  constructor(private readonly hashes: readonly Buffer[]) {}

  node(height: number, at: number): Buffer {
    if (height === 0) return this.hashes[at] as Buffer;
    const row = this.rows[height] as (Buffer | undefined)[];
    return (row[at] ??= hashNode(this.node(height - 1, 2 * at), this.node(height - 1, 2 * at + 1)));
  }
}

/** A perfect subtree, by where its root is: a node of a tile. */
interface PerfectPart {
  readonly tile: string;
  readonly level: number;
  readonly index: bigint;
  readonly height: number;
  readonly at: number;
}

/** The perfect subtrees that a range of leaves is made of, from the left: each as large as it can be (RFC 6962 §2.1). */
function perfectParts(from: bigint, to: bigint): PerfectPart[] {
  const parts: PerfectPart[] = [];
  for (let at = from; at < to;) {
    const rest = (to - at).toString(2).length - 1;
    const [level, height] = [rest >> 3, rest & 7];
    const place = at >> BigInt(8 * level);
    const index = place / BigInt(TILE_WIDTH);
    parts.push({ tile: `${level}/${index}`, level, index, height, at: Number(place % BigInt(TILE_WIDTH)) >> height });
    at += 1n << BigInt(rest);
  }
  return parts;
}

/**
 * Prover makes proofs from tiles alone, reading O(log n) of them: three or four for a tree of ten million leaves.
 * It keeps the most recently used tiles (tiles never change, so a kept one is never stale).
 */
export class Prover {
  private readonly open = new Map<string, Promise<OpenTile>>();

  /** `cachedTiles` bounds memory: a full tile with its inner nodes takes about 30 KiB. */
  constructor(
    private readonly read: TileReader,
    private readonly cachedTiles = 256,
  ) {}

  /** root is the Merkle root of the first `size` leaves. */
  async root(size: bigint): Promise<Buffer> {
    return size === 0n ? emptyRoot() : (await this.roots([[0n, size]], size))[0]!;
  }

  /**
   * inclusion is PATH(index, D[size]), leaf's sibling first.
   * @throws LedgerError OUT_OF_RANGE when index is not below size; whatever the tile reader rejects with.
   */
  async inclusion(index: bigint, size: bigint): Promise<Buffer[]> {
    if (index < 0n || index >= size) throw new LedgerError('OUT_OF_RANGE', 'no such leaf in a tree of that size');
    const siblings: [bigint, bigint][] = [];
    let [from, to] = [0n, size];
    while (to - from > 1n) {
      const split = from + splitPoint(to - from);
      siblings.push(index < split ? [split, to] : [from, split]);
      [from, to] = index < split ? [from, split] : [split, to];
    }
    return this.roots(siblings.reverse(), size);
  }

  /** consistency is SUB(m, D[n], true). @throws LedgerError OUT_OF_RANGE unless 0 < m ≤ n. */
  async consistency(m: bigint, n: bigint): Promise<Buffer[]> {
    if (m < 1n || m > n) throw new LedgerError('OUT_OF_RANGE', 'consistency is defined for 0 < m ≤ n');
    const wanted: [bigint, bigint][] = [];
    let [from, to] = [0n, n];
    while (to !== m) {
      const split = from + splitPoint(to - from);
      wanted.push(m <= split ? [split, to] : [from, split]);
      [from, to] = m <= split ? [from, split] : [split, to];
    }
    if (from !== 0n) wanted.push([from, to]);
    return this.roots(wanted.reverse(), n);
  }

  /** The root of each of these ranges of leaves. Their tiles are opened together; after that nothing is waited for. */
  private async roots(ranges: readonly (readonly [bigint, bigint])[], size: bigint): Promise<Buffer[]> {
    const parts = ranges.map(([from, to]) => perfectParts(from, to));
    const opening = new Map<string, Promise<OpenTile>>();
    for (const { tile, level, index } of parts.flat())
      if (!opening.has(tile)) opening.set(tile, this.tile(level, index, size));
    const tiles = new Map<string, OpenTile>();
    await Promise.all([...opening].map(async ([key, tile]) => tiles.set(key, await tile)));
    return parts.map((each) =>
      each
        .map(({ tile, height, at }) => tiles.get(tile)!.node(height, at))
        .reduceRight((right, left) => hashNode(left, right)),
    );
  }

  private tile(level: number, index: bigint, size: bigint): Promise<OpenTile> {
    const tile = { level, index, width: tileWidth(size, level, index) };
    const key = `${level}/${index}/${tile.width}`;
    const kept = this.open.get(key);
    const opening = kept ?? this.read(tile).then((data) => new OpenTile(tileHashes(tile, data)));
    this.open.delete(key);
    this.open.set(key, opening);
    if (kept === undefined) {
      opening.catch(() => this.open.delete(key));
      const oldest = this.open.keys().next();
      if (this.open.size > this.cachedTiles && !oldest.done) this.open.delete(oldest.value);
    }
    return opening;
  }
}
