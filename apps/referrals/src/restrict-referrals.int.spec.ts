import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { example } from './referred.testing';
import { ReferralsModule } from './referrals.module';

/** What records tells of a restriction closes a referral here on every ground, but to those who are named. */
describe('a referral of a restricted person', () => {
  let app: TestApp;
  let id: string;
  let person: string;
  let amina: string;
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    ({ id } = (await app.as('hana').post('/api/referrals', { content: example() })).body as { id: string });
    const [row] = await app.sql<{ person: string; amina: string }>(
      `SELECT people[1] AS person, (SELECT user_id FROM identity.staff WHERE username = 'amina') AS amina FROM referrals.referral`,
    );
    ({ person, amina } = row!);
    await eventually(async () => (await app.sql('SELECT 1 FROM referrals.referral_search')).length === 1);
  });
  afterAll(() => app.stop());

  /** As the projection writes it. */
  const close = (record: string) =>
    app.sql('INSERT INTO referrals.restricted_record (restriction_id, record_id, named) VALUES ($1, $2, $3)', [
      newId(),
      record,
      [amina],
    ]);
  const open = () => app.sql('DELETE FROM referrals.restricted_record');

  /** Everything that somebody may get of it: the row in lists, what searches find, the numbers, and the referral itself. */
  async function seen(who: string): Promise<{ listed: boolean; found: boolean; counted: number; status: number }> {
    const caller = app.as(who);
    const list = (await caller.get('/api/referrals?limit=100')).body as {
      items: { id: string }[];
      count: { value: number };
    };
    const { searchId } = (await caller.post('/api/referrals/searches', { q: 'Halloway' })).body as { searchId: string };
    const found = (await caller.get(`/api/referrals/searches/${searchId}`)).body as typeof list;
    const counts = (await caller.get('/api/referrals/counts')).body as Record<string, number>;
    expect(found.count.value).toBe(found.items.length);
    return {
      listed: list.items.some((r) => r.id === id),
      found: found.items.some((r) => r.id === id),
      counted: list.count.value + counts['awaitingTriage']! + counts['made']!,
      status: (await caller.get(`/api/referrals/${id}`)).status,
    };
  }
  const nothing = { listed: false, found: false, counted: 0, status: 404 };
  const all = { listed: true, found: true, counted: 2, status: 200 };

  it('is seen by whoever triages it and by whoever made it, until their person is restricted', async () => {
    for (const who of ['amina', 'hana', 'idris'])
      expect([who, await seen(who)]).toMatchObject([who, { ...all, counted: expect.any(Number) }]);
    await close(person);
    expect(await seen('amina')).toMatchObject(all);
    expect(await seen('hana')).toEqual(nothing);
    expect(await seen('idris')).toEqual(nothing);
    const change = await app.as('idris').post(`/api/referrals/${id}/notes`, { text: 'x' }, { version: 1 });
    expect(change.status).toBe(404);
    await open();
    expect(await seen('hana')).toMatchObject(all);
  });

  it('and when its case is restricted; a part in that case is one for those who are named', async () => {
    await app.as('amina').post(`/api/referrals/${id}/ratings`, { colour: 'red' }, { version: 1 });
    await app.as('amina').post(`/api/referrals/${id}/decisions`, { outcome: 'accept' }, { version: 2 });
    const [{ caseId, police }] = (await app.sql<{ caseId: string; police: string }>(
      `SELECT case_id AS "caseId", (SELECT id FROM identity.organisation_detail WHERE code = 'northbank-police') AS police FROM referrals.referral`,
    )) as [{ caseId: string; police: string }];
    const part = (restricted: boolean) =>
      app.sql(
        `INSERT INTO referrals.case_access (case_id, org_id, level, restricted, since) VALUES ($1, $2, 'reader', $3, now())
         ON CONFLICT (case_id, org_id) DO UPDATE SET restricted = $3`,
        [caseId, police, restricted],
      );
    await part(false);
    expect((await seen('rhys')).status).toBe(200);
    // Of the two events that close it, either may come first, and either closes it.
    await part(true);
    expect(await seen('rhys')).toEqual(nothing);
    await close(caseId);
    expect(await seen('rhys')).toEqual(nothing);
    expect((await seen('hana')).status).toBe(404);
    expect((await seen('amina')).status).toBe(200);
    await app.sql(
      `UPDATE referrals.restricted_record SET named = array_append(named, (SELECT user_id FROM identity.staff WHERE username = 'rhys'))`,
    );
    expect((await seen('rhys')).status).toBe(200);
    // Lifted, it opens when both have been told.
    await open();
    expect(await seen('rhys')).toEqual(nothing);
    await part(false);
    expect((await seen('rhys')).status).toBe(200);
  });
});
