import { buildEntry, commitDetail, hashLeaf } from '@concordat/ledger';
import { unseal } from '@concordat/messaging';
import { Conflict, type Keys } from '@concordat/platform';
import { createHash, randomBytes } from 'node:crypto';
import { detailOf, leafOf, mentionsOf, ownerOf, type Act } from '../act-leaf';
import type { Details } from '../details';

/** What sealing an act needs of the log. */
export interface SealingTools {
  readonly origin: string;
  readonly recordedAt: Date;
  /** Open what a producer sealed in an act (AUDIT_DETAIL_KEY, and those before it). */
  readonly detailKey: Keys;
  readonly details: Details;
  readonly pseudonym: (real: string) => string;
  readonly dataKey: (owner: string) => Buffer;
}

/** Everything that one sealed act leaves: the entry for ever, the rest erasable. */
export interface SealedAct {
  readonly act: Act;
  readonly entry: Buffer;
  readonly leaf: Buffer;
  readonly digest: Buffer;
  readonly owner: string;
  readonly sealed: Buffer;
  readonly mentions: ReturnType<typeof mentionsOf>;
}

const K = 32;

/** sealActs turns acts into entries under fresh commitment keys. @throws Conflict `ledger.unsealable`: altered on its way. */
export function sealActs(acts: readonly Act[], tools: SealingTools): SealedAct[] {
  const keys = randomBytes(K * acts.length);
  return acts.map((act, i) => sealAct(act, keys.subarray(i * K, (i + 1) * K), tools));
}

function sealAct(act: Act, k: Buffer, tools: SealingTools): SealedAct {
  const detail = openedDetail(act, tools.detailKey);
  const { origin, recordedAt, pseudonym, details } = tools;
  const entry = buildEntry(leafOf(act, { origin, recordedAt, commit: commitDetail(k, detail), pseudonym }));
  const owner = ownerOf(act);
  return {
    act,
    entry,
    leaf: hashLeaf(entry),
    digest: digestOf(act, detail),
    owner,
    sealed: details.seal(tools.dataKey(owner), act.id, { k, detail }),
    mentions: mentionsOf(act),
  };
}

/** The detail to commit to. @throws Conflict when what the producer sealed cannot be opened. */
export function openedDetail(act: Act, detailKey: Keys): Buffer {
  let opened: Record<string, unknown>;
  try {
    opened = unseal(act.id, act.data.sealed, detailKey);
  } catch {
    throw new Conflict('ledger.unsealable', 'An act’s detail is not what its producer sealed');
  }
  return Buffer.from(detailOf(act, opened), 'utf8');
}

/** digestOf tells two acts under one id apart. The random seal is part of it, so the digest cannot be guessed from content. */
export const digestOf = (act: Act, detail: Buffer): Buffer =>
  createHash('sha256').update(`${act.source}\n${act.version}\n${act.data.sealed}\n`).update(detail).digest();
