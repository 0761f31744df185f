import { parseCheckpoint, type Checkpoint } from '@concordat/ledger';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
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
    const file = openSync(join(this.folder, `${at.toISOString().slice(0, 10)}.jsonl`), 'a', 0o600);
    try {
      writeSync(file, `${JSON.stringify({ at: at.toISOString(), note })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** The largest checkpoint of the newest day kept, or undefined when none was. A line cut short by a crash is passed over. */
  newest(): Checkpoint | undefined {
    if (!existsSync(this.folder)) return undefined;
    const days = readdirSync(this.folder)
      .filter((name) => DAY.test(name))
      .sort()
      .reverse();
    for (const day of days) {
      const lines = readFileSync(join(this.folder, day), 'utf8').split('\n').slice(0, -1);
      const kept = lines.flatMap((line) => readCopy(line));
      if (kept.length > 0) return kept.reduce((a, b) => (b.size > a.size ? b : a));
    }
    return undefined;
  }
}

function readCopy(line: string): Checkpoint[] {
  try {
    const { note } = JSON.parse(line) as { note: string };
    return [parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))];
  } catch {
    return [];
  }
}
