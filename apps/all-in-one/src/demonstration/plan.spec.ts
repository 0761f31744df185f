import { referralStatuses } from '@concordat/contracts';
import { demoReferrals, signInNames } from './demo-files';
import { planOf } from './plan';

const ids = new Map(signInNames().map((p) => [p.username, p.id]));
const plans = demoReferrals().map((referral) => ({
  referral,
  steps: planOf(referral, (username) => ids.get(username) ?? username),
}));

describe('the plan of the demonstration', () => {
  it('is the same in every run: keys and ids come from the file', () => {
    const again = demoReferrals().map((referral) => planOf(referral, (username) => ids.get(username) ?? username));
    expect(again).toEqual(plans.map((p) => p.steps));
  });

  it('uses each key and each id once', () => {
    const keys = plans.flatMap((p) => p.steps.map((s) => s.key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(plans.map((p) => p.steps[0]?.body['id'])).size).toBe(plans.length);
  });

  it('saves a draft and sends nothing of it', () => {
    for (const { steps } of plans.filter((p) => p.referral.bring.status === 'draft'))
      expect(steps.map((s) => s.path)).toEqual(['/drafts']);
  });

  it('ends every decided referral with its decision, and asks before there is an answer', () => {
    for (const { referral, steps } of plans) {
      const what = steps.map((s) => s.path.split('/').at(-1));
      if (referral.bring.status === 'returned')
        expect(what.slice(-2)).toEqual(['information-requests', 'information-returns']);
      if (['accepted', 'redirected', 'stepped-up', 'signposted', 'no-further-action'].includes(referral.bring.status))
        expect(what.at(-1)).toBe('decisions');
      expect(referralStatuses).toContain(referral.bring.status);
    }
  });

  it('names nobody but people of the partnership', () => {
    for (const { steps } of plans) for (const { by } of steps) expect(ids.has(by)).toBe(true);
    const assigned = plans.flatMap((p) => p.steps.filter((s) => s.path.endsWith('/assignment')));
    for (const { body } of assigned) expect([...ids.values()]).toContain(body['assignedTo']);
  });
});
