import { addDays } from '@concordat/clocks';
import { reviewActionStates, type ReviewActionState } from '@concordat/contracts';
import fc from 'fast-check';
import {
  actionMoves,
  demandSecondPerson,
  inOneLine,
  isSettled,
  latenessOf,
  movesOf,
  stateAfter,
  unanswered,
  unsettled,
  type ActionMove,
  type Managers,
} from './action-rules';
import type { RecommendationBrief, ReviewAction } from './recommendation';

const said = (by: string, at = '2026-03-01T09:00:00.000Z') => ({ by, at });
const target = (due: string) => ({ due, reason: null, approver: null, ...said('jo') });
const claim = (by: string, at?: string) => ({ outcome: 'x', evidence: 'x', ...said(by, at) });
const action = (state: ReviewActionState, more: Partial<ReviewAction> = {}): ReviewAction => ({
  ...{ id: 'a', number: 1, state, text: 'x', leadId: 'bevan', leadOrg: 'nhs', milestones: [] },
  ...{ targets: [target('2026-02-01')], claims: [], checks: [], ending: null },
  ...more,
});
const brief = (more: Partial<RecommendationBrief> = {}): RecommendationBrief => ({
  ...{ number: 1, level: 'local', response: 'accepted', responded: false, actions: [] },
  ...more,
});
const moves = Object.keys(actionMoves) as ActionMove[];

describe('an action (domain/statutory-reviews.md §9)', () => {
  it('goes from proposed to closed by the usual path, and no step of it can be left out', () => {
    const path = ['accept', 'start', 'claim', 'verify', 'close'] as const;
    const end = path.reduce<ReviewActionState>((state, move) => stateAfter({ state }, move), 'PROPOSED');
    expect(end).toBe('CLOSED');
    for (const [i, move] of path.entries()) {
      const skipped = () =>
        path.filter((_, j) => j !== i).reduce<ReviewActionState>((s, m) => stateAfter({ state: s }, m), 'PROPOSED');
      if (move !== 'close') expect(skipped).toThrow(expect.objectContaining({ code: 'review-action.move-not-open' }));
    }
  });

  it('given back is begun again, and nothing moves one that is over', () => {
    expect(stateAfter({ state: 'CLAIMED_DONE' }, 'return')).toBe('RETURNED');
    expect(stateAfter({ state: 'RETURNED' }, 'start')).toBe('IN_PROGRESS');
    for (const state of ['CLOSED', 'SUPERSEDED', 'NOT_PURSUED'] as const) expect(movesOf({ state })).toEqual([]);
  });

  it('is verified by no path but a second person’s: property', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 30 }), (tried) => {
        let state: ReviewActionState = 'PROPOSED';
        let last: ActionMove | undefined;
        for (const move of tried) {
          if (!movesOf({ state }).includes(move)) continue;
          state = stateAfter({ state }, move);
          last = move;
          if (state === 'VERIFIED') expect(actionMoves[last].by).toBe('second-person');
          if (state === 'CLOSED') expect(last).toBe('close');
        }
      }),
    );
  });
});

describe('the second person', () => {
  const managers: Managers = new Map([
    ['bevan', 'carys'],
    ['carys', 'head'],
    ['nurse', 'carys'],
    ['ring1', 'ring2'],
    ['ring2', 'ring1'],
  ]);
  const may = (who: string, claimedBy = 'bevan') => {
    try {
      demandSecondPerson(action('CLAIMED_DONE', { claims: [claim(claimedBy)] }), who, managers);
      return 'may';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is neither the lead nor who claimed it, nor in the line of either; §13.8 self-verification is refused', () => {
    expect(may('bevan')).toBe('review-action.own-claim');
    expect(may('jo', 'jo')).toBe('review-action.own-claim');
    expect([may('carys'), may('head')]).toEqual(['review-action.own-line', 'review-action.own-line']);
    expect([may('nurse'), may('gwen')]).toEqual(['may', 'may']);
  });

  it('a line is looked along both ways, and a circle in it ends', () => {
    expect(inOneLine('head', 'bevan', managers)).toBe(true);
    expect(inOneLine('bevan', 'head', managers)).toBe(true);
    expect(inOneLine('ring1', 'gwen', managers)).toBe(false);
    expect(inOneLine('ring1', 'ring2', managers)).toBe(true);
  });
});

describe('lateness', () => {
  it('is against the original date: a revised one makes it not overdue, and does not hide how late it is', () => {
    const revised = action('IN_PROGRESS', { targets: [target('2026-02-01'), target('2026-06-01')] });
    expect(latenessOf(revised, '2026-02-11')).toEqual({
      ...{ due: '2026-06-01', original: '2026-02-01', overdue: false, daysLate: 10 },
    });
    expect(latenessOf(revised, '2026-06-02')).toMatchObject({ overdue: true, daysLate: 121 });
    expect(latenessOf(action('IN_PROGRESS'), '2026-02-01')).toMatchObject({ overdue: false, daysLate: 0 });
  });

  it('stops on the day on which it was claimed, and goes on when it is given back', () => {
    const claims = [claim('bevan', '2026-02-04T10:00:00.000Z')];
    expect(latenessOf(action('VERIFIED', { claims }), '2026-09-01')).toMatchObject({ overdue: false, daysLate: 3 });
    expect(latenessOf(action('RETURNED', { claims }), '2026-02-11')).toMatchObject({ overdue: true, daysLate: 10 });
  });

  it('never grows when a date is added: property', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 90 }), (gone, more) => {
        const today = addDays('2026-02-01', gone);
        const was = latenessOf(action('IN_PROGRESS'), today);
        const targets = [target('2026-02-01'), target(addDays('2026-02-01', more))];
        const now = latenessOf(action('IN_PROGRESS', { targets }), today);
        expect(now.daysLate).toBe(was.daysLate);
        expect(now.overdue && !was.overdue).toBe(false);
      }),
    );
  });
});

describe('what keeps a review open', () => {
  it('§13.8: five verified and one claimed; closing is refused, naming it', () => {
    const actions = [1, 2, 3, 4, 5, 6].map((number) => ({
      number,
      state: number === 6 ? ('CLAIMED_DONE' as const) : ('VERIFIED' as const),
    }));
    expect(unsettled([brief({ number: 2, actions })])).toEqual(['R2.6 (claimed done)']);
  });

  it('an answer, an action, and for a national one a response', () => {
    expect(unanswered([brief(), brief({ number: 2, response: null })])).toEqual(['R2']);
    expect(unsettled([brief({ response: null })])).toEqual(['R1 (not answered)']);
    expect(unsettled([brief({ response: 'rejected' })])).toEqual([]);
    expect(unsettled([brief({ response: 'partly' })])).toEqual(['R1 (no action)']);
    expect(unsettled([brief({ level: 'national' })])).toEqual(['R1 (no response)']);
    expect(unsettled([brief({ level: 'national', responded: true })])).toEqual([]);
  });

  it('is nothing exactly when every action of what was accepted is settled: property', () => {
    const states = fc.array(fc.constantFrom(...reviewActionStates), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(states, (all) => {
        const open = unsettled([brief({ actions: all.map((state, i) => ({ number: i + 1, state })) })]);
        expect(open).toHaveLength(all.filter((state) => !isSettled({ state })).length);
      }),
    );
  });
});
