import * as fc from 'fast-check';
import { abuseKinds } from '@concordat/contracts';
import { repeatOf, type EarlierReferral, type Incident, type RepeatPractice } from './repeat';

const current: RepeatPractice = { definition: 'current', anchor: 'last-referral', months: 12 };
const earlier: EarlierReferral = {
  id: 'r1',
  victim: 'v',
  perpetrators: ['p'],
  referredOn: '2024-03-10',
  heardOn: '2024-03-20',
};
const incident = (day: string, more: Partial<Incident> = {}): Incident => ({
  ...{ victim: 'v', perpetrators: ['p'], kind: 'violence-or-threats', at: new Date(`${day}T12:00:00Z`) },
  ...more,
});
const reason = (...args: Parameters<typeof repeatOf>) => {
  const found = repeatOf(...args);
  return found.repeat ? 'repeat' : found.reason;
};

describe('worked examples of the domain document', () => {
  it('3: the anniversary is inside the window, the day after is a new referral', () => {
    expect(repeatOf(incident('2025-03-10'), [earlier], current)).toEqual({
      ...{ repeat: true, of: 'r1', anchor: '2024-03-10', until: '2025-03-10' },
    });
    expect(reason(incident('2025-03-11'), [earlier], current)).toBe('later');
  });

  it('4: a different perpetrator is a new case', () => {
    expect(reason(incident('2024-09-01', { perpetrators: ['other'] }), [earlier], current)).toBe('different-pair');
    expect(reason(incident('2024-09-01', { perpetrators: ['other', 'p'] }), [earlier], current)).toBe('repeat');
    expect(reason(incident('2024-09-01', { victim: 'w' }), [earlier], current)).toBe('no-earlier-referral');
  });
});

describe('a repeat', () => {
  it('runs from the referral or from the hearing, as the forum has it', () => {
    const heard: RepeatPractice = { ...current, anchor: 'last-heard' };
    expect(reason(incident('2024-03-15'), [earlier], current)).toBe('repeat');
    expect(reason(incident('2024-03-15'), [earlier], heard)).toBe('not-after-anchor');
    expect(reason(incident('2025-03-15'), [earlier], current)).toBe('later');
    expect(reason(incident('2025-03-15'), [earlier], heard)).toBe('repeat');
    const { heardOn: _, ...unheard } = earlier;
    expect(reason(incident('2024-03-15'), [unheard], heard)).toBe('not-heard');
  });

  it('is of the last referral before the incident, which moves the window', () => {
    const later = { ...earlier, id: 'r2', referredOn: '2024-12-01' };
    expect(repeatOf(incident('2025-11-30'), [later, earlier], current)).toMatchObject({
      of: 'r2',
      until: '2025-12-01',
    });
    // Told of only after the second referral, it happened after the first.
    expect(repeatOf(incident('2024-10-01'), [earlier, later], current)).toMatchObject({ of: 'r1' });
  });

  it('is of any abuse by the current definition, and of what would be criminal by the older', () => {
    const by = (definition: RepeatPractice['definition']) =>
      abuseKinds.filter(
        (kind) => repeatOf(incident('2024-09-01', { kind }), [earlier], { ...current, definition }).repeat,
      );
    expect(by('current')).toEqual(abuseKinds);
    expect(by('older')).toEqual(['violence-or-threats', 'stalking-or-harassment', 'sexual-abuse']);
  });

  it('that began on a leap day ends on the last of February', () => {
    const leap = { ...earlier, referredOn: '2024-02-29' };
    expect(reason(incident('2025-02-28'), [leap], current)).toBe('repeat');
    expect(reason(incident('2025-03-01'), [leap], current)).toBe('later');
    const before = { ...earlier, referredOn: '2023-02-28' };
    expect(reason(incident('2024-02-28'), [before], current)).toBe('repeat');
    expect(reason(incident('2024-02-29'), [before], current)).toBe('later');
  });

  it('counts the day in London, on both sides of midnight and of a change of the clocks', () => {
    const until31March = { ...earlier, referredOn: '2024-03-31' };
    const at = (instant: string) => reason(incident('2025-03-31', { at: new Date(instant) }), [until31March], current);
    expect(at('2025-03-31T22:59:59Z')).toBe('repeat'); // 23:59 in summer time
    expect(at('2025-03-31T23:00:00Z')).toBe('later'); // midnight, and the first of April
    const until25October = { ...earlier, referredOn: '2024-10-25' };
    const inAutumn = (instant: string) =>
      reason(incident('2025-10-25', { at: new Date(instant) }), [until25October], current);
    expect(inAutumn('2025-10-25T22:59:59Z')).toBe('repeat');
    expect(inAutumn('2025-10-25T23:00:00Z')).toBe('later');
    expect(inAutumn('2025-10-26T23:59:59Z')).toBe('later');
  });

  const instant = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2033-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const inLondon = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });

  it('is what a calendar on the wall says, for every pair of moments', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -3, max: 1_100 * 24 }), (referred, hours) => {
        const [referredOn, at] = [inLondon.format(referred), new Date(referred.getTime() + hours * 3_600_000)];
        const [year, ...rest] = referredOn.split('-');
        const anniversary = `${Number(year) + 1}-${rest.join('-')}`;
        const day = inLondon.format(at);
        // 29 February of a year that has none sorts after 28 February and before 1 March.
        const expected = referredOn < day && day <= anniversary;
        expect(repeatOf(incident('', { at }), [{ ...earlier, referredOn }], current).repeat).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('by the older definition is one by the current as well', () => {
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...abuseKinds),
        fc.constantFrom('last-referral', 'last-heard'),
        (at, kind, anchor) => {
          const finding = (definition: RepeatPractice['definition']) =>
            repeatOf(incident('', { at, kind }), [earlier], { definition, anchor, months: 12 }).repeat;
          if (finding('older')) expect(finding('current')).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
