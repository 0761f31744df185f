import { isOrderOf, orderedPlace, placesOf } from './agenda';
import { daysOf, nextDay, wrongDay, wrongSettings, type ForumSettings } from './forum';
import { judged, wrongDiverts, type ReferralSaid } from './forum-referral';
import { DAY, packs } from './instruments.testing';
import { questionOf } from './research-question';
import type { RepeatPractice } from './repeat';

const marac = packs.forumKind('marac', DAY)!;
const ccm = packs.forumKind('ccm', DAY)!;
const settings: ForumSettings = {
  title: 'MARAC',
  members: [
    { orgId: 'police', people: ['gwen', 'moss'] },
    { orgId: 'council', people: ['idris'] },
  ],
  ...{
    chairs: ['gwen'],
    coordinators: ['idris'],
    cadence: 'FREQ=MONTHLY;BYDAY=3WE',
    startsAt: '09:30',
    place: 'Town hall',
  },
  ...{ cutOffDays: 14, researchDays: 2, timeBoxMinutes: 12, quorum: 2 },
  repeat: { definition: 'current', anchor: 'last-referral' },
};

describe('a forum', () => {
  it('is set locally within what its kind allows', () => {
    expect(wrongSettings(settings, marac, ['northbank'])).toEqual([]);
    const fields = (more: Partial<ForumSettings>, kind = marac) =>
      wrongSettings({ ...settings, ...more }, kind, ['northbank']).map((w) => w.field);
    expect(fields({ chairs: ['stranger'], coordinators: [] })).toEqual(['coordinators', 'chairs']);
    expect(fields({ quorum: 3, cadence: 'now and then' })).toEqual(['quorum', 'cadence']);
    expect(fields({ researchDays: 15, timeBoxMinutes: 16 })).toEqual(['researchDays', 'timeBoxMinutes']);
    expect([fields({ area: 'nowhere' }), fields({ area: 'northbank' })]).toEqual([['area'], []]);
    expect(fields({ repeat: null })).toEqual(['repeat']);
    expect(fields({}, ccm)).toEqual(['repeat']);
    expect(wrongSettings({ ...settings, repeat: null }, ccm, [])).toEqual([]);
  });

  it('meets on the nth weekday of a month, or every so many weeks', () => {
    expect(nextDay('FREQ=MONTHLY;BYDAY=3WE', '2026-11-29', null)).toBe('2026-12-16');
    expect(nextDay('FREQ=MONTHLY;BYDAY=3WE', '2026-12-16', null)).toBe('2027-01-20');
    expect(nextDay('FREQ=MONTHLY;BYDAY=-1FR', '2028-02-01', null)).toBe('2028-02-25');
    expect(nextDay('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-12-01', '2026-12-01')).toBe('2026-12-15');
    expect(nextDay('FREQ=WEEKLY;BYDAY=TU', '2026-12-01', '2026-12-01')).toBe('2026-12-08');
    expect(nextDay('FREQ=YEARLY', '2026-12-01', null)).toBeNull();
  });

  it('worked example 6: minutes of a meeting on 17 April 2025 are due by the end of the 24th, because of Easter', () => {
    const days = (heldOn: string) => daysOf(settings, marac, heldOn, (id) => packs.calendar(id));
    expect(days('2025-04-17')).toEqual({ cutOffOn: '2025-04-03', researchBy: '2025-04-15', minutesBy: '2025-04-24' });
    expect(daysOf(settings, ccm, '2025-04-17', () => undefined).minutesBy).toBeNull();
  });

  it('keeps every case when its agenda is put in another order', () => {
    const { withChildren, others } = placesOf('children-first');
    expect(withChildren < orderedPlace(0) && orderedPlace(500) < others).toBe(true);
    expect(placesOf('as-listed').withChildren).toBe(others);
    const items = [{ id: 'a' }, { id: 'b' }];
    expect([isOrderOf(['b', 'a'], items), isOrderOf(['a'], items), isOrderOf(['a', 'a'], items)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a referral to a forum', () => {
  const practice: RepeatPractice = { definition: 'current', anchor: 'last-referral', months: 12 };
  const earlier = [{ id: 'r1', victim: 'v', perpetrators: ['p'], referredOn: '2026-03-10' }];
  const said: ReferralSaid = {
    ...{ subjectId: 'v', otherIds: ['p'], childIds: [], incident: null, homeOrg: null, diverts: [] },
    criteria: [{ code: 'professional-judgement', evidence: 'She is terrified' }],
    consent: { answer: 'given', ground: null, reason: null },
  };
  const divert = (applies: boolean, reason = '') => ({
    diverts: [{ code: 'domestic-abuse-only', applies, reason }],
  });
  const judge = (more: Partial<ReferralSaid>, kind = marac) =>
    judged({ ...said, ...more }, kind, practice, earlier, ['v', 'p', 'k'], ['life'], DAY);
  const fields = (more: Partial<ReferralSaid>, kind = marac): string[] => {
    try {
      judge(more, kind);
      return [];
    } catch (error) {
      return (error as { details: { errors: { field: string }[] } }).details.errors.map((e) => e.field);
    }
  };

  it('needs a criterion, each with its evidence: worked example 2', () => {
    expect(judge({})).toBeNull();
    expect(fields({ criteria: [{ code: 'professional-judgement', evidence: ' ' }] })).toEqual([
      'evidence.professional-judgement',
    ]);
    expect(fields({ criteria: [] })).toEqual(['criteria']);
    expect(fields({ criteria: [{ code: 'several-agencies', evidence: 'x' }] })).toEqual(['criteria']);
    expect(fields({ criteria: [{ code: 'several-agencies', evidence: 'x' }], otherIds: [] }, ccm)).toEqual([]);
  });

  it('to a Channel panel says by which reasonable grounds, whatever else the police found', () => {
    const channel = packs.forumKind('channel', '2026-11-30')!;
    const met = (...codes: string[]) => ({ criteria: codes.map((code) => ({ code, evidence: 'What he said' })) });
    expect(fields(met('clear-evidence'), channel)).toEqual(['criteria']);
    expect(fields(met(), channel)).toEqual(['criteria']);
    expect(fields(met('reasonable-grounds', 'clear-evidence'), channel)).toEqual([]);
  });

  it('of a case that another forum is for is told so, and made only with a reason', () => {
    const now = packs.forumKind('ccm', '2026-11-30')!;
    const other = { criteria: [{ code: 'several-agencies', evidence: 'x' }] };
    expect(fields(other, now)).toEqual(['diverts.domestic-abuse-only']);
    expect(fields({ ...other, ...divert(true) }, now)).toEqual(['diverts.domestic-abuse-only.reason']);
    expect(wrongDiverts(divert(true, ' ').diverts, now)[0]?.message).toContain('go to the MARAC');
    expect(fields({ ...other, ...divert(true, 'The neighbours are harmed as well') }, now)).toEqual([]);
    expect(fields(divert(false))).toEqual(['diverts']);
    expect(packs.forumKind('ccm', '2026-11-29')?.diverts).toBeUndefined();
  });

  it('is a repeat by an incident in the window, which is a route by itself', () => {
    const incident = { kind: 'dispute', on: '2026-11-01' } as const;
    expect(judge({ criteria: [], incident })).toMatchObject({ repeat: true, of: 'r1', until: '2027-03-10' });
    expect(fields({ criteria: [], incident: { ...incident, on: '2026-03-10' } })).toEqual(['criteria']);
    expect(fields({ criteria: [{ code: 'repeat', evidence: 'Again' }] })).toEqual(['incident.kind']);
    expect(fields({ incident: { ...incident, on: '2026-12-24' } })).toEqual(['incident.on']);
  });

  it('names people of the case, each once, and says why it is made without consent', () => {
    expect(fields({ subjectId: 'x' })).toEqual(['subjectId']);
    expect(fields({ otherIds: [] })).toEqual(['otherIds']);
    expect(fields({ otherIds: ['v'] })).toEqual(['otherIds']);
    expect(fields({ childIds: ['p'] })).toEqual(['childIds']);
    expect(fields({ consent: { answer: 'refused', ground: null, reason: null } })).toEqual([
      'consent.ground',
      'consent.reason',
    ]);
  });
});

it('what the decision point is asked about research holds codes and ids only', () => {
  const asked = questionOf({
    ...{
      kind: 'CONSULT',
      fromOrg: 'a',
      toOrg: 'b',
      byId: 'u',
      purpose: 'MARAC',
      informs: ['RISK', 'CHILDREN', 'RISK'],
    },
    ...{ subjectId: 'v', otherIds: ['p'], childIds: ['k'], consent: 'refused', withoutReason: 'WOULD_PREJUDICE' },
  });
  expect(asked).toMatchObject({
    actor: { orgId: 'b' },
    sender: 'a',
    recipients: ['b'],
    items: ['CHILDREN', 'RISK'],
    purpose: 'MARAC',
  });
  expect(asked.subjects.map((s) => [s.pid, s.about])).toEqual([
    ['v', 'VICTIM'],
    ['p', 'PERP'],
    ['k', 'CHILD'],
  ]);
  expect(asked.consent).toMatchObject({ state: 'REFUSED', withoutReason: 'WOULD_PREJUDICE' });
});

it('a meeting is planned for no day that is over, and for none that is a year mistyped', () => {
  const codes = ['2026-11-29', '2026-11-30', '2028-11-30', '2028-12-01', '2099-01-01'];
  expect(codes.map((day) => wrongDay(day, '2026-11-30')?.code)).toEqual([
    ...['in-the-past', undefined, undefined],
    ...['too-far', 'too-far'],
  ]);
});
