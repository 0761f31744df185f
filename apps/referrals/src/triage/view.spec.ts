import type { Actor } from '@concordat/platform';
import { viewOf } from './view';

const at = new Date('2026-11-24T10:00:00Z');
const received = {
  ...{
    id: 'r',
    reference: 'R-1',
    version: 1,
    status: 'received',
    pathway: 'domestic-abuse',
    areaId: 'a',
    caseId: null,
  },
  ...{ referringOrg: 'charity', receivingOrg: 'council', referredBy: 'hana', receivedAt: at, dueAt: at, entries: [] },
  content: {
    people: [
      { addresses: [{ kind: 'home', lines: ['12 Invented Row'], postcode: 'ZZ9 1AA', confidential: true }] },
      { addresses: [{ kind: 'work', lines: ['1 Made-up Lane'] }] },
      {},
    ],
  },
} as unknown as Parameters<typeof viewOf>[1];
const of = (orgId: string, id = 'somebody'): Actor => ({ kind: 'user', id, orgId, roles: ['practitioner'], areas: [] });

describe('a confidential address in a referral', () => {
  it.each([
    ['triage', of('council')],
    ['referrer', of('charity', 'hana')],
  ])('is shown to the side of %s', (side, actor) => {
    const view = viewOf(actor, received, at);
    expect(view.side).toBe(side);
    expect(view.content).toEqual(received.content);
  });

  it('is not shown to a participant, only that there is one; other addresses are', () => {
    const view = viewOf(of('police'), received, at);
    expect(view.side).toBe('participant');
    expect(view.content).toEqual({
      people: [
        { addresses: [{ kind: 'home', confidential: true }] },
        { addresses: [{ kind: 'work', lines: ['1 Made-up Lane'] }] },
        {},
      ],
    });
  });
});
