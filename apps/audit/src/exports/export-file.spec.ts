import {
  buildEntry,
  canonicalJson,
  commitDetail,
  formatVkey,
  hashLeaf,
  logSigner,
  signCheckpoint,
  TiledTree,
  type Tile,
} from '@concordat/ledger';
import { newEventId } from '@concordat/contracts';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { main } from '../../../../tools/verify-ledger/main';
import type { Opening } from '../details';
import type { StoredRecord } from '../records.repository';
import { ExportFile, type Extent } from './export-file';

const ORIGIN = 'log.example/export';
const signer = logSigner(ORIGIN, generateKeyPairSync('ed25519').privateKey);
const POLICY = `log ${formatVkey(signer.key)}\nquorum none\n`;

interface Kept {
  readonly record: StoredRecord;
  opening: Opening | null;
}

/** A log of n entries as the database would hold it. */
async function logOf(n: number) {
  const kept = new Map<bigint, Kept>();
  const tree = TiledTree.empty();
  const tiles = new Map<string, Buffer>();
  for (let i = 0; i < n; i++) {
    const opening = { k: randomBytes(32), detail: Buffer.from(canonicalJson({ n: i })) };
    const eventId = newEventId();
    const at = '2026-11-24T09:00:00.000Z';
    const bytes = buildEntry({
      v: 1,
      eventId,
      origin: ORIGIN,
      src: { id: 'records', seq: String(i + 1) },
      op: 'CONSULTATION',
      act: 'VIEW_CASE',
      occurredAt: at,
      recordedAt: at,
      outcome: 'done',
      commit: commitDetail(opening.k, opening.detail),
    });
    const idx = BigInt(i);
    kept.set(idx, { record: { idx, eventId, bytes, owner: null, sealed: null, wrapped: null }, opening });
    for (const t of tree.append([hashLeaf(bytes)])) tiles.set(`${t.level}/${t.index}`, t.data);
  }
  const note = await signCheckpoint({ origin: ORIGIN, size: tree.size, root: tree.root() }, [signer]);
  return { kept, tiles, checkpoint: { size: tree.size, root: tree.root(), note, at: new Date() } };
}

async function write(
  log: Awaited<ReturnType<typeof logOf>>,
  extent: Extent,
  earlier: bigint[] = [],
): Promise<string[]> {
  const file = new ExportFile(
    {
      origin: ORIGIN,
      vkeys: [formatVkey(signer.key)],
      checkpoint: log.checkpoint,
      earlier,
      readTile: (t: Tile) => Promise.resolve(log.tiles.get(`${t.level}/${t.index}`)!),
      records: (indexes) => Promise.resolve(indexes.flatMap((i) => log.kept.get(i)?.record ?? [])),
      opening: (r) => log.kept.get(r.idx)!.opening,
    },
    extent,
  );
  const pieces: string[] = [];
  for await (const piece of file.pieces()) pieces.push(piece);
  return pieces;
}

async function verify(text: string, ...more: [path: string, note: string][]) {
  const said: string[] = [];
  const files = new Map([['x', text], ['policy', POLICY], ...more]);
  const read = (path: string): Buffer => Buffer.from(files.get(path)!);
  const earlier = more.flatMap(([path]) => ['--earlier', path]);
  const host = { print: (t: string) => void said.push(t), read, chunks: (path: string) => [read(path)] };
  const code = await main(['x', '--policy', 'policy', '--json', ...earlier], host);
  return { code, report: JSON.parse(said.join('')) };
}

describe('an export', () => {
  it.each([0, 1, 255, 256, 257, 700])('of all of %i entries is proven', async (n) => {
    const { code, report } = await verify((await write(await logOf(n), { form: 'full' })).join(''));
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', states: n ? { PROVEN: String(n) } : {} });
    expect(code).toBe(0);
  });

  it.each([
    [0n, 10n],
    [250n, 600n],
    [699n, 700n],
    [5n, 5n],
  ])('of entries %i to %i proves each of them', async (from, to) => {
    const log = await logOf(700);
    const { report } = await verify((await write(log, { form: 'range', from, to, support: [] })).join(''));
    expect(report).toMatchObject({ result: 'NOTHING_FAILED' });
    expect(report.states.PROVEN ?? '0').toBe(String(to - from));
  });

  it('of chosen entries proves each of them', async () => {
    const { report } = await verify(
      (await write(await logOf(700), { form: 'chosen', indexes: [0n, 3n, 511n, 699n] })).join(''),
    );
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', states: { PROVEN: '4' } });
  });

  it('can be held against a checkpoint from before', async () => {
    const log = await logOf(300);
    const tree = TiledTree.empty();
    tree.append([...log.kept.values()].slice(0, 77).map((k) => hashLeaf(k.record.bytes)));
    const note = await signCheckpoint({ origin: ORIGIN, size: 77n, root: tree.root() }, [signer]);
    for (const extent of [{ form: 'full' }, { form: 'range', from: 100n, to: 120n, support: [] }] as const) {
      const { report } = await verify((await write(log, extent, [77n])).join(''), ['before', note]);
      expect(report).toMatchObject({ result: 'NOTHING_FAILED' });
    }
  });

  it('names an entry that was altered, lost, or whose detail is gone', async () => {
    const log = await logOf(300);
    const { record } = log.kept.get(41n)!;
    log.kept.set(41n, {
      record: { ...record, bytes: Buffer.from(record.bytes.toString().replace('VIEW', 'EDIT')) },
      opening: log.kept.get(41n)!.opening,
    });
    log.kept.delete(99n);
    log.kept.get(200n)!.opening = null;
    const { code, report } = await verify((await write(log, { form: 'full' })).join(''));
    expect(code).toBe(1);
    expect(report.failures.map((f: { index: string; code: string }) => `${f.index} ${f.code}`)).toEqual([
      '41 NOT_INCLUDED',
      '99 NOT_INCLUDED',
      '200 MISSING_DETAIL',
    ]);
  });

  it('comes in pieces of bounded size', async () => {
    expect(await write(await logOf(700), { form: 'full' })).toHaveLength(1 + 3 + 1);
  });
});
