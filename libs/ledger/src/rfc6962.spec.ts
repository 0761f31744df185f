import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { changedTiles, emptyRoot, Frontier, hashLeaf, hashNode, Prover, TiledTree } from './index';
import { tileWidth, verifyConsistency, verifyInclusion } from './index';
import type { Tile } from './index';

// The definitions of RFC 6962 s.2.1, word for word and as slow as they read: what everything else is held against.
const sha = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const naiveLeaf = (d: Uint8Array): Buffer => sha(Buffer.from([0]), d);
const naiveNode = (l: Uint8Array, r: Uint8Array): Buffer => sha(Buffer.from([1]), l, r);
function cut(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
function mth(d: readonly Buffer[]): Buffer {
  if (d.length === 0) return sha();
  if (d.length === 1) return d[0] as Buffer;
  const k = cut(d.length);
  return naiveNode(mth(d.slice(0, k)), mth(d.slice(k)));
}
function path(m: number, d: readonly Buffer[]): Buffer[] {
  if (d.length === 1) return [];
  const k = cut(d.length);
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function sub(m: number, d: readonly Buffer[], whole: boolean): Buffer[] {
  if (m === d.length) return whole ? [] : [mth(d)];
  const k = cut(d.length);
  return m <= k
    ? [...sub(m, d.slice(0, k), whole), mth(d.slice(k))]
    : [...sub(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

const leaves = (n: number): Buffer[] => Array.from({ length: n }, (_, i) => naiveLeaf(Buffer.from(`entry ${i}`)));
const hex = (bs: readonly Buffer[]): string[] => bs.map((b) => b.toString('hex'));

/** A tree and its tiles in memory, grown in the given steps; counts reads. */
function grow(all: readonly Buffer[], steps: readonly number[] = [all.length]) {
  const tree = TiledTree.empty();
  const store = new Map<string, Buffer>();
  let at = 0;
  for (const step of [...steps, all.length]) {
    for (const t of tree.append(all.slice(at, Math.min(all.length, at + step))))
      store.set(`${t.level}/${t.index}`, t.data);
    at = Math.min(all.length, at + step);
  }
  const reads: Tile[] = [];
  const read = (tile: Tile): Promise<Buffer> => {
    reads.push(tile);
    const data = store.get(`${tile.level}/${tile.index}`);
    return data === undefined ? Promise.reject(new Error('no such tile')) : Promise.resolve(data);
  };
  return { tree, store, read, reads };
}

const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const NAMED: Record<string, string> = {
  L0: ROOTS[1] as string,
  L1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  L2: '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7',
  L3: '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7',
  L4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  L5: '4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658',
  L6: 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
  L7: '46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1',
  N01: ROOTS[2] as string,
  N03: ROOTS[4] as string,
  N23: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  N45: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  N67: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  N47: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  N46: '837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e',
};
const named = (names: string): string[] => (names === '' ? [] : names.split(' ').map((n) => NAMED[n] as string));
const published = ENTRIES.map((e) => hashLeaf(Buffer.from(e, 'hex')));

describe('published vectors', () => {
  it.each(ROOTS.map((root, n) => [n, root] as const))('root of size %i', (n, root) => {
    const frontier = Frontier.empty();
    frontier.append(published.slice(0, n));
    expect(frontier.root().toString('hex')).toBe(root);
    expect(mth(published.slice(0, n)).toString('hex')).toBe(root);
    expect(frontier.size).toBe(BigInt(n));
  });

  it('names leaves and nodes as published', () => {
    expect(hex(published)).toEqual(named('L0 L1 L2 L3 L4 L5 L6 L7'));
    expect(emptyRoot().toString('hex')).toBe(ROOTS[0]);
    expect(hashLeaf(Buffer.from('L123456')).toString('hex')).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(hashNode(Buffer.from('N123'), Buffer.from('N456')).toString('hex')).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    );
  });

  it.each([
    [0, 1, ''],
    [0, 2, 'L1'],
    [1, 2, 'L0'],
    [2, 3, 'N01'],
    [1, 5, 'L0 N23 L4'],
    [0, 8, 'L1 N23 N47'],
    [5, 8, 'L4 N67 N03'],
    [0, 7, 'L1 N23 N46'],
    [3, 7, 'L2 N01 N46'],
    [4, 7, 'L5 L6 N03'],
    [6, 7, 'N45 N03'],
  ])('inclusion of %i in %i', async (index, size, proof) => {
    const { read, tree } = grow(published.slice(0, size));
    const got = await new Prover(read).inclusion(BigInt(index), BigInt(size));
    expect(hex(got)).toEqual(named(proof));
    expect(verifyInclusion(BigInt(index), BigInt(size), published[index] as Buffer, got, tree.root())).toBe(true);
  });

  it.each([
    [1, 1, ''],
    [1, 8, 'L1 N23 N47'],
    [2, 5, 'N23 L4'],
    [6, 8, 'N45 N67 N03'],
    [3, 7, 'L2 L3 N01 N46'],
    [4, 7, 'N46'],
    [6, 7, 'N45 L6 N03'],
  ])('consistency of %i with %i', async (m, n, proof) => {
    const { read } = grow(published.slice(0, n));
    const got = await new Prover(read).consistency(BigInt(m), BigInt(n));
    expect(hex(got)).toEqual(named(proof));
    const [rootM, rootN] = [ROOTS[m], ROOTS[n]].map((r) => Buffer.from(r as string, 'hex')) as [Buffer, Buffer];
    expect(verifyConsistency(BigInt(m), BigInt(n), rootM, rootN, got)).toBe(true);
  });
});

describe('against the definition', () => {
  const size = fc.integer({ min: 1, max: 600 });

  it('proves every leaf of every size up to 70, and every earlier size', async () => {
    for (let n = 1; n <= 70; n++) {
      const all = leaves(n);
      const { read, tree } = grow(all);
      const prover = new Prover(read);
      expect(tree.root()).toEqual(mth(all));
      for (let i = 0; i < n; i++) expect(await prover.inclusion(BigInt(i), BigInt(n))).toEqual(path(i, all));
      for (let m = 1; m <= n; m++) expect(await prover.consistency(BigInt(m), BigInt(n))).toEqual(sub(m, all, true));
    }
  });

  it('gives the same roots, tiles and proofs however the log grew', async () => {
    const steps = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(size, steps, fc.nat(), fc.nat(), async (n, grown, a, b) => {
        const all = leaves(n);
        const { tree, read, store } = grow(all, grown);
        expect(tree.root()).toEqual(mth(all));
        for (const t of changedTiles(0n, BigInt(n))) {
          const span = 256 ** t.level;
          const nodes = Array.from({ length: t.width }, (_, i) => {
            const from = (Number(t.index) * 256 + i) * span;
            return mth(all.slice(from, from + span));
          });
          expect(store.get(`${t.level}/${t.index}`)).toEqual(Buffer.concat(nodes));
        }
        const past = 1 + (a % n);
        const i = b % past;
        const prover = new Prover(read, 2);
        expect(await prover.inclusion(BigInt(i), BigInt(past))).toEqual(path(i, all.slice(0, past)));
        expect(await prover.consistency(BigInt(past), BigInt(n))).toEqual(sub(past, all, true));
        expect(await prover.root(BigInt(past))).toEqual(mth(all.slice(0, past)));
        const again = await TiledTree.load(BigInt(past), read);
        expect(again.root()).toEqual(mth(all.slice(0, past)));
        again.append(all.slice(past));
        expect(again.root()).toEqual(mth(all));
      }),
      { numRuns: 25 },
    );
  });

  it('refuses every single mutation of an inclusion proof', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), async (n, pick, bit) => {
        const all = leaves(n);
        const i = pick % n;
        const proof = path(i, all);
        const root = mth(all);
        const leaf = all[i] as Buffer;
        const flip = (b: Buffer): Buffer =>
          Buffer.from(b.map((x, at) => (at === (bit >> 3) % 32 ? x ^ (1 << (bit & 7)) : x)));
        const check = (at: bigint, of: bigint, l: Buffer, p: Buffer[], r: Buffer): boolean =>
          verifyInclusion(at, of, l, p, r);
        expect(check(BigInt(i), BigInt(n), leaf, proof, root)).toBe(true);
        expect(check(BigInt(i), BigInt(n), flip(leaf), proof, root)).toBe(false);
        expect(check(BigInt(i), BigInt(n), leaf, proof, flip(root))).toBe(false);
        expect(check(BigInt(i), BigInt(n), leaf, [...proof, root], root)).toBe(false);
        expect(check(BigInt(i), BigInt(n), leaf.subarray(1), proof, root)).toBe(false);
        for (let j = 0; j < n; j++) if (j !== i) expect(check(BigInt(j), BigInt(n), leaf, proof, root)).toBe(false);
        for (let at = 0; at < proof.length; at++) {
          const one = proof[at] as Buffer;
          expect(check(BigInt(i), BigInt(n), leaf, proof.with(at, flip(one)), root)).toBe(false);
          expect(check(BigInt(i), BigInt(n), leaf, proof.with(at, one.subarray(1)), root)).toBe(false);
          expect(check(BigInt(i), BigInt(n), leaf, proof.toSpliced(at, 1), root)).toBe(false);
          expect(check(BigInt(i), BigInt(n), leaf, proof.toSpliced(at, 0, one), root)).toBe(false);
          if (at > 0) expect(check(BigInt(i), BigInt(n), leaf, [...proof].reverse(), root)).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('refuses every single mutation of a consistency proof', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), async (n, pick, bit) => {
        const all = leaves(n);
        const m = 1 + (pick % n);
        const proof = sub(m, all, true);
        const [rootM, rootN] = [mth(all.slice(0, m)), mth(all)];
        const flip = (b: Buffer): Buffer =>
          Buffer.from(b.map((x, at) => (at === (bit >> 3) % 32 ? x ^ (1 << (bit & 7)) : x)));
        const check = (p: Buffer[], a = rootM, b = rootN, from = m, to = n): boolean =>
          verifyConsistency(BigInt(from), BigInt(to), a, b, p);
        expect(check(proof)).toBe(true);
        expect(check(proof, flip(rootM))).toBe(false);
        expect(check(proof, rootM, flip(rootN))).toBe(false);
        expect(check([...proof, rootN])).toBe(false);
        for (let at = 0; at < proof.length; at++) {
          const one = proof[at] as Buffer;
          expect(check(proof.with(at, flip(one)))).toBe(false);
          expect(check(proof.toSpliced(at, 1))).toBe(false);
          expect(check(proof.toSpliced(at, 0, one))).toBe(false);
        }
        if (m < n) expect(check(proof, rootM, rootN, n, m)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('never accepts a size for which the same proof would rebuild another tree', () => {
    const all = leaves(13);
    const proof = path(5, all);
    const accepted = Array.from({ length: 40 }, (_, n) => n).filter((n) =>
      verifyInclusion(5n, BigInt(n), all[5] as Buffer, proof, mth(all)),
    );
    // RFC 9162 ties size to proof by shape alone; sizes of the same shape are told apart by the checkpoint that signs both.
    expect(accepted).toContain(13);
    expect(accepted.every((n) => n > 8 && n <= 16)).toBe(true);
  });

  it('fails outside the domain instead of looping', () => {
    const [a] = leaves(1) as [Buffer];
    expect(verifyConsistency(0n, 5n, emptyRoot(), a, [a])).toBe(false);
    expect(verifyConsistency(-1n, 5n, a, a, [a])).toBe(false);
    expect(verifyConsistency(5n, 4n, a, a, [])).toBe(false);
    expect(verifyConsistency(1n, 1n << 64n, a, a, [a])).toBe(false);
    expect(verifyInclusion(0n, 0n, a, [], a)).toBe(false);
    expect(verifyInclusion(-1n, 1n, a, [], a)).toBe(false);
    expect(verifyInclusion(0n, (1n << 64n) - 1n, a, [a], a)).toBe(false);
  });
});

describe('the frontier', () => {
  it('survives being written and read, at every size', () => {
    const all = leaves(40);
    for (let n = 0; n <= 40; n++) {
      const frontier = Frontier.empty();
      frontier.append(all.slice(0, n));
      const again = Frontier.deserialise(frontier.serialise());
      expect(again.root()).toEqual(mth(all.slice(0, n)));
      again.append(all.slice(n));
      expect(again.root()).toEqual(mth(all));
    }
  });

  it('refuses bytes that are not a frontier', () => {
    const frontier = Frontier.empty();
    frontier.append(leaves(5));
    const bytes = frontier.serialise();
    expect(() => Frontier.deserialise(bytes.subarray(0, -1))).toThrow('not a frontier');
    expect(() => Frontier.deserialise(bytes.subarray(0, -32))).toThrow('2 hashes');
    expect(() => Frontier.deserialise(Buffer.alloc(3))).toThrow('not a frontier');
    expect(() => frontier.append([Buffer.alloc(31)])).toThrow('32 bytes');
    expect(frontier.size).toBe(5n);
  });

  it('is left alone by an append to its copy', () => {
    const tree = TiledTree.empty();
    tree.append(leaves(300));
    const root = tree.root();
    const copy = tree.clone();
    copy.append(leaves(500));
    expect(tree.root()).toEqual(root);
    expect(tree.size).toBe(300n);
    tree.append(leaves(500));
    expect(tree.root()).toEqual(copy.root());
  });
});

describe('reading tiles', () => {
  it('takes few reads for a large tree, and none twice', async () => {
    const all = leaves(1);
    const n = 10_000_000n;
    // Any hashes do: what is counted is which tiles are asked for.
    const reads: string[] = [];
    const read = (t: Tile): Promise<Buffer> => {
      reads.push(`${t.level}/${t.index}.${t.width}`);
      expect(t.width).toBe(tileWidth(n, t.level, t.index));
      return Promise.resolve(Buffer.concat(Array.from({ length: t.width }, () => all[0] as Buffer)));
    };
    const prover = new Prover(read);
    expect(await prover.inclusion(1_234_567n, n)).toHaveLength(24);
    expect(new Set(reads).size).toBe(reads.length);
    expect(reads.length).toBeLessThanOrEqual(6);
    await prover.inclusion(1_234_568n, n);
    expect(reads.length).toBeLessThanOrEqual(6);
  });

  it('passes on a refusal, and asks again the next time', async () => {
    const { read } = grow(leaves(5));
    let broken = true;
    const prover = new Prover((t) => (broken ? Promise.reject(new Error('disk')) : read(t)));
    await expect(prover.inclusion(1n, 5n)).rejects.toThrow('disk');
    broken = false;
    await expect(prover.inclusion(1n, 5n)).resolves.toHaveLength(3);
    await expect(prover.inclusion(5n, 5n)).rejects.toThrow('no such leaf');
    await expect(prover.consistency(0n, 5n)).rejects.toThrow('0 < m');
  });

  it('refuses a tile of the wrong length', async () => {
    await expect(new Prover(() => Promise.resolve(Buffer.alloc(64))).root(3n)).rejects.toThrow('holds 64 bytes');
    await expect(new Prover(() => Promise.resolve(Buffer.alloc(97))).root(3n)).rejects.toThrow('holds 97 bytes');
  });
});
