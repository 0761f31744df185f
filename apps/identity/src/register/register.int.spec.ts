import { eventually, startApp, type TestApp } from '@concordat/testing';

const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const NORTHBANK = 'c1fbde18-08de-4d37-8e5d-7e2aab24ffbc';
const API = '/api/identity';

describe('the registers of organisations and areas', () => {
  let app: TestApp;
  /** An administrator of an organisation that leads no area. */
  const ollie = `ollie-${crypto.randomUUID().slice(0, 8)}`;
  beforeAll(async () => {
    app = await startApp();
    const dto = { name: 'Ollie Fenn', username: ollie, orgId: HOUSING, roles: ['administrator'], areas: [] };
    expect((await app.as('lena').post(`${API}/members`, dto)).status).toBe(201);
    await eventually(async () => expect((await app.as(ollie).get(`${API}/me`)).status).toBe(200));
  });
  afterAll(() => app?.stop());

  const last = async (action: string) => (await app.acts('identity')).findLast((a) => a.action === action);
  const lena = () => app.as('lena');
  const copy = (table: 'organisation' | 'area', id: string) =>
    app.sql(`SELECT active FROM identity.${table} WHERE ${table === 'area' ? 'area_id' : 'org_id'} = '${id}'`);

  it('show a lead’s administrator everything with versions and who sits where, and another only how many are their own', async () => {
    const { status, body } = await lena().get(`${API}/register`);
    expect(status).toBe(200);
    expect(body.leads).toBe(true);
    expect(body.organisations).toContainEqual({
      ...{ id: HOUSING, code: 'harbour-housing', name: 'Harbour Housing', type: 'HOUSING', active: true },
      ...{ version: 1, decidedBy: 'file', members: 4 },
    });
    const northbank = body.areas.find((a: { id: string }) => a.id === NORTHBANK);
    expect(northbank.covering).toContainEqual({ orgId: COUNCIL, members: expect.any(Number) });
    expect(await last('register.view')).toMatchObject({ outcome: 'done', actorRole: 'administrator' });
    const { body: ollies } = await app.as(ollie).get(`${API}/register`);
    expect(ollies.leads).toBe(false);
    expect(ollies.organisations.filter((o: { members: number | null }) => o.members !== null)).toHaveLength(1);
    expect((await app.as('hana').get(`${API}/register`)).status).toBe(403);
  });

  it('an organisation is added, named anew, closed with all access of its members, and opened again', async () => {
    const dto = { code: 'quay-advice', name: 'Quay Advice', type: 'VCS' };
    const made = await lena().post(`${API}/organisations`, dto);
    expect(made).toMatchObject({ status: 201, body: { version: 1, status: 'open', receipt: { version: 1 } } });
    const id: string = made.body.id;
    expect(await last('organisation.add')).toMatchObject({ objects: [{ t: 'organisation', id, ver: '1' }] });
    await eventually(async () => expect(await copy('organisation', id)).toEqual([{ active: true }]));
    const username = `ada-${crypto.randomUUID().slice(0, 8)}`;
    const ada = { name: 'Ada Quill', username, orgId: id, roles: ['practitioner'], areas: [NORTHBANK] };
    expect((await lena().post(`${API}/members`, ada)).status).toBe(201);
    await eventually(async () => expect((await app.as(username).get(`${API}/me`)).status).toBe(200));

    const events = async () => (await app.sql(`SELECT 1 FROM identity.outbox WHERE stream_id = '${id}'`)).length;
    const path = `${API}/organisations/${id}`;
    const renamed = await lena().put(path, { name: 'Quay Advice Centre', type: 'VCS' }, { version: 1 });
    expect(renamed).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await last('organisation.change'))?.detail).toMatchObject({
      ...{ was: { name: 'Quay Advice' }, now: { name: 'Quay Advice Centre' } },
    });
    expect(await events()).toBe(1); // other contexts are not told of names
    const again = await lena().put(path, { name: 'Quay Advice Centre', type: 'VCS' }, { version: 2 });
    expect(again).toMatchObject({ status: 200, body: { version: 2 } });
    const late = await lena().put(path, { name: 'Quay', type: 'VCS' }, { version: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'organisation.changed', differing: ['name'] } });
    const same = await lena().post(`${API}/organisations`, { ...dto, code: 'other', name: 'quay advice centre' });
    expect(same).toMatchObject({ status: 409, body: { code: 'organisation.name-taken', differing: ['name'] } });

    expect((await lena().post(`${path}/closing`, undefined, { version: 2 })).body).toMatchObject({ status: 'closed' });
    await eventually(async () => expect((await app.as(username).get(`${API}/me`)).status).toBe(401), {
      timeoutMs: 30_000,
    });
    expect(await last('organisation.close')).toMatchObject({ outcome: 'done' });
    expect(await lena().post(`${path}/closing`, undefined, { version: 3 })).toMatchObject({
      ...{ status: 409, body: { code: 'organisation.closed', state: 'closed' } },
    });
    expect((await lena().post(`${path}/reopening`, undefined, { version: 3 })).body).toMatchObject({ version: 4 });
    await eventually(async () => expect((await app.as(username).get(`${API}/me`)).status).toBe(200), {
      timeoutMs: 30_000,
    });
    expect(await last('organisation.reopen')).toMatchObject({ outcome: 'done' });
  });

  it('an area is added, is covered by whoever added it, goes to another lead, is closed and opened again', async () => {
    const made = await lena().post(`${API}/areas`, { code: 'southbank', name: 'Southbank', leadOrg: HOUSING });
    expect(made.status).toBe(201);
    const id: string = made.body.id;
    expect((await last('area.add'))?.objects).toContainEqual({ t: 'area', id, ver: '1' });
    await eventually(async () => {
      const { body } = await lena().get(`${API}/me`);
      expect(body.areas.map((a: { id: string }) => a.id)).toContain(id);
    });
    const changed = await lena().put(`${API}/areas/${id}`, { name: 'Southbank', leadOrg: COUNCIL }, { version: 1 });
    expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await last('area.change'))?.recipients).toEqual([{ org: COUNCIL }, { org: HOUSING }]);
    expect((await lena().post(`${API}/areas/${id}/closing`, undefined, { version: 2 })).status).toBe(200);
    expect(await last('area.close')).toMatchObject({ outcome: 'done' });
    await eventually(async () => expect(await copy('area', id)).toEqual([{ active: false }]));
    expect((await lena().post(`${API}/areas/${id}/reopening`, undefined, { version: 3 })).status).toBe(200);
    expect(await last('area.reopen')).toMatchObject({ outcome: 'done' });
    const nobody = { code: 'nowhere', name: 'Nowhere', leadOrg: crypto.randomUUID() };
    expect(await lena().post(`${API}/areas`, nobody)).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'leadOrg', code: 'organisation.unknown' }] } },
    });
  });

  it('are kept by administrators of who leads, and not to their own loss', async () => {
    const closing = `${API}/organisations/${COUNCIL}/closing`;
    expect(await lena().post(closing, undefined, { version: 1 })).toMatchObject({
      ...{ status: 422, body: { code: 'organisation.own' } },
    });
    for (const refused of [
      await app.as(ollie).post(`${API}/organisations`, { code: 'other', name: 'Other', type: 'VCS' }),
      await app.as(ollie).post(`${API}/organisations/${COUNCIL}/closing`, undefined, { version: 1 }),
      await app.as(ollie).post(`${API}/areas/${NORTHBANK}/closing`, undefined, { version: 1 }),
    ])
      expect(refused).toMatchObject({ status: 403, body: { reasons: ['organisation.not-entitled'] } });
    expect(await last('area.close')).toMatchObject({ outcome: 'denied' });
    const absent = `${API}/organisations/${crypto.randomUUID()}/closing`;
    expect((await lena().post(absent, undefined, { version: 1 })).status).toBe(404);
  });
});
