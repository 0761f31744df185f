import { entriesAtLevel, TILE_WIDTH, tileHashes, tileWidth } from './tile';
import type { TileData, TileReader } from './tile';
import { Frontier, HASH_BYTES, hashNode } from './tree';

interface Edge {
  index: bigint;
  width: number;
  data: Buffer;
}

/**
 * TiledTree is the writer's tree: the frontier and the unfinished tile of every level, kept together so that one append
 * gives both the new root and the tiles to store. State is at most one 8 KiB tile a level.
 */
export class TiledTree {
  private constructor(
    private frontier: Frontier,
    private edges: Edge[],
  ) {}

  /** A tree of size 0. */
  static empty(): TiledTree {
    return new TiledTree(Frontier.empty(), []);
  }

  /**
   * load rebuilds the tree of `size` leaves from its right-edge tiles (one read a level).
   * The caller MUST compare `root()` with its last signed checkpoint before appending (design/ledger.md §4 rule 6).
   */
  static async load(size: bigint, read: TileReader): Promise<TiledTree> {
    const edges: Edge[] = [];
    const roots: Buffer[] = [];
    for (let level = 0; entriesAtLevel(size, level) > 0n; level++) {
      const index = entriesAtLevel(size, level + 1);
      const width = tileWidth(size, level, index);
      const data = Buffer.alloc(TILE_WIDTH * HASH_BYTES);
      const hashes = width === 0 ? [] : tileHashes({ level, index, width }, await read({ level, index, width }));
      hashes.forEach((h, i) => data.set(h, i * HASH_BYTES));
      edges.push({ index, width, data });
      roots.unshift(...perfectRoots(hashes));
    }
    return new TiledTree(Frontier.from(size, roots), edges);
  }

  /** Number of leaves. */
  get size(): bigint {
    return this.frontier.size;
  }

  /** Merkle root, 32 bytes. */
  root(): Buffer {
    return this.frontier.root();
  }

  /** An independent copy: append to a copy inside a transaction that may be retried, keep it when it commits. */
  clone(): TiledTree {
    return new TiledTree(
      this.frontier.clone(),
      this.edges.map((e) => ({ ...e, data: Buffer.from(e.data) })),
    );
  }

  /**
   * append adds leaf hashes in order and returns every tile of the new tree that changed, complete with content: full
   * tiles, and the partial tile each touched level ends with. Exactly `changedTiles(before, after)`, in the same order.
   */
  append(leafHashes: readonly Buffer[]): TileData[] {
    const changed: TileData[][] = [];
    const touched = new Set<number>();
    this.frontier.append(leafHashes, (height, node) => {
      if (height % 8 !== 0) return;
      const level = height / 8;
      const edge = (this.edges[level] ??= { index: 0n, width: 0, data: Buffer.alloc(TILE_WIDTH * HASH_BYTES) });
      edge.data.set(node, edge.width * HASH_BYTES);
      edge.width++;
      touched.add(level);
      if (edge.width < TILE_WIDTH) return;
      (changed[level] ??= []).push({ level, index: edge.index, width: TILE_WIDTH, data: edge.data });
      this.edges[level] = { index: edge.index + 1n, width: 0, data: Buffer.alloc(TILE_WIDTH * HASH_BYTES) };
    });
    for (const level of touched) {
      const { index, width, data } = this.edges[level] as Edge;
      if (width === 0) continue;
      (changed[level] ??= []).push({ level, index, width, data: Buffer.from(data.subarray(0, width * HASH_BYTES)) });
    }
    return changed.flat();
  }
}

/** The roots of the perfect subtrees a partial tile splits into, largest first: one per set bit of its width. */
function perfectRoots(hashes: readonly Buffer[]): Buffer[] {
  const roots: Buffer[] = [];
  let at = 0;
  for (let chunk = TILE_WIDTH / 2; chunk >= 1; chunk /= 2) {
    if ((hashes.length & chunk) === 0) continue;
    let row = hashes.slice(at, at + chunk);
    while (row.length > 1) {
      row = row.flatMap((left, i) => (i % 2 === 0 ? [hashNode(left, row[i + 1] as Buffer)] : []));
    }
    roots.push(row[0] as Buffer);
    at += chunk;
  }
  return roots;
}
