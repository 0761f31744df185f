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
});
