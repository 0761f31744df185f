import { owedIn, type CheckedFile } from './owed';

const sets = [
  { code: 'crimes', from: ['POLICE'] },
  { code: 'admissions', from: ['NHS', 'ICB'] },
];
const organisations = [
  { id: 'police', kind: 'POLICE' },
  { id: 'trust', kind: 'NHS' },
  { id: 'board', kind: 'ICB' },
  { id: 'charity', kind: 'VCS' },
];
const dueOn = '2026-12-31';
const file = (set: string, senderOrg: string, on: string, verdict: CheckedFile['verdict'] = 'accepted') => ({
  ...{ set, senderOrg, on, verdict },
});
const states = (files: readonly CheckedFile[], today: string) =>
  owedIn({ dueOn }, sets, organisations, files, today).map(({ set, orgId, state, on }) => [set, orgId, state, on]);

describe('sets that are owed for a quarter', () => {
  it('are owed by each organisation of the kinds that a set names, until the day by which they are due', () => {
    expect(states([], dueOn)).toEqual([
      ['crimes', 'police', 'due', null],
      ['admissions', 'trust', 'due', null],
      ['admissions', 'board', 'due', null],
    ]);
    expect(states([], '2027-01-01').map(([, , state]) => state)).toEqual(['missing', 'missing', 'missing']);
  });

  it('are sent by the first file that may be shared, in time on the last day and late afterwards', () => {
    const files = [
      file('crimes', 'police', '2027-02-01'),
      file('crimes', 'police', dueOn),
      file('crimes', 'police', '2026-10-02', 'refused'),
      file('admissions', 'trust', '2027-01-01'),
      file('admissions', 'board', '2026-11-02', 'refused'),
      file('admissions', 'board', '2026-11-09', 'refused'),
      file('crimes', 'charity', '2026-11-02'),
    ];
    expect(states(files, '2027-03-01')).toEqual([
      ['crimes', 'police', 'sent', dueOn],
      ['admissions', 'trust', 'late', '2027-01-01'],
      ['admissions', 'board', 'refused', '2026-11-09'],
    ]);
  });
});
