import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, staff } from '../../opened.testing';

interface Answer {
  items: { userId: string; orgId: string; caseId: string; spans: { from: string; to: string; ground: string }[] }[];
  count: number;
  cases: string[];
}

describe('looking back', () => {
  const referrals = new PeersStandIn();
  const today = civilDate(new Date());
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });
  const ask = (query: string, who = 'erin') => app.as(who).get<Answer>(`/api/records/access-history?${query}`);
  const groundsOf = ({ items }: Answer, who: string): string[] =>
    items.filter((i) => i.userId === staff(who)).flatMap((i) => i.spans.map((s) => s.ground));
  const post = (who: string, path: string, body: object, version?: number) =>
    app.as(who).post(`/api/records${path}`, body, version === undefined ? {} : { version });

  it('says who could have seen a case on a day, from participation, restriction, membership and emergencies as they were', async () => {
    const { caseId, subject } = await opened(app, referrals);
    const { reference } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body as { reference: string };
    const terms = { kind: 'colleague', named: [staff('amina')], reviewOn: addDays(today, 30), reason: 'x' };
    const made = (await post('amina', `/cases/${caseId}/restrictions`, terms, 1)).body as { id: string };
    await post('rhys', '/break-glass', { case: reference, ground: 'life-at-risk', reason: 'x' });
    // Closed to an auditor who may not read restricted records, like what is not there.
    for (const query of [`case=${caseId}`, `case=${newId()}`, `person=${subject}`])
      expect([query, (await ask(`${query}&on=${today}`)).status]).toEqual([query, 404]);
    await post('amina', `/restrictions/${made.id}/lifting`, { reason: 'x' }, 1);

    for (const query of [`case=${caseId}`, `case=${reference}`, `person=${subject}`]) {
      const { status, body } = await ask(`${query}&on=${today}`);
      expect([query, status, body.cases]).toEqual([query, 200, [caseId]]);
      expect(groundsOf(body, 'amina')).toEqual(['part', 'named', 'part']);
      expect(groundsOf(body, 'tomas')).toEqual(['part', 'part']); // not while it was restricted
      expect(groundsOf(body, 'rhys')).toEqual(['glass']); // of an agency that takes no part
      for (const never of ['carys', 'dov', 'erin', 'lena'])
        expect([never, groundsOf(body, never)]).toEqual([never, never === 'dov' ? ['part', 'part'] : []]);
    }
    const one = (await ask(`case=${caseId}&user=${staff('rhys')}&on=${today}`)).body;
    expect([one.count, one.items.map((i) => i.userId), groundsOf(one, 'rhys')]).toEqual([
      1,
      [staff('rhys')],
      ['glass'],
    ]);
    expect((await ask(`case=${caseId}&on=${addDays(today, -1)}`)).body.items).toEqual([]);
    expect((await ask(`case=${caseId}&on=${today}`)).body).toEqual((await ask(`case=${caseId}&on=${today}`)).body);

    const act = (await app.acts('records')).findLast((a) => a.action === 'access.look-back' && a.outcome === 'done');
    expect(act).toMatchObject({ actor: staff('erin'), objects: [{ t: 'case', id: caseId }] });
    expect(act!.detail['asked']).toMatchObject({ on: today });
  });

  it('remembers memberships that have ended', async () => {
    const { caseId } = await opened(app, referrals);
    const [user, council] = [staff('tomas'), org('northbank-council')];
    const { version } = (
      (await app.as('lena').get(`/api/identity/members?org=${council}`)).body as {
        members: { userId: string; version: number }[];
      }
    ).members.find((m) => m.userId === user)!;
    const revoked = await app.as('lena').post(`/api/identity/members/${user}/${council}/revocation`, {}, { version });
    expect(revoked.status).toBeLessThan(300);
    await eventually(async () => {
      const [m] = await app.sql<{ active: boolean }>('SELECT active FROM records.member WHERE user_id = $1', [user]);
      return m?.active === false;
    });
    const { body } = await ask(`case=${caseId}&on=${today}`);
    expect(groundsOf(body, 'tomas')).toEqual(['part']);
    expect(groundsOf((await ask(`case=${caseId}&on=${addDays(today, 1)}`)).body, 'tomas')).toEqual([]);
    expect(groundsOf((await ask(`case=${caseId}&on=${addDays(today, 1)}`)).body, 'amina')).toEqual(['part']);
  });

  it('is for auditors, and asks for one case or person and a day', async () => {
    expect((await ask(`case=${newId()}&on=${today}`, 'amina')).status).toBe(403);
    for (const query of [
      `on=${today}`,
      `case=${newId()}`,
      `case=${newId()}&person=${newId()}&on=${today}`,
      `case=${newId()}&on=2026-02-30`,
    ])
      expect([query, (await ask(query)).status]).toEqual([query, 422]);
  });
});
