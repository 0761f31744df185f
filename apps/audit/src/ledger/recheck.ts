import { Frontier, hashLeaf, TILE_WIDTH, tileWidth } from '@concordat/ledger';
import { Databases, Lifecycle, LOGGER, type Part } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { entriesFrom, queryOf, tileReader, type Query } from '../log.repository';
import { Published } from '../published';

const STEP_MS = 1_000;
const REST_MS = 10 * 60_000;
const HASH = 32;

/**
 * Re-hashes the log from its beginning, a tile's entries a second and then again: entries against tiles, full tiles against
 * the level above (design/ledger.md §4, 8). What was altered is named in the status and the log of the service; sealing
 * goes on, for the tree still says what was sealed. The offline verifier proves it; this finds it early.
 */
@Injectable()
export class Recheck implements Part {
  readonly name = 'ledger recheck';
  private readonly query: () => Query;
  private timer: NodeJS.Timeout | null = null;
  private step: Promise<void> | null = null;
  private running = false;
  private tile = 0n;
  private readonly bad = new Set<bigint>();

  constructor(
    private readonly published: Published,
    databases: Databases,
    lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.query = () => queryOf(databases.pool('audit'));
    lifecycle.add(this);
  }

  /** Indexes of entries that are not what was sealed, as far as has been looked; at most a hundred are kept. */
  get altered(): string[] {
    return [...this.bad].sort((a, b) => (a < b ? -1 : 1)).map(String);
  }

  start(): void {
    this.running = true;
    this.wait(STEP_MS);
  }

  async stop(): Promise<void> {
    this.running = false;
    if (this.timer) clearTimeout(this.timer);
    await this.step;
  }

  /** Checks the entries below the newest checkpoint from where it stands to the end of that tile. True at the end of the log. */
  async next(): Promise<boolean> {
    const size = this.published.newest?.size ?? 0n;
    const width = tileWidth(size, 0, this.tile);
    if (width > 0) await this.check(this.tile, width);
    const ended = width < TILE_WIDTH || tileWidth(size, 0, this.tile + 1n) === 0;
    this.tile = ended ? 0n : this.tile + 1n;
    return ended;
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      this.step = this.next()
        .catch((err: unknown) => void this.logger.warn({ err }, 'ledger recheck'))
        .then((ended) => {
          this.step = null;
          if (this.running) this.wait(ended === false ? STEP_MS : REST_MS);
        });
    }, ms);
    this.timer.unref();
  }

  private async check(tile: bigint, width: number): Promise<void> {
    const first = tile * BigInt(TILE_WIDTH);
    const query = this.query();
    const entries = await entriesFrom(query, first, width);
    const hashes = await this.hashes(query, 0, tile, width);
    const lost = entries.length !== width; // then which is which is not known
    hashes.forEach((hash, i) => {
      if (lost || !hashLeaf(entries[i]!).equals(hash))
        this.alarm(first + BigInt(i), lost ? 'entry lost' : 'entry altered');
    });
    if (width === TILE_WIDTH) await this.climb(query, tile, hashes);
  }

  /** A full tile's root stands in the level above; when that tile is full too, it is held against the next. */
  private async climb(query: Query, tile: bigint, below: readonly Buffer[]): Promise<void> {
    let [index, hashes] = [tile, below];
    for (let level = 1; hashes.length === TILE_WIDTH; level++) {
      const at = Number(index % BigInt(TILE_WIDTH));
      index /= BigInt(TILE_WIDTH);
      const above = await this.hashes(query, level, index, at + 1);
      const root = Frontier.empty();
      root.append(hashes);
      if (!above[at]?.equals(root.root())) this.alarm(tile * BigInt(TILE_WIDTH), `tile of level ${level} altered`);
      hashes = above;
    }
  }

  private async hashes(query: Query, level: number, index: bigint, width: number): Promise<Buffer[]> {
    const data = Buffer.from(await tileReader(query)({ level, index, width }));
    return Array.from({ length: width }, (_, i) => data.subarray(i * HASH, (i + 1) * HASH));
  }

  private alarm(index: bigint, what: string): void {
    if (this.bad.has(index)) return;
    if (this.bad.size < 100) this.bad.add(index);
    this.logger.error({ index: String(index), what }, 'ledger alarm');
  }
}
