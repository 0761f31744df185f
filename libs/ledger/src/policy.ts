import { parseCheckpoint } from './checkpoint';
import type { Checkpoint } from './checkpoint';
import { LedgerError } from './errors';
import { LOG_KEY, parseVkey, WITNESS_KEY } from './keys';
import type { VerifierKey } from './keys';
import { openNote } from './note';

/** A log whose checkpoints are accepted; its key's name is its origin. */
export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

/** A witness, by the name the policy gives it. */
export interface PolicyWitness extends PolicyLog {
  readonly name: string;
}

/** `threshold` of `members` (names of witnesses and earlier groups). */
interface PolicyGroup {
  readonly threshold: number;
  readonly members: readonly string[];
}

/** Whom an auditor, or a service, trusts (C2SP tlog-policy). `quorum` undefined means that no witness is needed. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: ReadonlyMap<string, PolicyGroup>;
  readonly quorum: string | undefined;
}

const MAX_POLICY_BYTES = 1 << 20;

/**
 * parsePolicy reads a policy file. @throws LedgerError MALFORMED naming the line: unknown keyword, name used before it is
 * defined or defined twice, a member listed twice, a threshold out of range, a key listed twice, a key of the wrong type,
 * a control byte, not exactly one quorum.
 */
export function parsePolicy(file: string | Uint8Array): Policy {
  // Names are opaque octets in this format, so the file is read one character per byte.
  const bytes = typeof file === 'string' ? Buffer.from(file, 'utf8') : Buffer.from(file);
  if (bytes.length > MAX_POLICY_BYTES) throw new LedgerError('MALFORMED', 'policy is too long');
  const builder = new PolicyBuilder();
  bytes
    .toString('latin1')
    .split('\n')
    .forEach((line, i) => builder.line(line, i + 1));
  return builder.finish();
}

class PolicyBuilder {
  private readonly logs: PolicyLog[] = [];
  private readonly witnesses: PolicyWitness[] = [];
  private readonly groups = new Map<string, PolicyGroup>();
  private readonly names = new Set<string>();
  private readonly members = new Set<string>();
  private readonly publicKeys = new Set<string>();
  private quorum: string | undefined;
  private at = 0;

  line(line: string, number: number): void {
    this.at = number;
    // eslint-disable-next-line no-control-regex
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) this.refuse('control character');
    const words = line.split(/[ \t]+/).filter((w) => w !== '');
    const keyword = words[0];
    if (keyword === undefined || keyword.startsWith('#')) return;
    const rest = words.slice(1);
    if (keyword === 'log') this.log(rest);
    else if (keyword === 'witness') this.witness(rest);
    else if (keyword === 'group') this.group(rest);
    else if (keyword === 'quorum') this.setQuorum(rest);
    else this.refuse('unknown keyword');
  }

  finish(): Policy {
    if (this.quorum === undefined) throw new LedgerError('MALFORMED', 'policy has no quorum line');
    const quorum = this.quorum === 'none' ? undefined : this.quorum;
    return { logs: this.logs, witnesses: this.witnesses, groups: this.groups, quorum };
  }

  private log(rest: string[]): void {
    const [vkey, url, ...more] = rest;
    if (vkey === undefined || more.length > 0) return this.refuse('log <vkey> [url]');
    this.logs.push({ key: this.key(vkey, LOG_KEY), ...(url === undefined ? {} : { url: utf8(url) }) });
  }

  private witness(rest: string[]): void {
    const [name, vkey, url, ...more] = rest;
    if (name === undefined || vkey === undefined || more.length > 0) return this.refuse('witness <name> <vkey> [url]');
    this.define(name);
    this.witnesses.push({ name, key: this.key(vkey, WITNESS_KEY), ...(url === undefined ? {} : { url: utf8(url) }) });
  }

  private group(rest: string[]): void {
    const [name, count, ...members] = rest;
    if (name === undefined || count === undefined || members.length === 0) {
      return this.refuse('group <name> <k|any|all> <member>...');
    }
    for (const member of members) {
      if (!this.names.has(member)) this.refuse('member is not defined above');
      if (this.members.has(member)) this.refuse('a name is a member once only');
      this.members.add(member);
    }
    const threshold = count === 'any' ? 1 : count === 'all' ? members.length : Number(count);
    if (!/^(any|all|[1-9][0-9]{0,8})$/.test(count) || threshold > members.length) this.refuse('threshold out of range');
    this.define(name);
    this.groups.set(name, { threshold, members });
  }

  private setQuorum(rest: string[]): void {
    const [name, ...more] = rest;
    if (name === undefined || more.length > 0) return this.refuse('quorum <name|none>');
    if (this.quorum !== undefined) this.refuse('second quorum line');
    if (name !== 'none' && !this.names.has(name)) this.refuse('quorum is not defined above');
    this.quorum = name;
  }

  private define(name: string): void {
    if (name === 'none' || this.names.has(name)) this.refuse('name is taken');
    this.names.add(name);
  }

  private key(text: string, type: number): VerifierKey {
    let key: VerifierKey;
    try {
      key = parseVkey(utf8(text));
    } catch (error) {
      return this.refuse(error instanceof Error ? error.message : 'bad key');
    }
    if (key.type !== type) this.refuse('key of the wrong type');
    // One key in two places would let one party count twice, or a log witness itself.
    const raw = key.publicKey.toString('hex');
    if (this.publicKeys.has(raw)) this.refuse('public key is listed twice');
    this.publicKeys.add(raw);
    return key;
  }

  private refuse(why: string): never {
    throw new LedgerError('MALFORMED', `policy line ${this.at}: ${why}`);
  }
}

function utf8(octets: string): string {
  return Buffer.from(octets, 'latin1').toString('utf8');
}

/** meetsQuorum says whether the named witnesses are enough under the policy. */
export function meetsQuorum(policy: Policy, cosigners: ReadonlySet<string>): boolean {
  const witnessed = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group === undefined ? cosigners.has(name) : group.members.filter(witnessed).length >= group.threshold;
  };
  return policy.quorum === undefined || witnessed(policy.quorum);
}

/** A checkpoint that a log of the policy signed, who of the policy's witnesses cosigned it, and whether they are enough. */
export interface TrustedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly cosigners: readonly { readonly name: string; readonly time: bigint }[];
  readonly quorum: boolean;
}

/**
 * openCheckpoint checks a signed checkpoint against a policy. `quorum` false means pending, not wrong.
 * @throws LedgerError MALFORMED when it is not one; BAD_SIGNATURE when no log of the policy signed it under its own
 * origin, or a known key's signature fails.
 */
export function openCheckpoint(note: string | Uint8Array, policy: Policy): TrustedCheckpoint {
  const { text, verified } = openNote(
    note,
    [...policy.logs, ...policy.witnesses].map((p) => p.key),
  );
  const checkpoint = parseCheckpoint(text);
  if (!verified.some((v) => v.key.type === LOG_KEY && v.key.name === checkpoint.origin)) {
    throw new LedgerError('BAD_SIGNATURE', 'no log of the policy has signed this checkpoint under its own origin');
  }
  const cosigners = policy.witnesses.flatMap((w) => {
    const time = verified.find((v) => v.key === w.key)?.time;
    return time === undefined ? [] : [{ name: w.name, time }];
  });
  return { checkpoint, cosigners, quorum: meetsQuorum(policy, new Set(cosigners.map((c) => c.name))) };
}
