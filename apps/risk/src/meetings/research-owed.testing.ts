import { addDays, civilDate } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';

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

/** What was told of research asked for before a meeting, and of its minutes, the oldest first, to whoever keeps what is due. */
export async function dueTold(app: TestApp, meetingId: string): Promise<{ research: string[]; minutes: string[] }> {
  const rows = await app.sql<{ type: string; state: string; caseId: string | null; orgId: string; dueOn: string }>(
    `SELECT e.body ->> 'type' AS type, e.body -> 'data' ->> 'state' AS state, e.body -> 'data' ->> 'caseId' AS "caseId",
            e.body -> 'data' ->> 'orgId' AS "orgId", e.body -> 'data' ->> 'dueOn' AS "dueOn"
       FROM (SELECT seq, convert_from(body, 'UTF8')::jsonb AS body FROM risk.outbox) e
      WHERE e.body -> 'data' ->> 'meetingId' = $1
        AND e.body ->> 'type' IN ('risk.research-call-changed.v1', 'risk.minutes-due-changed.v1') ORDER BY e.seq`,
    [meetingId],
  );
  const [research, minutes] = [true, false].map((of) => rows.filter(({ caseId }) => (caseId !== null) === of));
  return {
    research: research!.map(({ state, caseId, orgId, dueOn }) => [state, caseId, orgId, dueOn].join(' ')),
    minutes: minutes!.map(({ state, orgId, dueOn }) => [state, orgId, dueOn].join(' ')),
  };
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

/**
 * What is due by a meeting was told once its agenda was issued, moved with it two days on, and ended with it: in a case, too, that
 * nobody of those who cancelled it saw any more. Its research was due eleven days from `today`.
 */
export async function movedAndEnded(
  app: TestApp,
  meetingId: string,
  { cases, members, today }: { readonly cases: readonly string[]; readonly members: readonly string[]; today: string },
): Promise<void> {
  const of = (state: string, days: number) =>
    cases.flatMap((caseId) => members.map((member) => `${state} ${caseId} ${member} ${addDays(today, days)}`)).sort();
  const { research, minutes } = await dueTold(app, meetingId);
  const [first, moved, over] = [0, 8, 16].map((from) => research.slice(from, from + 8).sort());
  expect([first, moved, over]).toEqual([of('asked', 11), of('asked', 13), of('ended', 13)]);
  expect([research.length, minutes.map((each) => each.split(' ')[0])]).toEqual([24, ['due', 'due', 'ended']]);
}

/** That a meeting is cancelled is told to whoever is named for it, and nothing of why. */
export async function cancellationTold(app: TestApp, of: { meetingId: string; forumId: string }, why: string) {
  const [told] = await app.sql<{ body: Buffer }>(
    `SELECT body FROM risk.outbox WHERE convert_from(body, 'UTF8') LIKE '%risk.meeting-cancelled.v1%'`,
  );
  const { data } = JSON.parse(told!.body.toString()) as { data: { people: string[] } };
  expect(data).toMatchObject({ ...of, orgs: expect.arrayContaining([org('eastvale-nhs')]) });
  expect(data.people).toContain(staff('wren'));
  expect(told!.body.toString()).not.toContain(why);
}
