import { dataUsed, holesIn } from './holes';

describe('known holes', () => {
  it('are those of grade high and critical', () => {
    const vulnerabilities = { a: { severity: 'low' }, b: { severity: 'high' }, c: { severity: 'critical' } };
    expect(holesIn(JSON.stringify({ vulnerabilities }))).toEqual({ found: ['b (high)', 'c (critical)'] });
    expect(holesIn(JSON.stringify({ vulnerabilities: {} }))).toEqual({ found: [] });
  });

  it('are not said to be none where nobody has looked', () => {
    expect(holesIn(JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405, body: '' }))).toEqual({
      unanswered: 'the registry answered 405',
    });
    expect(holesIn(JSON.stringify({ error: { code: 'ENOTFOUND' } }))).toEqual({
      unanswered: 'the registry answered ENOTFOUND',
    });
    expect(holesIn('{}')).toEqual({ unanswered: 'the registry did not answer' });
    expect(holesIn('npm error')).toEqual({ unanswered: 'npm wrote no report' });
  });

  it('are told with the data that the answer rests on, its date, and no password', () => {
    const asked = {
      ...{ registry: 'https://someone:hidden@registry.example/npm/', at: new Date('2026-11-30T08:00:00Z') },
      lock: 'ab12'.repeat(16),
    };
    expect(dataUsed({ found: [] }, asked)).toBe(
      'data used: the advisories of https://registry.example/npm as of 2026-11-30T08:00:00.000Z, asked about package-lock.json (SHA-256 ab12ab12ab12)',
    );
    expect(dataUsed({ unanswered: 'the registry answered 405' }, asked)).toBe(
      'data used: none. https://registry.example/npm was asked about package-lock.json (SHA-256 ab12ab12ab12) at 2026-11-30T08:00:00.000Z, and the registry answered 405',
    );
  });
});
