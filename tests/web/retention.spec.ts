import { addDays, civilDate } from '@concordat/clocks';
import { eventually } from '@concordat/testing';
import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { timeIsUp } from './stories';
import { World } from './world';

describeInBrowser('retention', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');

  it('one lead proposes that a case is erased, another confirms it, and what is left says who did, without JavaScript', async () => {
    const { caseId, reference } = await timeIsUp(world);
    const kit = await (await world.signedIn('kit', { javaScriptEnabled: false })).newPage();
    await kit.goto(`${world.url}/`);
    await kit.click('text=Cases whose time is up');
    await kit.click(`tr:has-text("${reference}") a`);
    expect(await main(kit)).toContain('Seven years after the last involvement');
    await kit.click('text=Propose to erase it');
    await kit.fill('#reason', 'Seven years are over');
    await kit.click('button:has-text("Propose to erase it")');
    expect(await kit.innerText('.moj-alert')).toContain('Somebody else must confirm that');
    await kit.click('text=Confirm or refuse');
    expect(await kit.locator('input[value="erase"]').count()).toBe(0);

    const yusuf = await (await world.signedIn('yusuf', { javaScriptEnabled: false })).newPage();
    await yusuf.goto(`${world.url}/retention?view=proposed`);
    await yusuf.click(`tr:has-text("${reference}") a`);
    await yusuf.click('text=Confirm or refuse');
    expect(await main(yusuf)).toContain('Seven years are over');
    await yusuf.check('input[value="erase"]');
    await yusuf.click('button:has-text("Decide")');
    expect(await yusuf.innerText('.moj-alert')).toContain('The case is being erased');
    await eventually(async () => (await world.app.as('kit').get(`/api/records/erasures/${caseId}`)).status === 200, {
      timeoutMs: 20_000,
    });
    await yusuf.click('text=Cases that were erased');
    expect(await yusuf.innerText(`tr:has-text("${reference}")`)).toMatch(/Kit Lowe and Yusuf Demir/);
    expect((await kit.goto(`${world.url}/retention/${caseId}`))?.status()).toBe(404);
    const amina = await world.as('amina');
    expect((await amina.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(404);
    for (const page of [kit, yusuf]) await page.context().close();
    await amina.close();
  });

  it('a hold keeps a case from being erased until it is released; one that is kept comes back on its day', async () => {
    const { reference } = await timeIsUp(world);
    const kit = await world.as('kit');
    await kit.goto(`${world.url}/retention?reference=${reference}`);
    await kit.click(`tr:has-text("${reference}") a`);
    await kit.click('text=Put it on hold');
    await kit.fill('#reason', 'An inquest');
    await kit.click('button:has-text("Put it on hold")');
    expect(await main(kit)).toContain('On hold: An inquest');
    expect(await kit.locator('text=Propose to erase it').count()).toBe(0);
    await kit.click('text=Release this hold');
    await kit.fill('#reason', 'It is over');
    await kit.click('button:has-text("Release the hold")');
    expect(await kit.innerText('.moj-alert')).toContain('The hold is released');
    await kit.click('text=Keep it longer');
    const [year, month, day] = addDays(civilDate(new Date()), 30).split('-').map(Number);
    for (const [part, n] of Object.entries({ day, month, year })) await kit.fill(`#until-${part}`, String(n));
    await kit.fill('#reason', 'She has asked for her records');
    await kit.click('button:has-text("Keep the case")');
    expect(await main(kit)).toContain('She has asked for her records');
    await kit.goto(`${world.url}/retention?view=soon`);
    expect(await kit.innerText(`tr:has-text("${reference}")`)).toMatch(/Kept/i);
    await kit.close();
  });
});
