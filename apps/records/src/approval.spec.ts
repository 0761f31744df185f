import { answerApproval, selfApproval, type Approval } from './approval';

const asked: Approval = {
  ...{ id: 'a', version: 1, caseId: 'c', stage: 'closure', state: 'requested' },
  ...{ requestedBy: 'tomas', requestedOrg: 'o', requestedAt: new Date(0), comment: 'She is safe.', pack: 'p@1' },
  ...{ answeredBy: null, answeredAt: null, answerComment: null },
};
const by = { by: 'amina', at: new Date(1), comment: 'I agree.' };

describe('approval', () => {
  it('APP-3: is not for whoever owns the case or asked', () => {
    expect(selfApproval('amina', 'amina', asked)).toBe('approval.own-case');
    expect(selfApproval('tomas', 'amina', asked)).toBe('approval.own-request');
    expect(selfApproval('jo', 'amina', asked)).toBeNull();
  });

  it.each(['approved', 'rejected'] as const)(
    'APP-5, APP-6: once %s it keeps both, and takes no second answer',
    (outcome) => {
      const now = answerApproval(asked, outcome, by);
      expect(now).toMatchObject({ state: outcome, version: 2, comment: 'She is safe.', answerComment: 'I agree.' });
      expect(() => answerApproval(now, 'rejected', by)).toThrow('answered already');
    },
  );
});
