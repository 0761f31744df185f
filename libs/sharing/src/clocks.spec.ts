import { civilDate } from '@concordat/clocks';
import { decide } from './decisions/decide';
import { Declarations, Register } from './decisions/register';
import type { DecisionRequest } from './decisions/request';
import { clockedOf, clockStep, dueNow, hasExpired, type Clocked } from './clocks';
import { takeStep } from './status';
import { example, law, live, unsignedExample } from './worked.testing';

const leads = { review: [60, 30, 7], expiry: [90, 30, 7], showExpiredFor: 90 };
const clocked: Clocked = clockedOf(example, civilDate);
const next = (change: Partial<Clocked> = {}): Clocked => ({
  ...{ ...clocked, version: '2.0.0', effectiveFrom: '2027-04-01', reviewBy: '2028-01-31', expiresOn: '2028-03-31' },
  ...change,
});
const told = (today: string, version = clocked, others: Clocked[] = []) =>
  dueNow(version, others, today, leads).map(({ what, days }) => `${what} ${days}`);

describe('the clocks of an agreement', () => {
  it('expires it after its last day in London, in summer an hour before midnight UTC', () => {
    const summer = { ...clocked, expiresOn: '2026-06-30' };
    const stepAt = (at: string) => clockStep(summer, [], civilDate(new Date(at)));
    expect([stepAt('2026-06-30T22:59:59.999Z'), stepAt('2026-06-30T23:00:00Z')]).toEqual([null, 'expire']);
    const winter = { ...clocked, expiresOn: '2027-01-31' };
    const inWinter = (at: string) => clockStep(winter, [], civilDate(new Date(at)));
    expect([inWinter('2027-01-31T23:59:59.999Z'), inWinter('2027-02-01T00:00:00Z')]).toEqual([null, 'expire']);
    // The clocks went forward on 28 March 2027, so 31 March ends at 23:00 UTC.
    const step = (at: string) => takeStep(example, { do: 'expire' }, 'clock', at).status;
    expect(() => step('2027-03-31T22:59:59Z')).toThrow('its last day is not over');
    expect(step('2027-03-31T23:00:00Z')).toBe('EXPIRED');
  });

  it('changes no decision: the same is refused from the same instant on, whether the step was taken or not', () => {
    const request = (at: string): DecisionRequest => ({
      requestId: 'r',
      at,
      kind: 'DISCLOSE',
      agreementId: 'A1',
      sender: 'LA1',
      recipients: ['POL1'],
      actor: { userId: 'u', orgId: 'LA1', permissions: [] },
      purpose: 'MARAC',
      items: ['NAME'],
      conditions: {},
      subjects: [{ pid: 'p', about: 'VICTIM', match: 'EXACT', deceased: false }],
      method: 'EMAIL',
      classification: 'OFFICIAL',
      setting: 'OUTSIDE',
      consent: { state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' },
    });
    const after = takeStep(example, { do: 'expire' }, 'clock', '2027-03-31T23:00:30Z');
    for (const agreement of [example, after]) {
      const standing = {
        register: Register.of([agreement], law),
        declarations: Declarations.of([]),
        auditDurable: true,
      };
      expect(decide(request('2027-03-31T22:59:59Z'), standing).outcome).toBe('PERMIT');
      expect(decide(request('2027-03-31T23:00:00Z'), standing).reasons).toEqual(['AGREEMENT_EXPIRED']);
      const renewed = standing.register.with('A1', [
        agreement,
        live(
          {
            ...unsignedExample,
            version: '2.0.0',
            effectiveFrom: '2027-04-01',
            reviewBy: '2028-01-31',
            expiresOn: '2028-03-31',
          },
          '2027-04-01T09:00:00Z',
        ),
      ]);
      expect(decide(request('2027-04-01T09:00:00Z'), { ...standing, register: renewed })).toMatchObject({
        outcome: 'PERMIT',
        isa: 'A1@2.0.0',
      });
    }
  });

  it('supersedes it from the first day of an activated version that begins after it', () => {
    expect(clockStep(clocked, [clocked, next()], '2027-03-31')).toBeNull();
    expect(clockStep(clocked, [clocked, next()], '2027-04-01')).toBe('supersede');
    expect(clockStep(clocked, [next({ activated: false })], '2027-04-01')).toBe('expire');
    expect(clockStep(clocked, [next({ id: 'A2' })], '2027-04-01')).toBe('expire');
    // Neither by itself nor by what came before it.
    expect(clockStep(next(), [clocked, next()], '2027-04-02')).toBeNull();
    for (const status of ['DRAFT', 'SIGNED', 'EXPIRED', 'WITHDRAWN', 'SUPERSEDED'] as const)
      expect(clockStep({ ...clocked, status }, [next()], '2029-01-01')).toBeNull();
    expect(clockStep({ ...clocked, status: 'SUSPENDED' }, [], '2027-04-01')).toBe('expire');
  });

  it('tells of a review at each of its leads, and that it is overdue from the day after', () => {
    expect(told('2026-12-01')).toEqual([]);
    expect(told('2026-12-02')).toEqual(['review 60']);
    expect(told('2027-01-01')).toEqual(['review 30', 'expiry 90']);
    expect(told('2027-01-31')).toEqual(['review 7', 'expiry 90']);
    expect(told('2027-02-01')).toEqual(['review-overdue 0', 'expiry 90']);
    expect(told('2027-03-31')).toEqual(['review-overdue 0', 'expiry 7']);
    expect(told('2027-04-01')).toEqual([]);
  });

  it('is settled by a review in the time of its reminders, and by a version that takes over without a gap', () => {
    expect(told('2027-01-31', { ...clocked, reviewedOn: '2026-12-02' })).toEqual(['expiry 90']);
    expect(told('2027-01-31', { ...clocked, reviewedOn: '2026-12-01' })).toEqual(['review 7', 'expiry 90']);
    expect(told('2027-02-01', { ...clocked, reviewedOn: '2026-12-20' })).toEqual(['review-overdue 0', 'expiry 90']);
    expect(told('2027-01-31', clocked, [next()])).toEqual(['review 7']);
    expect(told('2027-01-31', clocked, [next({ effectiveFrom: '2027-04-02' })])).toEqual(['review 7', 'expiry 90']);
    expect(told('2027-01-31', clocked, [next({ effectiveFrom: '2027-02-01' })])).toEqual([]);
  });

  it('shows what has expired while nothing has taken over, for as long as the pack says', () => {
    const expired = { ...clocked, status: 'EXPIRED' as const };
    const shown = (today: string, others: Clocked[] = []) => hasExpired(expired, others, today, leads);
    expect([shown('2027-03-31'), shown('2027-04-01'), shown('2027-06-29'), shown('2027-06-30')]).toEqual([
      ...[false, true, true, false],
    ]);
    expect(shown('2027-04-01', [next()])).toBe(false);
    expect(hasExpired({ ...expired, status: 'WITHDRAWN' }, [], '2027-04-01', leads)).toBe(false);
  });
});
