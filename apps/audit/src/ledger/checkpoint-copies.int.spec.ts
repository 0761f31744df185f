import { formatCheckpoint } from '@concordat/ledger';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointCopies } from './checkpoint-copies';

describe('copies of checkpoints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-copies-'));
  const copies = new CheckpointCopies(join(folder, 'checkpoints'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const note = (size: number): string =>
    `${formatCheckpoint({ origin: 'log.example/a', size: BigInt(size), root: Buffer.alloc(32, size % 256) })}\n— log.example/a AAAA\n`;

  it('are none before the first', () => expect(copies.newest()).toBeUndefined());

  it('are kept by the day, and the last is found again', () => {
    copies.append(note(3), new Date('2026-11-23T23:59:59Z'));
    copies.append(note(7), new Date('2026-11-24T00:00:00Z'));
    copies.append(note(5), new Date('2026-11-24T00:00:01Z')); // another process, a moment late
    expect(copies.newest()).toMatchObject({ size: 7n, origin: 'log.example/a' });
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['2026-11-23.jsonl', '2026-11-24.jsonl']);
  });

  it('survive a line that a crash cut short, and a busy day', () => {
    for (let size = 8; size < 1_000; size++) copies.append(note(size), new Date('2026-11-24T12:00:00Z'));
    appendFileSync(join(folder, 'checkpoints', '2026-11-24.jsonl'), `{"at":"2026-11-24T12:00:01.000Z","note":"log.exa`);
    expect(copies.newest()?.size).toBe(999n);
    copies.append(note(1_000), new Date('2026-11-24T12:00:02Z'));
    expect(copies.newest()?.size).toBe(1_000n);
    appendFileSync(join(folder, 'checkpoints', '2026-11-25.jsonl'), '{"at":');
    expect(copies.newest()?.size).toBe(1_000n);
  });
});
