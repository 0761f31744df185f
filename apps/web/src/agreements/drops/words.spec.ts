import { findingInWords, quarterInWords, quartersBefore } from './words';

it('offers the quarters that are over, the newest first', () => {
  expect(quartersBefore('2026-11-28').slice(0, 5)).toEqual([
    ...['2026-07-01', '2026-04-01', '2026-01-01', '2025-10-01', '2025-07-01'],
  ]);
  expect(quartersBefore('2026-09-30')[0]).toBe('2026-04-01');
  expect(quartersBefore('2026-10-01')[0]).toBe('2026-07-01');
  expect(quartersBefore('2026-01-01')[0]).toBe('2025-10-01');
});

it('says quarters and findings in words', () => {
  expect(quarterInWords('2026-07-01')).toBe('July to September 2026');
  expect(quarterInWords('2025-10-01')).toBe('October to December 2025');
  expect(findingInWords('full-postcode')).toBe('A full postcode');
  expect(findingInWords('new-code')).toBe('Something that is not allowed');
});
