import { isMinorOn } from './age';

describe('whether somebody is under 18', () => {
  const born = (...dates: [value: string, more?: object][]) => ({
    datesOfBirth: dates.map(([value, more = {}]) => ({ value, ...more })),
  });
  const on = (day: string, ...dates: [value: string, more?: object][]) => isMinorOn(born(...dates), day);

  it('changes on the eighteenth birthday, and on 1 March for whoever was born on 29 February', () => {
    expect([on('2026-11-29', ['2008-11-30']), on('2026-11-30', ['2008-11-30'])]).toEqual([true, false]);
    expect([on('2026-02-28', ['2008-02-29']), on('2026-03-01', ['2008-02-29'])]).toEqual([true, false]);
  });

  it('is said of a year or a month only where every day of it says the same', () => {
    expect(['2007', '2008', '2009'].map((year) => on('2026-06-15', [year]))).toEqual([false, null, true]);
    expect(['2008-05', '2008-06', '2008-07'].map((month) => on('2026-06-15', [month]))).toEqual([false, null, true]);
  });

  it('is not said where nothing is known, where it is approximate, or where dates do not agree', () => {
    expect([isMinorOn({}, '2026-06-15'), on('2026-06-15', ['about 2010'])]).toEqual([null, null]);
    expect(on('2026-06-15', ['2015-01-01', { precision: 'approximate' }])).toBeNull();
    expect(on('2026-06-15', ['2015-01-01'], ['1990-01-01'])).toBeNull();
    expect(on('2026-06-15', ['2015-01-01'], ['2014-01-01'])).toBe(true);
    expect(on('2026-06-15', ['2015-01-01'], ['1990-01-01', { preferred: true }])).toBe(false);
  });
});
