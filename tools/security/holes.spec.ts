import { holesIn } from './holes';

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
});
