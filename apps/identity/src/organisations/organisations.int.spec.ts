import { startApp, type TestApp } from '@concordat/testing';

describe('the directory', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app?.stop());

  const last = async (action: string) => (await app.acts('identity')).findLast((a) => a.action === action);

  it('lists the organisations and leaves their ids in the audit entry (AUD-9)', async () => {
    const { status, body } = await app.as('dov').get('/api/identity/organisations');
    expect(status).toBe(200);
    expect(body.organisations).toHaveLength(8);
    expect(body.organisations).toContainEqual({
      ...{ id: 'dd31cbd9-2e1f-43d4-987d-a46531bde013', name: 'Harbour Housing', type: 'HOUSING', active: true },
    });
    const ids = body.organisations.map((o: { id: string }) => ({ t: 'organisation', id: o.id }));
    expect(await last('organisation.list')).toMatchObject({ objects: ids, outcome: 'done' });
  });

  it('lists the areas with who leads them, to people and to services', async () => {
    const { body } = await app.asService('referrals').get('/api/identity/areas');
    expect(body.areas.map((a: { name: string }) => a.name)).toEqual(['Eastvale', 'Harbourside', 'Northbank']);
    expect(Object.keys(body.areas[0]).sort()).toEqual(['active', 'id', 'leadOrg', 'name']);
  });

  it('names the staff of an organisation, but not how they sign in', async () => {
    const org = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
    const { status, body } = await app.as('amina').get(`/api/identity/staff?org=${org}`);
    expect(status).toBe(200);
    expect(body.staff.map((s: { name: string }) => s.name)).toEqual(['Dov Adler', 'Hana Osei', 'Wren Ashby']);
    expect(body.staff[0]).toEqual({
      ...{ id: '8d67240f-a2f6-4237-b90b-a15b0bffa26e', name: 'Dov Adler', orgId: org, roles: ['practitioner'] },
      ...{ areas: ['021623d7-8c46-4daf-826f-8d83f4133408'], active: true, mayReceive: true },
    });
    expect((await last('staff.list'))?.objects).toHaveLength(3);
  });

  it('names staff by id, and marks an account that may receive nothing', async () => {
    const ids = ['7b6b4808-c5bd-4357-bf10-4d3c838f7484', '70e30f01-5677-48ad-b963-31ce6738bbf2', crypto.randomUUID()];
    const { body } = await app.asService('audit').get(`/api/identity/staff?ids=${ids.join()}`);
    expect(body.staff).toMatchObject([
      { id: ids[1], name: 'Amina Rahman' },
      { id: ids[0], roles: [], mayReceive: false },
    ]);
  });

  it.each([
    ['', 'org'],
    ['?org=harbour', 'org'],
    ['?ids=1,2', 'ids'],
    [`?ids=${Array.from({ length: 101 }, () => crypto.randomUUID()).join()}`, 'ids'],
    ['?org=dd31cbd9-2e1f-43d4-987d-a46531bde013&who=all', 'who'],
  ])('refuses staff%.20s', async (query, field) => {
    const { status, body } = await app.as('amina').get(`/api/identity/staff${query}`);
    expect({ status, fields: body.errors.map((e: { field: string }) => e.field) }).toEqual({
      ...{ status: 422, fields: [field] },
    });
  });

  it.each(['organisations', 'areas', 'staff', 'members'])('tells nobody without a token of %s', async (what) => {
    expect((await app.asNobody().get(`/api/identity/${what}`)).status).toBe(401);
  });
});
