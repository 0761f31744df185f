import { closeSync, openSync, writeSync } from 'node:fs';

/** What a client can do. The first five change something and carry an idempotency key. */
export const kinds = ['submit', 'rate', 'note', 'accept', 'decide', 'read', 'read-case', 'list'] as const;
export type Kind = (typeof kinds)[number];
export const isCommand = (kind: Kind): boolean => !['read', 'read-case', 'list'].includes(kind);

/** The proof that came with a command's reply (events.md W4). */
export interface ClaimedReceipt {
  readonly auditId: string;
  readonly streamId?: string;
  readonly version?: number;
  readonly digest?: string;
}

/** Written before a request leaves. */
export interface Sent {
  readonly what: 'sent';
  /** Number of the attempt in this history. */
  readonly n: number;
  /** Milliseconds on the one clock of the process that runs all clients. */
  readonly at: number;
  readonly client: number;
  readonly kind: Kind;
  /** Idempotency key, and correlation id of all its attempts. A read has a new one each time. */
  readonly key: string;
  readonly actor: string;
  /** The referral that it is about; null for a list. */
  readonly subject: string | null;
}

/**
 * Written when it is known, or known not to be known, what became of it. `fail` is a definite refusal: nothing was done and
 * nothing will be. `unknown` is everything else: no reply, or one that says that the outcome is in doubt.
 */
export interface Ended {
  readonly what: 'ended';
  readonly n: number;
  readonly at: number;
  readonly outcome: 'ok' | 'fail' | 'unknown';
  /** HTTP status, or 0 when there was no reply. */
  readonly status: number;
  /** Code of the problem, or of the socket's error. */
  readonly code?: string;
  readonly receipt?: ClaimedReceipt;
  /** From the header of the reply: the audit entry of this very request. */
  readonly auditEntry?: string;
  /** Ids of the records that a read disclosed. */
  readonly shown?: readonly string[];
}

/** A checkpoint of the audit log that somebody outside keeps. */
export interface Kept {
  readonly what: 'kept';
  readonly at: number;
  readonly checkpoint: string;
}

export type Line = Sent | Ended | Kept;

/** One command with all its attempts, as its client sees it in the end. */
export interface Told {
  readonly key: string;
  readonly kind: Kind;
  readonly actor: string;
  readonly subject: string | null;
  readonly firstSentAt: number;
  readonly attempts: number;
  readonly outcome: 'ok' | 'fail' | 'unknown';
  /** When the first `ok` arrived. */
  readonly repliedAt: number | null;
  readonly reply: Ended | null;
}

/** The clients' ledger: appended before sending and after the reply, to a file too, so that a crash of ours loses nothing. */
export class History {
  readonly lines: Line[] = [];
  private readonly file: number | null;
  private attempts = 0;

  constructor(path: string | null) {
    this.file = path === null ? null : openSync(path, 'a');
  }

  sent(line: Omit<Sent, 'what' | 'n' | 'at'>): number {
    const n = ++this.attempts;
    this.append({ what: 'sent', n, at: performance.now(), ...line });
    return n;
  }

  ended(n: number, line: Omit<Ended, 'what' | 'n' | 'at'>): void {
    this.append({ what: 'ended', n, at: performance.now(), ...line });
  }

  kept(checkpoint: string): void {
    this.append({ what: 'kept', at: performance.now(), checkpoint });
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
  }

  private append(line: Line): void {
    this.lines.push(line);
    if (this.file !== null) writeSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

/**
 * told gathers the attempts of each key. One `ok` makes it ok, whatever else was heard; without one the last definite
 * refusal counts; an attempt without an end is unknown.
 */
export function told(lines: readonly Line[]): Told[] {
  const ends = new Map(lines.flatMap((l): [number, Ended][] => (l.what === 'ended' ? [[l.n, l]] : [])));
  const byKey = new Map<string, { first: Sent; ends: (Ended | undefined)[] }>();
  for (const line of lines) {
    if (line.what !== 'sent') continue;
    const entry = byKey.get(line.key) ?? { first: line, ends: [] };
    entry.ends.push(ends.get(line.n));
    byKey.set(line.key, entry);
  }
  return [...byKey.values()].map(({ first, ends: all }) => {
    const ok = all.find((e) => e?.outcome === 'ok');
    const last = all.at(-1);
    return {
      key: first.key,
      kind: first.kind,
      actor: first.actor,
      subject: first.subject,
      firstSentAt: first.at,
      attempts: all.length,
      outcome: ok ? 'ok' : last?.outcome === 'fail' ? 'fail' : 'unknown',
      repliedAt: ok?.at ?? null,
      reply: ok ?? last ?? null,
    };
  });
}
