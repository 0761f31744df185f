import type { Details } from '../details';
import type { Query } from '../log.repository';
import { describe } from '../reading';
import { recordsAt } from '../records.repository';
import type { Selection } from '../selection';
import { placesOf, type Place } from '../trail.repository';
import { readCursor, writeCursor, type Cursor } from './cursor';

/** Which page, and of how many acts: 25 unless said. */
export interface PageAsked {
  readonly limit?: number;
  readonly cursor?: string;
}

/** A page of the chosen acts, newest first, each as it is told, with cursors to the pages beside it. @throws Invalid for a cursor that is none. */
export async function pageOf(query: Query, selection: Selection, asked: PageAsked, details: Details) {
  const limit = asked.limit ?? 25;
  const cursor = asked.cursor === undefined ? null : readCursor(asked.cursor);
  const ascending = cursor?.direction === 'previous';
  const found = await placesOf(query, selection, {
    limit: limit + 1,
    ascending,
    ...(cursor ? { after: cursor } : {}),
  });
  const more = found.length > limit;
  const places = ascending ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const records = await recordsAt(
    query,
    places.map((p) => p.idx),
  );
  const byIndex = new Map(records.map((r) => [r.idx, r]));
  const mark = (place: Place | undefined, direction: Cursor['direction']): string | null =>
    place ? writeCursor({ direction, ...place }) : null;
  return {
    items: places.flatMap((p) => {
      const record = byIndex.get(p.idx);
      return record ? [describe(record, details)] : [];
    }),
    next: (ascending ? cursor !== null : more) ? mark(places.at(-1), 'next') : null,
    previous: (ascending ? more : cursor !== null) ? mark(places[0], 'previous') : null,
  };
}
