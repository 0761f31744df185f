import { Register } from './decisions/register';
import { inForceNow } from './in-force-now';
import { takeStep } from './status';
import { example, law, live, unsignedExample } from './worked.testing';

const at = (instant: string, ...agreements: (typeof example)[]) =>
  inForceNow(agreements, Register.of(agreements, law), new Date(instant)).map((a) => `${a.id}@${a.version}`);
const next = live({ ...unsignedExample, version: '2.0.0', effectiveFrom: '2026-10-01' });
const accord = live({
  ...unsignedExample,
  id: 'ACCORD',
  tier: 'ACCORD',
  expiresOn: '2026-08-31',
  reviewBy: '2026-08-01',
});

describe('agreements in force', () => {
  it('are those whose day it is in London, one version of each', () => {
    expect(at('2026-03-31T22:59:59Z', example)).toEqual([]);
    expect(at('2026-03-31T23:00:00Z', example)).toEqual(['A1@1.2.0']);
    expect(at('2026-09-30T22:59:59Z', example, next)).toEqual(['A1@1.2.0']);
    expect(at('2026-09-30T23:00:00Z', example, next)).toEqual(['A1@2.0.0']);
  });

  it('are none that are suspended, unsigned, or under a parent that is not in force', () => {
    const suspended = takeStep(example, { do: 'suspend' }, 'lead', '2026-05-01T00:00:00Z');
    expect(at('2026-06-01T00:00:00Z', suspended)).toEqual([]);
    expect(at('2026-06-01T00:00:00Z', unsignedExample)).toEqual([]);
    const child = { ...example, parentId: 'ACCORD' };
    expect(at('2026-06-01T00:00:00Z', child, accord)).toEqual(['A1@1.2.0', 'ACCORD@1.2.0']);
    expect(at('2026-09-01T00:00:00Z', child, accord)).toEqual([]);
  });
});
