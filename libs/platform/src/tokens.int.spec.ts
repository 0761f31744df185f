import type { webcrypto } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Tokens, type TokenSettings } from './tokens';

type Claims = Record<string, unknown>;

/** An identity provider that signs whatever it is asked to. */
class Issuer {
  private server!: Server;
  private key!: webcrypto.CryptoKey;
  url = '';
  readonly requests: { authorization: string; form: URLSearchParams }[] = [];

  async start(): Promise<void> {
    const { exportJWK, generateKeyPair } = await import('jose');
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    this.key = privateKey;
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig' }] };
    this.server = createServer((request, response) => {
      void this.answer(request, jwks).then((body) => response.end(JSON.stringify(body)));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async sign(claims: Claims): Promise<string> {
    const { SignJWT } = await import('jose');
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.url, aud: 'concordat', iat: now, exp: now + 600, ...claims })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(this.key);
  }

  private async answer(request: IncomingMessage, jwks: object): Promise<object> {
    if (request.url === '/keys') return jwks;
    if (request.url !== '/token') return { jwks_uri: `${this.url}/keys`, token_endpoint: `${this.url}/token` };
    let text = '';
    for await (const chunk of request) text += String(chunk);
    this.requests.push({ authorization: request.headers.authorization ?? '', form: new URLSearchParams(text) });
    return { access_token: await this.sign({}), expires_in: 600 };
  }
}

describe('tokens of other identity providers', () => {
  const issuer = new Issuer();
  beforeAll(() => issuer.start());
  afterAll(() => issuer.stop());

  const tokens = (more: Partial<TokenSettings> = {}) =>
    new Tokens({
      issuer: issuer.url,
      audience: 'concordat',
      subjectClaim: 'sub',
      serviceSecret: 'a secret:~',
      ...more,
    });
  const read = async (claims: Claims, more: Partial<TokenSettings> = {}) =>
    tokens(more).verify(await issuer.sign(claims));

  it('RES-8: reads a person by the claim that the installation was told to use, and refuses a token without it', async () => {
    expect(await read({ sub: 'pairwise', oid: 'directory-id', scp: 'access' }, { subjectClaim: 'oid' })).toEqual({
      ...{ subject: 'directory-id', service: null, signedInAt: null },
    });
    await expect(read({})).rejects.toMatchObject({ code: 'token.without-claims' });
  });

  it('reads a service by its client (RFC 9068), by a service account (Keycloak) and by a client id of Entra', async () => {
    const records = { subject: 'concordat-records', service: 'records', signedInAt: null };
    expect(await read({ sub: 'concordat-records', client_id: 'concordat-records' })).toEqual(records);
    expect(await read({ sub: 'f0c1', azp: 'concordat-records', client_id: 'concordat-records' })).toEqual(records);
    const serviceClients = { records: '6f1d', web: '77aa' };
    expect(await read({ sub: 'app-object', azp: '6f1d' }, { serviceClients, subjectClaim: 'oid' })).toEqual({
      ...{ subject: '6f1d', service: 'records', signedInAt: null },
    });
    expect(await read({ sub: 'somebody', azp: 'concordat-records' }, { serviceClients })).toMatchObject({
      service: null,
    });
  });

  it('takes nobody who signed in for a service, whatever client they came by', async () => {
    for (const client of ['concordat-web', 'concordat-records']) {
      const person = { sub: 'somebody', azp: client };
      const somebody = { subject: 'somebody', service: null, signedInAt: null };
      expect(await read({ ...person, sid: 's' })).toEqual(somebody);
      expect(await read({ ...person, scp: 'access' })).toEqual(somebody);
      expect(await read({ ...person, auth_time: 1_700_000_000 })).toEqual({
        ...somebody,
        signedInAt: 1_700_000_000_000,
      });
    }
    expect(await read({ sub: 'somebody', azp: 'concordat-web' })).toMatchObject({ service: null });
    await expect(read({ azp: 'concordat-web' })).rejects.toMatchObject({ code: 'token.without-claims' });
    expect(await read({ sub: 'concordat-web', client_id: 'concordat-web' })).toMatchObject({ service: 'web' });
  });

  it('says of a person that they did not sign in as is demanded, by either claim, and of a service nothing', async () => {
    const demanded = { requiredAcr: ['gold', 'silver'] };
    for (const claims of [{ acr: 'silver' }, { acr: 'gold' }])
      expect(await read({ sub: 'a', ...claims }, demanded)).not.toHaveProperty('tooWeak');
    for (const claims of [{}, { acr: 'bronze' }, { acr: 'gold silver' }, { acr: 1 }, { acrs: ['gold'] }])
      expect(await read({ sub: 'a', ...claims }, demanded)).toMatchObject({ tooWeak: 'gold silver' });
    const contexts = { requiredAcr: ['c1'], acrClaim: 'acrs' as const };
    expect(await read({ sub: 'a', acrs: ['c3', 'c1'] }, contexts)).not.toHaveProperty('tooWeak');
    expect(await read({ sub: 'a', acr: 'c1' }, contexts)).toMatchObject({ tooWeak: 'c1' });
    const service = await read({ sub: 'concordat-records', client_id: 'concordat-records' }, demanded);
    expect(service).toEqual({ subject: 'concordat-records', service: 'records', signedInAt: null });
    expect(await read({ sub: 'a' })).not.toHaveProperty('tooWeak');
  });

  it('asks for its own token once, with what each provider wants to hear', async () => {
    const entra = tokens({
      serviceClients: { audit: '9b' },
      serviceScope: 'api://concordat/.default',
      audience: 'api://concordat',
    });
    const [one, two] = [await entra.service('audit'), await entra.service('audit')];
    expect(two).toBe(one);
    await tokens().service('referrals');
    const [first, second] = issuer.requests;
    expect(issuer.requests).toHaveLength(2);
    expect(Buffer.from(first!.authorization.slice('Basic '.length), 'base64').toString()).toBe('9b:a%20secret%3A~');
    expect(Object.fromEntries(first!.form)).toEqual({
      ...{ grant_type: 'client_credentials', scope: 'api://concordat/.default' },
      ...{ audience: 'api://concordat', resource: 'api://concordat' },
    });
    expect(Object.fromEntries(second!.form)).toEqual({ grant_type: 'client_credentials', audience: 'concordat' });
  });

  it('says that it cannot decide when the provider is not there', async () => {
    const token = await issuer.sign({ sub: 'somebody' });
    const away = tokens({ issuer: 'http://127.0.0.1:9' });
    await expect(away.verify(token)).rejects.toMatchObject({ code: 'service.unreachable' });
    await expect(away.service('audit')).rejects.toMatchObject({ code: 'service.unreachable' });
  });
});
