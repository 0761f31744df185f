import { newEventId } from '@concordat/contracts';
import { randomBytes } from 'node:crypto';
import { seal, unseal } from './act';

describe('the sealed details of an act', () => {
  const key = randomBytes(32);
  const id = newEventId();
  const detail = { path: '/api/referrals', search: 'Rosalind Testperson' };

  it('open with the same key and id, and read like nothing before', () => {
    const sealed = seal(id, detail, key);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('Rosalind');
    expect(unseal(id, sealed, key)).toEqual(detail);
    expect(seal(id, detail, key)).not.toBe(sealed);
  });

  it('do not open under another key or id, nor when a byte differs', () => {
    const sealed = seal(id, detail, key);
    expect(() => unseal(id, sealed, randomBytes(32))).toThrow();
    expect(() => unseal(newEventId(), sealed, key)).toThrow();
    for (const at of [0, 14, 30]) {
      const bytes = Buffer.from(sealed, 'base64');
      bytes[at]! ^= 1;
      expect(() => unseal(id, bytes.toString('base64'), key)).toThrow();
    }
  });
});
