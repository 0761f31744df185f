import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  buildEntry,
  canonicalJson,
  commitDetail,
  cosignNote,
  formatVkey,
  hashLeaf,
  logSigner,
  Prover,
  signCheckpoint,
  TiledTree,
  witnessSigner,
} from '@concordat/ledger';
import type { Leaf } from '@concordat/ledger';
import { main } from './main';

// A small writer for the specs, on the real library: the verifier itself must never import it.

export const ORIGIN = 'log.example/concordat';
export const newKey = () => generateKeyPairSync('ed25519').privateKey;
export const log = logSigner(ORIGIN, newKey());
export const witness = witnessSigner('police.example/witness', newKey(), () => 1_795_000_000n);
export const POLICY = `log ${formatVkey(log.key)}\nwitness police ${formatVkey(witness.key)}\nquorum police\n`;
export const id = (i: number): string => `0192f0c1-0000-7000-8000-${i.toString(16).padStart(12, '0')}`;
export const b64 = (b: Uint8Array): string => Buffer.from(b).toString('base64');

export interface Sealed {
  entry: Buffer;
  leaf: Buffer;
  k?: Buffer | undefined;
  detail?: string | undefined;
}

export function seal(i: number, change: Partial<Leaf> = {}): Sealed {
  const k = createHash('sha256').update(`k${i}`).digest();
  const detail = canonicalJson({ note: `n${i}` });
  const base: Leaf = {
    v: 1,
    eventId: id(i),
    origin: ORIGIN,
    src: { id: 'r', seq: `${i + 1}` },
    op: 'CONSULTATION',
    act: 'VIEW_CASE',
    occurredAt: '2026-11-24T09:00:00.000Z',
    recordedAt: '2026-11-24T09:00:00.012Z',
    outcome: 'OK',
    commit: commitDetail(k, detail),
  };
  const entry = buildEntry({ ...base, ...change });
  return { entry, leaf: hashLeaf(entry), k, detail };
}

export const seals = (n: number): Sealed[] => Array.from({ length: n }, (_, i) => seal(i));
export const erase = (i: number, target: number, change: Partial<Leaf> = {}): Sealed =>
  seal(i, {
    op: 'ERASURE',
    act: 'ERASE_RECORD',
    rule: 'RR-3',
    target: [{ eventId: id(target), index: `${target}` }],
    ...change,
  });
export const bare = ({ entry, leaf }: Sealed): Sealed => ({ entry, leaf });

export function plant(sealed: readonly Sealed[]) {
  const tree = TiledTree.empty();
  const tiles = tree.append(sealed.map((s) => s.leaf));
  const prover = new Prover((t) =>
    Promise.resolve(tiles.find((x) => x.level === t.level && x.index === t.index)?.data ?? Buffer.alloc(0)),
  );
  return { tree, tiles, prover };
}

export async function checkpointOf(sealed: readonly Sealed[], signer = log): Promise<string> {
  const { tree } = plant(sealed);
  const note = await signCheckpoint({ origin: ORIGIN, size: tree.size, root: tree.root() }, [signer]);
  return note + (await cosignNote(note, witness));
}

/** Ends a file as FORMAT.md says, over whatever lines there are. */
export function close(lines: readonly string[], count = lines.length - 1): string {
  const body = lines.map((l) => `${l}\n`).join('');
  const sha256 = createHash('sha256').update(body).digest('base64');
  return `${body}${canonicalJson({ count: `${count}`, end: true, sha256 })}\n`;
}

export const itemLine = (s: Sealed, index: number, more: object = {}): string =>
  canonicalJson({
    index: `${index}`,
    entry: b64(s.entry),
    leaf: b64(s.leaf),
    ...(s.k === undefined ? {} : { k: b64(s.k) }),
    ...(s.detail === undefined ? {} : { detail: b64(Buffer.from(s.detail)) }),
    ...more,
  });

export async function full(sealed: readonly Sealed[], checkpoint?: string, more: object = {}): Promise<string> {
  const note = checkpoint ?? (await checkpointOf(sealed));
  const header = {
    concordat: 'ledger-export/v1',
    origin: ORIGIN,
    from: '0',
    to: `${sealed.length}`,
    checkpoint: note,
    ...more,
  };
  return close([canonicalJson(header), ...sealed.map((s, i) => itemLine(s, i))]);
}

export interface Report {
  result: string;
  message?: string;
  states: Record<string, string>;
  firstBadIndex: string | null;
  doubt: { from: string; to: string } | null;
  findings: { code: string; message: string }[];
  failures: { index: string; code: string }[];
  state?: string;
}

export async function verify(
  files: Record<string, string | Buffer>,
  ...args: string[]
): Promise<{ code: number; report: Report }> {
  const { code, text } = await speak(files, ...args, '--json');
  return { code, report: JSON.parse(text) as Report };
}

export async function speak(
  files: Record<string, string | Buffer>,
  ...args: string[]
): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const all: Record<string, string | Buffer> = { policy: POLICY, ...files };
  const read = (path: string): Buffer => {
    const file = all[path];
    if (file === undefined) throw Object.assign(new Error(`no file ${path}`), { code: 'ENOENT' });
    return Buffer.from(file as string);
  };
  const host = { print: (t: string) => void said.push(t), read, chunks: (path: string) => [read(path)] };
  return { code: await main(args, host), text: said.join('\n') };
}
export const check = (file: string | Buffer, files: Record<string, string> = {}, ...args: string[]) =>
  verify({ 'x.jsonl': file, ...files }, 'x.jsonl', '--policy', 'policy', ...args);
