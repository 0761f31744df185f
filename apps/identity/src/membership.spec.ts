import { IllegalTransition, RuleBroken } from '@concordat/contracts';
import { administering, change, grant, membershipFactsDiffer, revoke, stateOf, type Membership } from './membership';

const admin = { id: 'admin', areas: ['north', 'harbour'] };
const member: Membership = {
  ...{ userId: 'somebody', orgId: 'housing', roles: ['practitioner'], areas: ['north'], active: true },
  ...{ mayReceive: true, version: 3 },
};
const revoked: Membership = { ...member, active: false };

describe('administering', () => {
  const leads = [
    { id: 'north', leadOrg: 'council' },
    { id: 'east', leadOrg: 'borough' },
  ];

  it('is for the organisation itself and for those that lead an area which the administrator covers', () => {
    expect(administering('housing', admin, leads)).toEqual(['housing', 'council']);
    expect(administering('housing', { areas: [] }, leads)).toEqual(['housing']);
  });
});

describe('grant', () => {
  const who = { userId: 'somebody', orgId: 'housing' };
  const part = { roles: ['auditor'], areas: ['harbour'] } as const;

  it('makes a member, at version 1', () => {
    expect(grant(admin, who, part, undefined)).toEqual({ ...who, ...part, active: true, mayReceive: true, version: 1 });
  });

  it('makes a former member one again, and keeps what their account may receive', () => {
    const again = grant(admin, who, part, { ...revoked, mayReceive: false });
    expect(again).toMatchObject({ ...part, active: true, mayReceive: false, version: 4 });
  });

  it('is refused for whoever is a member, with the state', () => {
    const twice = (): unknown => grant(admin, who, { roles: ['auditor'], areas: ['north'] }, member);
    expect(twice).toThrow(IllegalTransition);
    expect(twice).toThrow(expect.objectContaining({ code: 'membership.active', details: { state: 'active' } }));
  });

  it('is refused for oneself, and for an area that the administrator does not cover', () => {
    expect(() => grant(admin, { ...who, userId: 'admin' }, part, undefined)).toThrow(RuleBroken);
    expect(() => grant(admin, who, { ...part, areas: ['east'] }, undefined)).toThrow(
      expect.objectContaining({ code: 'membership.area-not-yours' }),
    );
  });
});

describe('change', () => {
  it('gives other roles and areas, at the next version', () => {
    const part = { roles: ['safeguarding-lead'], areas: ['north', 'harbour'] } as const;
    expect(change(admin, member, part)).toEqual({ ...member, ...part, version: 4 });
  });

  it('leaves areas of others as they are, and cannot take them away', () => {
    const wide: Membership = { ...member, areas: ['north', 'east'] };
    expect(change(admin, wide, { roles: ['auditor'], areas: ['east', 'harbour'] }).areas).toEqual(['east', 'harbour']);
    expect(() => change(admin, wide, { roles: ['auditor'], areas: ['north'] })).toThrow(RuleBroken);
  });

  it('is refused for oneself and after a revocation', () => {
    expect(() => change({ ...admin, id: 'somebody' }, member, member)).toThrow(
      expect.objectContaining({ code: 'membership.own' }),
    );
    expect(() => change(admin, revoked, revoked)).toThrow(
      expect.objectContaining({ code: 'membership.revoked', details: { state: 'revoked' } }),
    );
  });
});

describe('revoke', () => {
  it('ends the membership and keeps what it was', () => {
    expect(revoke({ ...admin, areas: [] }, member)).toEqual({ ...member, active: false, version: 4 });
    expect(stateOf(revoke(admin, member))).toBe('revoked');
  });

  it('is refused for oneself and a second time', () => {
    expect(() => revoke({ ...admin, id: 'somebody' }, member)).toThrow(RuleBroken);
    expect(() => revoke(admin, revoked)).toThrow(IllegalTransition);
  });
});

describe('membershipFactsDiffer', () => {
  it('does not mind the order of roles and areas', () => {
    const was: Membership = { ...member, roles: ['auditor', 'practitioner'], areas: ['a', 'b'] };
    expect(membershipFactsDiffer(was, { ...was, roles: ['practitioner', 'auditor'], areas: ['b', 'a'] })).toBe(false);
  });

  it.each([{ active: false }, { mayReceive: false }, { roles: [] }, { areas: ['east'] }])('sees %j', (difference) => {
    expect(membershipFactsDiffer(member, { ...member, ...difference })).toBe(true);
    expect(membershipFactsDiffer(undefined, member)).toBe(true);
  });
});
