import { type Agreement, statuses } from './agreement';
import { contentHashOf } from './content-hash';
import { SharingError } from './problem';
import { takeStep, successorOf, type Step } from './status';
import { example, unsignedExample } from './worked.testing';

const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;
const sign = (orgId: string): Step => ({
  do: 'sign',
  orgId,
  signature: { contentHash: contentHashOf(unsignedExample), by: `signatory of ${orgId}` },
});
const through = (from: Agreement, ...steps: Step[]): Agreement =>
  steps.reduce((agreement, step, index) => takeStep(agreement, step, 'lead', at(index)), from);
const refusal = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof SharingError) return error.code;
    throw error;
  }
  return 'nothing';
};

describe('the life of an agreement', () => {
  const assured = through(unsignedExample, { do: 'submit' }, { do: 'assure' });

  it('goes from a draft through quality assurance and signatures into force', () => {
    const first = takeStep(assured, sign('LA1'), 'lead', at(3));
    expect(first.status).toBe('ASSURED');
    const second = takeStep(first, sign('POL1'), 'lead', at(4));
    expect(second.status).toBe('SIGNED');
    const active = takeStep(second, { do: 'activate', findings: [] }, 'lead', at(5));
    expect(active).toMatchObject({ status: 'ACTIVE', contentHash: contentHashOf(active) });
    expect(active.events).toEqual([
      { type: 'SIGNED', at: at(3), by: 'lead', orgId: 'LA1' },
      { type: 'SIGNED', at: at(4), by: 'lead', orgId: 'POL1' },
      { type: 'ACTIVATED', at: at(5), by: 'lead' },
    ]);
    expect(active.parties.map(({ orgId, signedAt, joinedAt }) => [orgId, signedAt, joinedAt])).toEqual([
      ['LA1', at(3), at(3)],
      ['POL1', at(4), at(4)],
      ['NHS1', undefined, undefined],
      ['VCS1', undefined, undefined],
    ]);
    const joined = takeStep(active, sign('NHS1'), 'lead', at(6));
    expect(joined.events.slice(-2).map(({ type, orgId }) => [type, orgId])).toEqual([
      ['SIGNED', 'NHS1'],
      ['PARTY_JOINED', 'NHS1'],
    ]);
  });

  it('takes no signature to other terms, none twice and none of a stranger', () => {
    const other: Step = { do: 'sign', orgId: 'LA1', signature: { contentHash: '0'.repeat(64), by: 'x' } };
    expect(refusal(() => takeStep(assured, other, 'lead', at(3)))).toBe('agreement.content-mismatch');
    const once = takeStep(assured, sign('LA1'), 'lead', at(3));
    expect(refusal(() => takeStep(once, sign('LA1'), 'lead', at(4)))).toBe('agreement.already-signed');
    expect(refusal(() => takeStep(assured, sign('FIRE1'), 'lead', at(3)))).toBe('agreement.not-a-party');
  });

  it('is not activated while a check blocks it, and is while checks only warn', () => {
    const signed = through(assured, sign('LA1'), sign('POL1'));
    const finding = { check: 'S6', path: '', what: '', why: '', mend: '' };
    const activate = (level: 'BLOCK' | 'WARN'): Agreement =>
      takeStep(signed, { do: 'activate', findings: [{ ...finding, level }] }, 'lead', at(9));
    expect(refusal(() => activate('BLOCK'))).toBe('agreement.findings-block');
    expect(activate('WARN').status).toBe('ACTIVE');
  });

  it('voids every signature when it is amended', () => {
    const amended = through(assured, sign('LA1'), sign('POL1'), { do: 'amend' });
    expect(amended.status).toBe('DRAFT');
    expect(amended.parties).toEqual(unsignedExample.parties);
  });

  it('lets a party leave now or later, not in the past, and not twice', () => {
    const leave = (from: string): Step => ({ do: 'leave', orgId: 'VCS1', from });
    const now = '2026-06-01T09:00:00Z';
    const left = takeStep(example, leave('2026-07-01T00:00:00Z'), 'lead', now);
    expect(left.parties[3]).toMatchObject({ withdrawnAt: '2026-07-01T00:00:00Z' });
    expect(contentHashOf(left)).toBe(contentHashOf(example));
    expect(refusal(() => takeStep(example, leave('2026-05-31T00:00:00Z'), 'lead', now))).toBe('agreement.time-wrong');
    expect(refusal(() => takeStep(left, leave(now), 'lead', now))).toBe('agreement.already-withdrawn');
  });

  it('expires when its last day in London is over, not before', () => {
    const expire = (at: string): Agreement => takeStep(example, { do: 'expire' }, 'system', at);
    expect(refusal(() => expire('2027-03-31T22:59:59.999Z'))).toBe('agreement.not-expired');
    expect(expire('2027-03-31T23:00:00Z').status).toBe('EXPIRED');
  });

  it('takes nothing that is said to have happened before what is known', () => {
    expect(refusal(() => takeStep(example, { do: 'suspend' }, 'lead', '2026-03-01T00:00:00Z'))).toBe(
      'agreement.event-out-of-order',
    );
  });

  it('opens exactly these steps at each status', () => {
    const steps: Step[] = [
      ...(['submit', 'return', 'assure', 'amend', 'review', 'suspend', 'resume', 'withdraw', 'supersede'] as const).map(
        (step) => ({ do: step }) as const,
      ),
    ];
    const open = Object.fromEntries(
      statuses.map((status) => [
        status,
        steps
          .filter((step) => refusal(() => takeStep({ ...unsignedExample, status }, step, 'lead', at(1))) === 'nothing')
          .map((step) => step.do)
          .join(' '),
      ]),
    );
    expect(open).toEqual({
      DRAFT: 'submit amend withdraw',
      IN_QA: 'return assure amend withdraw',
      ASSURED: 'return amend withdraw',
      SIGNED: 'amend withdraw',
      ACTIVE: 'review suspend withdraw supersede',
      SUSPENDED: 'review resume withdraw supersede',
      EXPIRED: '',
      WITHDRAWN: '',
      SUPERSEDED: '',
    });
  });
});

describe('successorOf', () => {
  it('is a draft of the same terms that everybody has still to sign', () => {
    const next = successorOf(example, '1.3.0');
    expect(next).toEqual({ ...unsignedExample, version: '1.3.0' });
    expect(refusal(() => successorOf(example, '1.2.0'))).toBe('agreement.version-not-higher');
    expect(refusal(() => successorOf(example, '1.1.9'))).toBe('agreement.version-not-higher');
    expect(successorOf(example, '1.10.0').version).toBe('1.10.0');
  });
});
