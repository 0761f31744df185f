import { readTokenRequest, TokenRefused } from './token-request';

const grant = { grant_type: 'client_credentials' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const refusal = (form: unknown, header?: string) => {
  try {
    readTokenRequest(form, header);
    return 'read';
  } catch (error) {
    return error instanceof TokenRefused ? `${error.status} ${error.error}` : 'thrown';
  }
};

describe('a request for a token', () => {
  it('is read from the header, form-encoded, or from the form', () => {
    const read = { clientId: 'a:b', secret: 's +', scope: undefined };
    expect(readTokenRequest(grant, basic('a%3Ab:s%20%2B'))).toEqual(read);
    expect(readTokenRequest({ ...grant, client_id: 'a:b', client_secret: 's +' }, undefined)).toEqual(read);
    expect(readTokenRequest({ ...grant, scope: 'x y' }, basic('a:b')).scope).toBe('x y');
  });

  it.each([
    [undefined, undefined, '400 invalid_request'],
    [{ grant_type: ['client_credentials', 'x'] }, basic('a:b'), '400 invalid_request'],
    [{ grant_type: 'password' }, basic('a:b'), '400 unsupported_grant_type'],
    [grant, undefined, '401 invalid_client'],
    [grant, basic('a'), '401 invalid_client'],
    [grant, basic('a:%zz'), '400 invalid_request'],
    [{ ...grant, client_secret: 'b' }, basic('a:b'), '400 invalid_request'],
  ])('%j with %s is refused: %s', (form, header, expected) => expect(refusal(form, header)).toBe(expected));
});
