import { createHash } from 'node:crypto';
import { readOpening } from './leaf';
import type { Opening } from './leaf';
import { base64, canonicalObject, decimal, isObject, Malformed, members, Unusable } from './strict';

/** The first line of an export (FORMAT.md). */
export interface Header {
  readonly origin: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly checkpoint: Buffer;
  readonly vkeys: readonly string[];
  readonly consistency: readonly { readonly from: bigint; readonly proof: readonly Buffer[] }[];
}

/** One entry as some source gives it; `problem` when the line could not be read. */
export type Item =
  | { readonly problem: string }
  | {
      readonly index: bigint;
      readonly entry: Buffer;
      readonly leaf: Buffer;
      /** What is wrong with `k` or `detail`, when their text cannot be read: the entry itself may still be sound. */
      readonly opening: Opening | { readonly unreadable: string };
      readonly proof: readonly Buffer[] | undefined;
      readonly support: boolean;
    };

/** How the file ended: what the last line says, and whether it is so. */
export interface Ending {
  readonly count: bigint;
  readonly intact: boolean;
}

const MAX_LINE = 32 << 20;

/** The lines of a file without their line feed; a last line without one is a cut file. */
function* lines(chunks: Iterable<Buffer>): Generator<Buffer> {
  let rest = Buffer.alloc(0);
  for (const chunk of chunks) {
    let data = Buffer.concat([rest, chunk]);
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10)) {
      yield data.subarray(0, end);
      data = data.subarray(end + 1);
    }
    if (data.length > MAX_LINE) throw new Unusable('a line is longer than 32 MiB');
    rest = data;
  }
  if (rest.length > 0) throw new Unusable('the file does not end in a line feed: it is cut or damaged at its end');
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new Malformed(`${what} is not a list`);
  return value as unknown[];
}

function readHeader(line: Buffer): Header {
  const header = canonicalObject(line, 'header');
  members(header, ['checkpoint', 'concordat', 'from', 'origin', 'to'], ['consistency', 'vkeys'], 'header');
  if (header.concordat !== 'ledger-export/v1') throw new Malformed('not a ledger-export/v1');
  if (typeof header.origin !== 'string' || typeof header.checkpoint !== 'string')
    throw new Malformed('header is not text');
  return {
    origin: header.origin,
    from: decimal(header.from, 'header from'),
    to: decimal(header.to, 'header to'),
    checkpoint: Buffer.from(header.checkpoint, 'utf8'),
    vkeys: header.vkeys === undefined ? [] : list(header.vkeys, 'vkeys').map(String),
    consistency: (header.consistency === undefined ? [] : list(header.consistency, 'consistency')).map((c) => {
      if (!isObject(c)) throw new Malformed('consistency is not an object');
      members(c, ['from', 'proof'], [], 'consistency');
      const proof = list(c.proof, 'proof').map((h) => base64(h, 'proof hash', 32));
      return { from: decimal(c.from, 'consistency from'), proof };
    }),
  };
}

function tryOpening(item: Record<string, unknown>): Opening | { unreadable: string } {
  try {
    return readOpening(item);
  } catch (error) {
    if (error instanceof Malformed) return { unreadable: error.message };
    throw error;
  }
}

function readItem(line: Buffer): Item {
  try {
    const item = canonicalObject(line, 'line');
    members(item, ['entry', 'index', 'leaf'], ['detail', 'k', 'proof', 'support'], 'line');
    if (item.support !== undefined && item.support !== true) throw new Malformed('support is not true');
    return {
      index: decimal(item.index, 'index'),
      entry: base64(item.entry, 'entry'),
      leaf: base64(item.leaf, 'leaf', 32),
      opening: tryOpening(item),
      proof: item.proof === undefined ? undefined : list(item.proof, 'proof').map((h) => base64(h, 'proof hash', 32)),
      support: item.support === true,
    };
  } catch (error) {
    if (error instanceof Malformed) return { problem: error.message };
    throw error;
  }
}

function readEnding(line: Buffer, digest: string): Ending {
  const end = canonicalObject(line, 'last line');
  members(end, ['count', 'end', 'sha256'], [], 'last line');
  if (end.end !== true) throw new Malformed('last line does not say end');
  return { count: decimal(end.count, 'count'), intact: base64(end.sha256, 'sha256', 32).toString('base64') === digest };
}

/**
 * Reads an export of any length in bounded memory: the header first, then every entry line, then how it ended.
 * @throws Unusable when there is no readable header or no end line.
 */
export function openExport(chunks: Iterable<Buffer>): { header: Header; items: () => Generator<Item, Ending> } {
  const source = lines(chunks);
  const usable = <T>(read: () => T, what: string): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Malformed) throw new Unusable(`${what}: ${error.message}`);
      throw error;
    }
  };
  const first = source.next();
  if (first.done === true) throw new Unusable('the file is empty');
  const hash = createHash('sha256');
  const header = usable(() => readHeader(first.value), 'not an export');
  hash.update(first.value).update('\n');
  function* items(): Generator<Item, Ending> {
    let held: Buffer | undefined;
    for (const line of source) {
      if (held !== undefined) {
        hash.update(held).update('\n');
        yield readItem(held);
      }
      held = Buffer.from(line);
    }
    if (held === undefined) throw new Unusable('the export has no end line: it is cut');
    const last = held;
    return usable(() => readEnding(last, hash.digest('base64')), 'the export is cut, or its end line is damaged');
  }
  return { header, items };
}
