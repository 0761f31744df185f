import { generateKeyPairSync } from 'node:crypto';
import {
  emptyRoot,
  formatAsking,
  hashLeaf,
  judge,
  logSigner,
  parseAsking,
  parsePolicy,
  Prover,
  signCheckpoint,
  signNote,
  TiledTree,
  witnessedPath,
} from './index';
import { formatVkey } from './keys';
import type { Tile } from './tile';
import type { Witnessed } from './witness';

const ORIGIN = 'log.example/concordat';
const key = generateKeyPairSync('ed25519').privateKey;
const log = logSigner(ORIGIN, key);
const { logs } = parsePolicy(`log ${formatVkey(log.key)}\nquorum none\n`);

/** A log of `size` leaves: its root, and proofs within it. */
function grown(size: number) {
  const tree = TiledTree.empty();
  const tiles = new Map<string, Tile & { data: Buffer }>();
  const leaves = Array.from({ length: size }, (_, i) => hashLeaf(Buffer.from(`leaf ${i}`)));
  for (const t of tree.append(leaves)) tiles.set(`${t.level}/${t.index}`, t);
  const prover = new Prover(async ({ level, index }) => tiles.get(`${level}/${index}`)!.data);
  return { root: tree.root(), prover };
}

const whole = grown(20);
const rootOf = async (size: number) => (size === 0 ? emptyRoot() : whole.prover.root(BigInt(size)));
const noteOf = async (size: number, signer = log, root?: Buffer) =>
  signCheckpoint({ origin: signer.key.name, size: BigInt(size), root: root ?? (await rootOf(size)) }, [signer]);
const proofOf = (from: number, to: number) => whole.prover.consistency(BigInt(from), BigInt(to));
const asked = (old: number, proof: readonly Buffer[], note: string) =>
  Buffer.from(formatAsking({ old: BigInt(old), proof, note }));
const knowing = async (size: number): Promise<() => Witnessed> => {
  const known = { size: BigInt(size), root: await rootOf(size) };
  return () => known;
};
const never = () => undefined;

describe('a witness', () => {
  it('cosigns the first checkpoint that it sees, without a proof', async () => {
    expect(judge(asked(0, [], await noteOf(7)), logs, never)).toMatchObject({ status: 200, checkpoint: { size: 7n } });
    expect(judge(asked(0, [], await noteOf(0)), logs, never).status).toBe(200);
  });

  it('cosigns a log that has grown, or not, by a proof', async () => {
    const known = await knowing(7);
    expect(judge(asked(7, await proofOf(7, 20), await noteOf(20)), logs, known).status).toBe(200);
    expect(judge(asked(7, [], await noteOf(7)), logs, known).status).toBe(200);
  });

  it('says what it knows when the log asks from elsewhere', async () => {
    const known = await knowing(7);
    for (const old of [0, 6, 8])
      expect(judge(asked(old, [], await noteOf(20)), logs, known)).toEqual({ status: 409, size: 7n });
    expect(judge(asked(3, [], await noteOf(20)), logs, never)).toEqual({ status: 409, size: 0n });
  });

  it('refuses in the order of the specification', async () => {
    const known = await knowing(7);
    const status = (body: Buffer, last: (o: string) => Witnessed | undefined = known) => judge(body, logs, last).status;
    const stranger = logSigner('log.example/other', generateKeyPairSync('ed25519').privateKey);
    expect(status(asked(99, [], await noteOf(8, stranger)))).toBe(404);
    const thief = logSigner(ORIGIN, generateKeyPairSync('ed25519').privateKey);
    expect(status(asked(99, [], await noteOf(8, thief)))).toBe(403); // signed, by nobody who is known
    const note = await noteOf(20);
    const at = note.length - 10;
    const changed = note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1);
    expect(status(asked(7, [], changed))).toBe(403); // a known key's signature that fails
    expect(status(asked(9, [], await noteOf(8)))).toBe(400);
    expect(status(asked(7, [], note))).toBe(422);
    const proof = await proofOf(7, 20);
    expect(status(asked(7, proof.slice(1), note))).toBe(422);
    expect(status(asked(7, [...proof, proof[0]!], note))).toBe(422);
    expect(status(asked(7, [], await noteOf(7, log, await rootOf(6))))).toBe(422); // another history of the same size
    expect(status(asked(0, proof, note), never)).toBe(422);
    expect(status(asked(0, [], await noteOf(0, log, await rootOf(1))), never)).toBe(422);
  });

  it.each([
    ['nothing', ''],
    ['no old size', '\n\nlog\n'],
    ['an old size with a leading zero', 'old 07\n\n'],
    ['a proof that is no hash', 'old 7\nAAAA\n\n'],
    ['too long a proof', `old 7\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n`],
    ['bytes that are no text', Buffer.from([0xff, 0xfe])],
  ])('refuses %s as malformed', async (_, start) => {
    const body = Buffer.concat([Buffer.from(start), Buffer.from(await noteOf(8))]);
    expect(judge(body, logs, never).status).toBe(400);
  });

  it('refuses a note that is no checkpoint', async () => {
    expect(judge(asked(0, [], await signNote(`${ORIGIN}\nmany\n`, [log])), logs, never).status).toBe(400);
  });

  it('reads what was written', async () => {
    const asking = { old: 7n, proof: await proofOf(7, 20), note: await noteOf(20) };
    expect(parseAsking(Buffer.from(formatAsking(asking)))).toEqual(asking);
    expect(witnessedPath('example.com/log')).toMatch(/^[0-9a-f]{64}\/checkpoint$/);
  });
});
