import type { AgencyType, VoteChoice } from '@concordat/contracts';
import * as fc from 'fast-check';
import { DAY, packs } from './instruments.testing';
import { againAfter, demandHome, wrongConsent, wrongRecord, wrongReferrer, wrongSeats } from './panel';
import { countOf, mayDecide, resultOf, type Vote } from './vote';

const channel = packs.forumKind('channel', DAY)!;
const rule = channel.voting!;
const members = ['a', 'b', 'c', 'd', 'e', 'f'];
const votes = (...choices: VoteChoice[]): Vote[] => choices.map((choice, i) => ({ orgId: members[i]!, choice }));
const result = (...choices: VoteChoice[]) =>
  resultOf(countOf(members.slice(0, choices.length), votes(...choices)), rule);

describe('a vote of a panel', () => {
  it('worked example 8: without the force of the area nobody is discussed; 3-2 is a majority; 3-3 is for the chair', () => {
    expect(() => demandHome(channel, 'force-b', ['council', 'force-a'])).toThrow('Nobody is there of: Police force');
    expect(() => demandHome(channel, 'force-b', ['council', 'force-b'])).not.toThrow();
    expect(() => demandHome(channel, null, ['council'])).toThrow('Say first');
    expect(() => demandHome({}, null, [])).not.toThrow();
    expect(result('for', 'for', 'for', 'against', 'against')).toBe('majority');
    expect(result('for', 'for', 'for', 'against', 'against', 'against')).toBe('no-majority');
    expect(mayDecide('adopted', { decision: 'adopted', result: 'no-majority' }, true)).toBe('chair');
    expect(() => mayDecide('adopted', { decision: 'adopted', result: 'no-majority' }, false)).toThrow(
      'a chair decides',
    );
  });

  it('counts abstentions among those who are there, and nobody who is not', () => {
    expect(result('for', 'for', 'abstain', 'abstain')).toBe('no-majority');
    expect(result('for', 'for', 'for')).toBe('unanimous');
    expect(result('against', 'against', 'for')).toBe('rejected');
    expect(resultOf(countOf(['a', 'b'], votes('for', 'against', 'against', 'against')), rule)).toBe('no-majority');
    expect(resultOf(countOf(['a', 'b', 'c'], votes('for', 'for')), rule)).toBeNull();
    expect(resultOf(countOf([], []), rule)).toBeNull();
    const strict = { ...rule, otherwise: 'rejected' } as const;
    expect(resultOf(countOf(['a', 'b'], votes('for', 'against')), strict)).toBe('rejected');
  });

  it('never carries and rejects at once, and another vote for it never undoes that it is carried', () => {
    const choice = fc.constantFrom<VoteChoice>('for', 'against', 'abstain');
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 6 }), (said) => {
        const carried = (r: string | null) => r === 'majority' || r === 'unanimous';
        const mirrored = said.map((c) => (c === 'for' ? 'against' : c === 'against' ? 'for' : c));
        expect(carried(result(...said)) && carried(result(...mirrored))).toBe(false);
        if (carried(result(...said))) expect(carried(result(...said.slice(0, -1), 'for'))).toBe(true);
      }),
    );
  });

  it('decides nothing that was not carried', () => {
    const deciding = (decision: string, put: Parameters<typeof mayDecide>[1]) => () => mayDecide(decision, put, true);
    expect(deciding('adopted', null)).toThrow('to the vote first');
    expect(deciding('adopted', { decision: 'adopted', result: null })).toThrow('has voted');
    expect(deciding('adopted', { decision: 'adopted', result: 'rejected' })).toThrow('rejected it');
    expect(deciding('closed', { decision: 'adopted', result: 'majority' })).toThrow('carried another');
    expect(mayDecide('adopted', { decision: 'adopted', result: 'unanimous' }, false)).toBe('unanimous');
  });
});

describe('a panel', () => {
  const types: Record<string, AgencyType> = {
    council: 'COUNCIL',
    'force-a': 'POLICE',
    'force-b': 'POLICE',
    nhs: 'NHS',
  };
  const typeOf = (orgId: string) => types[orgId];
  const seat = (orgId: string) => ({ orgId, people: [`of ${orgId}`] });

  it('has the council and the police on it, and the council chairs', () => {
    const fields = (orgs: string[], chair: string) =>
      wrongSeats({ members: orgs.map(seat), chairs: [`of ${chair}`] }, channel, typeOf).map((w) => w.field);
    expect(fields(['council', 'force-a', 'nhs'], 'council')).toEqual([]);
    expect(fields(['council', 'nhs'], 'nhs')).toEqual(['members', 'chairs']);
    expect(wrongSeats({ members: [seat('nhs')], chairs: [] }, {}, typeOf)).toEqual([]);
  });

  it('is referred to by police or a council, who say which force is that of the area', () => {
    const codes = (referrer: string, home: string | null) =>
      wrongReferrer(channel, referrer, home, typeOf).map(({ code }) => code);
    expect([codes('force-a', 'force-b'), codes('council', 'force-a')]).toEqual([[], []]);
    expect(codes('nhs', null)).toEqual(['forum.not-referrer', 'required']);
    expect(codes('council', 'nhs')).toEqual(['organisation.not-of-kind']);
    expect(wrongReferrer({}, 'nhs', 'force-a', typeOf)).toHaveLength(1);
  });

  it('gives no support without consent, and adopts or refuses nothing without what the Act wants on record', () => {
    const fields = (code: string, recorded = '', consentBy: 'subject' | null = null) =>
      wrongRecord(
        channel.decisions.find((d) => d.code === code)!,
        { recorded, consentBy, againFrom: null },
        DAY,
      ).map((p) => p.field);
    expect([fields('supported'), fields('supported', '', 'subject')]).toEqual([['consentBy'], []]);
    expect([fields('not-adopted'), fields('not-adopted', 'Social care was asked')]).toEqual([['recorded'], []]);
    expect(fields('closed')).toEqual([]);
  });

  it('takes the consent of a parent or guardian under 18 and of nobody else, and none of them after; nothing where that is not known', () => {
    const codes = (isMinor: boolean | null) =>
      (['subject', 'parent-or-guardian'] as const).map((by) => wrongConsent(by, isMinor).map((p) => p.code)[0]);
    expect([codes(true), codes(false), codes(null)]).toEqual([
      ...[
        ['consent.minor', undefined],
        [undefined, 'consent.adult'],
        [undefined, undefined],
      ],
    ]);
  });

  it('says when a case is looked at again: by its months, unless the panel names a day, and never of one that ends', () => {
    const of = (code: string) => channel.decisions.find((d) => d.code === code)!;
    const until = (code: string, named: string | null) => againAfter(of(code), named, '2026-11-30');
    expect([until('consent-refused', null), until('support-ended', null)]).toEqual(['2027-02-28', '2027-05-30']);
    expect([until('consent-refused', '2027-01-15'), until('adopted', null), until('adopted', '2027-01-15')]).toEqual([
      ...['2027-01-15', null, '2027-01-15'],
    ]);
    expect(until('closed', '2027-01-15')).toBeNull();
    const wrong = (code: string, againFrom: string) =>
      wrongRecord(of(code), { recorded: 'x', consentBy: null, againFrom }, '2026-11-30').map((p) => p.code);
    expect([wrong('adopted', '2026-12-01'), wrong('adopted', '2026-11-30'), wrong('adopted', '2031-12-01')]).toEqual([
      ...[[], ['in-the-past'], ['too-far']],
    ]);
    expect(wrong('closed', '2027-01-15')).toEqual(['decision.ends']);
  });
});
