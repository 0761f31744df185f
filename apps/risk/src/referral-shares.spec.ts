import type { AgencyType } from '@concordat/contracts';
import fc from 'fast-check';
import { partiesOf, percentages, sharesOf } from './referral-shares';

const shares = {
  ...{ force: 'unverified' as const, source: 'Local practice' },
  parties: [
    { code: 'police', title: 'Police', agencies: ['POLICE' as const] },
    { code: 'partners', title: 'Partners' },
  ],
};
const kinds: Record<string, AgencyType> = { met: 'POLICE', city: 'POLICE', nhs: 'NHS', home: 'HOUSING' };
const agencyOf = (org: string) => kinds[org];

describe('shares of referrals', () => {
  it('are of all cases, by what kind of agency referred them', () => {
    expect(sharesOf(shares, { met: 95, city: 5, nhs: 150, home: 50 }, agencyOf)).toEqual([
      { code: 'police', title: 'Police', cases: 100, share: 33.3 },
      { code: 'partners', title: 'Partners', cases: 200, share: 66.7 },
    ]);
    // Half up twice would be more than a hundred: 12.25 and 87.75 of 400.
    expect(percentages(shares, { police: 49, partners: 351 }, 400)).toEqual({ police: 12.2, partners: 87.8 });
    expect(sharesOf(shares, { nhs: 3 }, agencyOf).map((s) => [s.cases, s.share])).toEqual([
      [0, 0],
      [3, 100],
    ]);
  });

  it('are not said of nothing, nor where nobody knows what an agency is', () => {
    const nothing = [
      [null, null],
      [null, null],
    ];
    expect(sharesOf(shares, null, agencyOf).map((s) => [s.cases, s.share])).toEqual(nothing);
    expect(sharesOf(shares, { met: 3, unknown: 1 }, agencyOf).map((s) => [s.cases, s.share])).toEqual(nothing);
    expect(partiesOf(shares, ['met', 'unknown'], agencyOf)).toBeNull();
    expect(sharesOf(shares, {}, agencyOf).map((s) => s.share)).toEqual([null, null]);
  });

  it('of two parties always add up to a hundred', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (police, partners) => {
        const by = percentages(shares, { police, partners }, police + partners);
        expect(Math.round((by['police']! + by['partners']!) * 10)).toBe(1000);
      }),
    );
  });
});
