import * as fc from 'fast-check';
import { changedTiles, decodeBundle, encodeBundle, entriesPath, hashLeaf, parseTilePath, TiledTree } from './index';
import { tilePath, tileWidth } from './index';

const summary = (from: bigint, to: bigint): string[] => changedTiles(from, to).map(tilePath);

describe('tile paths', () => {
  it.each([
    [0, 67n, 256, 'tile/0/067'],
    [0, 0n, 256, 'tile/0/000'],
    [1, 1000n, 256, 'tile/1/x001/000'],
    [0, 1234067n, 256, 'tile/0/x001/x234/067'],
    [0, 273n, 112, 'tile/0/273.p/112'],
    [63, 0n, 1, 'tile/63/000.p/1'],
    [2, 999999n, 255, 'tile/2/x999/999.p/255'],
  ])('level %i index %s width %i', (level, index, width, path) => {
    expect(tilePath({ level, index, width })).toBe(path);
    expect(parseTilePath(path)).toEqual({ level, index, width });
  });

  it('names entry bundles', () => {
    expect(entriesPath(1234067n, 256)).toBe('tile/entries/x001/x234/067');
    expect(parseTilePath('tile/entries/000.p/7')).toEqual({ level: 'entries', index: 0n, width: 7 });
  });

  it.each([
    'tile/0/67',
    'tile/0/0067',
    'tile/00/067',
    'tile/64/067',
    'tile/0/x000/067',
    'tile/0/001/067',
    'tile/0/x001',
    'tile/0/067.p/0',
    'tile/0/067.p/01',
    'tile/0/067.p/256',
    'tile/0/067/',
    '/tile/0/067',
    'tile/-1/067',
    'tile/entries',
    'tile/0/../../etc',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
  ])('has one spelling: %s is refused', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('reads back whatever it writes', () => {
    const tile = fc.record({
      level: fc.integer({ min: 0, max: 63 }),
      index: fc.bigInt({ min: 0n, max: (1n << 56n) - 1n }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(tile, (t) => expect(parseTilePath(tilePath(t))).toEqual(t)));
  });

  it('refuses tiles that cannot be', () => {
    expect(() => tilePath({ level: 64, index: 0n, width: 1 })).toThrow('level');
    expect(() => tilePath({ level: 0, index: 0n, width: 0 })).toThrow('1 to 256');
    expect(() => tilePath({ level: 0, index: 0n, width: 257 })).toThrow('1 to 256');
    expect(() => entriesPath(-1n, 1)).toThrow('index');
  });
});

describe('layout', () => {
  it('of 70,000 leaves is 273 + 112, 1 + 17 and 1', () => {
    const tiles = changedTiles(0n, 70_000n);
    const at = (level: number) => tiles.filter((t) => t.level === level).map((t) => t.width);
    expect(at(0)).toEqual([...Array<number>(273).fill(256), 112]);
    expect(at(1)).toEqual([256, 17]);
    expect(at(2)).toEqual([1]);
    expect(at(3)).toEqual([]);
  });

  it('of 256 leaves is a full tile and a partial one of width 1 above', () => {
    expect(summary(0n, 256n)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(tileWidth(256n, 0, 1n)).toBe(0);
  });

  it('changes only what grows', () => {
    expect(summary(0n, 0n)).toEqual([]);
    expect(summary(5n, 5n)).toEqual([]);
    expect(summary(5n, 6n)).toEqual(['tile/0/000.p/6']);
    expect(summary(255n, 257n)).toEqual(['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']);
    expect(summary(256n, 300n)).toEqual(['tile/0/001.p/44']);
    expect(() => changedTiles(6n, 5n)).toThrow('only grows');
  });

  it('is what the tree writes, at 70,000 leaves in uneven batches', () => {
    const tree = TiledTree.empty();
    const leaf = hashLeaf(Buffer.from('same'));
    for (let size = 0; size < 70_000;) {
      const batch = Math.min(70_000 - size, 1 + ((size * 7919) % 4093));
      const written = tree.append(Array.from({ length: batch }, () => leaf));
      expect(written.map(tilePath)).toEqual(summary(BigInt(size), BigInt(size + batch)));
      for (const t of written) expect(t.data.length).toBe(32 * t.width);
      size += batch;
    }
    expect(tree.size).toBe(70_000n);
  });
});

describe('entry bundles', () => {
  it('carry any entries up to 65,535 bytes', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
    fc.assert(
      fc.property(entries, (es) => expect(decodeBundle(encodeBundle(es))).toEqual(es.map((e) => Buffer.from(e)))),
    );
    const longest = Buffer.alloc(65_535, 7);
    expect(decodeBundle(encodeBundle([longest]))).toEqual([longest]);
    expect(encodeBundle([Buffer.from('ab')]).toString('hex')).toBe('00026162');
  });

  it('refuse longer entries and cut bundles', () => {
    expect(() => encodeBundle([Buffer.alloc(65_536)])).toThrow('65,535');
    expect(() => decodeBundle(Buffer.from('000261', 'hex'))).toThrow('cut');
    expect(() => decodeBundle(Buffer.from('00', 'hex'))).toThrow('cut');
  });
});
