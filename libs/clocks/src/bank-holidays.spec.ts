import Holidays from 'date-holidays';
import { bankHolidays } from './bank-holidays';
import { dayNumber, weekday } from './civil';

/** Years in which a proclamation moved or added a day, where the two sources may differ. */
const PROCLAIMED = [1999, 2002, 2011, 2012, 2020, 2022, 2023];

describe('bank holidays of England and Wales', () => {
  // gov.uk/bank-holidays
  it.each([
    [2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
    [2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    [2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
    [2022, '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
    [2023, '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
    [2020, '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28'],
    [2012, '01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26'],
    [2011, '01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27'],
    [2002, '01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26'],
  ])('%i', (year, days) => {
    expect(bankHolidays(year)).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  it('agrees with an independent list in every ordinary year', () => {
    const others = new Holidays('GB', 'ENG');
    for (let year = 1996; year <= 2075; year += 1) {
      if (PROCLAIMED.includes(year)) continue;
      const theirs = others
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        .map(({ date }) => date.slice(0, 10))
        .filter((day) => weekday(dayNumber(day)) < 5);
      expect(bankHolidays(year)).toEqual(theirs);
    }
  });

  it('never falls on a weekend', () => {
    for (let year = 1978; year <= 2400; year += 1) {
      for (const day of bankHolidays(year)) expect(weekday(dayNumber(day))).toBeLessThan(5);
    }
  });

  it('refuses the years before the present rules', () => {
    expect(() => bankHolidays(1977)).toThrow(RangeError);
    expect(() => bankHolidays(2026.5)).toThrow(RangeError);
  });
});
