import { answered, matterOf } from './answered';
import type { Decision } from './decision';
import type { DecisionRequest } from './request';

const request: DecisionRequest = {
  ...{ requestId: 'r1', at: '2026-11-28T10:00:00Z', kind: 'DISCLOSE', agreementId: 'a', sender: 'council' },
  ...{ recipients: ['nhs'], actor: { userId: 'amina', orgId: 'council', permissions: [] }, purpose: 'health-care' },
  ...{ items: ['NAME', 'HEALTH'], conditions: {}, method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE' },
  subjects: [{ pid: 'p1', about: 'VICTIM', match: 'EXACT', deceased: false }],
  ...{ setting: 'OUTSIDE', consent: { state: 'NOT_SOUGHT' } },
};

describe('what a person is asked to decide', () => {
  it('is the same matter whoever asks, when, and whether it is sent or looked at', () => {
    const look = {
      ...{ ...request, requestId: 'r2', at: '2026-11-29T10:00:00Z', kind: 'CONSULT', agreementId: 'b' },
      ...{ actor: { userId: 'bevan', orgId: 'nhs', permissions: [] }, items: ['HEALTH', 'NAME'] },
    } as DecisionRequest;
    expect(matterOf(look)).toBe(matterOf(request));
  });

  it.each([
    ['the purpose', { purpose: 'housing' }],
    ['the items', { items: ['NAME'] }],
    ['the recipient', { recipients: ['police'] }],
    ['whom it is about', { subjects: [{ pid: 'p2', about: 'VICTIM', match: 'EXACT', deceased: false }] }],
    ['how certain it is that it is them', { subjects: [{ ...request.subjects[0]!, match: 'POSSIBLE' }] }],
    ['consent', { consent: { state: 'REFUSED' } }],
  ])('is another matter when %s differs', (_, more) => {
    expect(matterOf({ ...request, ...more } as DecisionRequest)).not.toBe(matterOf(request));
  });

  it('is decided by their answer where the rules left it to them, and nowhere else', () => {
    const decision = { outcome: 'REVIEW', reasons: ['CONSENT_REASON_MISSING'], flowId: 'F1' } as unknown as Decision;
    expect(answered(decision, 'allow')).toEqual({ ...decision, outcome: 'PERMIT' });
    expect(answered(decision, 'refuse')).toEqual({ ...decision, outcome: 'DENY' });
    for (const outcome of ['DENY', 'PERMIT'] as const)
      expect(answered({ ...decision, outcome }, 'allow').outcome).toBe(outcome);
  });
});
