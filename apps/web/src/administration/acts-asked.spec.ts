import { actsHref, readAsked } from './acts-asked';

const ID = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';

describe('what is asked of acts of administration', () => {
  it('is read from an address, and what is no such thing is not asked for', () => {
    const { query, problems } = readAsked({
      ...{ agency: ID, user: 'lena', action: 'membership.grant', outcome: 'denied', from: '1/3/2026', to: ' ' },
    });
    expect(query).toEqual({ agency: ID, action: 'membership.grant', outcome: 'denied', from: '2026-03-01' });
    expect(problems).toEqual([]);
    expect(readAsked({ action: 'case.view', outcome: 'x', cursor: ['a'] }).query).toEqual({});
  });

  it('keeps what was typed when it is wrong', () => {
    const wrong = readAsked({ from: '30/2/2026' });
    expect([wrong.typed['from'], wrong.problems.map((p) => p.field)]).toEqual(['30/2/2026', ['from']]);
    expect(readAsked({ from: '2/3/2026', to: '1/3/2026' }).problems).toMatchObject([{ code: 'before-from' }]);
    expect(actsHref({ outcome: 'denied' }, 'c')).toBe('/administration/acts?outcome=denied&cursor=c');
  });
});
