import { generateKeyPairSync } from 'node:crypto';
import { formatTlogProof, formatVkey, hashLeaf, logSigner, parsePolicy, parseTlogProof, Prover } from './index';
import { cosignNote, signCheckpoint, TiledTree, verifyTlogProof, witnessSigner } from './index';

const newKey = () => generateKeyPairSync('ed25519').privateKey;
const log = logSigner('log.example/a', newKey());
const witness = witnessSigner('w.example', newKey(), () => 1_795_000_000n);
const open = parsePolicy(`log ${formatVkey(log.key)}\nquorum none\n`);
const strict = parsePolicy(`log ${formatVkey(log.key)}\nwitness w ${formatVkey(witness.key)}\nquorum w\n`);
const entries = Array.from({ length: 11 }, (_, i) => Buffer.from(`entry ${i}`));

async function receipt(index: number, cosigned = false, extra = true): Promise<string> {
  const tree = TiledTree.empty();
  const tiles = tree.append(entries.map((e) => hashLeaf(e)));
  const prover = new Prover(
    async (t) => (await Promise.resolve(tiles.find((x) => x.level === t.level)))?.data ?? Buffer.alloc(0),
  );
  let checkpoint = await signCheckpoint({ origin: 'log.example/a', size: tree.size, root: tree.root() }, [log]);
  if (cosigned) checkpoint += await cosignNote(checkpoint, witness);
  const proof = await prover.inclusion(BigInt(index), tree.size);
  const entry = entries[index] as Buffer;
  return formatTlogProof({ index: BigInt(index), proof, checkpoint, ...(extra ? { extra: entry } : {}) });
}

describe('a receipt', () => {
  it('proves its own entry, or one given beside it', async () => {
    const text = await receipt(4);
    expect(verifyTlogProof(text, open)).toMatchObject({ index: 4n, entry: entries[4], quorum: true });
    expect(verifyTlogProof(Buffer.from(text), open).checkpoint.size).toBe(11n);
    const bare = await receipt(4, false, false);
    expect(verifyTlogProof(bare, open, entries[4]).index).toBe(4n);
    expect(() => verifyTlogProof(bare, open)).toThrow('carries no entry');
    expect(() => verifyTlogProof(bare, open, entries[5])).toThrow(expect.objectContaining({ code: 'NOT_INCLUDED' }));
  });

  it('is final only when cosigned to quorum', async () => {
    const pending = await receipt(4);
    expect(() => verifyTlogProof(pending, strict)).toThrow(expect.objectContaining({ code: 'NO_QUORUM' }));
    expect(verifyTlogProof(await receipt(4, true), strict).cosigners).toEqual([{ name: 'w', time: 1_795_000_000n }]);
  });

  it('fails when any one byte changes', async () => {
    const bytes = Buffer.from(await receipt(6, true));
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] as number) ^ (1 << (i % 8));
      expect(() => verifyTlogProof(changed, strict)).toThrow();
    }
  });

  it('reads back what was written', async () => {
    const text = await receipt(10);
    expect(formatTlogProof(parseTlogProof(text))).toBe(text);
  });

  it.each([
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 0\n'],
    ['another first line', 'c2sp.org/tlog-proof@v2\nindex 0\n\nx'],
    ['no index', 'c2sp.org/tlog-proof@v1\nextra AA==\n\nx'],
    ['a leading zero', 'c2sp.org/tlog-proof@v1\nindex 00\n\nx'],
    ['extra after index', 'c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\nx'],
    ['loose base64', 'c2sp.org/tlog-proof@v1\nextra AB==\nindex 0\n\nx'],
    ['a short hash', 'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx'],
    ['65 hashes', `c2sp.org/tlog-proof@v1\nindex 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(65)}\nx`],
  ])('is refused with %s', (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
