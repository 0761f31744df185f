import { declaredPages, WebModule } from '@concordat-app/web';
import { ReferralsModule } from '@concordat-app/referrals';
import { startApp, type TestApp } from '@concordat/testing';
import { randomUUID } from 'node:crypto';

const NONCE = /'nonce-([A-Za-z0-9+/]{22}==)'/;
const FIXED: Readonly<Record<string, RegExp>> = {
  'strict-transport-security': /^max-age=63072000; includeSubDomains$/,
  'referrer-policy': /^no-referrer$/,
  'x-content-type-options': /^nosniff$/,
  'x-robots-tag': /^noindex$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
};

/** user-interface.md §7: the headers are read from every route, errors included. */
describe('security headers', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([ReferralsModule, WebModule])));
  afterAll(() => app?.stop());

  const ask = (path: string, init: RequestInit = {}) => fetch(app.url + path, { redirect: 'manual', ...init });

  function expectHeaders(response: Response): string {
    for (const [name, form] of Object.entries(FIXED))
      expect([name, response.headers.get(name)]).toEqual([name, expect.stringMatching(form)]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; /);
    for (const directive of ['img-src', 'font-src', 'manifest-src', 'connect-src', 'form-action'])
      expect(policy).toContain(`${directive} 'self'`);
    expect(policy).toContain("frame-ancestors 'none'; base-uri 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
    return NONCE.exec(policy)?.[1] ?? '';
  }

  it('are on every route, whoever asks and however it ends', async () => {
    const paths = declaredPages(app.running.app).map(
      (page) => `/${page.at.replace(/:(\w+)/g, (_, name) => (name === 'ref' ? 'p1' : randomUUID()))}`,
    );
    expect(paths.length).toBeGreaterThan(30);
    const others = [
      '/nothing-here',
      '/assets/nothing',
      '/referrals/not-an-id',
      '/sign-in/callback?code=x',
      '/%00',
      '/a/'.repeat(40),
    ];
    for (const path of [...paths, ...others]) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const response = await ask(path, { method });
        expectHeaders(response);
        expect([path, method, response.headers.get('cache-control')]).toEqual([path, method, 'no-store']);
        expect([path, method, response.status < 500]).toEqual([path, method, true]);
      }
    }
  });

  it('give every response a nonce of its own, which its scripts and styles carry', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/', '/help', '/nothing-here']) {
      const response = await ask(path);
      const nonce = expectHeaders(response);
      const html = await response.text();
      const tags = html.match(/<(script|link rel="stylesheet"|style)[^>]*>/g) ?? [];
      expect(tags.length).toBeGreaterThan(1);
      for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
      expect(html).not.toMatch(/\son\w+=|style="|javascript:/);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(4);
  });

  it('let what has a digest in its name be kept for ever, and nothing else', async () => {
    const html = await (await ask('/')).text();
    const style = /href="(\/assets\/concordat-[0-9a-f]{16}\.css)"/.exec(html)?.[1] ?? '';
    const script = /src="(\/assets\/browser-[0-9a-f]{16}\.js)"/.exec(html)?.[1] ?? '';
    const entry = await (await ask(script)).text();
    const modules = [...entry.matchAll(/'(\/assets\/[\w-]+-[0-9a-f]{16}\.js)'/g)].map(([, path]) => path ?? '');
    expect(modules).toHaveLength(7);
    for (const path of [style, script, ...modules]) {
      const response = await ask(path);
      expect([path, response.status]).toEqual([path, 200]);
      expectHeaders(response);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    const icon = await ask('/assets/images/icon-alert-success.svg');
    expect([icon.status, icon.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600']);
    expect((await ask('/assets/images/govuk-crest.svg')).status).toBe(404);
    expect((await ask('/assets/../main.ts')).status).toBe(404);
    expect((await ask('/assets/%2e%2e%2f%2e%2e%2fmain.ts')).status).toBe(404);
  });

  it('leave the APIs their problem documents, which allow a browser nothing', async () => {
    const response = await ask('/api/referrals/nothing-here');
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const tooLong = await ask(`/api/referrals/${'a'.repeat(300)}`);
    for (const { headers } of [response, tooLong, await ask('/api/%00'), await ask('/api/openapi.json')])
      expect([headers.get('strict-transport-security'), headers.get('content-security-policy')]).toEqual([
        'max-age=63072000; includeSubDomains',
        "default-src 'none'; frame-ancestors 'none'",
      ]);
    expect((await ask('/health/ready')).headers.get('content-type')).toContain('application/json');
  });

  it('speak of no crown and no GDS typeface', async () => {
    const html = await (await ask('/')).text();
    const style = /href="(\/assets\/concordat-[0-9a-f]+\.css)"/.exec(html)?.[1] ?? '';
    expect(await (await ask(style)).text()).not.toMatch(/GDS Transport|@font-face/);
    expect(html).not.toMatch(/crown|gov\.uk/i);
  });
});
