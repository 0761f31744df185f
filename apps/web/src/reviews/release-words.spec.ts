import { tooHeavy } from './release-words';

describe('the weight of a file', () => {
  const weights = [{ to: 'Home Office', force: 'unverified' as const, megabytes: 20 }];
  it('is told from the limit on, with where the limit stands', () => {
    expect([tooHeavy({ weights }, 19_999_999), tooHeavy({ weights: [] }, 90_000_000)]).toEqual([[], []]);
    expect(tooHeavy({ weights }, 20_000_000)).toEqual([
      'Home Office is said to take files smaller than 20 MB. That is not confirmed',
    ]);
  });
});
