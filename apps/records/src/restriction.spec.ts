import { mustBeLive, termsProblems } from './restriction';

const staff = [
  { userId: 'amina', orgId: 'council', roles: ['safeguarding-lead'] },
  { userId: 'tomas', orgId: 'council', roles: ['practitioner'] },
  { userId: 'carys', orgId: 'trust', roles: ['safeguarding-lead'] },
];
const days = { today: '2026-11-28', latest: '2027-02-26' };
const codes = (named: string[], reviewOn = '2026-12-24') =>
  termsProblems({ named, reviewOn }, staff, 'council', days).map((p) => `${p.field} ${p.code}`);

describe('a restriction', () => {
  it('names staff of agencies that take part, somebody who can lift it among them', () => {
    expect(codes(['amina', 'carys'])).toEqual([]);
    expect(codes(['amina', 'dov'])).toEqual(['named staff.not-taking-part']);
    expect(codes(['tomas', 'carys'])).toEqual(['named restriction.lead-needed']);
    expect(codes([])).toEqual(['named restriction.lead-needed']);
  });

  it('is reviewed after today and within the longest time allowed', () => {
    expect(codes(['amina'], '2026-11-28')).toEqual(['reviewOn date.out-of-range']);
    expect(codes(['amina'], '2026-11-29')).toEqual([]);
    expect(codes(['amina'], '2027-02-26')).toEqual([]);
    expect(codes(['amina'], '2027-02-27')).toEqual(['reviewOn date.out-of-range']);
  });

  it('changes no more once it was lifted', () => {
    expect(() => mustBeLive({ liftedAt: new Date() })).toThrow('lifted');
    expect(() => mustBeLive({ liftedAt: null })).not.toThrow();
  });
});
