import { reconcile, type Receipt } from './receipts';

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
