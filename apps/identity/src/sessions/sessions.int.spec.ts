import { personaToken, startApp, type TestApp } from '@concordat/testing';

describe('sessions', () => {
  let app: TestApp;
  beforeAll(
    async () =>
      void (app = await startApp([], {
        TRUSTED_PROXIES: '1',
        OIDC_REQUIRED_ACR: 'gold silver',
        PERSON_REQUESTS_PER_MINUTE: '20',
      })),
  );
  afterAll(() => app?.stop());

  const last = async (action: string) => (await app.acts('identity')).findLast((a) => a.action === action);

  it('tells a caller who they are and for whom they act', async () => {
    const { status, body, headers } = await app.as('amina').get('/api/identity/me');
    expect(status).toBe(200);
    expect(body).toEqual({
      id: '70e30f01-5677-48ad-b963-31ce6738bbf2',
      name: 'Amina Rahman',
      organisation: { id: expect.any(String), name: 'Northbank Council', type: 'COUNCIL' },
      organisations: [body.organisation],
      roles: ['safeguarding-lead'],
      areas: [
        { id: expect.any(String), name: 'Harbourside' },
        { id: expect.any(String), name: 'Northbank' },
      ],
    });
    const act = await last('session.view');
    expect(headers.get('concordat-audit-entry')).toBe(act?.id);
    expect(act).toMatchObject({ actor: body.id, outcome: 'done', objects: [{ t: 'staff', id: body.id }] });
  });

  it('puts a sign-in and a sign-out on record', async () => {
    const started = await app.as('dov').post('/api/identity/sessions');
    expect(started).toMatchObject({
      status: 201,
      body: { status: 'started', receipt: { auditId: expect.any(String) } },
    });
    const ended = await app.as('dov').post('/api/identity/sessions/end');
    expect(ended).toMatchObject({ status: 200, body: { id: started.body.id, status: 'ended' } });
    expect(await last('session.start')).toMatchObject({ id: started.body.receipt.auditId, actor: started.body.id });
    expect(await last('session.end')).toMatchObject({ id: ended.body.receipt.auditId, outcome: 'done' });
  });

  it('puts on record the address that the proxy before it was asked from, and none that was claimed to the proxy', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
    expect((await app.as('dov').get('/api/identity/me', { headers })).status).toBe(200);
    expect((await last('session.view'))?.detail).toMatchObject({ address: '198.51.100.7' });
    expect((await app.as('dov').get('/api/identity/me')).status).toBe(200);
    expect((await last('session.view'))?.detail).toMatchObject({ address: expect.stringContaining('127.0.0.1') });
  });

  it('answers the same sign-in with the same receipt, and asks for a key', async () => {
    const key = 'sign-in-0001';
    const first = await app.as('erin').post('/api/identity/sessions', undefined, { key });
    const again = await app.as('erin').post('/api/identity/sessions', undefined, { key });
    expect(again.body).toEqual(first.body);
    const without = await app.as('erin').post('/api/identity/sessions', undefined, { key: null });
    expect(without).toMatchObject({ status: 400, body: { code: 'idempotency-key.missing' } });
  });

  it('refuses whoever signed in by less than is demanded, says what is, and puts it on record; services are not asked', async () => {
    const weak = app.asBearer(await personaToken(app.running, 'dov', { acr: 'none' }));
    const refused = await weak.post('/api/identity/sessions');
    expect(refused).toMatchObject({ status: 401, body: { code: 'sign-in.too-weak', acrValues: 'gold silver' } });
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", error_description="Sign in again", acr_values="gold silver"',
    );
    expect(await last('session.refuse')).toMatchObject({
      outcome: 'denied',
      reasons: ['sign-in.too-weak'],
    });
    expect((await weak.get('/api/identity/me')).body.code).toBe('sign-in.too-weak');
    expect((await app.asService('records').get('/api/identity/me')).status).toBe(403);
  });

  it('counts what each person asks, refuses what is too much in a minute, and counts no service', async () => {
    const answers = [];
    for (let i = 0; i < 21; i++) answers.push(await app.as('hana').get('/api/identity/me'));
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"person";q=20;w=60');
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    expect(answers[20]).toMatchObject({ body: { code: 'request.too-many', retryAfterSeconds: expect.any(Number) } });
    expect(answers[20]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await app.as('carys').get('/api/identity/me')).status).toBe(200);
    expect((await app.asService('records').get('/api/identity/me')).headers.get('ratelimit-policy')).toBeNull();
  });

  it('knows nobody without a token, and services have no session', async () => {
    expect(await app.asNobody().get('/api/identity/me')).toMatchObject({
      status: 401,
      body: { code: 'token.missing' },
    });
    expect(await app.asService('records').get('/api/identity/me')).toMatchObject({
      status: 403,
      body: { code: 'session.forbidden', reasons: ['role.not-entitled'] },
    });
    expect(await last('session.view')).toMatchObject({ outcome: 'denied', actorRole: 'service' });
  });
});
