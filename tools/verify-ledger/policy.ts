import { Malformed } from './strict';
import { readVkey, whoSigned } from './note';
import type { Key, Role, SignedCheckpoint } from './note';

/** The auditor's own pinned file says whom to believe (C2SP tlog-policy). */
export interface Trust {
  readonly keys: readonly Key[];
  /** Says whether these witness keys are enough. */
  readonly quorum: (cosigners: readonly Key[]) => boolean;
}

type Quorum = (has: ReadonlySet<Key>) => boolean;

/** Reads a policy file, one octet a character: names are opaque. Refuses whatever tlog-policy does not allow. */
export function readPolicy(file: Buffer): Trust {
  const names = new Map<string, Quorum>();
  const keys: Key[] = [];
  const used = new Set<string>();
  let quorum: Quorum | undefined;

  const refuse = (why: string): never => {
    throw new Malformed(why);
  };
  const define = (name: string, met: Quorum): void => {
    if (name === 'none' || names.has(name)) refuse('name is taken');
    names.set(name, met);
  };
  const addKey = (word: string, role: Role): Key => {
    const key = readVkey(Buffer.from(word, 'latin1').toString('utf8'));
    if (key.role !== role) refuse(`not a ${role} key`);
    if (keys.some((k) => k.raw.equals(key.raw))) refuse('public key is listed twice');
    keys.push(key);
    return key;
  };
  const statement: Record<string, (words: string[]) => void> = {
    log: (words) => {
      if (words.length < 1 || words.length > 2) refuse('log <vkey> [url]');
      addKey(words[0] as string, 'log');
    },
    witness: (words) => {
      if (words.length < 2 || words.length > 3) refuse('witness <name> <vkey> [url]');
      const key = addKey(words[1] as string, 'witness');
      define(words[0] as string, (has) => has.has(key));
    },
    group: ([name, count, ...parts]) => {
      if (name === undefined || count === undefined || parts.length === 0)
        return refuse('group <name> <k|any|all> <member>...');
      const k = count === 'any' ? 1 : count === 'all' ? parts.length : /^[1-9]\d{0,5}$/.test(count) ? Number(count) : 0;
      if (k < 1 || k > parts.length) refuse('threshold out of range');
      const met = parts.map((part) => {
        if (used.has(part)) refuse('a name is a member once only');
        used.add(part);
        return names.get(part) ?? refuse('member is not defined above');
      });
      define(name, (has) => met.filter((m) => m(has)).length >= k);
    },
    quorum: (words) => {
      if (words.length !== 1 || quorum !== undefined) refuse('one quorum line with one name');
      quorum =
        words[0] === 'none' ? () => true : (names.get(words[0] as string) ?? refuse('quorum is not defined above'));
    },
  };

  file
    .toString('latin1')
    .split('\n')
    .forEach((line, i) => {
      try {
        // eslint-disable-next-line no-control-regex
        if (/[\x00-\x08\x0b-\x1f\x7f]/.test(line)) refuse('control character');
        const [keyword, ...words] = line.split(/[ \t]+/).filter(Boolean);
        if (keyword === undefined || keyword.startsWith('#')) return;
        const read = Object.hasOwn(statement, keyword) ? statement[keyword] : undefined;
        if (read === undefined) refuse('unknown keyword');
        else read(words);
      } catch (error) {
        if (error instanceof Malformed) throw new Malformed(`policy line ${i + 1}: ${error.message}`);
        throw error;
      }
    });
  const met = quorum ?? refuse('policy has no quorum line');
  return { keys, quorum: (cosigners) => met(new Set(cosigners)) };
}

/** Trust in keys that came with the very thing to be checked: what --trust-on-first-use means. */
export function trustFound(vkeys: readonly string[]): Trust {
  const keys = vkeys.map(readVkey).filter((k) => k.role === 'log');
  return { keys, quorum: () => true };
}

export type Standing =
  | { readonly good: true; readonly log: Key; readonly cosigners: readonly Key[] }
  | { readonly good: false; readonly code: 'BAD_SIGNATURE' | 'NO_QUORUM'; readonly why: string };

/** Whether a checkpoint is to be believed: signed by a trusted log under its own origin, and cosigned enough. */
export function standing(checkpoint: SignedCheckpoint, trust: Trust): Standing {
  const signed = whoSigned(checkpoint, trust.keys);
  if (signed === undefined)
    return { good: false, code: 'BAD_SIGNATURE', why: 'a known key’s signature does not verify' };
  const log = signed.find((k) => k.role === 'log' && k.name === checkpoint.origin);
  if (log === undefined) return { good: false, code: 'BAD_SIGNATURE', why: 'no trusted log key has signed it' };
  const cosigners = signed.filter((k) => k.role === 'witness');
  if (!trust.quorum(cosigners)) return { good: false, code: 'NO_QUORUM', why: 'not enough witnesses have cosigned it' };
  return { good: true, log, cosigners };
}
