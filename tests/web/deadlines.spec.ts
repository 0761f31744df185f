import { describeInBrowser } from './browser';
import { dueReferral, fire, tell } from './due';
import { World } from './world';

describeInBrowser('what is due', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());

  it('is told to who leads, found in the list and the calendar, seen to by one, and shown to nobody outside the agency', async () => {
    const { referralId, deadlineId, month } = await dueReferral(world);
    await fire(world, deadlineId);
    await tell(world, deadlineId);
    const page = await (await world.signedIn('amina')).newPage();
    const link = `a[href="/triage/${referralId}"]`;

    // Told, once: the head of the page says so, until it is read.
    await page.goto(world.url);
    expect(await page.innerText('.app-header__person')).toMatch(/Messages \(\d+ new\)/);
    await page.click('a:has-text("Messages (")');
    expect(await page.locator(link).count()).toBe(1);
    await page.click('button:has-text("Mark all as read")');
    await page.waitForSelector('h1');
    expect(await page.innerText('.app-header__person')).not.toContain('new)');

    // In the list, overdue in words, and seen to by one.
    await page.goto(`${world.url}/deadlines?whose=agency&state=overdue`);
    const row = page.locator('tr', { has: page.locator(link) });
    expect(await row.innerText()).toContain('3 hours overdue');
    await row.locator('button:has-text("I see to it")').click();
    await page.waitForSelector('[data-flash]');
    expect(page.url()).toContain('state=overdue');
    expect(await row.innerText()).toContain('Amina Rahman');
    const [, act] = (await world.app.acts('notifications'))
      .filter((a) => a.objects.some((o) => o.id === deadlineId))
      .map((a) => a.action);
    expect(act).toBe('deadline.escalate');

    // In the calendar of its month, and in the file.
    await page.goto(`${world.url}/deadlines/calendar?whose=agency&month=${month}`);
    expect(await page.locator(`td ${link}`).count()).toBe(1);
    const csv = await page.request.get(`${world.url}/deadlines/csv?whose=agency&state=overdue`);
    expect(csv.headers()['content-type']).toContain('text/csv');
    expect(await csv.text()).toContain('Decide on a referral');

    // An officer of the agency that made the referral has none of it.
    const dov = await world.as('dov');
    await dov.goto(`${world.url}/deadlines?whose=partnership`);
    expect(await dov.locator(link).count()).toBe(0);
    await page.close();
    await dov.close();
  });
});
