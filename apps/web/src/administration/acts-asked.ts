import { actOutcomes, actsOfAdministration, isId, type FieldProblem } from '@concordat/contracts';
import type { AdministrationQuery } from '../apis/audit';
import { dayOf } from '../design/civil-date';

/** What the form asks for, as it was typed and as it is sent. Pure. */
export function readAsked(given: Readonly<Record<string, unknown>>) {
  const typed: Record<string, string> = {};
  for (const name of ['agency', 'user', 'action', 'outcome', 'from', 'to']) {
    const value = given[name];
    if (typeof value === 'string' && value.trim() !== '') typed[name] = value.trim().slice(0, 100);
  }
  const query: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  for (const name of ['agency', 'user']) if (isId(typed[name])) query[name] = typed[name];
  for (const name of ['from', 'to']) {
    const day = typed[name] === undefined ? undefined : dayOf(typed[name]);
    if (day) query[name] = day;
    else if (day === null)
      problems.push({ field: name, code: 'not-a-date', message: 'Enter a real date, like 24/11/2026' });
  }
  const { from, to } = query;
  if (from && to && from > to)
    problems.push({ field: 'to', code: 'before-from', message: 'The last day must not be before the first' });
  if ((actsOfAdministration as readonly string[]).includes(typed['action'] ?? '')) query['action'] = typed['action']!;
  if ((actOutcomes as readonly string[]).includes(typed['outcome'] ?? '')) query['outcome'] = typed['outcome']!;
  const cursor = given['cursor'];
  if (typeof cursor === 'string' && cursor !== '') query['cursor'] = cursor.slice(0, 200);
  return { typed, query: query as AdministrationQuery, problems };
}

/** The address that asks for the same again, from another place. */
export const actsHref = (typed: Readonly<Record<string, string>>, cursor: string): string =>
  `/administration/acts?${new URLSearchParams({ ...typed, cursor }).toString()}`;
