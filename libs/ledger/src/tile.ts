import { LedgerError } from './errors';
import { HASH_BYTES } from './tree';

/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
/** Longest entry an entry bundle can carry: its length is a uint16. */
export const MAX_ENTRY_BYTES = 65_535;

/** Names one tile: level 0–63, index within the level, and how many hashes it holds (256 when full). */
export interface Tile {
  readonly level: number;
  readonly index: bigint;
  readonly width: number;
}

/** A tile and its `width` × 32 bytes. */
export interface TileData extends Tile {
  readonly data: Buffer;
}

/**
 * Fetches a tile. MUST return at least `width` × 32 bytes whose first `width` hashes are those of the tile asked for; a
 * wider version of the same tile is as good, because tiles only ever grow to the right. MUST reject when it has none.
 */
export type TileReader = (tile: Tile) => Promise<Uint8Array>;

/** entriesAtLevel is how many hashes level `level` of a tree of `size` leaves holds: floor(size / 256^level). */
export function entriesAtLevel(size: bigint, level: number): bigint {
  return size >> BigInt(8 * level);
}

/** tileWidth is the width of tile (level, index) in a tree of `size` leaves: 0 when it does not exist, at most 256. */
export function tileWidth(size: bigint, level: number, index: bigint): number {
  const left = entriesAtLevel(size, level) - index * BigInt(TILE_WIDTH);
  if (left <= 0n) return 0;
  return left >= BigInt(TILE_WIDTH) ? TILE_WIDTH : Number(left);
}

/**
 * changedTiles lists every tile that exists at size `to` and did not, or was narrower, at size `from`.
 * From 0 it lists the whole tree. Order: level by level, then by index.
 */
export function changedTiles(from: bigint, to: bigint): Tile[] {
  if (from < 0n || to < from) throw new LedgerError('OUT_OF_RANGE', 'a log only grows');
  const tiles: Tile[] = [];
  for (let level = 0; entriesAtLevel(to, level) > 0n; level++) {
    const before = entriesAtLevel(from, level);
    const after = entriesAtLevel(to, level);
    if (after === before) break;
    for (let index = before >> 8n; index << 8n < after; index++) {
      tiles.push({ level, index, width: tileWidth(to, level, index) });
    }
  }
  return tiles;
}

function indexPath(index: bigint): string {
  const digits = index.toString();
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/');
}

function suffix(width: number): string {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new LedgerError('OUT_OF_RANGE', 'a tile holds 1 to 256 hashes');
  }
  return width === TILE_WIDTH ? '' : `.p/${width}`;
}

/** tilePath is `tile/<L>/<N>[.p/<W>]`, without a leading slash: index 1234067 → `x001/x234/067` (C2SP tlog-tiles). */
export function tilePath(tile: Tile): string {
  if (!Number.isInteger(tile.level) || tile.level < 0 || tile.level > 63 || tile.index < 0n) {
    throw new LedgerError('OUT_OF_RANGE', 'a tile has a level of 0 to 63 and an index from 0');
  }
  return `tile/${tile.level}/${indexPath(tile.index)}${suffix(tile.width)}`;
}

/** entriesPath is `tile/entries/<N>[.p/<W>]` (C2SP tlog-tiles). */
export function entriesPath(index: bigint, width: number): string {
  if (index < 0n) throw new LedgerError('OUT_OF_RANGE', 'a bundle has an index from 0');
  return `tile/entries/${indexPath(index)}${suffix(width)}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/**
 * parseTilePath reads what tilePath and entriesPath write, and nothing else: each tile has one spelling.
 * `level` is `'entries'` for an entry bundle. Returns undefined for anything else, so that a door can answer 404.
 */
export function parseTilePath(path: string): { level: number | 'entries'; index: bigint; width: number } | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const index = BigInt((match[2] as string).replace(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (match[3] !== undefined && width >= TILE_WIDTH) return undefined;
  if (index >= 1n << 64n || indexPath(index) !== match[2]) return undefined;
  if (match[1] === 'entries') return { level: 'entries', index, width };
  const level = Number(match[1]);
  return level > 63 ? undefined : { level, index, width };
}

/** encodeBundle writes entries as big-endian uint16 length ‖ entry. @throws LedgerError TOO_LARGE above 65,535 bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new LedgerError('TOO_LARGE', 'an entry is at most 65,535 bytes');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** decodeBundle is the inverse of encodeBundle. @throws LedgerError MALFORMED when the bytes do not end at an entry's end. */
export function decodeBundle(bytes: Uint8Array): Buffer[] {
  const b = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Buffer[] = [];
  for (let at = 0; at < b.length;) {
    if (at + 2 > b.length) throw new LedgerError('MALFORMED', 'entry bundle is cut');
    const end = at + 2 + b.readUInt16BE(at);
    if (end > b.length) throw new LedgerError('MALFORMED', 'entry bundle is cut');
    entries.push(b.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** tileHashes checks a tile reader's answer and returns its first `width` hashes, as views. */
export function tileHashes(tile: Tile, data: Uint8Array): Buffer[] {
  const ok = data.length % HASH_BYTES === 0 && data.length >= tile.width * HASH_BYTES;
  if (!ok || data.length > TILE_WIDTH * HASH_BYTES) {
    throw new LedgerError('MALFORMED', `${tilePath(tile)} holds ${data.length} bytes`);
  }
  const b = Buffer.from(data.buffer, data.byteOffset, data.length);
  return Array.from({ length: tile.width }, (_, i) => b.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}
