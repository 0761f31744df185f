import { problemPage } from './problems';

const request = { url: '/referrals/made?status=rated', method: 'GET' };
const nameOf = (status: number, code = 'x.y', more = {}) => problemPage({ status, code, ...more }, request).name;

describe('pages for problems', () => {
  it.each([
    [400, 'unreadable'],
    [401, 'session-expired'],
    [403, 'no-access'],
    [404, 'not-found'],
    [409, 'conflict'],
    [413, 'unreadable'],
    [422, 'unreadable'],
    [429, 'too-many'],
    [500, 'error'],
    [503, 'unavailable'],
  ])('shows %i as %s', (status, name) => expect(nameOf(status)).toBe(name));

  it('tells some codes from their status', () => {
    expect(nameOf(409, 'referral.step-not-open', { state: 'withdrawn' })).toBe('step-not-open');
    expect(nameOf(401, 'member.unknown')).toBe('not-a-member');
    expect(nameOf(401, 'sign-in.refused')).toBe('sign-in-failed');
    expect(nameOf(401, 'sign-in.too-weak')).toBe('sign-in-too-weak');
    expect(nameOf(403, 'case.preview-only')).toBe('preview-only');
    expect(nameOf(400, 'form.token')).toBe('form-expired');
  });

  it('leads back to the page that was asked for, and to no form that was sent', () => {
    const expired = { status: 401, code: 'session.expired' };
    expect(problemPage(expired, request).link?.href).toBe('/sign-in?to=%2Freferrals%2Fmade%3Fstatus%3Drated');
    expect(problemPage(expired, { ...request, method: 'POST' }).link?.href).toBe('/sign-in?to=%2F');
  });

  it('shows of a problem nothing but what the page says', () => {
    const told = JSON.stringify(problemPage({ status: 404, code: 'person.not-found', state: 'Nerys' }, request));
    expect(told).not.toContain('Nerys');
  });
});
