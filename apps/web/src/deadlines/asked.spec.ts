import { askedIn, daysIn } from './asked';

describe('days that are typed to look for what is due', () => {
  it('that are none, or the last before the first, are said and kept as they were typed', () => {
    expect(daysIn({ from: ' 31/2/2026', to: 'soon' })).toMatchObject({
      typed: { from: '31/2/2026', to: 'soon' },
      problems: [
        { field: 'from', code: 'not-a-date' },
        { field: 'to', code: 'not-a-date' },
      ],
    });
    expect(daysIn({ from: '2/3/2027', to: '1/3/2027' }).problems).toMatchObject([{ field: 'to', code: 'before-from' }]);
    expect(daysIn({ from: '1/3/2027', to: '', kind: 'triage' })).toEqual({ typed: { from: '1/3/2027' }, problems: [] });
    expect(askedIn({ from: ' 1/3/2027 ' })).toMatchObject({ from: '2027-03-01' });
  });
});
