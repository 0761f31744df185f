import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { checksOf, leafHash, logKeys, readProof, rootFrom, signedBy } from './verification';

/** The eight leaves of the published RFC 6962 test vectors, and the root of all of them (design/ledger.md). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOT = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';
const node = (a: Buffer, b: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), a, b]))
    .digest();
const leaves = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex')));

/** Root and inclusion proof by the definition of the standard, recursively: nothing like the way under test. */
function tree(hashes: readonly Buffer[], index: number): { root: Buffer; path: Buffer[] } {
  if (hashes.length === 1) return { root: hashes[0]!, path: [] };
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [tree(hashes.slice(0, split), index), tree(hashes.slice(split), index - split)];
  const root = node(left.root, right.root);
  return index < split ? { root, path: [...left.path, right.root] } : { root, path: [...right.path, left.root] };
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const NAME = 'log.example/test';
const typed = Buffer.concat([Buffer.of(1), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
const id = createHash('sha256')
  .update(Buffer.concat([Buffer.from(`${NAME}\n`), typed]))
  .digest()
  .subarray(0, 4);
const VKEY = `${NAME}+${id.toString('hex')}+${typed.toString('base64')}`;
function checkpoint(size: number, root: Buffer): string {
  const text = `${NAME}\n${size}\n${root.toString('base64')}\n`;
  return `${text}\n— ${NAME} ${Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')}\n`;
}
function proofOf(index: number, size: number): string {
  const { root, path } = tree(leaves.slice(0, size), index);
  const entry = Buffer.from(LEAVES[index]!, 'hex').toString('base64');
  return `c2sp.org/tlog-proof@v1\nextra ${entry}\nindex ${index}\n${path.map((h) => `${h.toString('base64')}\n`).join('')}\n${checkpoint(size, root)}`;
}

describe('verifying an entry', () => {
  it('works out the published root from every leaf of every size', () => {
    expect(tree(leaves, 0).root.toString('hex')).toBe(ROOT);
    for (let size = 1; size <= LEAVES.length; size++)
      for (let index = 0; index < size; index++) {
        const { root, path } = tree(leaves.slice(0, size), index);
        expect(rootFrom(leaves[index]!, BigInt(index), BigInt(size), path)).toEqual(root);
      }
  });

  it('refuses a proof that is too long, too short, or of another place', () => {
    const { root, path } = tree(leaves, 3);
    expect(rootFrom(leaves[3]!, 3n, 8n, path.slice(1))).toBeNull();
    expect(rootFrom(leaves[3]!, 3n, 8n, [...path, path[0]!])).toBeNull();
    expect(rootFrom(leaves[3]!, 8n, 8n, path)).toBeNull();
    expect(rootFrom(leaves[3]!, 4n, 8n, path)?.equals(root)).toBe(false);
  });

  it('holds in every step for what is as it was sealed', () => {
    const proof = readProof(proofOf(4, 7))!;
    expect(proof).toMatchObject({ index: 4n, checkpoint: { origin: NAME, size: 7n } });
    const checks = checksOf(
      proof,
      Buffer.from(LEAVES[4]!, 'hex'),
      leaves[4]!,
      logKeys(`# keys\nlog ${VKEY}\nquorum none\n`),
    );
    expect(checks.map((c) => c.held)).toEqual([true, true, true]);
  });

  it('fails in the step that finds the fault', () => {
    const proof = readProof(proofOf(4, 7))!;
    const entry = Buffer.from(LEAVES[4]!, 'hex');
    const held = (...[p, e, l, k]: Parameters<typeof checksOf>) => checksOf(p, e, l, k).map((c) => c.held);
    expect(held(proof, Buffer.from('altered'), leaves[4]!, [VKEY])).toEqual([false, false, true]);
    const wrongRoot = { ...proof, checkpoint: { ...proof.checkpoint, root: leaves[0]! } };
    expect(held(wrongRoot, entry, leaves[4]!, [VKEY])).toEqual([true, false, true]);
    const forged = {
      ...proof,
      checkpoint: { ...proof.checkpoint, note: proof.checkpoint.note.replace('\n7\n', '\n8\n') },
    };
    expect(held(forged, entry, leaves[4]!, [VKEY])).toEqual([true, true, false]);
    expect(signedBy(proof.checkpoint.note, [])).toBeNull();
  });

  it('reads nothing into what is no proof', () => {
    expect(readProof('')).toBeNull();
    expect(readProof('c2sp.org/tlog-proof@v2\nindex 1\n\nx\n1\ny\n')).toBeNull();
    expect(readProof('c2sp.org/tlog-proof@v1\nindex 1\n\nnothing')).toBeNull();
  });
});
