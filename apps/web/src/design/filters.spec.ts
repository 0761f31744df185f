import {
  civilDateOf,
  countOf,
  dateOf,
  dateTimeOf,
  lateBy,
  nhsNumberOf,
  timeOf,
  wordsOf,
  clockOf,
  sourceOf,
} from './filters';

describe('filters', () => {
  it('write dates and times as they are in London, whatever the season', () => {
    expect(dateOf('2026-11-22T14:30:00Z')).toBe('22 November 2026');
    expect(timeOf('2026-11-22T14:30:00Z')).toBe('2:30pm');
    expect(timeOf('2026-07-01T08:00:00Z')).toBe('9am');
    expect(dateOf('2026-06-30T23:30:00Z')).toBe('1 July 2026');
    expect(timeOf('2026-06-30T23:30:00Z')).toBe('12:30am');
    expect(timeOf('2026-11-22T12:00:00Z')).toBe('midday');
    expect(timeOf('2026-11-22T00:00:00Z')).toBe('midnight');
    expect(dateTimeOf(new Date('2026-11-22T12:05:00Z'))).toBe('22 November 2026 at 12:05pm');
    expect([dateOf(null), timeOf(''), dateTimeOf('nonsense')]).toEqual(['', '', '']);
  });

  it('write civil dates as exactly as they are known', () => {
    expect(['2025', '2025-09', '2025-09-03', 'soon', undefined].map(civilDateOf)).toEqual([
      '2025',
      'September 2025',
      '3 September 2025',
      'soon',
      '',
    ]);
  });

  it('group NHS numbers in 3-3-4', () => {
    expect(['9998198178', '999 819 8178', '99981-98178', '12'].map(nhsNumberOf)).toEqual([
      '999 819 8178',
      '999 819 8178',
      '999 819 8178',
      '12',
    ]);
  });

  it('count exactly to a thousand, then say that there are more', () => {
    expect(countOf({ value: 999, more: false })).toBe('999');
    expect(countOf({ value: 1000, more: true })).toBe('more than 1,000');
    expect([countOf(0), countOf(null), countOf(1000)]).toEqual(['0', '0', '1,000']);
  });

  it('say in words how late something is', () => {
    const due = '2026-11-22T12:00:00Z';
    const after = (minutes: number) => lateBy(due, new Date(Date.parse(due) + minutes * 60_000));
    expect([after(1), after(60), after(150), after(47 * 60), after(48 * 60)]).toEqual([
      'less than an hour overdue',
      '1 hour overdue',
      '2 hours overdue',
      '47 hours overdue',
      '2 days overdue',
    ]);
  });

  it('say a time of the clock as people do, and where something stands without names of files', () => {
    expect(['09:30', '14:00', '00:15', '12:00', '00:00', 'x'].map(clockOf)).toEqual([
      ...['9:30am', '2pm', '12:15am'],
      ...['midday', 'midnight', 'x'],
    ]);
    expect(sourceOf('After domain/risk-conferences.md §8.3; 2014 Act s.104')).toBe(
      'After Concordat’s notes on risk conferences §8.3; 2014 Act s.104',
    );
  });

  it('turn codes into words', () => {
    expect([wordsOf('information-requested'), wordsOf(undefined)]).toEqual(['Information requested', '']);
  });
});
