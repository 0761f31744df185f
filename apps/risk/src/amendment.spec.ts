import { amendmentStates, IllegalTransition, minutedParts, RuleBroken } from '@concordat/contracts';
import * as fc from 'fast-check';
import { amended, answered, mayPropose } from './amendment';

const ISSUED = {
  harm: 'He may find her',
  contributory: '',
  protective: 'New locks',
  rationale: 'Release is near',
  recorded: '',
};

describe('minutes that are amended', () => {
  it('read as issued but for what was agreed, the last of it last', () => {
    const change = (after: string, state: 'agreed' | 'proposed' | 'refused') => ({
      part: 'harm' as const,
      after,
      state,
    });
    expect(amended(ISSUED, [])).toEqual(ISSUED);
    expect(amended(ISSUED, [change('A', 'agreed'), change('B', 'refused'), change('C', 'proposed')]).harm).toBe('A');
    expect(amended(ISSUED, [change('A', 'agreed'), change('B', 'agreed')])).toEqual({ ...ISSUED, harm: 'B' });
  });

  it('keep what nobody agreed to change, whatever is proposed', () => {
    const one = fc.record({
      ...{ part: fc.constantFrom(...minutedParts), after: fc.string(), state: fc.constantFrom(...amendmentStates) },
    });
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const now = amended(ISSUED, all);
        for (const part of minutedParts) {
          const last = all.filter((each) => each.part === part && each.state === 'agreed').at(-1);
          expect(now[part]).toBe(last ? last.after : ISSUED[part]);
        }
      }),
    );
  });

  it('are changed by one proposal at a time, which somebody else answers, once', () => {
    expect(() => mayPropose('a', 'b', [{ state: 'agreed' }, { state: 'refused' }])).not.toThrow();
    expect(() => mayPropose('a', 'b', [{ state: 'proposed' }])).toThrow(IllegalTransition);
    expect(() => mayPropose('a', 'a', [])).toThrow(RuleBroken);
    const proposal = { state: 'proposed', proposedBy: 'idris' } as const;
    expect([answered(proposal, 'agree', 'gwen'), answered(proposal, 'refuse', 'gwen')]).toEqual(['agreed', 'refused']);
    expect(() => answered(proposal, 'agree', 'idris')).toThrow(RuleBroken);
    expect(() => answered({ ...proposal, state: 'agreed' }, 'agree', 'gwen')).toThrow(IllegalTransition);
  });
});
