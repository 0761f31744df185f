import type { Chronology, ChronologyList, ChronologyQuery, Entry } from '../apis/chronology';
import type { Visit } from '../session/visit';

const PAGE = 200;

/** Every page of a chronology, one after the other, as it leaves the system. Each is on record before the next is read. */
export async function* pagesOf(
  chronology: Chronology,
  visit: Visit,
  id: string,
  { cursor: _, ...query }: ChronologyQuery,
): AsyncGenerator<ChronologyList> {
  let cursor: string | null = null;
  do {
    const page: ChronologyList = await chronology.export(visit, id, {
      ...{ ...query, limit: PAGE },
      ...(cursor ? { cursor } : {}),
    });
    yield page;
    cursor = page.next;
  } while (cursor !== null);
}

/** The first `most` entries of a chronology, and whether there are more. */
export async function entriesUpTo(most: number, pages: AsyncGenerator<ChronologyList>) {
  const entries: Entry[] = [];
  let last: ChronologyList | null = null;
  for await (const page of pages) {
    last = page;
    entries.push(...page.items);
    if (entries.length >= most) break;
  }
  return { entries: entries.slice(0, most), last, more: entries.length > most || (last?.next ?? null) !== null };
}
