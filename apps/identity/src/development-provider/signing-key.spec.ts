import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { signingKey } from './signing-key';

describe('signingKey', () => {
  it('is the same for the same secret and another for another', () => {
    expect(signingKey('one')).toEqual(signingKey('one'));
    expect(signingKey('one').d).not.toBe(signingKey('two').d);
    expect(signingKey('one').kid).not.toBe(signingKey('two').kid);
  });

  it('signs what its public half verifies', () => {
    const jwk = { ...signingKey('one') };
    const { d: _, ...open } = jwk;
    const data = Buffer.from('signed');
    const signature = sign('sha256', data, createPrivateKey({ key: jwk, format: 'jwk' }));
    expect(verify('sha256', data, createPublicKey({ key: open, format: 'jwk' }), signature)).toBe(true);
  });
});
