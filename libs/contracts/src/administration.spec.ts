import { actionInWords } from './action-words';
import { actsOfAdministration, permissions } from './permissions';

describe('acts of administration', () => {
  it('are what administrators alone decide, and nothing that anybody does with a record', () => {
    for (const action of [
      'membership.grant',
      'organisation.close',
      'client.register',
      'webhook.change',
      'stream.release',
    ] as const)
      expect(actsOfAdministration).toContain(action);
    for (const action of [
      'session.start',
      'organisation.list',
      'forum.list',
      'review-kind.view',
      'deadline.list',
    ] as const)
      expect(actsOfAdministration).not.toContain(action);
    expect(actsOfAdministration.filter((action) => permissions[action].op !== 'SYSTEM')).toEqual([]);
  });

  it('are each called something, and no two alike: people choose among them by name', () => {
    const words = actsOfAdministration.map(actionInWords);
    expect(words.filter((text) => /^[\w ]+: [\w-]+$/.test(text))).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
    expect(actionInWords('referral.request-information')).toBe('Request information: referral');
  });
});
