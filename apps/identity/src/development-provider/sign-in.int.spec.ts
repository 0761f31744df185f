import { createHash } from 'node:crypto';
import { readSettings, type ProcessInfo } from '@concordat/platform';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { isOurs } from './development-provider';

/** A browser without JavaScript: keeps cookies by path, follows nothing by itself. */
class Browser {
  private readonly cookies = new Map<string, { value: string; path: string }>();

  async go(url: string, form?: Record<string, string>) {
    const { pathname } = new URL(url);
    const cookie = [...this.cookies].filter(([, c]) => pathname.startsWith(c.path)).map(([n, c]) => `${n}=${c.value}`);
    const response = await fetch(url, {
      ...{ redirect: 'manual', headers: { accept: 'text/html', cookie: cookie.join('; ') } },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const set of response.headers.getSetCookie()) this.keep(set);
    const location = response.headers.get('location');
    return {
      ...{ status: response.status, headers: response.headers, text: await response.text() },
      location: location === null ? '' : new URL(location, url).href,
    };
  }

  private keep(set: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    const path = /path=([^;]+)/i.exec(set)?.[1] ?? '/';
    if (/expires=Thu, 01 Jan 1970/i.test(set)) this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }
}

describe('signing in at the development identity provider', () => {
  let app: TestApp;
  let client: typeof import('openid-client', { with: { 'resolution-mode': 'import' } });
  let web: import('openid-client', { with: { 'resolution-mode': 'import' } }).Configuration;
  let home: string;

  beforeAll(async () => {
    app = await startApp();
    home = app.running.process.publicUrl;
    client = await import('openid-client');
    web = await client.discovery(
      new URL(app.running.process.issuer),
      'concordat-web',
      {},
      client.ClientSecretBasic(app.running.process.secret('web-client')),
      { execute: [client.allowInsecureRequests] },
    );
  });
  afterAll(() => app?.stop());

  /** Goes to the sign-in page as the front end would send somebody there. */
  async function arrive(browser: Browser, more: Record<string, string> = {}) {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const url = client.buildAuthorizationUrl(web, {
      ...{ redirect_uri: `${home}/sign-in/callback`, scope: 'openid offline_access', state },
      ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more },
    });
    const sent = await browser.go(url.href);
    return { page: sent.location, status: sent.status, verifier, state };
  }

  async function signIn(
    browser: Browser,
    username: string,
    more: Record<string, string> = {},
    form: Record<string, string> = {},
  ) {
    const { page, verifier, state } = await arrive(browser, more);
    await browser.go(page);
    const chosen = await browser.go(page, { persona: username, ...form });
    expect(chosen.status).toBe(303);
    const back = await browser.go(chosen.location);
    expect(back.location).toContain(`${home}/sign-in/callback?code=`);
    return client.authorizationCodeGrant(web, new URL(back.location), {
      ...{ pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true },
    });
  }

  it('shows the personas by organisation, on a page that needs no script', async () => {
    const browser = new Browser();
    const { page, status } = await arrive(browser);
    expect(status).toBe(303);
    expect(page).toMatch(/\/oidc\/sign-in\/[\w-]+$/);
    const shown = await browser.go(page);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' /,
    );
    expect(shown.text).toMatch(/<html lang="en-GB">.*<title>Sign in – Concordat<\/title>/s);
    expect(shown.text).toMatch(/<h2 id="o\d">Harbour Housing<\/h2>.*value="dov".*Housing officer · Practitioner/s);
    expect(shown.text.match(/<button type="submit" name="persona"/g)).toHaveLength(27);
    expect(shown.text).not.toMatch(/<script|style=|value="robot"/);
    const style = await browser.go(`${app.url}/oidc/style.css`);
    expect({ status: style.status, type: style.headers.get('content-type') }).toEqual({
      ...{ status: 200, type: 'text/css; charset=utf-8' },
    });
  });

