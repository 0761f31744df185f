import {
  Conflict,
  Forbidden,
  IllegalTransition,
  Invalid,
  RuleBroken,
  NotFound,
  statusOf,
  TooMany,
  Unauthenticated,
  Unavailable,
  Unreadable,
} from '@concordat/platform';
import { problemFrom } from './apis';

describe('what a context answers with', () => {
  it.each([
    [400, Unreadable],
    [401, Unauthenticated],
    [403, Forbidden],
    [404, NotFound],
    [409, Conflict],
    [422, RuleBroken],
    [429, TooMany],
    [500, Unavailable],
    [502, Unavailable],
    [503, Unavailable],
    [418, Unavailable],
  ])('%i is raised as the problem that it is', (status, type) => {
    const problem = problemFrom(status, { code: 'noun.reason', detail: 'In words' });
    expect(problem).toBeInstanceOf(type);
    expect(statusOf(problem)).toBe([500, 502, 418].includes(status) ? 503 : status);
  });

  it('keeps codes, field errors, states and versions', () => {
    const errors = [{ field: 'a.b', code: 'required', message: 'Enter it' }];
    const invalid = problemFrom(422, { code: 'request.invalid', errors });
    expect(invalid).toBeInstanceOf(Invalid);
    expect(invalid.details.errors).toEqual(errors);
    expect(problemFrom(409, { code: 'x.y', state: 'withdrawn' })).toBeInstanceOf(IllegalTransition);
    expect(problemFrom(409, { code: 'x.changed', currentVersion: 7, differing: ['a'] }).details).toMatchObject({
      currentVersion: 7,
      differing: ['a'],
    });
    expect(problemFrom(404, { code: 'referral.not-found' }).code).toBe('referral.not-found');
    expect(problemFrom(403, { code: 'x.forbidden', reasons: ['role.not-entitled'] }).details.reasons).toEqual([
      'role.not-entitled',
    ]);
  });

  it('makes a failure of what is no problem document, and repeats none of it', () => {
    for (const body of [null, 'stack trace', { error: 'secret' }]) {
      const problem = problemFrom(500, body);
      expect([problem.code, problem.message]).toEqual(['service.failed', 'It cannot be done now']);
    }
  });
});
