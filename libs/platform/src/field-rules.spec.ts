import * as fc from 'fast-check';
import { isCivilDate, isNhsNumber } from './field-rules';

describe('civil dates', () => {
  it.each(['2025', '2025-09', '2025-09-30', '2024-02-29', '1900-02-28'])('%s is one', (date) =>
    expect(isCivilDate(date)).toBe(true),
  );
  it.each([
    '2025-13',
    '2025-00',
    '2025-02-30',
    '2025-02-29',
    '1900-02-29',
    '0000',
    '9999',
    '25',
    '2025-9-1',
    '2025-09-30T00:00',
    '',
    2025,
    null,
  ])('%s is none', (date) => expect(isCivilDate(date)).toBe(false));
  it('agree with the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1870-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          expect(isCivilDate(date.toISOString().slice(0, 10))).toBe(true);
        },
      ),
    );
  });
});

describe('NHS numbers', () => {
  it.each(['9998198178', '999 819 8178', '9998940850'])('%s is one', (n) => expect(isNhsNumber(n)).toBe(true));
  it.each(['9998198179', '999819817', '99981981780', 'abcdefghij', '', 9998198178])('%s is none', (n) =>
    expect(isNhsNumber(n)).toBe(false),
  );
  it('are never right with one digit wrong', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (at, digit) => {
        const right = '9998198178';
        fc.pre(right[at] !== String(digit));
        expect(isNhsNumber(right.slice(0, at) + digit + right.slice(at + 1))).toBe(false);
      }),
    );
  });
});
