import { commitPayload, reconcile, type Receipt } from './receipts';

describe('commitPayload', () => {
  const key = Buffer.alloc(32, 7);

  it('commits to what went whatever the order of its members, and to nothing else', () => {
    const commit = commitPayload(key, { items: ['NAME'], view: 'health' });
    expect(commit).toMatch(/^[0-9a-f]{64}$/);
    expect(commitPayload(key, { view: 'health', items: ['NAME'] })).toBe(commit);
    expect(commitPayload(key, { view: 'health', items: ['NAME', 'GP'] })).not.toBe(commit);
    expect(commitPayload(Buffer.alloc(32, 8), { view: 'health', items: ['NAME'] })).not.toBe(commit);
  });

  it('takes a key of exactly 32 bytes', () => {
    for (const length of [0, 31, 33]) expect(() => commitPayload(Buffer.alloc(length), {})).toThrow(RangeError);
  });
});

describe('reconcile', () => {
  const one: Receipt = {
    disclosureId: 'D1',
    at: '2026-06-01T09:00:00Z',
    recipient: 'POL1',
    isa: 'A1@1.2.0',
    flowId: 'F1',
    payload: 'c0',
  };
  const states = (sent: Receipt[], got: Receipt[], now = '2026-06-02T09:00:00Z'): string[] =>
    reconcile(sent, got, now, 24).map(({ recipient, state, differs }) => [recipient, state, ...differs].join(' '));

  it('matches what both ends say alike, and names what they say differently', () => {
    expect(states([one], [{ ...one, at: '2026-06-01T09:00:02Z' }])).toEqual(['POL1 MATCHED']);
    expect(states([one], [{ ...one, isa: 'A1@1.1.0', payload: 'c1' }])).toEqual(['POL1 MISMATCHED isa payload']);
  });

  it('waits for a receipt for 24 hours, not a millisecond longer', () => {
    expect(states([one], [])).toEqual(['POL1 AWAITED']);
    expect(states([one], [], '2026-06-02T09:00:00.001Z')).toEqual(['POL1 UNACKNOWLEDGED']);
  });

  it('takes each recipient for itself, and finds what nobody sent', () => {
    const two = { ...one, recipient: 'LA1' };
    expect(states([one, two], [two, { ...one, disclosureId: 'D2' }])).toEqual([
      'POL1 AWAITED',
      'LA1 MATCHED',
      'POL1 UNSOLICITED',
    ]);
  });
});
