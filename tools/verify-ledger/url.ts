import type { Item } from './export-file';
import { Unusable } from './strict';

const WIDTH = 256n;
/** Bundles asked for at a time. */
const ABREAST = 8;

function tileName(kind: string, index: bigint, width: bigint): string {
  const digits = index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const name = groups.map((g, i) => (i < groups.length - 1 ? 'x' : '') + g).join('/');
  return `tile/${kind}/${name}${width === WIDTH ? '' : `.p/${width}`}`;
}

/** A running log, read over HTTP as tlog-tiles says. Redirects are refused, lest the token go elsewhere. */
export class LogUrl {
  private readonly prefix: string;

  constructor(
    url: string,
    private readonly token: string | undefined,
  ) {
    this.prefix = `${url.replace(/\/+$/, '')}/api/audit`;
  }

  /** The signed checkpoint, as it stands. */
  async checkpoint(): Promise<Buffer> {
    return this.get('checkpoint');
  }

  /** The keys the log says are its own: only for --trust-on-first-use. */
  async vkeys(): Promise<string[]> {
    const text = (await this.get('vkey')).toString('utf8');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Every entry below `size`, in order, each with the leaf hash that the log's own tile gives for it. */
  async *items(size: bigint): AsyncGenerator<Item> {
    const bundles = (size + WIDTH - 1n) / WIDTH;
    const queue: Promise<Item[]>[] = [];
    for (let next = 0n; next < bundles || queue.length > 0;) {
      for (; next < bundles && queue.length < ABREAST; next++) {
        const bundle = this.bundle(next, size);
        // Its refusal is met when its turn comes; until then it must not count as unhandled.
        bundle.catch(() => undefined);
        queue.push(bundle);
      }
      yield* (await queue.shift()) ?? [];
    }
  }

  private async bundle(index: bigint, size: bigint): Promise<Item[]> {
    const left = size - index * WIDTH;
    const width = left < WIDTH ? left : WIDTH;
    const [entries, tile] = await Promise.all([this.tile('entries', index, width), this.tile('0', index, width)]);
    const items: Item[] = [];
    let at = 0;
    for (let i = 0n; i < width; i++) {
      const leaf = tile.subarray(32 * Number(i), 32 * Number(i + 1n));
      const end = at + 2 <= entries.length ? at + 2 + entries.readUInt16BE(at) : Infinity;
      if (end > entries.length || leaf.length < 32) {
        items.push({ problem: 'the log serves a tile or entry bundle that is cut' });
        continue;
      }
      const opening = { k: undefined, detail: undefined };
      const entry = entries.subarray(at + 2, end);
      items.push({ index: index * WIDTH + i, entry, leaf, opening, proof: undefined, support: false });
      at = end;
    }
    return items;
  }

  /** A partial tile may have given way to its full one in the meantime. */
  private async tile(kind: string, index: bigint, width: bigint): Promise<Buffer> {
    try {
      return await this.get(tileName(kind, index, width));
    } catch (error) {
      if (width === WIDTH || !(error instanceof Unusable)) throw error;
      return this.get(tileName(kind, index, WIDTH));
    }
  }

  private async get(path: string): Promise<Buffer> {
    const url = `${this.prefix}/${path}`;
    const headers = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
    let response: Response;
    try {
      response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(60_000) });
    } catch (error) {
      throw new Unusable(`${url} cannot be read: ${error instanceof Error ? error.message : 'no answer'}`);
    }
    if (!response.ok) throw new Unusable(`${url} answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }
}
