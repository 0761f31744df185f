import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseFor, holesIn, prunable, walFrom, type BaseBackup } from './catalogue';
import { pack, unpack, type Entry } from './tar';

const base = (day: number, firstWal: string): BaseBackup => ({
  stamp: `day-${day}`,
  startedAt: `2026-11-0${day}T02:00:00.000Z`,
  finishedAt: `2026-11-0${day}T02:10:00.000Z`,
  ...{ firstWal, lastWal: firstWal, serverVersion: '18.4', recipient: 'age1', files: {} },
});
const BASES = [base(1, wal(3)), base(2, wal(7)), base(3, wal(255))];
function wal(n: number, timeline = 1): string {
  const hex = (v: number, digits: number): string => v.toString(16).toUpperCase().padStart(digits, '0');
  return hex(timeline, 8) + hex(Math.floor(n / 256), 8) + hex(n % 256, 8);
}
const archived = (n: number, timeline = 1): string => `${wal(n, timeline)}.gz.age`;

describe('the catalogue of backups', () => {
  it('gives the newest base that had finished by a moment', () => {
    expect(baseFor(BASES, null)?.stamp).toBe('day-3');
    expect(baseFor(BASES, new Date('2026-11-02T02:10:00Z'))?.stamp).toBe('day-2');
    expect(baseFor(BASES, new Date('2026-11-02T02:09:59Z'))?.stamp).toBe('day-1');
    expect(baseFor(BASES, new Date('2026-10-31T00:00:00Z'))).toBeUndefined();
  });

  it('takes every segment from the base on, of any timeline, and all histories; nothing half written', () => {
    const names = [archived(6), archived(7), archived(8, 2), '00000002.history.gz.age', `${archived(9)}.12.part`];
    expect(walFrom({ firstWal: wal(7) }, [...names, `${wal(7)}.sha256`])).toEqual(
      [archived(7), archived(8, 2), '00000002.history.gz.age'].sort(),
    );
  });

  it('names what is missing between two segments, over the end of a log file too', () => {
    expect(holesIn([archived(254), archived(255), archived(256)])).toEqual([]);
    expect(holesIn([archived(254), archived(257)])).toEqual([wal(255).slice(8), wal(256).slice(8)]);
    expect(holesIn([])).toEqual([]);
  });

  it('lets go what only old bases need, and never the newest base', () => {
    const names = [archived(2), archived(3), archived(6), archived(7), archived(300), '00000002.history.gz.age'];
    const gone = prunable(BASES, names, new Date('2026-11-02T00:00:00Z'));
    expect(gone).toEqual({
      bases: ['day-1'],
      wal: [archived(2), archived(3), archived(6)],
      documentsBefore: new Date('2026-11-02T02:00:00Z'),
    });
    expect(prunable(BASES, names, new Date('2027-01-01')).bases).toEqual(['day-1', 'day-2']);
    expect(prunable([], names, new Date()).wal).toEqual([]);
  });
});

describe('an archive', () => {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-tar-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const bytesOf = async (entries: Entry[]): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for await (const part of pack(from(entries))) parts.push(part);
    return Buffer.concat(parts);
  };

  it('gives back files of every length, long names and empty folders', async () => {
    const long = `documents/${'a'.repeat(90)}/${'b'.repeat(90)}`;
    writeFileSync(join(dir, 'source'), Buffer.alloc(1_000_000, 7));
    const bytes = await bytesOf([
      { name: 'empty', folder: true },
      { name: 'none', bytes: Buffer.alloc(0) },
      { name: long, bytes: Buffer.alloc(512, 'x') },
      { name: 'big', path: join(dir, 'source') },
      { name: 'gone', path: join(dir, 'never-was') },
    ]);
    const to = join(dir, 'out');
    expect(await unpack(from([bytes.subarray(0, 700), bytes.subarray(700)]), to)).toBe(3);
    expect(readdirSync(to).sort()).toEqual(['big', 'documents', 'empty', 'none']);
    expect(readFileSync(join(to, long)).equals(Buffer.alloc(512, 'x'))).toBe(true);
    expect(readFileSync(join(to, 'big')).equals(Buffer.alloc(1_000_000, 7))).toBe(true);
  });

  it('is refused when it was cut, or names a file outside', async () => {
    const bytes = await bytesOf([{ name: 'a', bytes: Buffer.alloc(2_000) }]);
    await expect(unpack(from([bytes.subarray(0, 1_500)]), join(dir, 'cut'))).rejects.toThrow('not whole');
    const outside = await bytesOf([{ name: '../outside', bytes: Buffer.from('x') }]);
    await expect(unpack(from([outside]), join(dir, 'in'))).rejects.toThrow('outside of its folder');
  });
});

async function* from<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}
