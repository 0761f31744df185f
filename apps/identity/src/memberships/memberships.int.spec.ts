import { Databases } from '@concordat/platform';
import { eventually, startApp, type TestApp } from '@concordat/testing';

const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
const NHS = '96401213-8741-44a4-a973-8cbd523aca42';
const HARBOURSIDE = '021623d7-8c46-4daf-826f-8d83f4133408';
const NORTHBANK = 'c1fbde18-08de-4d37-8e5d-7e2aab24ffbc';
const DOV = '8d67240f-a2f6-4237-b90b-a15b0bffa26e';
const HANA = '2c87cb01-d4dd-4f22-acdf-71ddd6b9d22e';
const LENA = 'fc4e32b1-a356-4a99-8a77-7c584866c6f3';
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const MEMBERS = '/api/identity/members';

describe('memberships', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app?.stop());

  const last = async (action: string) => (await app.acts('identity')).findLast((a) => a.action === action);
  const newcomer = (more: object = {}) => ({
    ...{ name: 'Ada Quill', username: `ada-${crypto.randomUUID().slice(0, 8)}`, orgId: HOUSING },
    ...{ roles: ['practitioner'], areas: [HARBOURSIDE], ...more },
  });

  it('lists the members of an organisation to an administrator, with versions', async () => {
    const { status, body } = await app.as('lena').get(`${MEMBERS}?org=${HOUSING}`);
    expect(status).toBe(200);
    expect(body.members[0]).toEqual({
      ...{ userId: DOV, orgId: HOUSING, username: 'dov', name: 'Dov Adler', kind: 'person', roles: ['practitioner'] },
      ...{ areas: [HARBOURSIDE], active: true, mayReceive: true, version: 1 },
      ...{ jobTitle: 'Housing officer', team: null, manager: null },
    });
    expect(await last('membership.list')).toMatchObject({ actorRole: 'administrator', outcome: 'done' });
  });

  it('makes a newcomer a member, who can sign in and act at once', async () => {
    const body = newcomer();
    const made = await app.as('lena').post(MEMBERS, body);
    expect(made).toMatchObject({
      status: 201,
      body: { id: expect.any(String), orgId: HOUSING, version: 1, status: 'active', receipt: { version: 1 } },
    });
    expect(JSON.stringify(made.body)).not.toContain('Ada');
    await eventually(async () => expect((await app.as(body.username).get('/api/identity/me')).status).toBe(200));
    const me = await app.as(body.username).get('/api/identity/me');
    expect(me.body).toMatchObject({ id: made.body.id, name: 'Ada Quill', organisation: { id: HOUSING } });
    expect(await last('membership.grant')).toMatchObject({
      ...{
        outcome: 'done',
        objects: [{ t: 'membership', id: made.body.id, ver: '1' }],
        recipients: [{ org: HOUSING }],
      },
    });
  });

  it('publishes ids and codes, no name', async () => {
    const [event] = await app.sql<{ body: Buffer }>(`SELECT body FROM identity.outbox ORDER BY seq DESC LIMIT 1`);
    const text = event!.body.toString('utf8');
    expect(JSON.parse(text)).toMatchObject({
      type: 'identity.membership-changed.v1',
      data: { orgId: HOUSING, roles: ['practitioner'], areas: [HARBOURSIDE], active: true, mayReceive: true },
    });
    expect(text).not.toMatch(/Ada|Quill|username/);
  });

  it('gives a person a second organisation, chosen by a header', async () => {
    const made = await app.as('lena').post(MEMBERS, { userId: HANA, orgId: NHS, roles: ['auditor'], areas: [] });
    expect(made).toMatchObject({ status: 201, body: { id: HANA, orgId: NHS, version: 1 } });
    const asNhs = { headers: { 'concordat-organisation': NHS } };
    await eventually(async () => expect((await app.as('hana').get('/api/identity/me', asNhs)).status).toBe(200), {
      timeoutMs: 10_000,
    });
    const { body } = await app.as('hana').get('/api/identity/me', asNhs);
    expect(body).toMatchObject({ id: HANA, organisation: { id: NHS }, roles: ['auditor'], areas: [] });
    expect(body.organisations).toHaveLength(2);
    const again = await app.as('lena').post(MEMBERS, { userId: HANA, orgId: NHS, roles: ['auditor'], areas: [] });
    expect(again).toMatchObject({ status: 409, body: { code: 'membership.active', state: 'active' } });
  });

  it('changes roles and areas from the version that was read', async () => {
    const path = `${MEMBERS}/${DOV}/${HOUSING}`;
    const part = { roles: ['practitioner', 'agency-representative'], areas: [HARBOURSIDE, NORTHBANK] };
    const changed = await app.as('lena').put(path, part, { version: 1 });
    expect(changed).toMatchObject({ status: 200, body: { id: DOV, version: 2, status: 'active' } });
    expect((await last('membership.change'))?.detail).toMatchObject({ was: { areas: [HARBOURSIDE] }, now: part });
    await eventually(async () => expect((await app.as('dov').get('/api/identity/me')).body.roles).toEqual(part.roles));

    const late = await app.as('lena').put(path, { ...part, roles: ['auditor'] }, { version: 1 });
    expect(late).toMatchObject({
      ...{ status: 409, body: { code: 'membership.changed', currentVersion: 2, differing: ['roles'] } },
    });
    const blind = await app.as('lena').put(path, part);
    expect(blind).toMatchObject({ status: 400, body: { code: 'if-match.missing' } });
  });

  it('ends all access within 30 seconds of a revocation', async () => {
    const body = newcomer();
    const { body: made } = await app.as('lena').post(MEMBERS, body);
    await eventually(async () => expect((await app.as(body.username).get('/api/identity/me')).status).toBe(200));

    const path = `${MEMBERS}/${made.id}/${HOUSING}/revocation`;
    const revoked = await app.as('lena').post(path, undefined, { version: 1 });
    const at = performance.now();
    expect(revoked).toMatchObject({ status: 200, body: { version: 2, status: 'revoked' } });
    await eventually(async () => expect((await app.as(body.username).get('/api/identity/me')).status).toBe(401), {
      timeoutMs: 30_000,
    });
    expect(performance.now() - at).toBeLessThan(10_000);
    const refused = await app.as(body.username).post('/api/identity/sessions');
    expect(refused).toMatchObject({ status: 401, body: { code: 'member.unknown' } });
    expect(await last('session.refuse')).toMatchObject({
      ...{
        outcome: 'denied',
        reasons: ['member.unknown'],
        detail: { subject: made.id, path: '/api/identity/sessions' },
      },
    });

    const twice = await app.as('lena').post(path, undefined, { version: 2 });
    expect(twice).toMatchObject({ status: 409, body: { code: 'membership.revoked', state: 'revoked' } });
    const back = await app.as('lena').post(MEMBERS, { userId: made.id, orgId: HOUSING, roles: ['auditor'], areas: [] });
    expect(back).toMatchObject({ status: 201, body: { id: made.id, version: 3, status: 'active' } });
  });

  it('answers in the order 401, 404, 409, 403, 422 (acceptance.md: rule 1)', async () => {
    const path = `${MEMBERS}/${HANA}/${HOUSING}`;
    const nobody = `${MEMBERS}/${crypto.randomUUID()}/${HOUSING}`;
    const wrong = { roles: ['king'], areas: ['everywhere'], status: 'active' };
    expect((await app.asNobody().put(path, wrong)).status).toBe(401);
    expect((await app.as('amina').put(nobody, wrong)).status).toBe(404);
    expect((await app.as('amina').put(`${MEMBERS}/hana/harbour`, wrong)).status).toBe(404);
    expect((await app.as('amina').put(path, wrong, { version: 9 })).status).toBe(409);
    expect(await app.as('amina').put(path, wrong, { version: 1 })).toMatchObject({
      ...{ status: 403, body: { code: 'membership.forbidden', reasons: ['role.not-entitled'] } },
    });
    expect(await last('membership.change')).toMatchObject({ outcome: 'denied', reasons: expect.any(Array) });
    const { status, body } = await app.as('lena').put(path, wrong, { version: 1 });
    expect(status).toBe(422);
    expect(body.errors.map((e: { field: string; code: string }) => `${e.field} ${e.code}`).sort()).toEqual([
      ...['areas not-an-id', 'roles not-in-list', 'status unknown-field'],
    ]);
  });

  it('lets nobody administer themselves, and no administrator reach beyond what their organisation leads', async () => {
    const own = await app.as('lena').post(`${MEMBERS}/${LENA}/${COUNCIL}/revocation`, undefined, { version: 1 });
    expect(own).toMatchObject({ status: 422, body: { code: 'membership.own' } });
    // Zola's council leads Eastvale, which she covers; Harbourside is not hers to give.
    const given = await app.as('zola').post(MEMBERS, newcomer());
    expect(given).toMatchObject({ status: 422, body: { code: 'membership.area-not-yours' } });
    for (const username of ['amina', 'erin', 'kit']) {
      expect((await app.as(username).get(`${MEMBERS}?org=${HOUSING}`)).status).toBe(403);
      expect((await app.as(username).post(MEMBERS, newcomer())).status).toBe(403);
    }
  });

  it('says which field of a newcomer is wrong, and what somebody else has already', async () => {
    const refused = async (more: object) => (await app.as('lena').post(MEMBERS, newcomer(more))).body;
    const fields = ({ errors }: { errors: { field: string; code: string }[] }) =>
      errors.map((e) => `${e.field} ${e.code}`);
    expect(fields(await refused({ areas: [crypto.randomUUID()], orgId: crypto.randomUUID() }))).toEqual([
      ...['areas.0 area.unknown', 'orgId organisation.unknown'],
    ]);
    expect(fields(await refused({ userId: crypto.randomUUID() }))).toEqual(['userId staff.unknown']);
    expect(fields(await refused({ name: '', username: 'X Y' })).sort()).toEqual([
      'name wrong-form',
      'name wrong-length',
      'username wrong-form',
    ]);
    expect(await refused({ username: 'amina' })).toMatchObject({ status: 409, code: 'staff.username-taken' });
    expect(await refused({ subject: DOV })).toMatchObject({ status: 409, code: 'staff.subject-taken' });
  });

  it('does one thing for one key, however often it is sent', async () => {
    const body = newcomer();
    const key = crypto.randomUUID();
    const [one, two] = await Promise.all([1, 2].map(() => app.as('lena').post(MEMBERS, body, { key })));
    expect(two!.body).toEqual(one!.body);
    const rows = await app.sql(`SELECT 1 FROM identity.staff WHERE username = $1`, [body.username]);
    expect(rows).toHaveLength(1);
    const other = await app.as('lena').post(MEMBERS, newcomer(), { key });
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key.reused' } });
  });

  it('shows staff to nobody outside the waist, and lets no service write them (row-level security)', async () => {
    const client = await app.running.app.get(Databases).pool('identity').connect();
    const as = (scope: string) => client.query(`SELECT set_config('concordat.scope', $1, false)`, [scope]);
    try {
      expect((await client.query('SELECT 1 FROM staff')).rowCount).toBe(0);
      expect((await client.query('SELECT 1 FROM membership')).rowCount).toBe(0);
      await as('service');
      expect((await client.query('SELECT 1 FROM staff')).rowCount).toBeGreaterThan(20);
      expect((await client.query(`UPDATE staff SET name = 'X'`)).rowCount).toBe(0);
      await expect(
        client.query(`INSERT INTO staff VALUES (gen_random_uuid(), 'x', 'x', 'x', 'person', now())`),
      ).rejects.toThrow('row-level security');
    } finally {
      await as('none');
      client.release();
    }
  });
});
