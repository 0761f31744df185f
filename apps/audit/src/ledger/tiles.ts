import { encodeBundle, parseTilePath, TILE_WIDTH, tileWidth } from '@concordat/ledger';
import { NotFound } from '@concordat/contracts';
import { entriesFrom, tileReader, type Query } from '../log.repository';

const HASH = 32;

/**
 * tileAt answers a C2SP tile path, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`, for a tree of `size` leaves.
 * Every width that a published checkpoint could ask for is served. @throws NotFound for a path or tile that is not there.
 */
export async function tileAt(query: Query, path: string, size: bigint): Promise<Buffer> {
  const asked = parseTilePath(path);
  if (asked === undefined) throw new NotFound('tile');
  const { level, index, width } = asked;
  if (width > tileWidth(size, level === 'entries' ? 0 : level, index)) throw new NotFound('tile');
  if (level === 'entries') return encodeBundle(await entriesFrom(query, index * BigInt(TILE_WIDTH), width));
  const data = await tileReader(query)({ level, index, width });
  return Buffer.from(data.subarray(0, width * HASH));
}
