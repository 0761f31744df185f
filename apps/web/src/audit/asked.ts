import { actions, actKinds, actOutcomes, isId } from '@concordat/contracts';
import type { FieldProblem } from '@concordat/platform';
import type { TrailQuery } from '../apis/audit';
import { dayOf } from '../design/civil-date';

export const HANDLES = ['case', 'person', 'user', 'agency', 'agreement'] as const;
export type Handle = (typeof HANDLES)[number];

const NOT_AN_ID: Readonly<Record<Handle, string>> = {
  case: 'Enter the whole id of a case or referral, as the trail or the case’s address shows it',
  person: 'Enter the whole id of a person, as the trail shows it',
  user: 'Enter the whole id of a member of staff, as the trail shows it',
  agency: 'Select an agency',
  agreement: 'Enter the id of an agreement, as its page shows it',
};

/** An agreement has a name of its own for an id; a version of it may be given with it, and all its versions are meant. */
const AGREEMENT = /^([A-Za-z0-9][A-Za-z0-9._:/-]{0,79})(@[0-9.]+)?$/;
const idOf = (name: Handle, value: string): string | undefined => {
  if (name === 'agreement') return AGREEMENT.exec(value)?.[1];
  return isId(value.toLowerCase()) ? value.toLowerCase() : undefined;
};

/** What a form of the trail asks for, as it was typed and as it is sent. */
export interface Asked {
  readonly typed: Readonly<Record<string, string>>;
  readonly query: TrailQuery;
  readonly problems: readonly FieldProblem[];
  /** Whether anything was asked for that the trail can be searched by. */
  readonly bounded: boolean;
}

/** readAsked reads the fields of the trail's form, from an address or from a posted form. Days are days in London. */
export function readAsked(given: Readonly<Record<string, unknown>>): Asked {
  const typed: Record<string, string> = {};
  for (const name of [...HANDLES, 'from', 'to', 'kind', 'action', 'outcome', 'all']) {
    const value = given[name];
    if (typeof value === 'string' && value.trim() !== '') typed[name] = value.trim().slice(0, 100);
  }
  const query: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  for (const name of HANDLES) {
    const value = typed[name];
    if (value === undefined) continue;
    const id = idOf(name, value);
    if (id !== undefined) query[name] = id;
    else problems.push({ field: name, code: 'not-an-id', message: NOT_AN_ID[name] });
  }
  for (const name of ['from', 'to'] as const) {
    const value = typed[name];
    if (value === undefined) continue;
    const day = dayOf(value);
    if (day) query[name] = day;
    else
      problems.push({
        field: name,
        code: 'not-a-date',
        message: `Enter a real date ${name === 'from' ? 'to begin with' : 'to end with'}, like 24/11/2026`,
      });
  }
  const { from, to } = query;
  if (from && to && from > to)
    problems.push({ field: 'to', code: 'before-from', message: 'The last day must not be before the first' });
  if (typed['kind'] && (actKinds as readonly string[]).includes(typed['kind'])) query['kind'] = typed['kind'];
  if (typed['action'] && (actions as readonly string[]).includes(typed['action'])) query['action'] = typed['action'];
  if (typed['outcome'] && (actOutcomes as readonly string[]).includes(typed['outcome']))
    query['outcome'] = typed['outcome'];
  if (typed['all'] === 'true') query['all'] = 'true';
  const cursor = given['cursor'];
  if (typeof cursor === 'string' && cursor !== '') query['cursor'] = cursor.slice(0, 200);
  const bounded = HANDLES.some((name) => query[name] !== undefined) || query['all'] === 'true';
  return { typed, query, problems, bounded };
}

/** The address of a page of the trail that asks for the same, with changes; an empty value takes something away. */
export function trailHref(
  typed: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>> = {},
  page = '/audit',
): string {
  const parts = Object.entries({ ...typed, ...change }).filter(([, value]) => value !== '');
  return parts.length === 0 ? page : `${page}?${new URLSearchParams(parts).toString()}`;
}
