import { parseCheckpoint, type Checkpoint } from '@concordat/ledger';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const DAY = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/**
 * Copies of checkpoints outside the database, only ever appended to: `<folder>/<day>.jsonl`, a line of `{at, note}` each.
 * They show a database that was restored from an older backup, or cut. Put the folder on other storage than the database.
 */
export class CheckpointCopies {
  constructor(private readonly folder: string) {}

  /** append resolves to nothing and returns when the copy is on the disk. Throws when it cannot be kept. */
  append(note: string, at: Date): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = openSync(join(this.folder, `${at.toISOString().slice(0, 10)}.jsonl`), 'a+', 0o600);
    try {
      // A line that a crash cut short stays as it is, and is not joined to this one.
      if (!endsLine(file)) writeSync(file, '\n');
      writeSync(file, `${JSON.stringify({ at: at.toISOString(), note })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** The largest of the checkpoints kept last, or undefined when none was. A line cut short by a crash is passed over. */
  newest(): Checkpoint | undefined {
    if (!existsSync(this.folder)) return undefined;
    const days = readdirSync(this.folder)
      .filter((name) => DAY.test(name))
      .sort()
      .reverse();
    for (const day of days) {
      const kept = endOf(join(this.folder, day))
        .split('\n')
        .slice(0, -1)
        .flatMap((line) => readCopy(line));
      if (kept.length > 0) return kept.reduce((a, b) => (b.size > a.size ? b : a));
    }
    return undefined;
  }
}

/** A busy day is tens of megabytes; what is largest was written last, give or take a process that writes beside this one. */
const END = 1 << 16;

function endOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const end = Buffer.alloc(Math.min(size, END));
    const length = readSync(file, end, 0, end.length, size - end.length);
    return end.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

function endsLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 10);
}

function readCopy(line: string): Checkpoint[] {
  try {
    const { note } = JSON.parse(line) as { note: string };
    return [parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))];
  } catch {
    return [];
  }
}
