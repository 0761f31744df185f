import { randomBytes } from 'node:crypto';
import { Random } from '../random';
import { Canaries, nhsNumber, STEM } from './canaries';

describe('Canaries', () => {
  const random = new Random(1);
  const canaries = new Canaries(random.fork('canaries'));

  it('are found wherever they stand, by kind and never by value', () => {
    const { family, born, nhsNumber: nhs, phone } = canaries.person(random);
    const found = canaries.foundIn(`x${family}y ${born} "${nhs}" ${phone} ${phone.replace(' ', '')}`);
    expect(found.sort()).toEqual(
      ['a birth date', 'a name or a text', 'a phone number', 'a phone number', 'an NHS number'].sort(),
    );
    expect(found.join()).not.toContain(family.slice(STEM.length));
  });

  it('are not found in ids, digests and ciphertext', () => {
    const noise = Array.from({ length: 200 }, () => randomBytes(512));
    expect(canaries.foundIn(noise.map((b) => b.toString('base64')).join())).toEqual([]);
    expect(canaries.foundIn(noise.map((b) => b.toString('hex')).join())).toEqual([]);
  });

  it('have NHS numbers of the test range whose check digit is right', () => {
    for (let i = 0; i < 50; i++) {
      const digits = [...nhsNumber(random)].map(Number);
      const sum = digits.slice(0, 9).reduce((total, digit, j) => total + digit * (10 - j), 0);
      expect(digits.slice(0, 3)).toEqual([9, 9, 9]);
      expect((11 - (sum % 11)) % 11).toBe(digits[9]);
    }
  });
});
