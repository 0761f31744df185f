import { AuditModule } from '@concordat-app/audit';
import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, staff } from '../../opened.testing';

interface Shown {
  items: { index: string; actor: string; actorOrg: string; action: string; outcome: string; at: string }[];
  next: string | null;
  previous: string | null;
}

describe('the access log of a case', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule, AuditModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });
  const at = (caseId: string, query = '') => `/api/records/cases/${caseId}/access-log${query}`;
  const log = (caseId: string, query = '', who = 'amina') => app.as(who).get<Shown>(at(caseId, query));
  const told = ({ items }: Shown) => items.map((i) => [i.actor, i.action, i.outcome]);

  /** A case at which Amina and somebody of the housing agency looked, an outsider was refused, and an auditor read the trail. */
  async function lookedAt() {
    const { caseId } = await opened(app, referrals);
    for (const who of ['amina', 'hana', 'bevan']) await app.as(who).get(`/api/records/cases/${caseId}`);
    await app.as('erin').get(`/api/audit/trail?case=${caseId}`);
    const looks = [
      [staff('bevan'), 'case.view', 'denied'],
      [staff('hana'), 'case.view', 'done'],
      [staff('amina'), 'case.view', 'done'],
    ];
    await eventually(async () => expect(told((await log(caseId)).body)).toEqual(expect.arrayContaining(looks)), {
      timeoutMs: 20_000,
    });
    return { caseId, looks };
  }

  it('AUD-6: takes reading the case and reading access logs: either alone is refused', async () => {
    const { caseId } = await opened(app, referrals);
    const asSystem = async (...scopes: string[]) => {
      const dto = { orgId: org('northbank-council'), name: scopes.join(' '), scopes };
      const { id, secret } = (await app.as('lena').post('/api/identity/clients', dto)).body as Record<string, string>;
      const response = await fetch(`${app.url}/api/identity/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      return app.asBearer(token).get(at(caseId));
    };
    await eventually(async () => (await asSystem('cases.read', 'access-logs.read')).status === 200);
    expect((await asSystem('cases.read')).status).toBe(403);
    expect((await asSystem('access-logs.read')).status).toBe(403);
    // And people: a practitioner, who reads cases; an auditor, who reads neither; the safeguarding lead.
    for (const [who, status] of [
      ['hana', 403],
      ['erin', 403],
      ['amina', 200],
    ] as const)
      expect([who, (await log(caseId, '', who)).status]).toEqual([who, status]);
    const acts = (await app.acts('records')).filter((a) => a.action === 'case.view-access-log');
    expect(acts.slice(-3).map((a) => [a.actor, a.outcome])).toEqual([
      [staff('hana'), 'denied'],
      [staff('erin'), 'denied'],
      [staff('amina'), 'done'],
    ]);
  });

  it('AUD-7: shows who looked and who was refused, and not what an auditor looked into; by user, and by day', async () => {
    const { caseId, looks } = await lookedAt();
    const { body } = await log(caseId);
    expect(told(body).filter(([, action]) => action === 'case.view')).toEqual(looks);
    expect(JSON.stringify(body)).not.toMatch(/trail\.read|192\.0|127\.0|Tamsin|subjects|detail/);
    // Asking for the log is a look by whoever asks, once, and none by a service.
    expect(told(body).filter(([actor]) => !looks.some(([who]) => who === actor))).toEqual([]);
    expect(told((await log(caseId, `?user=${staff('hana')}`)).body)).toEqual([looks[1]]);
    const today = civilDate(new Date());
    expect(told((await log(caseId, `?user=${staff('bevan')}&from=${today}&to=${today}`)).body)).toEqual([looks[0]]);
    expect((await log(caseId, `?to=${addDays(today, -1)}`)).body.items).toEqual([]);

    // Her asking for the log is one more look at the case.
    const hers = `?user=${staff('amina')}&to=${today}`;
    await eventually(async () => (await log(caseId, hers)).body.items.length > 1);
    const first = (await log(caseId, `${hers}&limit=1`)).body;
    const second = (await log(caseId, `${hers}&limit=1&cursor=${first.next}`)).body;
    expect([first.items, second.items].map((i) => i.length)).toEqual([1, 1]);
    expect(Number(second.items[0]!.index)).toBeLessThan(Number(first.items[0]!.index));
    for (const [query, field] of [
      ['?cursor=bm90aGluZw', 'cursor'],
      [`?from=${today}&to=${addDays(today, -1)}`, 'to'],
      ['?from=2026-02-31', 'from'],
      ['?user=somebody', 'user'],
    ] as const) {
      const refused = (await app.as('amina').get(at(caseId, query))) as {
        status: number;
        body: { errors?: { field: string }[] };
      };
      expect([query, refused.status, refused.body.errors?.[0]?.field]).toEqual([query, 422, field]);
    }
  });

  it('AUD-3: the opening of a case is one act: record, user, role, agency, purpose, method, path, address and correlation', async () => {
    const { caseId, subject, people } = await opened(app, referrals);
    const headers = { 'x-correlation-id': newId() };
    const path = `/api/records/cases/${caseId}`;
    const authorization = `Bearer ${await app.tokenFor('hana')}`;
    expect((await fetch(app.url + path, { headers: { ...headers, authorization } })).status).toBe(200);
    const trail = `/api/audit/trail?case=${caseId}&user=${staff('hana')}&action=case.view`;
    const looks = async () => (await app.as('erin').get(trail)).body.items as Record<string, unknown>[];
    await eventually(async () => expect(await looks()).toHaveLength(1), { timeoutMs: 20_000 });
    const [act] = await looks();
    expect(act).toMatchObject({
      ...{ outcome: 'done', actor: staff('hana'), actorRole: 'practitioner', actorOrg: org('harbour-housing') },
      ...{ purpose: 'safeguarding', corr: headers['x-correlation-id'], objects: [{ t: 'case', id: caseId, ver: '1' }] },
      detail: { method: 'GET', path, address: expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$|^::1$/) },
    });
    expect([...(act!['subjects'] as string[])].sort()).toEqual([...people].sort());
    expect(people).toContain(subject);
  });

  it('shows who opened one of its documents, and not who was shown it in a list', async () => {
    const { caseId } = await opened(app, referrals);
    const path = `${app.url}/api/records/cases/${caseId}/documents`;
    const of = async (who: string) => ({ authorization: `Bearer ${await app.tokenFor(who)}` });
    const headers = { ...(await of('amina')), 'content-type': 'application/octet-stream', 'idempotency-key': newId() };
    const upload = await fetch(`${path}/uploads`, { method: 'POST', headers, body: 'A letter' });
    const { id: uploadId } = (await upload.json()) as { id: string };
    const { body } = await app.as('amina').post(path.slice(app.url.length), { uploadId, title: 'A letter' });
    await app.as('amina').get(path.slice(app.url.length));
    expect((await fetch(`${path}/${body.id}/content`, { headers: await of('hana') })).status).toBe(200);
    const openings = async () => told((await log(caseId, `?document=${body.id}`)).body);
    await eventually(async () => expect(await openings()).toEqual([[staff('hana'), 'document.open', 'done']]), {
      timeoutMs: 20_000,
    });
    expect((await log(caseId, `?document=${newId()}`)).body.items).toEqual([]);
  });

  it('of a case that one may not know of is not there, as of one that does not exist; nor has the ledger it for anybody else', async () => {
    const { caseId } = await opened(app, referrals);
    const elsewhere = await opened(app, referrals, {
      leadOrg: org('eastvale-nhs'),
      participants: [org('eastvale-nhs')],
    });
    for (const id of [elsewhere.caseId, newId()]) expect([id, (await log(id)).status]).toEqual([id, 404]);
    expect((await app.asService('referrals').get(`/api/audit/accesses/${caseId}`)).status).toBe(404);
    for (const who of ['amina', 'erin', 'kit'])
      expect([who, (await app.as(who).get(`/api/audit/accesses/${caseId}`)).status]).toEqual([who, 404]);
  });
});
