import { eventually } from '@concordat/testing';
import type { BrowserContext, Page } from 'playwright-core';
import { describeInBrowser } from '../browser';
import { Traced } from '../traced';
import { World } from '../world';

const COOKIE = 'concordat';

describeInBrowser('sessions', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const sessionOf = async (context: BrowserContext) =>
    (await context.cookies(world.url)).find((c) => c.name === COOKIE);
  const heading = (page: Page) => page.innerText('h1');
  /** Posts as the browser does, without what its form carries. */
  const post = (page: Page, path: string, form: Record<string, string> = {}) =>
    page.request.post(world.url + path, { form, maxRedirects: 0 });

  it('begin with a new id at sign-in, in a cookie that scripts cannot read', async () => {
    const page = await world.nobody();
    await page.goto(`${world.url}/sign-in`);
    const before = await sessionOf(page.context());
    await page.click('button[value="amina"]');
    await page.waitForURL(`${world.url}/`);
    const after = await sessionOf(page.context());
    expect(after).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
    expect(after?.value).toMatch(/^[\w-]{43}$/);
    expect(after?.value).not.toBe(before?.value);
    expect(await page.innerText('.app-header__who')).toBe('Amina Rahman, Northbank Council');
    // The id that the sign-in began under is worth nothing now.
    await page.context().addCookies([before!]);
    await page.goto(`${world.url}/referrals/made`);
    expect(await heading(page)).toBe('You have been signed out');
    await page.context().close();
  });

  it('leave one trace from a click on a page to the ledger, in which is nothing about anybody', async () => {
    const page = await world.as('hana');
    await page.goto(`${world.url}/`);
    const traced = new Traced();
    traced.start();
    try {
      await page.click('a[href="/referrals/made"]');
      await eventually(
        () =>
          expect(traced.waysTo('apply audit.act-recorded.v1')).toContainEqual([
            'GET /referrals/made',
            'GET /api/referrals',
            'referral.list',
            'apply audit.act-recorded.v1',
          ]),
        { timeoutMs: 20_000 },
      );
    } finally {
      traced.stop();
    }
    expect(traced.told).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|hana/i);
  });

  it('put nothing on the store that tells who is signed in or by which token', async () => {
    await world.as('amina');
    const rows = await world.app.sql<{ key: string; value: string }>('SELECT key, value FROM ephemeral.value');
    expect(rows.length).toBeGreaterThan(0);
    // A token begins eyJ… and has a dot after its header; what is sealed is base64 without one.
    expect(JSON.stringify(rows)).not.toMatch(/amina|eyJ[\w-]{8,}\./i);
  });

  it('lead back to the page that was asked for', async () => {
    const page = await world.nobody();
    await page.goto(`${world.url}/referrals/made?status=withdrawn`);
    await page.click('button[value="hana"]');
    await page.waitForURL(`${world.url}/referrals/made?status=withdrawn`);
    await page.context().close();
  });

  it.each([
    '//elsewhere.example',
    'https://elsewhere.example',
    '/\\elsewhere.example',
    '/api/identity/me',
    '/sign-out',
  ])('never lead elsewhere: %s', async (to) => {
    const page = await world.nobody();
    await page.goto(`${world.url}/sign-in?to=${encodeURIComponent(to)}`);
    await page.click('button[value="hana"]');
    await page.waitForURL(`${world.url}/`);
    await page.context().close();
  });

  it('end at sign-out, on record, and the next sign-in asks who it is', async () => {
    const context = await world.signedIn('moss');
    const page = await context.newPage();
    await page.goto(`${world.url}/referrals/made`);
    const cookie = await sessionOf(context);
    const signingOut = page.waitForResponse((response) => response.url() === `${world.url}/sign-out`);
    await page.click('text=Sign out');
    expect(await (await signingOut).headerValue('clear-site-data')).toBe('"cache", "storage"');
    await page.waitForURL(`${world.url}/signed-out`);
    expect(await sessionOf(context)).toBeUndefined();
    await page.goBack();
    expect(page.url()).not.toBe(`${world.url}/referrals/made`);
    await context.addCookies([cookie!]);
    await page.goto(`${world.url}/referrals/made`);
    expect(await heading(page)).toBe('You have been signed out');
    await page.click('main a:has-text("Sign in")');
    await page.waitForSelector('button[value="gwen"]');
    const { body: me } = await world.app.as('moss').get('/api/identity/me');
    const acts = await world.app.acts('identity');
    for (const action of ['session.start', 'session.end'])
      expect(acts.some((a) => a.action === action && a.actor === me.id)).toBe(true);
    await context.close();
  });

  it('end in every browser at once when their person says so, and in nobody else’s', async () => {
    const [left, here, others] = [
      await world.signedIn('rhys'),
      await world.signedIn('rhys'),
      await world.signedIn('petra'),
    ];
    const page = await here.newPage();
    await page.goto(`${world.url}/help`);
    await page.click('text=Sign out everywhere');
    await page.click('button:has-text("Sign out everywhere")');
    await page.waitForURL(`${world.url}/signed-out`);
    const behind = await left.newPage();
    await behind.goto(`${world.url}/referrals/made`);
    expect(await heading(behind)).toBe('You have been signed out');
    const other = await others.newPage();
    await other.goto(world.url);
    expect(await other.innerText('.app-header__who')).toContain('Petra');
    for (const context of [left, here, others]) await context.close();
  });

  it('are shown to their person, who ends one that is not theirs, on record, and stays where they are', async () => {
    const [left, here] = [await world.signedIn('rhys'), await world.signedIn('rhys')];
    const page = await here.newPage();
    await page.goto(world.url);
    await page.click('footer >> text=Where you are signed in');
    const [own, other] = [page.locator('tbody tr:has-text("You are here")'), page.locator('tbody tr:has(button)')];
    expect([await own.count(), await other.count()]).toEqual([1, 1]);
    expect(await other.innerText()).toMatch(/Chrome on Linux.*\d{4} at .*\d{4} at /s);
    await other.locator('button').click();
    await page.waitForSelector('text=You are signed out there');
    expect(await page.innerText('main')).toContain('You are signed in nowhere else');
    const behind = await left.newPage();
    await behind.goto(`${world.url}/referrals/made`);
    expect(await heading(behind)).toBe('You have been signed out');
    await page.goto(`${world.url}/referrals/made`);
    expect(await heading(page)).not.toBe('You have been signed out');
    const { body: me } = await world.app.as('rhys').get('/api/identity/me');
    expect((await world.app.acts('identity')).filter((a) => a.action === 'session.end').at(-1)?.actor).toBe(me.id);
    const forged = await post(page, '/sessions', { do: 'others' });
    expect(forged.status()).toBe(400);
    for (const context of [left, here]) await context.close();
  });

  it('can be ended at the identity provider too', async () => {
    const context = await world.signedIn('moss');
    const page = await context.newPage();
    await page.goto(world.url);
    await page.click('text=Sign out');
    await page.click('text=sign out of your organisation’s sign-in service');
    await page.click('button:has-text("Sign out")');
    await page.waitForSelector('text=You are signed out');
    await context.close();
  });

  it('take changes from our own forms only', async () => {
    const context = await world.signedIn('hana');
    const page = await context.newPage();
    await page.goto(`${world.url}/referrals/make-a-referral`);
    const token = await page.inputValue('main input[name="_csrf"]');
    for (const forged of [{}, { _csrf: '' }, { _csrf: `${token}x` }] as Record<string, string>[]) {
      const answer = await post(page, '/referrals/make-a-referral', { ...forged, pathway: 'other' });
      expect([answer.status(), (await answer.text()).includes('This form is no longer valid')]).toEqual([400, true]);
    }
    expect(
      (
        await post(page, '/referrals/make-a-referral', { _csrf: token, _key: 'a-key-of-mine', pathway: 'other' })
      ).status(),
    ).toBe(303);
    const nobody = await world.nobody();
    expect((await post(nobody, '/referrals/make-a-referral', { _csrf: token })).status()).toBe(401);
    await context.close();
  });

  it('send a form once, however often it is sent', async () => {
    const page = await world.as('hana');
    await page.goto(`${world.url}/referrals/make-a-referral`);
    const form = {
      _csrf: await page.inputValue('main input[name="_csrf"]'),
      _key: await page.inputValue('input[name="_key"]'),
    };
    const [one, two] = [
      await post(page, '/referrals/make-a-referral', { ...form, pathway: 'other' }),
      await post(page, '/referrals/make-a-referral', { ...form, pathway: 'other' }),
    ];
    expect(one.headers()['location']).toMatch(/^\/referrals\/make-a-referral\/[0-9a-f-]{36}$/);
    expect(two.headers()['location']).toBe(one.headers()['location']);
  });

  it('show no page that a role has no part in', async () => {
    const page = await world.as('erin');
    const answer = await page.goto(`${world.url}/referrals/make-a-referral`);
    expect([answer?.status(), await heading(page)]).toEqual([403, 'You cannot see this']);
    expect(await page.locator('nav >> text=Make a referral').count()).toBe(0);
  });

  it('end within the bound when the membership is revoked', async () => {
    const context = await world.signedIn('tomas');
    const page = await context.newPage();
    await page.goto(`${world.url}/referrals/made`);
    const { body: me } = await world.app.as('tomas').get('/api/identity/me');
    const { body } = await world.app.as('lena').get(`/api/identity/members?org=${me.organisation.id}`);
    const { version } = body.members.find((m: { userId: string }) => m.userId === me.id) as { version?: number };
    const revoked = await world.app
      .as('lena')
      .post(
        `/api/identity/members/${me.id}/${me.organisation.id}/revocation`,
        {},
        version === undefined ? {} : { version },
      );
    expect([revoked.status, revoked.body.code]).toEqual([200, undefined]);
    await eventually(
      async () => {
        await page.goto(`${world.url}/referrals/made`);
        return (await heading(page)) === 'You cannot use Concordat yet';
      },
      { timeoutMs: 30_000, everyMs: 200 },
    );
    await context.close();
  });

  it('are refused when they come too often', async () => {
    const page = await world.nobody();
    let status = 0;
    for (let i = 0; i < 80 && status !== 429; i++)
      status = (await page.request.get(`${world.url}/sign-in`, { maxRedirects: 0 })).status();
    expect(status).toBe(429);
    const answer = await page.request.get(`${world.url}/sign-in`, { maxRedirects: 0 });
    expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
    expect(await answer.text()).toContain('Too many requests');
  });
});
