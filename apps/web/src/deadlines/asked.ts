import { deadlineKinds, deadlineScopes, deadlineStates, type FieldProblem } from '@concordat/contracts';
import type { Asked } from '../apis/notifications';
import { dayOf } from '../design/civil-date';

type Query = Readonly<Record<string, unknown>>;
const one = <T extends string>(value: unknown, of: readonly T[]): T | undefined => of.find((each) => each === value);

/** What an address asks for; what it cannot ask is left out. Pure. */
export function askedIn(
  query: Query,
): Asked & { whose: NonNullable<Asked['whose']>; state: NonNullable<Asked['state']> } {
  const day = (name: string) => (typeof query[name] === 'string' ? dayOf(query[name].trim()) : null);
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

/** The days that somebody typed, and what is wrong with them: said, and never passed over, for fewer would look like all. Pure. */
export function daysIn(query: Query): { typed: Record<string, string>; problems: FieldProblem[] } {
  const typed: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  for (const [field, example] of [
    ['from', '27/3/2027'],
    ['to', '31/3/2027'],
  ] as const) {
    const value = query[field];
    if (typeof value !== 'string' || value.trim() === '') continue;
    typed[field] = value.trim().slice(0, 100);
    if (dayOf(typed[field]) === null)
      problems.push({ field, code: 'not-a-date', message: `Enter a real date, like ${example}` });
  }
  const { from, to } = askedIn(query);
  if (from && to && from > to)
    problems.push({ field: 'to', code: 'before-from', message: 'The last day must not be before the first' });
  return { typed, problems };
}

/** The address of a list like this, with `more` in the place of its parts. */
export function addressOf(path: string, asked: Asked, more: Partial<Asked> = {}): string {
  const { cursor: _, ...rest } = asked;
  const given = Object.entries({ ...rest, ...more }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `${path}?${new URLSearchParams(given).toString()}`;
}
