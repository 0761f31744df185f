import type { BaseBackup } from '../backup/catalogue';
import { judgeBackups } from './backups';

const NOW = new Date('2026-11-29T12:00:00Z');
const hoursAgo = (n: number): Date => new Date(NOW.getTime() - n * 3600_000);
const base = (hours: number): BaseBackup => ({
  ...{ stamp: 'x', startedAt: hoursAgo(hours).toISOString(), finishedAt: hoursAgo(hours).toISOString() },
  ...{ firstWal: '000000010000000000000003', lastWal: '', serverVersion: '18.4', recipient: 'age1', files: {} },
});
const wal = (...n: number[]): string[] =>
  n.map((i) => `0000000100000000000000${i.toString(16).padStart(2, '0').toUpperCase()}.gz.age`);
const archiving = { mode: 'on', lastArchived: hoursAgo(0.1), lastFailed: hoursAgo(5) };
const said = (...given: Parameters<typeof judgeBackups>) => judgeBackups(...given).map((f) => [f.state, f.says]);

describe('what the doctor says of backups', () => {
  it('is well with a base of today and an archive without a hole', () => {
    expect(said(archiving, { bases: [base(9)], wal: wal(3, 4, 5) }, NOW)).toEqual([
      ['well', 'a base of 9.0 hours ago, and the archive since'],
    ]);
  });

  it('names a base that is old or missing, archiving that fails or is off, and a hole', () => {
    expect(said(archiving, { bases: [base(30)], wal: wal(3) }, NOW)).toEqual([
      ['wrong', 'the newest base is 30 hours old'],
    ]);
    expect(said(archiving, { bases: [], wal: [] }, NOW)).toEqual([['wrong', 'there is no base']]);
    const failing = { ...archiving, lastFailed: NOW };
    expect(said(failing, { bases: [base(1)], wal: wal(3) }, NOW)).toEqual([
      ['wrong', `archiving fails; the last that succeeded was ${archiving.lastArchived.toISOString()}`],
    ]);
    const off = { mode: 'off', lastArchived: null, lastFailed: null };
    expect(said(off, { bases: [base(1)], wal: wal(3) }, NOW)[0]?.[1]).toContain('does not archive');
    expect(said(archiving, { bases: [base(1)], wal: wal(3, 5) }, NOW)).toEqual([
      ['wrong', 'the archive lacks 0000000000000004'],
    ]);
  });

  it('does not claim to know what it was not told of', () => {
    expect(said({ mode: 'off', lastArchived: null, lastFailed: null }, null, NOW)[0]?.[0]).toBe('not-checked');
    expect(said(archiving, null, NOW)).toEqual([
      ['well', 'the database archives; where its bases are is not known here'],
    ]);
    expect(said({ ...archiving, lastFailed: NOW }, null, NOW)[0]?.[0]).toBe('wrong');
  });
});
