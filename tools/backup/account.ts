import type { Visitors } from '@concordat-app/all-in-one';
import { contexts } from '@concordat/contracts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { machine } from '../verify-ledger/host';
import { main as verifyLedger } from '../verify-ledger/main';

export interface Accounting {
  readonly url: string;
  readonly visitors: Visitors;
  /** As the superuser of the restored database: what the ledger has not sealed may be there, or not. */
  readonly adminUrl: string;
  /** For the files that the verifier is given. */
  readonly dir: string;
  /** The file with the log's key, pinned before. */
  readonly policy: string;
  /** Checkpoints as they were kept outside, oldest first. */
  readonly notes: readonly string[];
  /** Ids of acts that people were answered for. */
  readonly receipts: readonly string[];
  readonly say: (line: string) => void;
}

/** What a restored ledger says of itself, and what its offline verifier says of it. */
export interface Account {
  /** What the ledger says when it has refused to go on; null when it goes on. */
  readonly ledgerSays: string | null;
  readonly entries: number;
  /** Entries under the newest checkpoint that was kept outside. */
  readonly signedOutside: number;
  /** Checkpoints kept outside that the restored log begins with, those that it is too short for, and those that it contradicts. */
  readonly checkpoints: { readonly held: number; readonly beyond: number; readonly contradicted: number };
  readonly receipts: { readonly proven: number; readonly waiting: number; readonly missing: number };
  readonly missing: readonly string[];
  /** Every receipt is proven, waiting to be sealed, or named as missing; no checkpoint is contradicted; and a loss was noticed. */
  readonly accounted: boolean;
}

/** accountOf asks a restored installation for its checkpoint and for every receipt, and has the offline verifier judge them. */
export async function accountOf(given: Accounting): Promise<Account> {
  const { say, visitors, receipts, notes } = given;
  const ledgerSays = await troubleOf(given.url);
  say(`The ledger says: ${ledgerSays ?? 'nothing is wrong'}`);
  const sealed = new Map<string, 'proven' | 'waiting' | 'missing'>();
  for (const id of receipts) sealed.set(id, await receiptOf(given, id));
  const there = await actsAmong(given.adminUrl, receipts);
  for (const [id, state] of sealed) if (state === 'waiting' && !there.has(id)) sealed.set(id, 'missing');
  const missing = receipts.filter((id) => sealed.get(id) === 'missing');
  const count = (state: string): number => [...sealed.values()].filter((s) => s === state).length;
  const counted = { proven: count('proven'), waiting: count('waiting'), missing: missing.length };
  say(
    `Receipts: ${counted.proven} proven by the offline verifier, ${counted.waiting} there and not sealed yet, ${missing.length} missing`,
  );
  for (const id of missing.slice(0, 5)) say(`  missing: ${id}`);
  if (missing.length > 5) say(`  … and ${missing.length - 5} more`);

  const checkpoint = await (await fetch(`${given.url}/api/audit/checkpoint`)).text();
  const entries = sizeOf(checkpoint);
  const beyond = notes.filter((note) => sizeOf(note) > entries).length;
  const within = notes.filter((note) => sizeOf(note) <= entries);
  const earlier = within.map((note, n) => {
    const file = join(given.dir, `checkpoint-${n}`);
    writeFileSync(file, note);
    return file;
  });
  const token = await visitors.tokenFor('erin');
  const said: string[] = [];
  const args = [given.url, '--policy', given.policy, '--token', token, '--json'];
  const whole = await verifyLedger([...args, ...earlier.flatMap((f) => ['--earlier', f])], {
    ...machine,
    print: (t) => said.push(t),
  });
  if (whole === 2) throw new Error(`the log cannot be verified: ${said.join('')}`);
  const { findings } = JSON.parse(said.join('')) as { findings: { code: string }[] };
  const contradicted = findings.filter((f) => f.code === 'INCONSISTENT').length;
  const signedOutside = Math.max(0, ...notes.map(sizeOf));
  say(
    `Log: ${entries} entries are there${whole === 0 ? ' and verify' : ', and something of them does not verify'}; ${signedOutside} had been signed for by the newest checkpoint kept outside`,
  );
  say(
    signedOutside > entries
      ? `Missing: the ${signedOutside - entries} entries from index ${entries} to ${signedOutside - 1}`
      : 'Missing: nothing that had been signed for',
  );
  const checkpoints = { held: earlier.length - contradicted, beyond, contradicted };
  say(
    `Checkpoints kept outside: the log begins with ${checkpoints.held}, is too short for ${beyond}, contradicts ${contradicted}`,
  );
  const noticed = signedOutside > entries === (ledgerSays !== null);
  return {
    ...{ ledgerSays, entries, signedOutside, checkpoints, receipts: counted, missing },
    accounted: whole === 0 && contradicted === 0 && noticed,
  };
}

/** What the ledger itself gives as the reason for having stopped. The process says so for as long as it is not ready. */
async function troubleOf(url: string): Promise<string | null> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const response = await fetch(`${url}/health/ready`);
    if (response.status === 200) return null;
    const { troubles } = (await response.json()) as { troubles: string[] };
    const told = troubles.find((t) => t.startsWith('ledger: stopped'));
    if (told) return told;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the restored installation does not come to rest');
}

/** As whoever acted asks for the proof of their own act, and has it verified with the key that was pinned before. */
async function receiptOf({ visitors, dir, policy }: Accounting, id: string): Promise<'proven' | 'waiting' | 'missing'> {
  const answer = await visitors.as('hana').send('GET', `/api/audit/receipts/${id}`);
  if (answer.status === 404) return 'missing';
  if (answer.status === 202) return 'waiting';
  if (answer.status !== 200) throw new Error(`a receipt was answered ${answer.status}: ${answer.text}`);
  const file = join(dir, 'receipt.tlog-proof');
  writeFileSync(file, answer.text);
  const silent = { ...machine, print: () => undefined };
  if ((await verifyLedger(['record', file, '--policy', policy], silent)) !== 0)
    throw new Error(`the receipt of ${id} does not verify`);
  return 'proven';
}

/** Which of these acts are in the restored database at all. The ledger cannot tell an act that is lost from one under way. */
async function actsAmong(adminUrl: string, ids: readonly string[]): Promise<Set<string>> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const there = new Set<string>();
    for (const context of contexts) {
      const sql = `SELECT event_id AS id FROM ${context}.act WHERE event_id = ANY ($1)`;
      for (const { id } of (await client.query<{ id: string }>(sql, [ids])).rows) there.add(id);
    }
    return there;
  } finally {
    await client.end();
  }
}

/** The size that a checkpoint is of: its second line. */
export const sizeOf = (note: string): number => Number(note.split('\n')[1]);
