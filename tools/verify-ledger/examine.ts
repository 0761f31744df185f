import type { Ending, Header, Item } from './export-file';
import { opens, readLeaf } from './leaf';
import type { Opening } from './leaf';
import { extendsTree, includes, leafHash, RootStack } from './merkle';
import type { SignedCheckpoint } from './note';
import type { Standing } from './policy';
import { SequenceCheck } from './sequence';
import { settle } from './states';
import type { Code, ErasureRow, Finding, Outcome, Row } from './states';
import { Malformed } from './strict';

export interface Earlier {
  readonly name: string;
  readonly checkpoint: SignedCheckpoint;
  /** Undefined when a trusted log signed it. */
  readonly refused: string | undefined;
}

export interface Task {
  readonly header: Pick<Header, 'origin' | 'from' | 'to' | 'consistency'>;
  readonly checkpoint: SignedCheckpoint;
  readonly standing: Standing;
  readonly earlier: readonly Earlier[];
  /** False where a source has no details at all: then inclusion alone is examined. */
  readonly details: boolean;
}

/**
 * Examination takes the entries one by one and ends with a state for each. A full export (0 to the checkpoint's size) is
 * held against the root; any other range by each entry's own proof.
 */
export class Examination {
  private readonly full: boolean;
  private readonly rows: Row[] = [];
  private readonly findings: Finding[] = [];
  private readonly erasures: ErasureRow[] = [];
  private readonly eventIds = new Set<string>();
  private readonly sequences: SequenceCheck;
  private readonly own = new RootStack();
  private readonly claimed = new RootStack();
  /** Roots of the first n entries, recomputed and as claimed, for every n that a checkpoint speaks of. */
  private readonly marks = new Map<bigint, { own: Buffer | undefined; claimed: Buffer | undefined }>();
  private readonly wanted: ReadonlySet<bigint>;
  private broken = false;
  private next: bigint;
  private supports = 0n;

  constructor(private readonly task: Task) {
    const { header, checkpoint } = task;
    this.full = header.from === 0n && header.to === checkpoint.size;
    this.next = header.from;
    this.sequences = new SequenceCheck(this.full);
    this.wanted = new Set([checkpoint.size, ...task.earlier.map((e) => e.checkpoint.size)]);
    this.mark(0n);
    if (!task.standing.good) this.find(task.standing.code, `the checkpoint is refused: ${task.standing.why}`);
    if (header.origin !== checkpoint.origin)
      this.find('MALFORMED', 'the header and the checkpoint name different logs');
    if (header.to > checkpoint.size || header.from > header.to) {
      this.find('MALFORMED', 'the header promises entries that the checkpoint does not cover');
    }
  }

  /** add takes the next entry in file order. */
  add(item: Item): void {
    const support = !('problem' in item) && item.support;
    const position = support ? item.index : this.next;
    if (support) this.supports++;
    else this.next++;
    const row = this.read(item, position, support);
    this.rows.push(row);
    if (!support) {
      this.mark(this.next);
      if (position >= this.task.header.to) row.fault ??= { code: 'MALFORMED', why: 'more entries than promised' };
    }
  }

  private read(item: Item, position: bigint, support: boolean): Row {
    const failed = (why: string): Row => {
      this.broken = true;
      const fault = { code: 'MALFORMED' as const, why };
      return { index: position, eventId: undefined, hashMatches: false, fault, openingState: 'none', included: false };
    };
    if ('problem' in item) return failed(item.problem);
    if (support && (this.full || position < this.task.header.to || position <= (this.rows.at(-1)?.index ?? -1n))) {
      return failed('supporting entry out of place');
    }
    if (!support && this.supports > 0n) return failed('entry after supporting entries');
    if (this.full !== (item.proof === undefined)) {
      return failed(this.full ? 'a full export carries no proofs' : 'a ranged export carries a proof for every entry');
    }
    const hash = leafHash(item.entry);
    if (this.full && !this.broken) {
      this.own.push(hash);
      this.claimed.push(item.leaf);
    }
    const { size, root } = this.task.checkpoint;
    const row: Row = {
      index: position,
      hashMatches: hash.equals(item.leaf),
      included: item.proof !== undefined && includes(position, size, hash, item.proof, root),
      ...this.content(item.entry, item.opening, position, support),
    };
    if (item.index !== position)
      row.fault = { code: 'MALFORMED', why: `index ${item.index} where ${position} was due` };
    return row;
  }

  private content(entry: Buffer, given: Opening | { unreadable: string }, index: bigint, support: boolean) {
    const unreadable = 'unreadable' in given ? given.unreadable : undefined;
    const { k, detail } = 'unreadable' in given ? { k: undefined, detail: undefined } : given;
    const present = unreadable !== undefined || k !== undefined || detail !== undefined;
    const partial = present ? ('partial' as const) : ('none' as const);
    const malformed = (why: string) => ({ code: 'MALFORMED' as const, why });
    try {
      const leaf = readLeaf(entry, this.task.checkpoint.origin);
      if (this.eventIds.has(leaf.eventId)) this.find('MALFORMED', `eventId ${leaf.eventId} is there twice`, index);
      this.eventIds.add(leaf.eventId);
      if (!support) this.sequences.add(leaf.producer, leaf.seq, index);
      if (leaf.erasure !== undefined) this.erasures.push({ ...leaf.erasure, index });
      const both = k !== undefined && detail !== undefined;
      const state = !both ? partial : opens(leaf.commit, k, detail) ? ('opens' as const) : ('mismatch' as const);
      const fault = unreadable === undefined ? undefined : malformed(unreadable);
      return { eventId: leaf.eventId, fault, openingState: state };
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { eventId: undefined, fault: malformed(error.message), openingState: partial };
    }
  }

