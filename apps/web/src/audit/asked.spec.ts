import { readAsked, trailHref } from './asked';

const ID = '021623d7-8c46-4daf-826f-8d83f4133408';

describe('what the trail is asked for', () => {
  it('is nothing until something is asked', () => {
    expect(readAsked({})).toEqual({ typed: {}, query: {}, problems: [], bounded: false });
    expect(readAsked({ outcome: 'denied', from: '1/11/2026' }).bounded).toBe(false);
    expect(readAsked({ all: 'true' }).bounded).toBe(true);
  });

  it('reads days as people write them', () => {
    const days = (from: string) => readAsked({ from }).query.from;
    expect([days('24/11/2026'), days('4 1 2026'), days('2026-11-24')]).toEqual([
      '2026-11-24',
      '2026-01-04',
      '2026-11-24',
    ]);
    expect(readAsked({ from: '31/2/2026', to: 'yesterday' }).problems.map((p) => p.field)).toEqual(['from', 'to']);
    expect(readAsked({ from: '2/11/2026', to: '1/11/2026' }).problems).toEqual([
      expect.objectContaining({ field: 'to' }),
    ]);
  });

  it('wants whole ids, and keeps what was typed', () => {
    expect(readAsked({ person: ID.toUpperCase() }).query).toEqual({ person: ID });
    expect(readAsked({ case: 'C-7K3M' })).toMatchObject({
      typed: { case: 'C-7K3M' },
      bounded: false,
      problems: [{ field: 'case' }],
    });
  });

  it('takes an agreement by its own id, with or without a version', () => {
    expect(readAsked({ agreement: 'northbank-hand-over' })).toMatchObject({
      query: { agreement: 'northbank-hand-over' },
      bounded: true,
    });
    expect(readAsked({ agreement: 'northbank-hand-over@1.0.0' }).query).toEqual({ agreement: 'northbank-hand-over' });
    expect(readAsked({ agreement: 'the hand-over one' }).problems.map((p) => p.field)).toEqual(['agreement']);
  });

  it('drops what is no action and no outcome', () => {
    expect(readAsked({ action: 'case.view', outcome: 'denied' }).query).toEqual({
      action: 'case.view',
      outcome: 'denied',
    });
    expect(readAsked({ action: 'x', kind: 'looked', outcome: ['denied'] }).query).toEqual({});
    expect(readAsked({ kind: 'broke-the-glass' }).query).toEqual({ kind: 'broke-the-glass' });
  });

  it('writes addresses with changes', () => {
    expect(trailHref({ case: ID, all: '' }, { cursor: 'n1' })).toBe(`/audit?case=${ID}&cursor=n1`);
    expect(trailHref({ case: ID }, { case: '' })).toBe('/audit');
  });
});
