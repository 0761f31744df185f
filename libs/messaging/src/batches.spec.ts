import type { Received } from '@concordat/contracts';
import fc from 'fast-check';
import type { Handling } from './on';
import { inGroups } from './batches';

const handlings = ['a', 'b', 'c'].map((where): Handling => ({
  where,
  batch: null,
  one: null,
  prepare: null,
  action: null,
}));

describe('inGroups', () => {
  const item = (streamId: string, version: number, handling: Handling | 'ignored') => ({
    row: { source: 'referrals' as const, streamId },
    event: { streamId, version: BigInt(version) } as Received<never>,
    handling,
  });

  it('keeps the order of every stream, hands over everything once, and each to its own handler', () => {
    const items = fc.array(fc.tuple(fc.constantFrom('s', 't', 'u'), fc.constantFrom(...handlings, 'ignored' as const)));
    fc.assert(
      fc.property(items, (drawn) => {
        const versions = new Map<string, number>();
        const given = drawn.map(([stream, handling]) => {
          versions.set(stream, (versions.get(stream) ?? 0) + 1);
          return item(stream, versions.get(stream)!, handling);
        });
        const groups = inGroups(given);
        const flat = groups.flatMap((g) => g.events.map((event) => ({ event, handling: g.handling })));
        for (const stream of versions.keys()) {
          const wanted = given.filter((g) => g.row.streamId === stream && g.handling !== 'ignored');
          expect(flat.filter((f) => f.event.streamId === stream)).toEqual(
            wanted.map(({ event, handling }) => ({ event, handling })),
          );
        }
      }),
    );
  });

  it('makes one group of one handler, however many streams', () => {
    const many = Array.from({ length: 50 }, (_, n) => item(`s${n % 7}`, n, handlings[0]!));
    expect(inGroups(many)).toHaveLength(1);
  });
});
