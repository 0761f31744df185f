import { deadlineKinds, deadlineScopes, deadlineStates } from '@concordat/contracts';
import type { Asked } from '../apis/notifications';
import { dayOf } from '../design/civil-date';

type Query = Readonly<Record<string, unknown>>;
const one = <T extends string>(value: unknown, of: readonly T[]): T | undefined => of.find((each) => each === value);

/** What an address asks for; what it cannot ask is left out. Pure. */
export function askedIn(
  query: Query,
): Asked & { whose: NonNullable<Asked['whose']>; state: NonNullable<Asked['state']> } {
  const day = (name: string) => (typeof query[name] === 'string' ? dayOf(query[name]) : null);
  const kind = one(query['kind'], deadlineKinds);
  const sort = one(query['sort'], ['due', '-due'] as const);
  const [from, to] = [day('from'), day('to')];
  return {
    whose: one(query['whose'], deadlineScopes) ?? 'mine',
    state: one(query['state'], deadlineStates) ?? 'open',
    ...(kind ? { kind } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(sort ? { sort } : {}),
    ...(typeof query['cursor'] === 'string' ? { cursor: query['cursor'] } : {}),
  };
}

/** The address of a list like this, with `more` in the place of its parts. */
export function addressOf(path: string, asked: Asked, more: Partial<Asked> = {}): string {
  const { cursor: _, ...rest } = asked;
  const given = Object.entries({ ...rest, ...more }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `${path}?${new URLSearchParams(given).toString()}`;
}
