import { serviceActorId } from '@concordat/platform';
import { startApp, type TestApp } from '@concordat/testing';
import { PERSONA_CLIENT, PERSONA_GRANT } from './configuration';
import { signingKey } from './signing-key';

const AMINA = '70e30f01-5677-48ad-b963-31ce6738bbf2';

describe('tokens of the development identity provider', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app?.stop());

  const secret = (purpose: string) => app.running.process.secret(purpose);
  const askFor = async (client: string, password: string, form: Record<string, string>) => {
    const response = await fetch(`${app.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${password}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const persona = (username: string) =>
    askFor(PERSONA_CLIENT, secret('persona-client'), { grant_type: PERSONA_GRANT, persona: username });

  /** A token of our own making, right in everything but what is altered. */
  async function forged(alter: {
    claims?: Record<string, unknown>;
    header?: { alg: string; kid?: string };
    key?: Uint8Array | ReturnType<typeof signingKey>;
  }): Promise<string> {
    const { SignJWT, importJWK } = await import('jose');
    const now = Math.floor(Date.now() / 1000);
    const own = signingKey(secret('oidc-signing-key'));
    const claims = {
      ...{ sub: AMINA, iss: app.running.process.issuer, aud: 'concordat', client_id: 'concordat-web' },
      ...{ iat: now, exp: now + 60, ...alter.claims },
    };
    const key = alter.key ?? own;
    return new SignJWT(claims)
      .setProtectedHeader(alter.header ?? { alg: 'ES256', kid: own.kid })
      .sign(key instanceof Uint8Array ? key : await importJWK({ ...key }, 'ES256'));
  }
  const meWith = async (token: string) => {
    const { status, body } = await app.asBearer(token).get('/api/identity/me');
    return `${status} ${body.code ?? body.name}`;
  };

  it('publishes where everything is, and the public half of its key only', async () => {
    const found = await app.asNobody().get('/oidc/.well-known/openid-configuration');
    expect(found.body).toMatchObject({
      ...{ issuer: app.running.process.issuer, code_challenge_methods_supported: ['S256'] },
      ...{ response_types_supported: ['code'], id_token_signing_alg_values_supported: ['ES256'] },
    });
    const { body } = await app.asNobody().get('/oidc/jwks');
    expect(body.keys).toHaveLength(1);
    expect(body.keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', kid: signingKey(secret('oidc-signing-key')).kid });
    expect(body.keys[0]).not.toHaveProperty('d');
  });

  it('gives a persona a token for the API, in which there is no name', async () => {
    const { status, body } = await persona('amina');
    expect({ status, type: body['token_type'], for: body['expires_in'] }).toEqual({
      status: 200,
      type: 'Bearer',
      for: 3600,
    });
    const { decodeJwt, decodeProtectedHeader } = await import('jose');
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(token)).toMatchObject({ sub: AMINA, aud: 'concordat', client_id: PERSONA_CLIENT });
    expect(JSON.stringify(decodeJwt(token))).not.toMatch(/amina|rahman/i);
    expect(await meWith(token)).toBe('200 Amina Rahman');
  });

  it('gives a service a token by which it is recognised, with either way of naming the front end', async () => {
    const { decodeJwt } = await import('jose');
    for (const service of ['identity', 'referrals', 'records', 'audit', 'web']) {
      const { status, body } = await askFor(`concordat-${service}`, secret('service-client'), {
        ...{ grant_type: 'client_credentials', audience: 'concordat' },
      });
      expect({ service, status, expires: body['expires_in'] }).toEqual({ service, status: 200, expires: 600 });
      const token = String(body['access_token']);
      expect(decodeJwt(token)).toMatchObject({
        sub: `concordat-${service}`,
        client_id: `concordat-${service}`,
        aud: 'concordat',
      });
      expect((await app.asBearer(token).get('/api/identity/streams/heads')).status).toBe(200);
      expect((await app.asBearer(token).get('/api/identity/organisations')).status).toBe(200);
      const act = (await app.acts('identity')).findLast((a) => a.action === 'organisation.list');
      expect(act).toMatchObject({ actor: serviceActorId(service), actorRole: 'service' });
    }
  });

  it('gives nothing for a wrong secret, a grant that is not the client’s, or a resource that is not ours', async () => {
    const grant = { grant_type: 'client_credentials' };
    expect((await askFor('concordat-records', 'wrong', grant)).status).toBe(401);
    expect((await askFor('concordat-web', 'wrong', grant)).status).toBe(401);
    expect((await askFor('concordat-nobody', 'wrong', grant)).status).toBe(401);
    expect(
      (await askFor('concordat-records', secret('service-client'), { grant_type: PERSONA_GRANT, persona: 'amina' }))
        .body,
    ).toMatchObject({ error: expect.stringMatching(/invalid_request|unauthorized_client/) });
    expect((await askFor(PERSONA_CLIENT, secret('persona-client'), grant)).status).toBe(400);
    const elsewhere = { ...grant, resource: 'https://api.example' };
    expect((await askFor('concordat-records', secret('service-client'), elsewhere)).body).toMatchObject({
      error: 'invalid_target',
    });
    expect((await askFor(PERSONA_CLIENT, secret('persona-client'), { grant_type: PERSONA_GRANT })).body).toMatchObject({
      error: 'invalid_request',
    });
  });

  it('RES-8: accepts its own tokens, and no other', async () => {
    const now = Math.floor(Date.now() / 1000);
    const own = signingKey(secret('oidc-signing-key'));
    const none = [
      { alg: 'none' },
      { sub: AMINA, iss: app.running.process.issuer, aud: 'concordat', iat: now, exp: now + 60 },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const { x, y } = own;
    const publicPem = Buffer.from(JSON.stringify({ kty: 'EC', crv: 'P-256', x, y }));
    expect({
      right: await meWith(await forged({})),
      expired: await meWith(await forged({ claims: { exp: now - 60 } })),
      otherAudience: await meWith(await forged({ claims: { aud: 'another-api' } })),
      otherIssuer: await meWith(await forged({ claims: { iss: 'https://issuer.example' } })),
      endless: await meWith(await forged({ claims: { exp: undefined } })),
      notYet: await meWith(await forged({ claims: { nbf: now + 600 } })),
      otherKey: await meWith(await forged({ key: signingKey('another') })),
      symmetric: await meWith(await forged({ header: { alg: 'HS256', kid: own.kid }, key: publicPem })),
      unsigned: await meWith(`${none}.`),
      nobody: await meWith(await forged({ claims: { sub: '' } })),
      unknown: await meWith(await forged({ claims: { sub: crypto.randomUUID() } })),
      unknownService: await meWith(await forged({ claims: { sub: 'concordat-x', client_id: 'concordat-x' } })),
      nonsense: await meWith('a.b.c'),
    }).toEqual({
      ...{ right: '200 Amina Rahman', expired: '401 token.expired', otherAudience: '401 token.invalid' },
      ...{ otherIssuer: '401 token.invalid', endless: '401 token.invalid', notYet: '401 token.invalid' },
      ...{ otherKey: '401 token.invalid', symmetric: '401 token.invalid', unsigned: '401 token.invalid' },
      ...{ nobody: '403 token.without-claims', unknown: '401 member.unknown', unknownService: '401 member.unknown' },
      ...{ nonsense: '401 token.invalid' },
    });
  });

  it('locks an account that has failed six times, with all of it on record (REC-4)', async () => {
    for (let i = 0; i < 6; i++)
      expect(await persona('mallory')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const seventh = await persona('mallory');
    expect(seventh).toMatchObject({ status: 429, body: { error: 'slow_down' } });
    expect(Number(seventh.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await persona('amina')).status).toBe(200);

    const refused = (await app.acts('identity')).filter((a) => a.action === 'session.refuse');
    expect(refused.map((a) => a.reasons?.[0])).toEqual([...Array<string>(6).fill('account.unknown'), 'account.locked']);
    expect(refused.every((a) => a.outcome === 'denied' && a.detail['username'] === 'mallory')).toBe(true);
    expect(refused[0]?.detail).toMatchObject({
      method: 'POST',
      path: '/oidc/token',
      address: expect.stringContaining('127.0.0.1'),
    });
  });

  it('believes no address that whoever asks gives, while it is told of no proxy', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    expect((await app.as('amina').get('/api/identity/me', { headers })).status).toBe(200);
    const act = (await app.acts('identity')).findLast((a) => a.action === 'session.view');
    expect(act?.detail).toMatchObject({ address: expect.stringContaining('127.0.0.1') });
  });

  it('lets a system account sign in no more than somebody unknown', async () => {
    expect(await persona('robot')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const act = (await app.acts('identity')).findLast((a) => a.action === 'session.refuse');
    expect(act).toMatchObject({ reasons: ['account.disabled'], objects: [{ t: 'staff' }] });
  });
});
