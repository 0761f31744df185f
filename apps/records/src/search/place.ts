import { Invalid, isId } from '@concordat/contracts';
import { isCivilDate } from '@concordat/platform';

/**
 * Where the next page of a list of hits begins: after a person or case of this score and id, or, when those are done with,
 * after what was written at this time, if after anything.
 */
export type Place =
  | { readonly in: 'ranked'; readonly score: number; readonly id: string }
  | { readonly in: 'texts'; readonly after: { readonly at: string; readonly id: string } | null };

export function placeTo(place: Place): string {
  const parts = place.in === 'ranked' ? ['r', place.score, place.id] : ['t', ...Object.values(place.after ?? {})];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Throws Invalid for a cursor that we did not make. */
export function placeFrom(cursor: string): Place {
  const [kind, key, id, ...more] = parsed(cursor);
  if (more.length === 0 && kind === 'r' && Number.isSafeInteger(key) && isId(id))
    return { in: 'ranked', score: key as number, id };
  if (more.length === 0 && kind === 't' && key === undefined) return { in: 'texts', after: null };
  if (more.length === 0 && kind === 't' && typeof key === 'string' && isMoment(key) && isId(id))
    return { in: 'texts', after: { at: key, id } };
  throw new Invalid([{ field: 'cursor', code: 'wrong-form', message: 'Start again from the first page' }]);
}

/** A time as PostgreSQL writes it, to the microsecond. */
const isMoment = (text: string): boolean =>
  isCivilDate(text.slice(0, 10)) &&
  /^ (?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/.test(text.slice(10));

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? (value as unknown[]) : [];
  } catch {
    return []; // no cursor of ours
  }
}

/** What stands after a place in a list that is sorted by score, the best first, and then by id. */
export const isAfter = (hit: { readonly score: number; readonly id: string }, place: Place | null): boolean => {
  if (place === null) return true;
  return place.in === 'ranked' && (hit.score < place.score || (hit.score === place.score && hit.id > place.id));
};
