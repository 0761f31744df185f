import { canonicalJson, Prover, TILE_WIDTH, type TileReader } from '@concordat/ledger';
import { createHash } from 'node:crypto';
import type { Opening } from '../details';
import type { StoredCheckpoint } from '../log.repository';
import type { StoredRecord } from '../records.repository';

/**
 * Which entries a file carries. `chosen` are proven one by one; a range is contiguous, and followed by the erasures above it
 * that say why details in it are gone; full is the range of everything.
 */
export type Extent =
  | { readonly form: 'full' }
  | { readonly form: 'range'; readonly from: bigint; readonly to: bigint; readonly support: readonly bigint[] }
  | { readonly form: 'chosen'; readonly indexes: readonly bigint[] };

/** Where an export comes from. */
export interface ExportSource {
  readonly origin: string;
  readonly vkeys: readonly string[];
  readonly checkpoint: StoredCheckpoint;
  /** Sizes that the reader holds checkpoints of. */
  readonly earlier: readonly bigint[];
  readonly readTile: TileReader;
  /** The records at these indexes, ascending; those that are lost are left out. */
  readonly records: (indexes: readonly bigint[]) => Promise<StoredRecord[]>;
  /** What opens a record's commitment; null when it is gone or cannot be read. */
  readonly opening: (record: StoredRecord) => Opening | null;
}

/** Entries that are read, proven and written at a time: what bounds the memory of an export of any length. */
const PAGE = TILE_WIDTH;
const WIDE = BigInt(TILE_WIDTH);
const HASH = 32;

/**
 * Writes one ledger-export/v1 (tools/verify-ledger/FORMAT.md). What has been lost or altered in the database is written as it
 * is found, an entry that is gone as an empty one: the verifier then names it, which is what an export is for.
 */
export class ExportFile {
  private readonly prover: Prover;
  private readonly digest = createHash('sha256');
  private leaves: { readonly index: bigint; readonly data: Uint8Array } | null = null;

  constructor(
    private readonly source: ExportSource,
    private readonly extent: Extent,
  ) {
    this.prover = new Prover(source.readTile, 32);
  }

  /** The file in pieces, each of whole lines. Rejects when a tile is missing; the file is then cut, and shows it. */
  async *pieces(): AsyncGenerator<string> {
    yield this.hashed(`${canonicalJson(await this.header())}\n`);
    let count = 0;
    for (const indexes of this.pages()) {
      const records = new Map((await this.source.records(indexes)).map((r) => [r.idx, r]));
      let text = '';
      for (const idx of indexes) text += `${canonicalJson(await this.line(idx, records.get(idx)))}\n`;
      count += indexes.length;
      yield this.hashed(text);
    }
    yield `${canonicalJson({ count: String(count), end: true, sha256: this.digest.digest('base64') })}\n`;
  }

  private hashed(text: string): string {
    this.digest.update(text);
    return text;
  }

  private async header() {
    const { checkpoint, earlier, origin, vkeys } = this.source;
    const { size, note } = checkpoint;
    const range = this.range() ?? { from: 0n, to: 0n };
    const consistency: { from: string; proof: string[] }[] = [];
    for (const from of this.extent.form === 'full' ? [] : earlier.filter((m) => m <= size)) {
      consistency.push({ from: String(from), proof: (await this.prover.consistency(from, size)).map(base64) });
    }
    return {
      concordat: 'ledger-export/v1',
      origin,
      from: String(range.from),
      to: String(range.to),
      checkpoint: note,
      vkeys: [...vkeys],
      ...(consistency.length > 0 ? { consistency } : {}),
    };
  }

  private async line(idx: bigint, record: StoredRecord | undefined) {
    const opening = record ? this.source.opening(record) : null;
    const full = this.extent.form === 'full';
    const proof = full ? [] : await this.prover.inclusion(idx, this.source.checkpoint.size);
    return {
      index: String(idx),
      entry: record ? base64(record.bytes) : '',
      leaf: base64(await this.leaf(idx)),
      ...(opening ? { k: base64(opening.k), detail: base64(opening.detail) } : {}),
      ...(full ? {} : { proof: proof.map(base64) }),
      ...(this.supports(idx) ? { support: true } : {}),
    };
  }

  /** The leaf hash as the log's own tile has it: an entry that was changed afterwards shows against it. */
  private async leaf(idx: bigint): Promise<Uint8Array> {
    const index = idx / WIDE;
    const at = Number(idx % WIDE) * HASH;
    if (this.leaves?.index !== index) {
      const { size } = this.source.checkpoint;
      const width = Number(size - index * WIDE < WIDE ? size - index * WIDE : WIDE);
      this.leaves = { index, data: await this.source.readTile({ level: 0, index, width }) };
    }
    return this.leaves.data.subarray(at, at + HASH);
  }

  private supports(idx: bigint): boolean {
    return this.extent.form === 'chosen' || (this.extent.form === 'range' && idx >= this.extent.to);
  }

  private range(): { from: bigint; to: bigint } | null {
    if (this.extent.form === 'chosen') return null;
    return this.extent.form === 'full' ? { from: 0n, to: this.source.checkpoint.size } : this.extent;
  }

  private *pages(): Generator<readonly bigint[]> {
    if (this.extent.form === 'chosen') {
      yield* pagesOf(this.extent.indexes);
      return;
    }
    const { from, to } = this.range()!;
    for (let at = from; at < to; at += WIDE) {
      const count = Number(to - at < WIDE ? to - at : WIDE);
      yield Array.from({ length: count }, (_, i) => at + BigInt(i));
    }
    if (this.extent.form === 'range') yield* pagesOf(this.extent.support);
  }
}

function* pagesOf(indexes: readonly bigint[]): Generator<readonly bigint[]> {
  for (let i = 0; i < indexes.length; i += PAGE) yield indexes.slice(i, i + PAGE);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
