import type { LedgerStatus } from '../apis/audit';
import { alarmsOf } from './alarms';

const well: LedgerStatus = {
  ...{ origin: 'log.example/a', size: '9', checkpointSize: '9', checkpointAt: null, ageSeconds: 0, pending: 0 },
  ...{ trouble: null, late: false, altered: [], witnesses: null, copies: null },
};
const standing = { finalSize: '9', finalAt: null, silent: ['police'], overdue: false };
const tags = (change: Partial<LedgerStatus>) => alarmsOf({ ...well, ...change }).map((a) => a.tag);

describe('alarms of the ledger', () => {
  it('are none when it is well, nor for a witness that is silent while enough have cosigned', () => {
    expect(tags({})).toEqual([]);
    expect(tags({ witnesses: standing, copies: { kind: 'folder', size: '9', at: null, overdue: false } })).toEqual([]);
  });

  it('name who is silent and which entries were altered, the worst first', () => {
    const all = alarmsOf({
      ...well,
      ...{ trouble: 'the log is smaller', altered: ['3', '8'], late: true, witnesses: { ...standing, overdue: true } },
      copies: { kind: 'bucket', size: null, at: null, overdue: true },
    });
    expect(all.map((a) => a.tag)).toEqual(['Stopped', 'Altered', 'Checkpoint late', 'Not witnessed', 'Not copied']);
    expect(all[1]!.text).toContain('3, 8');
    expect(all[3]!.text).toContain('Silent: police');
  });
});
