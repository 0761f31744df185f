import { addDays, civilDate } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';

const AT = '/api/risk/conference-actions';
const TODAY = civilDate(new Date());

/** Actions of housing (wren), who has one that is due in a week: it is copied thrice, to be deleted by whoever asked. */
export async function pagedActions(
  app: TestApp,
  { theirs, forumId }: { readonly theirs: string; readonly forumId: string },
): Promise<void> {
  // Page by page, either way, by what is wanted; three more than this one.
  await app.sql(
    `INSERT INTO risk.conference_action (id, item_id, meeting_id, case_id, subject_id, version, what, owner_org, due_on, state,
        proposed_by, proposed_at, changed_at)
     SELECT gen_random_uuid(), item_id, meeting_id, case_id, subject_id, 1, 'Copy', owner_org, $2::date + n,
        CASE n WHEN 2 THEN 'done' ELSE 'proposed' END, proposed_by, proposed_at, changed_at + n * interval '1 s'
       FROM risk.conference_action, generate_series(-1, 2) n WHERE id = $1 AND n <> 0`,
    [theirs, TODAY],
  );
  const paged = async (query: string) => (await app.as('wren').get(`${AT}?limit=2${query}`)).body;
  const days = ({ items }: { items: { dueOn: string }[] }) => items.map(({ dueOn }) => dueOn);
  const page1 = await paged('');
  expect([days(page1), page1.count, page1.previous]).toEqual([
    ...[[addDays(TODAY, -1), addDays(TODAY, 1)], { value: 3, more: false }, null],
  ]);
  const page2 = await paged(`&cursor=${page1.next}`);
  expect([days(page2), page2.next]).toEqual([[addDays(TODAY, 7)], null]);
  expect(days(await paged(`&cursor=${page2.previous}`))).toEqual(days(page1));
  expect(days(await paged('&sort=-due'))).toEqual([addDays(TODAY, 7), addDays(TODAY, 1)]);
  expect(days(await paged('&only=overdue'))).toEqual([addDays(TODAY, -1)]);
  expect(days(await paged('&only=ended'))).toEqual([addDays(TODAY, 2)]);
  expect((await paged('&only=all')).count.value).toBe(4);
  expect(days(await paged(`&forum=${forumId}&sort=-changed&only=all`))[0]).toBe(addDays(TODAY, 2));
  expect((await app.as('wren').get(`${AT}?sort=-due&cursor=${page1.next}`)).status).toBe(422);
}
