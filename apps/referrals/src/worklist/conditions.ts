import { openStatuses } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Sorting } from '@concordat/platform';
import { groundsOf } from '../grounds';
import { isOpen, KEYS, OPEN, type Part } from './parts';
import type { Filters } from './worklist.dto';

/** How a search looks into the index; each finds ids that the caller's organisation may have to do with. */
export type Match = 'reference' | 'words' | 'likeness';

/** What the index gave, before anybody's grounds are looked at: the list, its count and its first row ask it only once. */
export interface Found {
  readonly match: Match;
  readonly ids: readonly string[];
}

/**
 * An order that an index gives, where one does: it is read until there are enough. Without, PostgreSQL first collects in a
 * bitmap all that an agency ever received, and only then counts a thousand of them.
 */
export function orderToCountBy({ side }: Part, { statuses, assigned }: Filters, found?: Found): string {
  const isOfSomebody = assigned !== null && assigned !== 'none'; // whose referrals have an index of their own
  const isIndexed = side !== 'participant' && !found && !isOfSomebody && (statuses === null || statuses.length === 1);
  return isIndexed ? 'ORDER BY r.received_at DESC, r.id DESC' : '';
}

/** The filters as conditions: `$5` and on, after the grounds; what is found, if anything is looked for, last. */
export function filtered(tx: Tx, f: Filters, found?: Found) {
  const assignee = f.assigned === 'me' ? tx.actor.id : f.assigned === 'none' ? null : f.assigned;
  const params = [
    ...groundsOf(tx.actor),
    f.statuses,
    f.pathway,
    f.area,
    f.colour,
    assignee,
    tx.now,
    ...(found ? [found.ids] : []),
  ];
  const conditions = [
    // Each names its parameters whether or not it is asked for, so that every one of them has its type.
    '($1::uuid IS NOT NULL AND $2::uuid IS NOT NULL AND $3::uuid[] IS NOT NULL AND $4::boolean IS NOT NULL)',
    ...statusConditions(f.statuses),
    f.pathway === null ? '$6::text IS NULL' : 'r.pathway = $6::text',
    f.area === null ? '$7::uuid IS NULL' : 'r.area_id = $7::uuid',
    f.colour === null ? '$8::text IS NULL' : 'r.colour = $8::text',
    ...(f.assigned === 'none' ? ['r.assigned_to IS NULL'] : []),
    assignee === null ? '$9::uuid IS NULL' : 'r.assigned_to = $9::uuid',
    `($10::timestamptz IS NOT NULL${f.overdue ? ` AND r.due_at < $10 AND ${OPEN}` : ''})`,
    ...(found ? ['r.id IN (SELECT id FROM found)'] : []),
  ].join(' AND ');
  return { params, conditions };
}

export const isUnfiltered = (f: Filters): boolean =>
  f.side === 'all' &&
  !f.overdue &&
  [f.statuses, f.pathway, f.area, f.colour, f.assigned].every((each) => each === null);

/** Each said once: PostgreSQL takes what is said twice for twice as rare, and reads all of it to sort what an index has in order. */
function statusConditions(statuses: Filters['statuses']): string[] {
  if (statuses === null) return ['$5::text[] IS NULL'];
  // As one value where it is one: an index by state then gives the list in its order.
  if (statuses.length === 1) return ['r.status = ($5::text[])[1]'];
  // In so many words where it is so, for the index of what is open.
  const open = isOpen(statuses);
  const isWhole = open && new Set(statuses).size === openStatuses.length;
  return [...(open ? [OPEN] : []), isWhole ? '$5::text[] IS NOT NULL' : 'r.status = ANY ($5::text[])'];
}

/** A table of its own, so that PostgreSQL starts from it, or from a list in its order, as there are few of them or many. */
export const withFound = (at: number): string =>
  `WITH found AS MATERIALIZED (SELECT f AS id FROM unnest($${at}::uuid[]) f)`;

export function sortingOf({ sort, descending }: Filters, found?: Found): Sorting {
  const { types, inside } = KEYS[sort];
  return {
    name: `${descending ? '-' : ''}${sort}${found ? `/${found.match}` : ''}`,
    keys: inside.map((sql, i) => ({ sql, type: types[i]! })),
    descending,
  };
}
