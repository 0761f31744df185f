import type { Claims } from '@concordat/platform';
import type { Pool } from 'pg';
import { Members, type Member } from './members';

const OLD: Member = { userId: 'u', orgId: 'o', roles: ['practitioner'], areas: [] };
const NEW: Member = { ...OLD, roles: ['auditor'] };
const ANN: Claims = { subject: 'ann', service: null, signedInAt: null };

/** A pool whose answers are given by hand, in the order that they were asked for. */
function slowPool() {
  const asked: ((rows: Member[]) => void)[] = [];
  const query = () => new Promise((resolve) => asked.push((rows) => resolve({ rows })));
  return { asked, members: new Members({ query } as unknown as Pool, () => 0, 1, []) };
}

describe('the memberships that are kept in memory', () => {
  it('answer without asking again, until they are forgotten', async () => {
    const { asked, members } = slowPool();
    const first = members.actor(ANN, undefined);
    asked[0]!([OLD]);
    expect((await first).roles).toEqual(['practitioner']);
    expect((await members.actor(ANN, undefined)).roles).toEqual(['practitioner']);
    expect(asked).toHaveLength(1);
    members.forget('ann');
    const next = members.actor(ANN, undefined);
    asked[1]!([NEW]);
    expect((await next).roles).toEqual(['auditor']);
  });

  it('are not the old ones when they change while an answer is on its way', async () => {
    const { asked, members } = slowPool();
    const overtaken = members.actor(ANN, undefined);
    members.forget('ann');
    asked[0]!([OLD]);
    await overtaken;
    const next = members.actor(ANN, undefined);
    asked[1]!([NEW]);
    expect((await next).roles).toEqual(['auditor']);
  });
});