  it('ends with tokens for the front end: code, PKCE, refresh', async () => {
    const tokens = await signIn(new Browser(), 'carys');
    expect(tokens.claims()).toMatchObject({ sub: '7f569363-a8a8-44be-a023-a132b33c37c6', aud: 'concordat-web' });
    expect(tokens.expires_in).toBe(600);
    expect((await app.asBearer(tokens.access_token).get('/api/identity/me')).body.name).toBe('Carys Morgan');
    const fresh = await client.refreshTokenGrant(web, tokens.refresh_token!);
    expect(fresh.access_token).not.toBe(tokens.access_token);
    expect((await app.asBearer(fresh.access_token).get('/api/identity/me')).body.name).toBe('Carys Morgan');
  });

  it('tells of a second factor only whoever says that they have one, when it is asked for; and goes on to at a renewal', async () => {
    const asked = { acr_values: 'urn:concordat:acr:second-factor' };
    const acrOf = (token: string) =>
      (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { acr?: string }).acr;
    const browser = new Browser();
    expect((await browser.go((await arrive(browser, asked)).page)).text).toContain('name="factor"');
    expect((await browser.go((await arrive(browser)).page)).text).not.toContain('name="factor"');
    const strong = await signIn(new Browser(), 'carys', asked, { factor: 'yes' });
    expect(acrOf(strong.access_token)).toBe(asked.acr_values);
    expect(acrOf((await client.refreshTokenGrant(web, strong.refresh_token!)).access_token)).toBe(asked.acr_values);
    expect(acrOf((await signIn(new Browser(), 'carys', asked)).access_token)).toBeUndefined();
    expect(acrOf((await signIn(new Browser(), 'carys', {}, { factor: 'yes' })).access_token)).toBeUndefined();
  });

  it('asks for no choice while one is signed in, and for one again after signing out', async () => {
    const browser = new Browser();
    const tokens = await signIn(browser, 'bevan');
    expect((await arrive(browser)).page).toContain('/sign-in/callback?code=');

    const out = client.buildEndSessionUrl(web, {
      ...{ id_token_hint: tokens.id_token!, post_logout_redirect_uri: `${home}/signed-out` },
    });
    const asked = await browser.go(out.href);
    expect(asked).toMatchObject({ status: 200, text: expect.stringContaining('Do you want to sign out?') });
    expect(asked.text).not.toContain('<script');
    expect(asked.text).toContain(`<a href="${home}/">Stay signed in</a>`);
    const [, action = '', xsrf = ''] = /action="([^"]+)"><input type="hidden" name="xsrf" value="([^"]+)"/.exec(
      asked.text,
    )!;
    const done = await browser.go(action, { xsrf, logout: 'yes' });
    expect(done).toMatchObject({ status: 303, location: `${home}/signed-out` });
    expect((await arrive(browser)).page).toMatch(/\/oidc\/sign-in\//);
    await expect(client.refreshTokenGrant(web, tokens.refresh_token!)).rejects.toThrow();
  });

  it('ends a session that is over already, with a script that its policy allows, or a button', async () => {
    const { text, headers } = await new Browser().go(`${app.url}/oidc/session/end`);
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(text)!;
    const hash = createHash('sha256').update(script).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`script-src 'self' 'sha256-${hash}'`);
    expect(text).toMatch(/<noscript>[^]*<button/);
  });

  it('refuses a code without its verifier, and a code used twice', async () => {
    const browser = new Browser();
    const { page, state } = await arrive(browser);
    await browser.go(page);
    const back = await browser.go((await browser.go(page, { persona: 'dov' })).location);
    const exchange = (verifier: string) =>
      client.authorizationCodeGrant(web, new URL(back.location), { pkceCodeVerifier: verifier, expectedState: state });
    await expect(exchange(client.randomPKCECodeVerifier())).rejects.toThrow();

    const other = new Browser();
    const again = await arrive(other);
    await other.go(again.page);
    const url = new URL((await other.go((await other.go(again.page, { persona: 'dov' })).location)).location);
    const once = { pkceCodeVerifier: again.verifier, expectedState: again.state };
    await client.authorizationCodeGrant(web, url, once);
    await expect(client.authorizationCodeGrant(web, url, once)).rejects.toThrow();
  });

