import type { Page } from 'playwright-core';
import { violationsOf } from './accessible';
import { handOverAgreement } from './agreements';
import { describeInBrowser } from './browser';
import { accepted, FIRE, joins, POLICE } from './stories';
import { World } from './world';

describeInBrowser('cases', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');

  it('shows key facts before anything else, and where each part comes from', async () => {
    const { caseId } = await accepted(world);
    const page = await world.as('amina');
    await page.goto(`${world.url}/cases/${caseId}`);
    expect(await page.title()).toMatch(/^Case C-\S+ – Concordat$/);
    const text = await main(page);
    const places = ['Risk to staff: visit in pairs', 'Safe ways to make contact', 'Corin Halloway'].map((t) =>
      text.indexOf(t),
    );
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const known of [
      'Harbour Housing, ',
      'Leads the case',
      'Works on the case',
      'Case opened',
      'Ex-husband, ex-wife',
    ])
      expect(text).toContain(known);
    await page.close();
  });

  it('lets the lead agency add another and end its part, without JavaScript', async () => {
    const { caseId } = await accepted(world);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/cases/${caseId}`);
    await page.click('nav[aria-label="This case"] >> text=Agencies');
    await page.click('text=Add an agency or change its part');
    await handOverAgreement(world);
    await page.selectOption('#orgId', POLICE);
    for (const value of ['reader', 'given']) await page.check(`input[value="${value}"]`);
    await page.click('text=Let this agency take part');
    expect(await page.innerText('.moj-alert')).toContain('Who takes part has been changed');
    expect(await page.innerText('tr:has-text("Northbank Police")')).toContain('Reads the case');

    const rhys = await world.as('rhys');
    expect((await rhys.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(200);
    expect(await rhys.locator('text=Change who takes part').count()).toBe(0);

    await page.click('tr:has-text("Northbank Police") a');
    expect(await main(page)).toContain('End the part of Northbank Police?');
    await page.click('button:has-text("End its part")');
    expect(await page.innerText('tr:has-text("Northbank Police")')).not.toContain('Takes part now');
    expect((await rhys.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(404);
    await page.click('nav[aria-label="This case"] >> text=Timeline');
    expect(await main(page)).toContain('Agency no longer takes part');
    await page.context().close();
    await rhys.close();
  });

  it('refuses whoever has nothing to do with it as if it did not exist, and shows an offer without what is in it', async () => {
    const { caseId } = await accepted(world, 'bevan');
    await joins(world, caseId, FIRE, 'preview');
    for (const [username, path, heading, status] of [
      ['dov', `/cases/${caseId}`, 'Page not found', 404],
      ['dov', `/cases/${caseId}/timeline`, 'Page not found', 404],
      ['dov', '/cases/021623d7-8c46-4daf-826f-8d83f4133409', 'Page not found', 404],
      ['petra', `/cases/${caseId}`, 'You can see that this case exists, not what is in it', 403],
      ['erin', `/cases/${caseId}`, 'You cannot see this', 403],
      ['bevan', `/cases/${caseId}/agencies/add`, 'You cannot see this', 403],
    ] as const) {
      const page = await world.as(username);
      const answer = await page.goto(world.url + path);
      expect([username, path, await page.innerText('h1'), answer?.status()]).toEqual([username, path, heading, status]);
      expect(await main(page)).not.toContain('Halloway');
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
    const dov = await world.as('dov');
    await dov.goto(`${world.url}/cases`);
    expect(await main(dov)).not.toContain(caseId);
    await dov.close();
  });

  it('prints a case as one document, with who printed it and without what is only for the screen', async () => {
    const { caseId } = await accepted(world);
    const page = await world.as('amina');
    await page.goto(`${world.url}/cases/${caseId}`);
    await page.click('text=Print view');
    await page.emulateMedia({ media: 'print' });
    expect(await main(page)).toContain('Printed by Amina Rahman, Northbank Council');
    for (const hidden of ['nav', '.app-footer', '.govuk-back-link', '.app-header__form'])
      for (const part of await page.locator(hidden).all())
        expect([hidden, await part.isVisible()]).toEqual([hidden, false]);
    await page.close();
  });
});
