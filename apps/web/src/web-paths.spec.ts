import { isOurs, localPath } from './web-paths';

it('tells our addresses from those of APIs and of the identity provider', () => {
  expect(['/', '/apiary', '/oidcs', '/referrals/made?x=/api', '/health-check'].every(isOurs)).toBe(true);
  expect(['/api', '/api/referrals', '/api?x', '/oidc/auth', '/health/ready'].some(isOurs)).toBe(false);
});

describe('where to go after signing in', () => {
  it.each(['/', '/referrals/made?status=rated&cursor=a%3D', '/triage/021623d7-8c46-4daf-826f-8d83f4133408'])(
    'goes to %s',
    (path) => expect(localPath(path)).toBe(path),
  );

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/a\r\nset-cookie: x',
    '/api/identity/me',
    '/sign-out',
    '/sign-in',
    '/assets/x.js',
    `/${'a'.repeat(600)}`,
    undefined,
    ['/', '/'],
  ])('goes home instead of %j', (path) => expect(localPath(path)).toBe('/'));
});
