import { Submitted } from '../design/submitted';
import { bandingChoices, bandingTexts, type Banded } from './forum-bandings';
import { cadenceText, changedBetween, fieldOfSettings, oftenChoices, settingsFrom, valuesOf } from './forum-form';

const SETTINGS = {
  ...{
    title: 'Northbank MARAC',
    members: [
      { orgId: 'o1', people: ['a', 'b'] },
      { orgId: 'o2', people: ['c'] },
    ],
  },
  ...{
    chairs: ['a'],
    coordinators: ['b'],
    cadence: 'FREQ=MONTHLY;BYDAY=3WE',
    startsAt: '09:30',
    place: 'Civic Centre',
  },
  ...{ cutOffDays: 8, researchDays: 2, timeBoxMinutes: 15, quorum: 2, area: 'northbank', advocateOrg: 'o2' },
  repeat: { definition: 'current', anchor: 'last-referral' },
};

describe('the settings of a forum, as a form has them', () => {
  it('come back from the form as they went into it', () => {
    expect(settingsFrom(new Submitted(valuesOf(SETTINGS)))).toEqual(SETTINGS);
    const { area: _area, advocateOrg: _org, repeat: _repeat, ...least } = SETTINGS;
    expect(settingsFrom(new Submitted(valuesOf(least)))).toEqual(least);
  });

  it('tell which thresholds it follows, and bring its own back from the form', () => {
    const matrix: Banded = {
      ...{ code: 'matrix', title: 'Matrix', given: 'here' },
      bands: ['low', 'medium', 'high'].map((code) => ({ code, title: code.toUpperCase() })),
      bandings: [
        { id: 'here', title: 'High above 31', verified: true },
        { id: 'there', title: 'High at 22', verified: false },
      ],
    };
    const from = [{ band: 'high', value: 20 }];
    const own = { ...SETTINGS, bandings: [{ instrument: 'matrix', from, source: 'Steering group' }] };
    const chosen = { ...SETTINGS, bandings: [{ instrument: 'matrix', banding: 'there' }] };
    for (const each of [own, chosen, SETTINGS])
      expect(settingsFrom(new Submitted(valuesOf(each)), [matrix])).toEqual(each);
    expect(bandingTexts(own.bandings, [matrix])).toEqual(['Matrix: HIGH from 20. Steering group']);
    expect(bandingTexts(chosen.bandings, [matrix])).toEqual(['Matrix: High at 22, as this forum has chosen']);
    expect(bandingTexts([], [matrix])).toEqual(['Matrix: High above 31']);
    expect(bandingChoices([matrix])[0]?.choices.map(({ text }) => text)).toContain('High at 22 (not verified)');
    const soon = new Submitted({ ...valuesOf(own), 'bandings.matrix.from.high': 'many' });
    expect([settingsFrom(soon, [matrix]), soon.errors.map(({ field }) => field)]).toEqual([
      ...[null, ['bandings.matrix.from.high']],
    ]);
  });

  it('say what lacks, each at its field', () => {
    const sent = new Submitted({ cutOffDays: 'soon' });
    expect(settingsFrom(sent)).toBeNull();
    expect(sent.errors.map(({ field }) => field)).toEqual([
      ...[
        'title',
        'often',
        'weekday',
        'startsAt',
        'place',
        'cutOffDays',
        'researchDays',
        'timeBoxMinutes',
        'quorum',
        'people',
      ],
    ]);
    expect(['members', 'cadence', 'repeat.anchor', 'quorum'].map(fieldOfSettings)).toEqual([
      ...['people', 'often', 'anchor', 'quorum'],
    ]);
  });

  it('tell a rhythm in words, and keep one that the form does not offer', () => {
    expect(cadenceText('FREQ=MONTHLY;BYDAY=-1FR')).toBe('Monthly, on the last Friday');
    expect(cadenceText('FREQ=WEEKLY;INTERVAL=7;BYDAY=MO')).toBe('FREQ=WEEKLY;INTERVAL=7;BYDAY=MO');
    expect(oftenChoices('FREQ=WEEKLY;INTERVAL=7;BYDAY=MO').at(-1)?.value).toBe('FREQ=WEEKLY;INTERVAL=7;BYDAY=');
    expect(oftenChoices('FREQ=WEEKLY;BYDAY=MO')).toEqual(oftenChoices());
  });

  it('tell what a version changed', () => {
    expect(changedBetween(SETTINGS, { ...SETTINGS, quorum: 3, chairs: ['c'] })).toEqual(['chairs', 'quorum']);
    expect(changedBetween(SETTINGS, SETTINGS)).toEqual([]);
    // In which order a form sends agencies and people is no change of who sits on it.
    const [one, other] = SETTINGS.members;
    const turned = { ...SETTINGS, members: [other, { people: ['b', 'a'], orgId: one!.orgId }] };
    const bandings = [{ instrument: 'matrix', banding: 'there' }];
    expect(changedBetween(SETTINGS, { ...turned, bandings })).toEqual(['thresholds of risk']);
    const without = { ...SETTINGS, members: [{ orgId: 'o1', people: ['a'] }, other] };
    expect(changedBetween(SETTINGS, without)).toEqual(['who sits on it']);
  });
});
