import { successorOf } from '../status';
import { example, law, live } from '../worked.testing';
import { Register } from './register';
import { declarationsOf, type StatementSignature } from './signatures';

const next = live({ ...successorOf(example, '1.3.0'), effectiveFrom: '2026-07-01' }, '2026-06-20T09:00:00Z');
const register = Register.of([example, next], law);
const at = (moment: string): number => Date.parse(moment);
const signed: StatementSignature = {
  ...{ meetingId: 'M1', userId: 'U1', orgId: 'LA1', purpose: 'MARAC' },
  ...{ signedAt: '2026-06-01T09:00:00Z', knownAt: '2026-06-01T09:00:02Z' },
};
const had = (moment: string, version: string, more: Partial<StatementSignature> = {}): boolean =>
  declarationsOf([{ ...signed, ...more }], register).had(at(moment), 'M1', 'U1', { id: 'A1', version });

describe('the statement signed at a meeting', () => {
  it('binds to the version that was in force when it was signed, from when it is known', () => {
    expect(had('2026-06-01T09:00:02Z', '1.2.0')).toBe(true);
    expect(had('2026-06-01T09:00:01.999Z', '1.2.0')).toBe(false);
    // A clock that was ahead: it counts from when it says that it was given.
    expect(had('2026-06-01T08:59:59Z', '1.2.0', { knownAt: '2026-06-01T08:59:00Z' })).toBe(false);
    expect(had('2026-06-01T09:00:00Z', '1.2.0', { knownAt: '2026-06-01T08:59:00Z' })).toBe(true);
  });

  it('does not bind to a version that took over afterwards, however late it becomes known', () => {
    const late = { knownAt: '2026-08-01T09:00:00Z' };
    expect([had('2026-09-01T09:00:00Z', '1.2.0', late), had('2026-09-01T09:00:00Z', '1.3.0', late)]).toEqual([
      true,
      false,
    ]);
    expect(had('2026-09-01T09:00:00Z', '1.3.0', { signedAt: '2026-07-02T09:00:00Z' })).toBe(true);
  });

  it('binds to nothing that was not in force, lists another purpose, or does not have the signatory’s agency', () => {
    const later = '2026-12-01T00:00:00Z';
    expect(had(later, '1.2.0', { signedAt: '2026-03-31T22:59:00Z' })).toBe(false);
    expect(had(later, '1.2.0', { purpose: 'CCM' })).toBe(false);
    expect(had(later, '1.2.0', { orgId: 'FIRE1' })).toBe(false);
    const left = {
      ...example,
      parties: example.parties.map((p) => (p.orgId === 'LA1' ? { ...p, withdrawnAt: '2026-05-01T00:00:00Z' } : p)),
    };
    const without = declarationsOf([signed], Register.of([left], law));
    expect(without.had(at(later), 'M1', 'U1', left)).toBe(false);
    expect(declarationsOf([signed], register).had(at(later), 'M2', 'U1', example)).toBe(false);
    expect(declarationsOf([signed], register).had(at(later), 'M1', 'U2', example)).toBe(false);
  });
});
