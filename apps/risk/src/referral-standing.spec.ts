import { referralStandings, referralSteps as steps } from '@concordat/contracts';
import { leaves, mergesInto, referralSteps, returns, standingAfter, type Asker } from './referral-standing';

const nobody: Asker = { lead: false, referrer: false, chair: false, refuser: false };
const all: Asker = { ...nobody, lead: true, referrer: true, chair: true };

describe('a referral before it is heard', () => {
  it('is returned and completed, or not accepted and challenged once', () => {
    expect(referralSteps('submitted', { ...nobody, lead: true })).toEqual(['return', 'not-accept', 'merge']);
    expect(standingAfter('submitted', 'return', all)).toBe('returned');
    expect(standingAfter('returned', 'complete', all)).toBe('submitted');
    expect(standingAfter('not-accepted', 'challenge', all)).toBe('challenged');
    expect([standingAfter('challenged', 'accept', all), standingAfter('challenged', 'uphold', all)]).toEqual([
      ...['submitted', 'refused'],
    ]);
    expect(referralSteps('refused', all)).toEqual([]);
  });

  it('is withdrawn by the agency that referred, and by nobody else, until a challenge is decided', () => {
    const own = { ...nobody, referrer: true };
    const open = referralStandings.filter((standing) => referralSteps(standing, own).includes('withdraw'));
    expect(open).toEqual(['submitted', 'returned', 'not-accepted', 'challenged']);
    expect(standingAfter('returned', 'withdraw', own)).toBe('withdrawn');
    expect(() => standingAfter('submitted', 'withdraw', { ...all, referrer: false })).toThrow('may not');
    expect(referralSteps('withdrawn', all)).toEqual([]);
  });

  it('is merged by whoever leads into one of the same person, case and forum that is still to be heard', () => {
    expect([standingAfter('submitted', 'merge', all), standingAfter('returned', 'merge', all)]).toEqual([
      ...['merged', 'merged'],
    ]);
    expect(() => standingAfter('submitted', 'merge', { ...nobody, referrer: true })).toThrow('may not');
    const one = { id: '1', caseId: 'c', forumId: 'f', subjectId: 's' };
    const into = (more: object = {}) =>
      mergesInto(one, { ...one, id: '2', standing: 'submitted', heard: false, ...more });
    expect(into()).toBe(true);
    const others = [{ id: '1' }, { caseId: 'd' }, { forumId: 'g' }, { subjectId: 't' }, { heard: true }];
    expect([...others, { standing: 'merged' }].filter(into)).toEqual([]);
  });

  it('is open to one step or refuses it, in every state, and a challenge is not decided by whoever refused', () => {
    for (const standing of referralStandings)
      for (const step of steps) {
        const open = referralSteps(standing, all).includes(step);
        const taking = () => standingAfter(standing, step, all);
        if (open) expect(taking).not.toThrow();
        else expect(taking).toThrow('not open where the referral stands');
        expect(() => standingAfter(standing, step, nobody)).toThrow('may not');
      }
    expect(referralSteps('challenged', { ...all, referrer: false, refuser: true })).toEqual([]);
    expect(() => standingAfter('challenged', 'uphold', { ...all, refuser: true })).toThrow('may not');
  });

  it('leaves what is to be heard exactly by the steps that do not put it back', () => {
    expect(steps.filter((step) => leaves('submitted', step))).toEqual(['return', 'not-accept', 'withdraw', 'merge']);
    expect(steps.filter((step) => leaves('returned', step))).toEqual([]);
    expect(steps.filter(returns)).toEqual(['complete', 'accept']);
  });
});