  it('refuses a sign-in without PKCE, and one that would end elsewhere', async () => {
    const browser = new Browser();
    const base = { client_id: 'concordat-web', response_type: 'code', scope: 'openid' };
    const ask = (more: Record<string, string>) =>
      browser.go(`${app.url}/oidc/auth?${new URLSearchParams({ ...base, ...more }).toString()}`);
    expect((await ask({ redirect_uri: `${home}/sign-in/callback` })).location).toContain('error=invalid_request');
    const elsewhere = await ask({ redirect_uri: 'https://elsewhere.example/callback', code_challenge: 'x' });
    expect(elsewhere).toMatchObject({
      status: 400,
      location: '',
      text: expect.stringContaining('Sign-in did not work'),
    });
    expect(elsewhere.text).not.toMatch(/redirect_uri|invalid_/);
  });

  it('takes a choice only from the browser that was sent here', async () => {
    const { page } = await arrive(new Browser());
    const stranger = new Browser();
    for (const answer of [await stranger.go(page), await stranger.go(page, { persona: 'amina' })])
      expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('Sign-in did not work') });
    const mine = new Browser();
    await arrive(mine);
    expect((await mine.go(page, { persona: 'amina' })).status).toBe(400);
  });

  it('counts failed choices; the seventh is told to wait (REC-4)', async () => {
    const browser = new Browser();
    const { page } = await arrive(browser);
    for (let i = 0; i < 6; i++) {
      const refused = await browser.go(page, { persona: 'trent' });
      expect(refused).toMatchObject({ status: 401, text: expect.stringContaining('This account cannot sign in') });
    }
    const seventh = await browser.go(page, { persona: 'trent' });
    expect(seventh).toMatchObject({ status: 429, text: expect.stringContaining('Try again in a minute') });
    expect(Number(seventh.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await browser.go(page, {})).status).toBe(401);
    expect((await browser.go(page, { persona: 'amina' })).status).toBe(303);
    const refused = (await app.acts('identity')).filter((a) => a.action === 'session.refuse');
    expect(refused.filter((a) => a.detail['username'] === 'trent')).toHaveLength(7);
  });

  it('gives somebody who was revoked no fresh token', async () => {
    const tokens = await signIn(new Browser(), 'una');
    const path =
      '/api/identity/members/5ac432cd-b409-4d79-a0ad-973d99b0dc7b/96401213-8741-44a4-a973-8cbd523aca42/revocation';
    expect((await app.as('lena').post(path, undefined, { version: 1 })).status).toBe(200);
    await eventually(() => expect(client.refreshTokenGrant(web, tokens.refresh_token!)).rejects.toThrow());
    await expect(app.tokenFor('una')).rejects.toThrow('invalid_grant');
  });

  it('prints nothing', async () => {
    const said = [jest.spyOn(console, 'warn'), jest.spyOn(console, 'info'), jest.spyOn(console, 'error')];
    await signIn(new Browser(), 'erin');
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  it('exists only where this process is the issuer, and never in production', () => {
    const process = { publicUrl: 'http://localhost:3000' } as ProcessInfo;
    const settings = (env: Record<string, string>) => readSettings('identity', { NODE_ENV: 'development', ...env });
    expect(isOurs(settings({}), process)).toBe(true);
    expect(isOurs(settings({ OIDC_ISSUER: 'http://localhost:3000/oidc' }), process)).toBe(true);
    expect(isOurs(settings({ OIDC_ISSUER: 'http://127.0.0.1:3101/oidc', PORT: '3101' }), process)).toBe(true);
    const urls = 'identity=http://identity:3000';
    expect(isOurs(settings({ OIDC_ISSUER: 'http://identity:3000/oidc', CONCORDAT_URLS: urls }), process)).toBe(true);
    expect(isOurs(settings({ OIDC_ISSUER: 'https://login.example/tenant' }), process)).toBe(false);
    expect(isOurs({ ...settings({}), production: true }, process)).toBe(false);
  });
});