  private mark(size: bigint): void {
    if (!this.full || !this.wanted.has(size)) return;
    const root = (stack: RootStack): Buffer | undefined => (this.broken ? undefined : stack.root());
    this.marks.set(size, { own: root(this.own), claimed: root(this.claimed) });
  }

  private find(code: Code, message: string, index?: bigint): void {
    this.findings.push({ code, message, ...(index === undefined ? {} : { index }) });
  }

  /** finish settles everything that needs the whole: the root, earlier checkpoints, sequences, erasures. */
  finish(ending: Ending | undefined): Outcome {
    const { header } = this.task;
    if (ending !== undefined && ending.count !== BigInt(this.rows.length)) {
      this.find('MALFORMED', `the end line counts ${ending.count} entries, the file has ${this.rows.length}`);
    }
    if (ending?.intact === false) this.find('MALFORMED', 'the file has changed since it was written (sha256)');
    if (this.next < header.to) this.find('MALFORMED', `entries are missing from ${this.next} on`, this.next);
    for (const gap of this.sequences.gaps()) this.find('MALFORMED', gap.message, gap.index);
    const doubt = this.full ? this.settleFull() : this.settleRange();
    return settle({ rows: this.rows, erasures: this.erasures, findings: this.findings, doubt, task: this.task });
  }

  /** Marks what the root includes. Returns the window in which the fault must lie when the root is not matched. */
  private settleFull(): { from: bigint; to: bigint } | undefined {
    const { checkpoint } = this.task;
    const at = this.marks.get(checkpoint.size);
    const ownHolds = at?.own?.equals(checkpoint.root) === true;
    const claimHolds = at?.claimed?.equals(checkpoint.root) === true;
    let [from, to] = [0n, checkpoint.size];
    for (const earlier of this.task.earlier) {
      const { size } = earlier.checkpoint;
      if (!this.usable(earlier)) continue;
      const mark = this.marks.get(size);
      const matches = mark?.own?.equals(earlier.checkpoint.root) === true;
      const good = matches || (claimHolds && mark?.claimed?.equals(earlier.checkpoint.root) === true);
      if (good && size > from) from = size;
      if (!good && size < to) to = size;
      if (!good) this.find('INCONSISTENT', `${earlier.name}: the first ${size} entries do not have its root`);
    }
    for (const row of this.rows) {
      if (ownHolds) {
        row.included = row.index < checkpoint.size;
        if (!row.hashMatches) row.fault ??= { code: 'MALFORMED', why: 'the leaf hash given is not that of the entry' };
      } else {
        row.included = row.index < from || (claimHolds && row.hashMatches && row.index < checkpoint.size);
        if (!row.hashMatches) row.fault ??= { code: 'NOT_INCLUDED', why: 'the entry is not what was sealed' };
      }
    }
    if (ownHolds || claimHolds)
      return to < checkpoint.size ? { from, to: to > from ? to : checkpoint.size } : undefined;
    this.find('NOT_INCLUDED', 'the entries do not have the checkpoint’s root');
    return { from, to: to > from ? to : checkpoint.size };
  }

  private settleRange(): undefined {
    for (const row of this.rows) {
      if (row.hashMatches) continue;
      const why = row.included ? 'the leaf hash given is not that of the entry' : 'the entry is not what was sealed';
      row.fault ??= { code: row.included ? 'MALFORMED' : 'NOT_INCLUDED', why };
    }
    const { size, root } = this.task.checkpoint;
    for (const earlier of this.task.earlier) {
      if (!this.usable(earlier)) continue;
      const { checkpoint } = earlier;
      const given = this.task.header.consistency.find((c) => c.from === checkpoint.size);
      if (checkpoint.size === size ? checkpoint.root.equals(root) : checkpoint.size === 0n) continue;
      if (given !== undefined && extendsTree(checkpoint.size, size, checkpoint.root, root, given.proof)) continue;
      const why =
        given === undefined && checkpoint.size < size
          ? 'this range carries no consistency proof from it'
          : 'not consistent';
      this.find('INCONSISTENT', `${earlier.name}: ${why}`);
    }
    return undefined;
  }

  /** Whether an earlier checkpoint may be held against the entries; says why not, and reports a log that went back. */
  private usable(earlier: Earlier): boolean {
    const { size } = this.task.checkpoint;
    if (earlier.refused !== undefined) this.find('BAD_SIGNATURE', `${earlier.name}: ${earlier.refused}`);
    else if (earlier.checkpoint.size > size) {
      this.find(
        'INCONSISTENT',
        `${earlier.name}: the log had ${earlier.checkpoint.size} entries, now ${size}: cut off`,
        size,
      );
    } else return true;
    return false;
  }
}
