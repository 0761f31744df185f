import { actionStates, actionSteps, Forbidden, IllegalTransition } from '@concordat/contracts';
import * as fc from 'fast-check';
import { advanced, hasEnded, isOverdue, needsWords, stepsOpen } from './conference-action';

const owner = { owner: true, lead: false };
const lead = { owner: false, lead: true };

describe('an action', () => {
  it('is accepted, begun and done, each by the agency that owns it', () => {
    expect(advanced('proposed', 'accept', owner)).toBe('accepted');
    expect(advanced('accepted', 'begin', owner)).toBe('in-progress');
    expect(advanced('in-progress', 'complete', owner)).toBe('done');
    expect(() => advanced('proposed', 'accept', lead)).toThrow(Forbidden);
    expect(() => advanced('proposed', 'complete', owner)).toThrow(IllegalTransition);
  });

  it('that was not done stays open until whoever leads has escalated it; what circumstances prevented has ended', () => {
    expect(advanced('accepted', 'not-possible', owner)).toBe('not-possible');
    expect(hasEnded('not-possible')).toBe(true);
    expect(advanced('accepted', 'not-done', owner)).toBe('not-done');
    expect(hasEnded('not-done')).toBe(false);
    expect(advanced('not-done', 'escalate', lead)).toBe('escalated');
    expect(hasEnded('escalated')).toBe(true);
  });

  it('never ends without words: every step into an end asks for them', () => {
    for (const state of actionStates)
      for (const step of actionSteps) {
        const as = { owner: true, lead: true };
        if (!stepsOpen(state, as).includes(step)) expect(() => advanced(state, step, as)).toThrow(IllegalTransition);
        else if (hasEnded(advanced(state, step, as))) expect([step, needsWords(step)]).toEqual([step, true]);
      }
    expect(actionStates.filter(hasEnded).flatMap((state) => stepsOpen(state, { owner: true, lead: true }))).toEqual([]);
  });

  it('is overdue the day after its day, and never once it has ended', () => {
    const day = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...actionStates), day, day, (state, dueOn, today) => {
        expect(isOverdue({ state, dueOn }, today)).toBe(!hasEnded(state) && today > dueOn);
      }),
    );
    expect(isOverdue({ state: 'accepted', dueOn: '2026-03-28' }, '2026-03-28')).toBe(false);
    expect(isOverdue({ state: 'accepted', dueOn: '2026-03-28' }, '2026-03-29')).toBe(true);
  });
});
