import type { Page } from 'playwright-core';
import { violationsOf } from './accessible';
import { handOverAgreement } from './agreements';
import { describeInBrowser } from './browser';
import { askedFor, onOffer } from './handed';
import { tabTo } from './keyboard';
import { accepted } from './stories';
import { World } from './world';

describeInBrowser('transfer of ownership', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await handOverAgreement(world);
  });
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const told = (page: Page) => page.innerText('.moj-alert');
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();

  it('TRF-1, TRF-7: a case is offered through the pages, without JavaScript; one offer at a time', async () => {
    const { caseId } = await accepted(world);
    const page = await withoutScript('amina');
    await page.goto(`${world.url}/cases/${caseId}/hand-over`);
    expect(await main(page)).toContain('Amina Rahman, Northbank Council');
    await page.click('text=Transfer to another agency');
    await page.check('text=Eastvale NHS Trust');
    await page.click('button:has-text("Continue")');
    await page.selectOption('#recipient', { label: 'Bevan Price' });
    await page.click('button:has-text("Continue")');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await main(page)).toContain('Enter why the case passes on');
    await page.fill('#reason', 'She moved to Eastvale.');
    await page.check('input[value="reader"]');
    expect(await main(page)).toContain('Select whether the person agreed');
    await page.check('input[value="given"]');
    await page.click('button:has-text("Continue")');
    for (const shown of [
      ...['Bevan Price, Eastvale NHS Trust', 'She moved to Eastvale.', 'It goes on reading the case'],
      'To protect an adult at risk',
    ])
      expect(await main(page)).toContain(shown);
    await page.click('button:has-text("Change")');
    expect(await page.isChecked('input[value="reader"]')).toBe(true);
    await page.click('button:has-text("Continue")');
    await page.click('button:has-text("Offer case")');
    expect(await page.innerText('.moj-alert')).toContain('The transfer is on record');
    expect(page.url()).not.toMatch(/Bevan|moved/);
    await page.click('text=Go to the case');
    expect(await page.innerText('.moj-alert')).toContain('This case is on offer to another owner');
    expect(await page.innerText('.app-alerts')).toContain('On offer to another owner');
    expect(await page.locator('text=Transfer to another agency').count()).toBe(0);
    expect((await page.goto(`${world.url}/cases/${caseId}/transfer`))?.status()).toBe(409);
    await page.context().close();
  });

  it('TRF-3: is accepted by keyboard alone, and the case is theirs; whoever offered it is told', async () => {
    const { caseId, id } = await onOffer(world);
    const bevan = await world.as('bevan');
    await bevan.goto(`${world.url}/`);
    expect(await main(bevan)).toContain('cases offered to you');
    await tabTo(bevan, 'a[href="/hand-over/transfers"]');
    await bevan.keyboard.press('Enter');
    await bevan.waitForURL('**/hand-over/transfers');
    await tabTo(bevan, `a[href="/hand-over/transfers/${id}"]`);
    await bevan.keyboard.press('Enter');
    await bevan.waitForURL(`**/hand-over/transfers/${id}`);
    expect(await main(bevan)).toContain('She moved to Eastvale.');
    expect(await main(bevan)).not.toContain('Halloway');
    expect((await bevan.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(404);
    await bevan.goto(`${world.url}/hand-over/transfers/${id}`);
    await tabTo(bevan, 'a[href$="/accept"]');
    await bevan.keyboard.press('Enter');
    await bevan.waitForURL('**/accept');
    await tabTo(bevan, 'button[data-prevent-double-click]');
    await bevan.keyboard.press('Enter');
    await bevan.waitForSelector('text=The case is yours');
    await bevan.click('text=Go to the case');
    expect(await main(bevan)).toMatch(/Bevan Price, Eastvale NHS Trust[\s\S]*Amina Rahman, Northbank Council/);
    await bevan.close();

    const amina = await world.as('amina');
    await amina.goto(`${world.url}/`);
    expect(await main(amina)).toContain('answers to cases you offered');
    await amina.goto(`${world.url}/hand-over/transfers?box=sent`);
    const row = `tr:has(a[href="/hand-over/transfers/${id}"])`;
    expect(await amina.innerText(row)).toContain('New');
    await amina.click(`a[href="/hand-over/transfers/${id}"]`);
    await amina.goto(`${world.url}/hand-over/transfers?box=sent`);
    expect(await amina.innerText(row)).not.toContain('New');
    await amina.close();
  });

  it('TRF-4, TRF-5: is declined with a reason, or taken back', async () => {
    const { id } = await onOffer(world);
    const bevan = await withoutScript('bevan');
    await bevan.goto(`${world.url}/hand-over/transfers/${id}/decline`);
    await bevan.click('button:has-text("Decline the case")');
    expect(await main(bevan)).toContain('Enter why you decline');
    await bevan.fill('#reason', 'Not in our area.');
    await bevan.click('button:has-text("Decline the case")');
    expect(await told(bevan)).toContain('You have declined the case');
    await bevan.context().close();
    const { id: other } = await onOffer(world);
    const amina = await withoutScript('amina');
    await amina.goto(`${world.url}/hand-over/transfers/${id}`);
    expect(await main(amina)).toContain('Not in our area.');
    await amina.goto(`${world.url}/hand-over/transfers/${other}`);
    await amina.click('main a:has-text("Take back")');
    await amina.click('button:has-text("Take it back")');
    expect(await told(amina)).toContain('It has been taken back');
    expect(await amina.locator('text=Take back').count()).toBe(0);
    await amina.context().close();
  });

  it('TRF-8, TRF-9, TRF-10: is asked for by whoever works on it; its owner agrees, or refuses with a reason', async () => {
    const { caseId } = await accepted(world, 'bevan');
    const bevan = await withoutScript('bevan');
    await bevan.goto(`${world.url}/cases/${caseId}/hand-over`);
    await bevan.click('text=Ask for this case');
    await bevan.fill('#reason', 'I see her weekly.');
    await bevan.click('button:has-text("Ask for the case")');
    expect(await told(bevan)).toContain('The owner of the case has been asked');
    const at = new URL(bevan.url()).pathname;
    const amina = await withoutScript('amina');
    await amina.goto(world.url + at);
    expect(await main(amina)).toContain('I see her weekly.');
    await amina.click('main a:has-text("Agree")');
    await amina.check('input[value="given"]');
    await amina.click('button:has-text("Offer the case")');
    expect(await main(amina)).toContain('Select the purpose');
    await amina.check('input[value="safeguarding-adult"]');
    await amina.click('button:has-text("Offer the case")');
    expect(await told(amina)).toContain('The case is on offer');
    await bevan.goto(world.url + at);
    await bevan.click('main a:has-text("Accept")');
    await bevan.click('button:has-text("Accept the case")');
    expect(await told(bevan)).toContain('The case is yours');
    await bevan.context().close();

    const { id } = await askedFor(world);
    await amina.goto(`${world.url}/hand-over/transfers/${id}/refuse`);
    await amina.fill('#reason', 'Not yet.');
    await amina.click('button:has-text("Refuse")');
    const hana = await withoutScript('hana');
    await hana.goto(`${world.url}/hand-over/transfers/${id}`);
    expect(await main(hana)).toContain('Not yet.');
    await hana.context().close();
    await amina.context().close();
  });

  it('TRF-6, TRF-11: offers nothing to whoever may not, and refuses them the pages', async () => {
    const { caseId, id } = await onOffer(world);
    for (const [username, path, status] of [
      ['hana', `/cases/${caseId}/hand-over`, 200],
      ['hana', `/cases/${caseId}/transfer`, 403],
      ['amina', `/cases/${caseId}/transfer`, 409],
      ['hana', `/hand-over/transfers/${id}`, 404],
      ['una', `/hand-over/transfers/${id}`, 404],
      ['bevan', `/hand-over/transfers/${id}/withdraw`, 409],
      ['bevan', `/hand-over/transfers/${id}/anything`, 404],
      ['bevan', `/cases/${caseId}/ask-for`, 404],
      ['amina', `/cases/${caseId}/ask-for`, 403],
      ['amina', `/hand-over/transfers/${id}/accept`, 409],
    ] as const) {
      const page = await world.as(username);
      const answer = await page.goto(world.url + path);
      expect([username, path, answer?.status()]).toEqual([username, path, status]);
      expect(await main(page)).not.toContain('Transfer to another agency');
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
  });
});
