import type { TestApp } from '@concordat/testing';

/** Of a forum with two meetings, the later first, each is a page of its own; the day that is suggested next is the same on both. */
export async function pagedLatestFirst(app: TestApp, forumId: string, ids: readonly [string, string]): Promise<void> {
  const paged = async (query: string) =>
    (await app.as('idris').get(`/api/risk/forums/${forumId}/meetings?limit=1${query}`)).body;
  const page1 = await paged('');
  const page2 = await paged(`&cursor=${page1.next}`);
  expect([page1, page2].map(({ items }) => items.map(({ id }: { id: string }) => id))).toEqual(ids.map((id) => [id]));
  expect([page1.previous, page2.next, page2.suggested]).toEqual([null, null, page1.suggested]);
  expect((await paged(`&cursor=${page2.previous}`)).items[0].id).toBe(ids[0]);
}
