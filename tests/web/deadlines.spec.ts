import { eventually } from '@concordat/testing';
import { describeInBrowser } from './browser';
import { dueReferral, fire, tell } from './due';
import { picture } from './pictures';
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
    await picture(page, 'inbox');
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
    await picture(page, 'calendar');
    const csv = await page.request.get(`${world.url}/deadlines/csv?whose=agency&state=overdue`);
    expect(csv.headers()['content-type']).toContain('text/csv');
    expect(await csv.text()).toContain('Decide on a referral');
    expect(await csv.text()).toContain(',Overdue,');

    // A day that is none is said, beside what was typed: the list of everything is no answer to it.
    const wrong = await page.goto(`${world.url}/deadlines?whose=agency&from=31/2/2026`);
    expect(wrong?.status()).toBe(422);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Enter a real date, like 27/3/2027');
    expect(await page.locator('#from').inputValue()).toBe('31/2/2026');
    expect(await page.locator('#state option').allInnerTexts()).toEqual([
      ...['Still to be done', 'Overdue', 'Done or not wanted any more'],
    ]);

    // An officer of the agency that made the referral has none of it.
    const dov = await world.as('dov');
    await dov.goto(`${world.url}/deadlines?whose=partnership`);
    expect(await dov.locator(link).count()).toBe(0);
    await page.close();
    await dov.close();
  });

  it('is told outside of the pages too, once somebody has shown where they are reached: that something needs them, no more', async () => {
    const page = await (await world.signedIn('amina')).newPage();
    await page.goto(`${world.url}/messages`);
    await page.click('a:has-text("How you are told")');
    await page.click('a[href="/messages/address/email"]');
    await page.fill('#address', 'amina@example.test');
    await page.click('button:has-text("Send a code")');
    await page.waitForSelector('#code');
    const asked = page.url();
    await page.fill('#code', '12');
    await page.click('button:has-text("Confirm")');
    await page.waitForSelector('.govuk-error-summary');
    const sent = async (words: RegExp): Promise<string | undefined> => {
      await page.goto(`${world.url}/messages/mailbox`);
      return words.exec(await page.innerText('main'))?.[0];
    };
    let code: string | undefined;
    await eventually(async () => {
      code = (await sent(/amina@example\.test[^]*?code is \d{6}/))?.slice(-6);
      return code !== undefined;
    });
    await page.goto(asked);
    await page.fill('#code', code!);
    await page.click('button:has-text("Confirm")');
    await page.waitForSelector('[data-flash]');
    expect(await page.innerText('main')).toContain('amina@example.test');

    const { referralId, deadlineId } = await dueReferral(world);
    await tell(world, deadlineId);
    await world.app.sql(`UPDATE notifications.notice SET next_at = clock_timestamp() WHERE state = 'waiting'`);
    await eventually(async () => (await sent(/Something needs you in Concordat\. *\n/)) !== undefined);
    expect(await page.innerText('main')).not.toContain(referralId);
    await page.close();
  });
});
