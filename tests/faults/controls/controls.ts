import type { Fault } from '../fault';
import type { Hiccups, Protection } from '../inside/settings';
import type { Options } from '../options';
import type { Platform } from '../platform/platform';
import { commitToMemory, cutLastEntries, editOneEntry, slowCommits, type Damage } from './damage';

/** A break that the checker must see (events.md §10): a harness in which one stays green is blind. */
export interface Control {
  readonly name: string;
  readonly breaks: string;
  /** Invariants that must be found broken when nothing else protects. */
  readonly red: readonly string[];
  readonly without: readonly Protection[];
  /** Whether reconciler and cursor could hide it: then both are taken out as well. */
  readonly hidden: boolean;
  readonly modes: readonly Options['mode'][];
  /** Faults that bring it out, evenly over the run. None, for a break that needs none. */
  readonly faults: (mode: Options['mode']) => readonly Fault[];
  readonly hiccups?: Partial<Hiccups>;
  readonly before?: (platform: Platform) => Promise<void>;
  readonly damage?: Damage;
  /** How long to wait for a rest that a broken platform will not find. */
  readonly restSeconds?: number;
  /**
   * With reconciler and cursor in place again: invariants that must then hold, and whether something must have been healed.
   * Null where neither can repair it.
   */
  readonly repaired: { readonly holds: readonly string[]; readonly healed: boolean } | null;
}

const all = ['embedded', 'services'] as const;
const republish: Fault = { kind: 'republish', context: 'referrals', last: 60 };
/** What most controls have in common: no fault, nothing that hides it, in both modes, and nobody repairs it. */
const PLAIN = { without: [], hidden: false, modes: all, faults: (): Fault[] => [], repaired: null } as const;

const made: readonly (Omit<Control, keyof typeof PLAIN> & Partial<Control>)[] = [
  {
    name: 'synchronous-commit-off',
    breaks: 'commits are acknowledged from memory, and the server is killed',
    red: ['I1', 'I8'],
    // Over Kafka the inboxes' own commits, which insist on the disk, take everybody's along.
    modes: ['embedded'],
    faults: () => [{ kind: 'kill-backend' }, { kind: 'kill-backend' }],
    before: commitToMemory,
    restSeconds: 15,
  },
  {
    name: 'relay-by-sequence',
    breaks: 'the relay reads what is beyond the last sequence number it saw',
    red: ['I5'],
    without: ['pending-relay'],
    hidden: true,
    before: slowCommits,
    restSeconds: 15,
    repaired: { holds: ['I6'], healed: true },
  },
  {
    name: 'inbox-off',
    breaks: 'handlers do their work as records are delivered, and nothing remembers what came before',
    red: ['I6'],
    without: ['inbox'],
    hidden: true,
    faults: () => [republish, republish, republish],
    restSeconds: 20,
    repaired: { holds: ['I6'], healed: false },
  },
  {
    name: 'retry-topic',
    breaks: 'what fails is delivered again later, and what is behind it goes on',
    red: ['I6'],
    without: ['parking'],
    hidden: true,
    hiccups: { handling: 0.05 },
    restSeconds: 30,
    repaired: { holds: ['I6'], healed: true },
  },
  {
    name: 'idempotent-concurrent',
    breaks: 'an idempotent producer sends many at once, and replies are lost',
    red: ['I5'],
    without: ['plain-producer'],
    hidden: true,
    modes: ['services'],
    faults: () =>
      Array.from({ length: 8 }, (_, i): Fault => ({
        kind: 'network',
        edge: i % 2 === 0 ? 'referrals->kafka' : 'records->kafka',
        does: i % 3 === 0 ? { effect: 'byte-limit', bytes: 3_000 } : { effect: 'one-way', lost: 'replies' },
        forMs: 700,
      })),
    restSeconds: 45,
    repaired: { holds: ['I6'], healed: true },
  },
  {
    name: 'swallowed-errors',
    breaks: 'an error while receiving is taken for success',
    red: ['I6'],
    without: ['receive-errors'],
    hidden: true,
    hiccups: { receiving: 0.02 },
    restSeconds: 15,
    repaired: { holds: ['I6'], healed: true },
  },
  {
    name: 'sweep-off',
    breaks: 'no sweep looks for clocks that are due, and the queue is gone',
    red: ['I9'],
    without: ['sweep', 'job-queue'],
    faults: (mode) => (mode === 'services' ? [{ kind: 'flush-redis' }] : []),
    restSeconds: 30,
  },
  {
    name: 'no-queue',
    breaks: 'the queue is gone all run, and the sweep alone is left',
    red: [],
    without: ['job-queue'],
    faults: (mode) => (mode === 'services' ? [{ kind: 'flush-redis' }] : []),
    repaired: { holds: ['I9'], healed: false },
  },
  {
    name: 'webhooks-tried-once',
    breaks: "what an agency's system did not take is noted as delivered",
    red: ['I11'],
    without: ['webhook-retries'],
  },
  {
    name: 'row-edited',
    breaks: 'a superuser edits one sealed entry',
    red: ['I7'],
    damage: editOneEntry,
  },
  {
    name: 'tail-cut-off',
    breaks: 'a superuser cuts off the last entries, and all that the database knows of them',
    red: ['I8'],
    damage: cutLastEntries,
  },
];

export const controls: readonly Control[] = made.map((control) => ({ ...PLAIN, ...control }));
