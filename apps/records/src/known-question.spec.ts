import { askedTooOften, detailsAsked, matchOf, mustWait, showsWho, tooLittle } from './known-question';

describe('is this person known to you?', () => {
  const fields = (person: object) => tooLittle(person).map((p) => p.field);

  it('is not asked of a name alone, by which it could be tried out who is known', () => {
    expect(fields({})).toEqual(['person.given', 'person.family', 'person.dateOfBirth']);
    expect(fields({ given: 'A', family: 'B' })).toEqual(['person.dateOfBirth']);
    expect(fields({ given: 'A', family: 'B', dateOfBirth: '1984-05' })).toEqual(['person.dateOfBirth']);
    expect(fields({ family: 'B', dateOfBirth: '1984-05-09' })).toEqual(['person.given']);
    expect(fields({ given: 'A', family: 'B', dateOfBirth: '1984-05-09' })).toEqual([]);
    expect(fields({ given: 'A', family: 'B', postcode: 'ZZ1 1AA' })).toEqual([]);
    expect(fields({ nhsNumber: '9990000018' })).toEqual([]);
  });

  it('is compared as records compares people', () => {
    expect(detailsAsked({ given: 'A', nhsNumber: '999 000 0018', dateOfBirth: '1984', postcode: 'ZZ1 1AA' })).toEqual({
      ...{ name: { given: 'A' }, datesOfBirth: [{ value: '1984' }], addresses: [{ postcode: 'ZZ1 1AA' }] },
      identifiers: [{ kind: 'nhs-number', value: '9990000018' }],
    });
  });

  it('is certain of one who is near certain and of nobody beside, and knows nobody where nobody is alike', () => {
    expect(matchOf([])).toBe('NONE');
    expect(matchOf([null, null])).toBe('NONE');
    expect(matchOf([null, 'near-certain', 'possible'])).toBe('EXACT');
    for (const bands of [
      ['near-certain', 'near-certain'],
      ['near-certain', 'likely'],
      ['likely'],
      ['possible', null],
    ] as const)
      expect(matchOf(bands)).toBe('POSSIBLE');
  });

  it('is asked only so often, by one person and by one agency', () => {
    const most = { perUserHour: 2, perAgencyHour: 5 };
    expect(askedTooOften({ byUser: 1, byAgency: 4 }, most)).toBe(false);
    expect(askedTooOften({ byUser: 2, byAgency: 2 }, most)).toBe(true);
    expect(askedTooOften({ byUser: 0, byAgency: 5 }, most)).toBe(true);
  });

  it('is put again only while it waits and whom it is about is kept', () => {
    expect(mustWait('waiting', { given: 'A' })).toEqual({ given: 'A' });
    expect(() => mustWait('known', { given: 'A' })).toThrow('has been answered');
    expect(() => mustWait('waiting', null)).toThrow('not kept any more');
  });

  it('tells the agency that was asked nothing of somebody whom it does not know', () => {
    expect([showsWho('not-known', 'received'), showsWho('not-known', 'asked')]).toEqual([false, true]);
    expect([showsWho('known', 'received'), showsWho('waiting', 'received')]).toEqual([true, true]);
  });
});
