import type { Code, State } from './states';
import type { Host } from './host';
import { opens, readLeaf, readOpening } from './leaf';
import { includes, leafHash } from './merkle';
import { readCheckpoint } from './note';
import type { SignedCheckpoint } from './note';
import { standing } from './policy';
import type { Trust } from './policy';
import { base64, canonicalObject, decimal, Malformed, members, utf8 } from './strict';

export interface ReceiptOutcome {
  readonly state: State;
  readonly why: string;
  readonly index: bigint | undefined;
  readonly checkpoint: SignedCheckpoint | undefined;
}

interface Receipt {
  readonly index: bigint;
  readonly extra: Buffer | undefined;
  readonly proof: readonly Buffer[];
  readonly checkpoint: SignedCheckpoint;
}

/** Reads a `.tlog-proof` (C2SP tlog-proof@v1). */
function readReceipt(file: Buffer): Receipt {
  const text = utf8(file, 'receipt');
  const parts = /^c2sp\.org\/tlog-proof@v1\n(?:extra (\S*)\n)?index (\S+)\n((?:\S+\n)*)\n(.*)$/s.exec(text);
  if (parts === null) throw new Malformed('not a tlog-proof');
  const [, extra, index, hashes = '', note = ''] = parts;
  const proof = hashes.split('\n').slice(0, -1);
  if (proof.length > 64) throw new Malformed('proof is too long');
  return {
    index: decimal(index, 'index'),
    extra: extra === undefined ? undefined : base64(extra, 'extra'),
    proof: proof.map((h) => base64(h, 'proof hash', 32)),
    checkpoint: readCheckpoint(Buffer.from(note, 'utf8')),
  };
}

export interface RecordTask {
  readonly receipt: string;
  /** Path of the entry, when the receipt does not carry it. */
  readonly entry: string | undefined;
  /** Path of `{"detail":…,"k":…}` in canonical JSON; without it inclusion alone is examined. */
  readonly opening: string | undefined;
}

/** Examines one receipt against a policy. */
export function examineRecord(task: RecordTask, trust: Trust, host: Host): ReceiptOutcome {
  let index: bigint | undefined;
  let checkpoint: SignedCheckpoint | undefined;
  const failed = (code: Code, why: string): ReceiptOutcome => ({ state: code, why, index, checkpoint });
  try {
    const receipt = readReceipt(host.read(task.receipt));
    ({ index, checkpoint } = receipt);
    const entry = task.entry === undefined ? receipt.extra : host.read(task.entry);
    if (entry === undefined) return failed('MALFORMED', 'the receipt carries no entry and no --entry was given');
    const stands = standing(checkpoint, trust);
    if (!stands.good) return failed(stands.code, stands.why);
    if (!includes(index, checkpoint.size, leafHash(entry), receipt.proof, checkpoint.root)) {
      return failed('NOT_INCLUDED', 'the entry is not under the checkpoint at that index');
    }
    const leaf = readLeaf(entry, checkpoint.origin);
    if (task.opening === undefined) return { state: 'INCLUDED', why: '', index, checkpoint };
    const file = canonicalObject(host.read(task.opening), 'opening');
    members(file, [], ['detail', 'k'], 'opening');
    const { k, detail } = readOpening(file);
    if (k === undefined || detail === undefined) return failed('MISSING_DETAIL', 'the opening lacks key or detail');
    if (!opens(leaf.commit, k, detail))
      return failed('COMMIT_MISMATCH', 'key and detail do not give the sealed commitment');
    return { state: 'PROVEN', why: '', index, checkpoint };
  } catch (error) {
    if (error instanceof Malformed) return failed('MALFORMED', error.message);
    throw error;
  }
}
