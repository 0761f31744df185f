import { addDays, civilDate } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';

const [AT, TODAY] = ['/api/risk', civilDate(new Date())];
/** A meeting whose research is due today. */
export interface Owing {
  readonly app: TestApp;
  readonly meetingId: string;
}

/** That an agenda is issued is told with the people and agencies that are named for the meeting, and with nothing of what is on it. */
export async function agendaTold(app: TestApp, meetingId: string, named: { person: string; org: string }) {
  const [issued] = await app.sql<{ body: Buffer }>(
    `SELECT body FROM risk.outbox WHERE convert_from(body, 'UTF8') LIKE '%risk.agenda-issued.v1%'`,
  );
  const { data } = JSON.parse(issued!.body.toString()) as { data: { people: string[]; orgs: string[] } };
  expect(Object.keys(data).sort()).toEqual(['forumId', 'meetingId', 'orgs', 'people', 'startsAt']);
  expect(data).toMatchObject({ meetingId, people: expect.arrayContaining([named.person]) });
  expect(data.orgs).toContain(named.org);
}

/** What somebody's agency has not answered about, case by case. */
export async function owes({ app, meetingId }: Owing, who: string, cases: readonly string[]): Promise<void> {
  const { items } = (await app.as(who).get(`${AT}/research-owed`)).body;
  expect(items).toMatchObject(cases.map((id) => ({ id, meetingId, dueOn: TODAY, late: false })));
}

/** Once its day is over: what is put right was returned in time all the same, and what comes first is late. */
export async function afterItsDay(
  { app, meetingId }: Owing,
  of: { readonly returned: string; readonly first: string; readonly found: object; readonly by: string },
): Promise<void> {
  await app.sql('UPDATE risk.meeting SET research_by = $2 WHERE id = $1', [meetingId, addDays(TODAY, -1)]);
  const give = async (who: string, id: string, body: object, version: number) =>
    (await app.as(who).put(`${AT}/agenda-items/${id}/research`, body, { version })).body;
  expect(await give('bevan', of.returned, { ...of.found, words: 'Four' }, 1)).toMatchObject({
    version: 2,
    late: false,
  });
  expect(await give('gwen', of.first, { answer: 'nil' }, 0)).toMatchObject({ late: true });
  const { returned } = (await app.as('wren').get(`${AT}/agenda-items/${of.first}`)).body;
  expect(returned).toEqual([expect.objectContaining({ orgId: of.by, late: true })]);
}
