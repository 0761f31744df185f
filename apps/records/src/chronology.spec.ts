import { apart, differingParts, endsBefore, spanOf } from './chronology';

describe('chronology', () => {
  it.each([
    ['a day', { starts: '2025-09-30' }, '2025-09-30', '2025-09-30'],
    ['a month', { starts: '2024-02' }, '2024-02-01', '2024-02-29'],
    ['a year', { starts: '2025' }, '2025-01-01', '2025-12-31'],
    ['from one day to another', { starts: '2025-09-30', ends: '2025-10-02' }, '2025-09-30', '2025-10-02'],
    ['from a month to a year', { starts: '2025-11', ends: '2026' }, '2025-11-01', '2026-12-31'],
    ['about a day', { starts: '2025-03-01', about: true }, '2025-02-28', '2025-03-02'],
    ['about a month', { starts: '2025-12', about: true }, '2025-11-01', '2026-01-31'],
    ['about a year', { starts: '2025', about: true }, '2024-01-01', '2026-12-31'],
  ])('spans %s', (_, when, earliest, latest) => {
    expect(spanOf(when)).toEqual({ earliest, latest });
  });

  it('knows what cannot have been on one day', () => {
    const [march, tenth, april] = ['2025-03', '2025-03-10', '2025-04-01'].map((starts) => spanOf({ starts }));
    expect(apart(march!, tenth!)).toBe(false);
    expect(apart(march!, april!)).toBe(true);
    expect(apart(april!, march!)).toBe(true);
  });

  it('knows an end before the beginning, as exactly as both are known', () => {
    expect(endsBefore({ starts: '2025-03-10', ends: '2025-03-09' })).toBe(true);
    expect(endsBefore({ starts: '2025-03-10', ends: '2025-03' })).toBe(false);
    expect(endsBefore({ starts: '2025-03-10', ends: '2024' })).toBe(true);
    expect(endsBefore({ starts: '2025-03-10' })).toBe(false);
  });

  it('finds no difference where nothing was said, nor in the order of people', () => {
    const said = { starts: '2025', category: 'incident', fact: 'He came.', people: ['b', 'a'] };
    const bare = {
      ...said,
      people: ['a', 'b'],
      comment: null,
      about: false,
      sensitive: false,
      cameFrom: [],
      ends: null,
    };
    expect(differingParts(said, bare)).toEqual([]);
    expect(differingParts(said, { ...bare, starts: '2025-01', thirdParty: true })).toEqual(['starts', 'thirdParty']);
  });
});
