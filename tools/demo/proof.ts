import type { Visitor } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from '../verify-ledger/host';
import { main as verifyLedger } from '../verify-ledger/main';
import { demand, expecting, until } from './checks';

/** What somebody who trusts nobody wrote down before the story began: the log's key, and how far the log was. */
export interface Pinned {
  readonly policy: string;
  readonly checkpoint: string;
}

/** Takes down the log's policy and its newest checkpoint. They are open to anybody. */
export async function pin(anybody: Visitor): Promise<Pinned> {
  const policy = expecting<string>('the policy of the log', await anybody.send('GET', '/api/audit/policy'), 200);
  const checkpoint = await until('the log has signed its first checkpoint', async () => {
    const answer = await anybody.send('GET', '/api/audit/checkpoint');
    return answer.status === 200 ? answer.text : undefined;
  });
  return { policy, checkpoint };
}

/**
 * Takes the whole ledger out and has the offline verifier recompute it, against the pinned key and the earlier checkpoint.
 * Then changes one byte of the file, and the verifier must find it. Resolves to the number of entries.
 */
export async function proveTheLedger(auditor: Visitor, pinned: Pinned): Promise<number> {
  const sent = { body: { all: true }, key: newId() };
  const answer = await auditor.send('POST', '/api/audit/exports', sent);
  expecting('the export', answer, 200);
  const lines = answer.text.split('\n');
  const entries = lines.length - 3; // a header before them, a line that ends them, and nothing after the last newline
  const whole = await verify({ 'concordat.ledger.jsonl': answer.text }, pinned);
  demand(whole.code === 0, `the verifier does not accept the ledger:\n${whole.said}`);
  const middle = 1 + Math.floor(entries / 2);
  const forged = lines.with(middle, withOneByteChanged(lines[middle] ?? ''));
  const broken = await verify({ 'concordat.ledger.jsonl': forged.join('\n') }, pinned);
  const index = (JSON.parse(lines[middle] ?? '{}') as { index?: string }).index ?? '';
  demand(broken.code === 1, `the verifier did not notice a changed byte:\n${broken.said}`);
  demand(new RegExp(`\\b${index}\\b`).test(broken.said), `the verifier did not say that entry ${index} was changed`);
  return entries;
}

/** Waits for the receipt of one's own act and has it verified. */
export async function proveTheReceipt(actor: Visitor, auditId: string, { policy }: Pinned): Promise<void> {
  const receipt = await until('the receipt is final', async () => {
    const answer = await actor.send('GET', `/api/audit/receipts/${auditId}`);
    demand([200, 202].includes(answer.status), `a receipt was answered ${answer.status}`);
    return answer.status === 200 ? answer.text : undefined;
  });
  const { code, said } = await verify({ record: receipt }, { policy });
  demand(code === 0, `the verifier does not accept the receipt:\n${said}`);
}

/** Asks for the proof of one entry, as an auditor, and has it verified. */
export async function proveTheEntry(auditor: Visitor, eventId: string, { policy }: Pinned): Promise<void> {
  const proof = await auditor.send('GET', `/api/audit/proofs/${eventId}`);
  const { code, said } = await verify({ record: expecting<string>('the proof', proof, 200) }, { policy });
  demand(code === 0, `the verifier does not accept the proof:\n${said}`);
}

/** Runs `npm run verify-ledger` on one file, in a folder that then goes away. */
async function verify(file: Record<string, string>, pinned: Partial<Pinned>): Promise<{ code: number; said: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-proof-'));
  chmodSync(dir, 0o700);
  try {
    const [[name, text] = ['', '']] = Object.entries(file);
    const paths: Record<string, string> = {};
    for (const [each, content] of Object.entries({ ...pinned, [name]: text })) {
      paths[each] = join(dir, each);
      writeFileSync(paths[each], content);
    }
    const { policy = '', checkpoint } = paths;
    const what = name === 'record' ? ['record', paths[name] ?? ''] : [paths[name] ?? ''];
    const said: string[] = [];
    const host = { ...machine, print: (line: string) => void said.push(line) };
    const earlier = checkpoint === undefined ? [] : ['--earlier', checkpoint];
    const code = await verifyLedger([...what, '--policy', policy, ...earlier], host);
    return { code, said: said.join('\n') };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The first byte of an entry becomes another, in the base64 that carries it. */
function withOneByteChanged(line: string): string {
  const { entry, ...rest } = JSON.parse(line) as { entry: string };
  const bytes = Buffer.from(entry, 'base64');
  bytes[bytes.length >> 1]! ^= 1;
  return JSON.stringify(Object.fromEntries(Object.entries({ ...rest, entry: bytes.toString('base64') }).sort()));
}
