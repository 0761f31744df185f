import type { DecisionView, EmergencyLaw } from '../../../apis/agreements';
import { Submitted } from '../../../design/submitted';
import { readEmergency } from './form';

const law = {
  breakGlass: {
    ...{ reasons: [{ code: 'LIFE_AT_RISK', title: 'Life' }], hours: 4 },
    bases: [{ code: 'VITAL_INTERESTS', title: 'Vital', basis: { regime: 'UKGDPR', art6: '6.1.d' } }],
  },
} as EmergencyLaw;
const now = new Date('2026-11-30T10:00:00Z');
const emergency = { reason: 'LIFE_AT_RISK', account: 'He is at the door.', authoriser: 'a1', basis: 'VITAL_INTERESTS' };
const read = (body: object, refused: DecisionView['request'] | null = null) => {
  const sent = new Submitted(body as Record<string, unknown>);
  const question = readEmergency(sent, { orgId: 'o1', now, law, refused });
  return { question, wrong: sent.errors.map((e) => e.field) };
};

describe('the form by which something is shared in an emergency', () => {
  it('asks what was refused once more, as it was asked, and never says who asks or when', () => {
    const refused = { ...{ requestId: 'r', at: 'then', actor: {}, items: ['NAME'] }, subjects: [{ pid: 'p1' }] };
    const { question, wrong } = read({ ...emergency, hours: '2' }, refused as unknown as DecisionView['request']);
    expect(wrong).toEqual([]);
    expect(question).toEqual({
      ...{ items: ['NAME'], subjects: [{ pid: 'p1' }], account: 'He is at the door.' },
      breakGlass: {
        ...{ reason: 'LIFE_AT_RISK', basis: { regime: 'UKGDPR', art6: '6.1.d' } },
        ...{ authoriser: { userId: 'a1', orgId: 'o1' }, expiresAt: '2026-11-30T12:00:00.000Z' },
      },
    });
  });

  it('asks everything where nothing was asked before, and for no longer than the law allows', () => {
    expect(read({ hours: '5' }).wrong).toEqual([
      ...['recipients', 'purpose', 'items', 'match', 'method', 'consent.state'],
      ...['reason', 'account', 'authoriser', 'basis', 'hours'],
    ]);
  });
});
