import { eventually, startApp, type TestApp } from '@concordat/testing';
import { signingKey } from '../development-provider/signing-key';

const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
const CLIENTS = '/api/identity/clients';

describe('API clients of agencies', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([], { CLIENT_REQUESTS_PER_MINUTE: '4' })));
  afterAll(() => app?.stop());

  const register = async (scopes: string[], key?: string) =>
    app.as('lena').post(CLIENTS, { orgId: HOUSING, name: 'Case system', scopes }, key ? { key } : {});
  const ask = async (clientId: string, secret: string, form: Record<string, string> = {}) => {
    const response = await fetch(`${app.url}/api/identity/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
    });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body, token: String(body['access_token']) };
  };
  const acts = async (action: string) => (await app.acts('identity')).filter((a) => a.action === action);

  it('are registered by an administrator who reaches the agency; the secret is shown once and kept as a hash', async () => {
    const dto = { orgId: HOUSING, name: 'Case system', scopes: ['directory.read'] };
    expect((await app.as('hana').post(CLIENTS, dto)).status).toBe(403);
    expect((await app.as('lena').post(CLIENTS, { ...dto, scopes: ['everything'] })).body.errors).toEqual([
      expect.objectContaining({ field: 'scopes', code: 'not-in-list' }),
    ]);
    const key = crypto.randomUUID();
    const { status, body } = await register(['directory.read', 'receipts.read'], key);
    expect({ status, secret: body.secret }).toEqual({ status: 201, secret: expect.stringMatching(/^ccs_[\w-]{43}$/) });
    const again = await register(['directory.read', 'receipts.read'], key);
    expect(again.body).toMatchObject({ id: body.id, secret: null });
    const kept = await app.sql<{ all: string }>(
      `SELECT (SELECT json_agg(i)::text FROM identity.idempotency i) || (SELECT json_agg(s)::text FROM identity.api_client_secret s) AS all`,
    );
    expect(kept[0]!.all).not.toContain(body.secret.slice(4));
    expect((await acts('client.register')).at(-1)).toMatchObject({
      ...{ objects: [{ t: 'client', id: body.id }], items: dto.scopes.concat('receipts.read'), outcome: 'done' },
      recipients: [{ org: HOUSING }],
    });
    const { body: list } = await app.as('lena').get(`${CLIENTS}?org=${HOUSING}`);
    expect(list.clients.find((c: { id: string }) => c.id === body.id)).toMatchObject({
      ...{ name: 'Case system', status: 'live', version: 1 },
      secrets: [{ hint: body.secret.slice(-4), usable: true, lastUsedAt: null }],
    });
    expect(JSON.stringify(list)).not.toContain('scrypt');
    expect((await acts('client.list')).at(-1)).toMatchObject({ outcome: 'done' });
  });

  it('get tokens that do what is in their scopes, in the agency’s name, and each act names the client', async () => {
    const { id, secret } = (await register(['directory.read', 'referrals.read'])).body;
    const { status, headers, body, token } = await ask(id, secret);
    expect({ status, ...body, cached: headers.get('cache-control') }).toMatchObject({
      ...{ status: 200, token_type: 'Bearer', expires_in: 300, scope: 'directory.read referrals.read' },
      cached: 'no-store',
    });
    const { decodeJwt } = await import('jose');
    expect(decodeJwt(token)).toMatchObject({ iss: 'urn:concordat:identity', sub: id, aud: 'concordat', client_id: id });
    const organisations = await app.asBearer(token).get('/api/identity/organisations');
    expect(organisations.status).toBe(200);
    expect(organisations.headers.get('ratelimit-policy')).toBe('"client";q=4;w=60');
    expect(organisations.headers.get('ratelimit')).toMatch(/^"client";r=3;t=\d+$/);
    const [secretOf] = await app.sql<{ id: string }>(
      `SELECT id FROM identity.api_client_secret WHERE client_id = '${id}'`,
    );
    expect((await acts('organisation.list')).at(-1)).toMatchObject({
      ...{ actor: id, actorOrg: HOUSING, outcome: 'done' },
      detail: { clientSecret: secretOf!.id },
    });

    const staff = await app.asBearer(token).get(`/api/identity/staff?org=${HOUSING}`);
    expect([staff.status, staff.body.code]).toEqual([403, 'scope.insufficient']);
    expect((await acts('staff.list')).at(-1)).toMatchObject({
      actor: id,
      outcome: 'denied',
      reasons: ['scope.insufficient'],
    });
    const narrow = await ask(id, secret, { scope: 'referrals.read' });
    expect((await app.asBearer(narrow.token).get('/api/identity/organisations')).body.code).toBe('scope.insufficient');

    await app.asBearer(token).get('/api/identity/organisations');
    const tooMany = await app.asBearer(token).get('/api/identity/organisations');
    expect([tooMany.status, tooMany.body.code]).toEqual([429, 'request.too-many']);
    expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await acts('client.issue-token')).at(-1)).toMatchObject({
      objects: [{ t: 'client', id }],
      items: ['referrals.read'],
    });
    expect(await acts('client.change-key')).toHaveLength(1);
  });

  it('are refused with a wrong secret or scope, on record, and locked after six', async () => {
    const { id, secret } = (await register(['directory.read'])).body;
    const scope = await ask(id, secret, { scope: 'directory.read cases.read' });
    expect([scope.status, scope.body['error']]).toEqual([400, 'invalid_scope']);
    const wrong = await ask(id, `ccs_${'x'.repeat(43)}`);
    expect([wrong.status, wrong.body['error'], wrong.headers.get('www-authenticate')]).toEqual([
      ...[401, 'invalid_client', 'Basic realm="concordat"'],
    ]);
    for (let i = 0; i < 5; i++) expect((await ask(id, 'short')).status).toBe(401);
    const locked = await ask(id, secret);
    expect([locked.status, locked.body['code']]).toEqual([429, 'client.locked']);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    const refused = (await acts('client.refuse-token')).filter((a) => a.objects[0]?.id === id);
    expect(refused.map((a) => a.reasons![0])).toEqual([
      ...['token.invalid-scope', ...Array.from({ length: 6 }, () => 'token.invalid-client'), 'client.locked'],
    ]);
    expect((await ask('nobody', secret)).status).toBe(401);
  });

  it('change secrets with an overlap, and lose all access when they are ended', async () => {
    const first = (await register(['directory.read'])).body;
    const at = (path: string) => `${CLIENTS}/${first.id}${path}`;
    const lena = app.as('lena');
    const second = (await lena.post(at('/secrets'), {}, { version: 1 })).body;
    expect((await lena.post(at('/secrets'), {}, { version: 1 })).status).toBe(409);
    expect((await lena.post(at('/secrets'), {}, { version: 2 })).body.code).toBe('client.two-secrets');
    expect((await app.as('hana').post(at('/end'), {}, { version: 2 })).status).toBe(403);
    // To another agency it is not there.
    expect((await app.as('bevan').post(at('/end'), {}, { version: 9 })).body.code).toBe('client.not-found');
    const both = await Promise.all([ask(first.id, first.secret), ask(first.id, second.secret)]);
    expect(both.map((b) => b.status)).toEqual([200, 200]);
    const ended = await lena.post(at(`/secrets/${first.secretId}/end`), {}, { version: 2 });
    expect(ended.body).toMatchObject({ version: 3, status: 'live' });
    expect((await ask(first.id, first.secret)).status).toBe(401);

    const { token } = await ask(first.id, second.secret);
    expect((await app.asBearer(token).get('/api/identity/organisations')).status).toBe(200);
    expect((await lena.post(at('/end'), {}, { version: 3 })).body).toMatchObject({ status: 'ended' });
    expect((await ask(first.id, second.secret)).status).toBe(401);
    expect((await lena.post(at('/secrets'), {}, { version: 4 })).body).toMatchObject({
      code: 'client.ended',
      state: 'ended',
    });
    await eventually(async () => {
      const member = await app.sql(`SELECT active FROM identity.member WHERE user_id = '${first.id}'`);
      expect(member).toEqual([{ active: false }]);
    });
    expect((await app.asBearer(token).get('/api/identity/organisations')).body.code).toBe('member.unknown');
    for (const action of ['client.add-secret', 'client.end-secret', 'client.end'])
      expect((await acts(action)).find((a) => a.objects[0]?.id === first.id && a.outcome === 'done')).toMatchObject({
        actorRole: 'administrator',
      });
  });

  it('cannot be impersonated: by a token of the identity provider, by another key, or by another kind of token', async () => {
    const { id, secret } = (await register(['directory.read'])).body;
    const { token } = await ask(id, secret);
    const { SignJWT, generateKeyPair, decodeJwt } = await import('jose');
    const { privateKey } = await generateKeyPair('ES256');
    const { body: keys } = await app.asNobody().get('/api/identity/token-keys');
    expect(keys.keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' });
    expect(keys.keys[0]).not.toHaveProperty('d');
    const header = { alg: 'ES256', typ: 'at+jwt', kid: keys.keys[0].kid };
    const forged = await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey);
    expect((await app.asBearer(forged).get('/api/identity/me')).body.code).toBe('token.invalid');
    const own = signingKey(app.running.process.secret('oidc-signing-key'));
    const { importJWK } = await import('jose');
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: `client:${id}`, iss: app.running.process.issuer, aud: 'concordat', iat: now, exp: now + 60 };
    const asPerson = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: own.kid })
      .sign(await importJWK({ ...own }, 'ES256'));
    expect((await app.asBearer(asPerson).get('/api/identity/me')).body.code).toBe('token.without-claims');
  });
});
