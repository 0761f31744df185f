import * as fc from 'fast-check';
import { readReference, referenceFrom } from './reference';

describe('references', () => {
  it('are never the same for two serials', () => {
    const made = new Set(Array.from({ length: 20_000 }, (_, i) => referenceFrom('R', BigInt(i))));
    expect(made.size).toBe(20_000);
  });

  it('are read back however they are typed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 32n ** 7n - 1n }), (serial) => {
        const reference = referenceFrom('R', serial);
        expect(reference).toMatch(/^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readReference(` ${reference.toLowerCase().replaceAll('-', ' ')} `)).toBe(reference);
      }),
    );
  });

  it('are refused with any one character wrong, unless 0 stands for Z in the check sum', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXY'; // Z counts as 0 modulo 31
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10_000_000n }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(...alphabet),
        (serial, at, wrong) => {
          const body = referenceFrom('R', serial).slice(2).replace('-', '');
          fc.pre(body[at] !== wrong && body[at] !== 'Z');
          expect(readReference(`R${body.slice(0, at)}${wrong}${body.slice(at + 1)}`)).toBeNull();
        },
      ),
    );
  });

  it('are not made beyond their space', () => {
    expect(() => referenceFrom('R', 32n ** 7n)).toThrow(RangeError);
  });
});
