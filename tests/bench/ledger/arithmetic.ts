import { newId } from '@concordat/contracts';
import { hashLeaf, Prover, tilePath, TiledTree, verifyInclusion } from '@concordat/ledger';
import type { ProcessInfo, Settings } from '@concordat/platform';
import { randomBytes } from 'node:crypto';
import { makeAct } from '../../../apps/audit/src/acts.testing';
import { ownerOf, realsOf } from '../../../apps/audit/src/act-leaf';
import { Details } from '../../../apps/audit/src/details';
import { sealActs } from '../../../apps/audit/src/ledger/sealing';

const ACTS = 20_000;
const LEAVES = 1_000_000;
/** A batch of the sequencer, and the width of a tile. */
const TOGETHER = 256;
/** Leaves of as many tiles as a prover keeps, with some to spare. */
const KEPT = 200 * 256;
const PROOFS = 100_000;
const CHECKED = 500;

/**
 * What the ledger's arithmetic costs on one core, without a database, a second each: acts made into entries (what the producer
 * sealed is opened, committed to, and sealed again under the key of whom it is about); entries hashed to leaves and built into a
 * tree of a million with its tiles; proofs that one of the million is in it, of leaves whose tiles are kept (as a page, an export or a
 * receipt asks for them) and of any, which opens a tile each. Throws when a proof does not prove.
 */
export async function arithmetic(): Promise<Record<'sealed' | 'leaves' | 'proofs' | 'proofsOfAny', number>> {
  const { entries, perSecond: sealed } = sealing();
  const { tree, tiles, perSecond: leaves } = building(entries);
  const prover = new Prover((tile) => Promise.resolve(tiles.get(tilePath({ ...tile, width: TOGETHER }))!));
  const prove = async (count: number, indexOf: (i: number) => number): Promise<number> => {
    const began = performance.now();
    for (let i = 0; i < count; i++) await prover.inclusion(BigInt(indexOf(i)), tree.size);
    return count / ((performance.now() - began) / 1000);
  };
  const near = (i: number): number => LEAVES / 2 + ((i * 7_919) % KEPT);
  const any = (i: number): number => (i * 7_919) % LEAVES;
  await prove(KEPT, near); // opens the tiles that are then kept
  const [proofs, proofsOfAny] = [await prove(PROOFS, near), await prove(CHECKED * 10, any)];
  for (let i = 0; i < CHECKED; i++) {
    const [index, leaf] = [BigInt(any(i)), hashLeaf(entries[any(i) % entries.length]!)];
    const proof = await prover.inclusion(index, tree.size);
    if (!verifyInclusion(index, tree.size, leaf, proof, tree.root())) throw new Error(`leaf ${index} is not proven`);
  }
  return { sealed, leaves, proofs, proofsOfAny };
}

function sealing(): { entries: Buffer[]; perSecond: number } {
  const [key, dataKey] = [randomBytes(32), randomBytes(32)];
  const info = { secret: () => randomBytes(32).toString('base64url') } as unknown as ProcessInfo;
  const details = new Details({} as Settings, info);
  const acts = Array.from({ length: ACTS }, (_, i) =>
    makeAct(key, BigInt(i + 1), { subjects: [newId()], objects: [{ t: 'case', id: newId() }] }),
  );
  const names = new Map(acts.flatMap(realsOf).map((real) => [real, randomBytes(16).toString('hex')]));
  const keys = new Map(acts.map((act) => [ownerOf(act), dataKey]));
  const tools = {
    ...{ origin: 'bench.example/ledger', recordedAt: new Date(), detailKey: key, details },
    pseudonym: (real: string) => names.get(real)!,
    dataKey: (owner: string) => keys.get(owner)!,
  };
  const entries: Buffer[] = [];
  const began = performance.now();
  for (let at = 0; at < ACTS; at += TOGETHER)
    entries.push(...sealActs(acts.slice(at, at + TOGETHER), tools).map(({ entry }) => entry));
  return { entries, perSecond: ACTS / ((performance.now() - began) / 1000) };
}

function building(entries: readonly Buffer[]) {
  const tree = TiledTree.empty();
  const tiles = new Map<string, Buffer>();
  const began = performance.now();
  for (let at = 0; at < LEAVES; at += TOGETHER) {
    const leaves = Array.from({ length: Math.min(TOGETHER, LEAVES - at) }, (_, i) =>
      hashLeaf(entries[(at + i) % entries.length]!),
    );
    for (const { level, index, data } of tree.append(leaves))
      tiles.set(tilePath({ level, index, width: TOGETHER }), data);
  }
  return { tree, tiles, perSecond: LEAVES / ((performance.now() - began) / 1000) };
}
