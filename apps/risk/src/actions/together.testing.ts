import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';

const AT = '/api/risk/conference-actions';
const TODAY = civilDate(new Date());

/**
 * One step of several actions of housing (wren): copies of one action that are due yesterday and tomorrow, and one that has ended;
 * the action that they are copies of moves nowhere. The NHS (nia) sees none of them, the police (gwen) do.
 */
export async function stepsTogether(
  app: TestApp,
  { theirs, meetingId, caseId }: Readonly<Record<'theirs' | 'meetingId' | 'caseId', string>>,
): Promise<void> {
  const listed = async (query: string): Promise<{ id: string; what: string; dueOn: string }[]> =>
    (await app.as('wren').get(`${AT}?${query}`)).body.items;
  const days = async (query: string) => (await listed(query)).map(({ dueOn }) => dueOn);
  // By case and by state; by the next meeting of the forum, which is nowhere planned yet.
  expect(await days(`only=all&case=${caseId}&state=done`)).toEqual([addDays(TODAY, 2)]);
  expect(await days(`only=all&case=${newId()}`)).toEqual([]);
  expect(await days(`only=all&forum=${newId()}`)).toEqual([]);
  expect(await days('only=before-meeting')).toEqual([]);
  const coming = newId();
  await app.sql(
    `INSERT INTO risk.meeting (id, forum_id, forum_version, pack, version, state, held_on, starts_at, place, cut_off_on, research_by, statement)
     SELECT $1, forum_id, forum_version, pack, 1, 'planned', $3::date, starts_at, place, cut_off_on, research_by, statement
       FROM risk.meeting WHERE id = $2`,
    [coming, meetingId, addDays(TODAY, 2)],
  );
  expect(await days('only=before-meeting')).toEqual([addDays(TODAY, -1), addDays(TODAY, 1)]);
  await app.sql('DELETE FROM risk.meeting WHERE id = $1', [coming]);

  const copies = (await listed('only=all')).filter(({ what }) => what === 'Copy');
  const [first, second, ended] = [-1, 1, 2].map((n) => copies.find((c) => c.dueOn === addDays(TODAY, n))!.id) as [
    ...[string, string, string],
  ];
  expect((await listed(`only=all&ids=${first},${ended},${newId()}`)).map(({ id }) => id)).toEqual([first, ended]);

  const ask = (who: string, items: object[], key = newId()) =>
    app.as(who).post(`${AT}/steps`, { do: 'not-possible', items }, { key });
  const row = (id: string, version = 1, words?: string) => ({ id, version, ...(words ? { words } : {}) });
  expect((await ask('wren', [])).body.errors[0].field).toBe('items');
  expect((await ask('wren', [row(first), row(first)])).status).toBe(422);
  const many = Array.from({ length: 51 }, () => row(newId()));
  expect((await ask('wren', many)).status).toBe(422);
  const outcomes = ({ body }: { body: { items: { outcome: string; code?: string }[] } }) =>
    body.items.map(({ outcome, code }) => code ?? outcome);
  // Whoever may not see one is told that there is none, and whoever may, that it is not theirs.
  expect(outcomes(await ask('nia', [row(theirs, 1, 'Ours')]))).toEqual(['conference-action.not-found']);
  expect(outcomes(await ask('gwen', [row(theirs, 1, 'Ours')]))).toEqual(['conference-action.forbidden']);

  const [before, key] = [await told(app), newId()];
  const rows = [row(first, 1, 'She moved'), row(second), row(ended, 1, 'Again'), row(theirs, 7, 'Late'), row(newId())];
  const done = await ask('wren', rows, key);
  expect([done.status, outcomes(done)]).toEqual([
    200,
    [
      ...['done', 'request.invalid', 'conference-action.step-not-open'],
      ...['conference-action.changed', 'conference-action.not-found'],
    ],
  ]);
  expect(done.body.items[0]).toMatchObject({ id: first, status: 'not-possible', version: 2 });
  expect(done.body.items[1].errors).toEqual([expect.objectContaining({ field: 'words', code: 'required' })]);
  // What was done once is not done again under the same key; the one that lacked words is, once it has them.
  expect(outcomes(await ask('wren', rows, key))).toEqual(outcomes(done));
  expect(outcomes(await ask('wren', [row(second, 1, 'She moved')]))).toEqual(['done']);
  expect((await told(app)).slice(before.length)).toEqual([first, second]);
  // An act of the whole and one of each, refused or not, under one bulk id.
  const acts = (await app.acts('risk')).filter(({ objects }) => objects.some(({ id }) => id === done.body.id));
  expect(acts.map(({ action, outcome }) => [action, outcome]).slice(0, 6)).toEqual([
    ['conference-action.advance-together', 'done'],
    ['conference-action.advance', 'done'],
    ...['failed', 'failed', 'failed', 'denied'].map((outcome) => ['conference-action.advance', outcome]),
  ]);

  // Whoever leads the forum is offered to escalate what no agency of its own has taken up, several at once, each with words.
  await app.sql(
    `INSERT INTO risk.conference_action (id, item_id, meeting_id, case_id, subject_id, version, what, owner_org, due_on, state,
        proposed_by, proposed_at, changed_at)
     SELECT gen_random_uuid(), item_id, meeting_id, case_id, subject_id, 1, 'Copy', owner_org, $2::date, 'not-done', proposed_by,
        proposed_at, changed_at FROM risk.conference_action WHERE id = $1`,
    [theirs, addDays(TODAY, 9)],
  );
  const led = async (who: string) => (await app.as(who).get(`${AT}?only=all&whose=led&state=not-done`)).body;
  expect([(await led('wren')).items, (await led('wren')).count.value]).toEqual([[], 0]);
  const [undone] = (await led('gwen')).items;
  expect([undone.dueOn, undone.may]).toEqual([addDays(TODAY, 9), ['escalate']]);
  const either = (await app.as('gwen').get(`${AT}?only=all&whose=any&ids=${undone.id},${first}`)).body;
  expect([either.items.length, either.count.value]).toEqual([2, 2]);
  const escalate = (who: string, words?: string) =>
    app.as(who).post(`${AT}/steps`, { do: 'escalate', items: [row(undone.id, 1, words)] }, { key: newId() });
  expect(outcomes(await escalate('gwen'))).toEqual(['request.invalid']);
  expect(outcomes(await escalate('wren', 'To our director'))).toEqual(['conference-action.forbidden']);
  expect(outcomes(await escalate('gwen', 'To the director of housing'))).toEqual(['done']);
}

/** Ids of the actions that moved, as events told it. */
async function told(app: TestApp): Promise<string[]> {
  const rows = await app.sql<{ id: string }>(
    `SELECT convert_from(body, 'UTF8')::json -> 'data' ->> 'actionId' AS id FROM risk.outbox
      WHERE convert_from(body, 'UTF8') LIKE '%risk.conference-action-changed.v1%' ORDER BY seq`,
  );
  return rows.map(({ id }) => id);
}
