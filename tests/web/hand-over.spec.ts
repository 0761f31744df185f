import type { Page } from 'playwright-core';
import { violationsOf } from './accessible';
import { agreementStep, handOverAgreement } from './agreements';
import { describeInBrowser } from './browser';
import { answered, offered, withStep } from './handed';
import { tabTo } from './keyboard';
import { accepted, EASTVALE_NHS } from './stories';
import { World } from './world';

describeInBrowser('referral between agencies', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await handOverAgreement(world);
  });
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();

  it('REF-1, REF-5, REF-6: is sent through the pages after a last look, without JavaScript', async () => {
    const { caseId } = await accepted(world);
    const page = await withoutScript('amina');
    await page.goto(`${world.url}/cases/${caseId}`);
    await page.click('nav[aria-label="This case"] >> text=Hand-over');
    await page.click('text=Refer to another agency');
    await page.check('text=Eastvale NHS Trust');
    await page.click('button:has-text("Continue")');
    await page.selectOption('#recipient', { label: 'Bevan Price' });
    await page.fill('#reason', 'She has not been seen by a nurse since May.');
    for (const value of ['health', 'health-care', 'public-task', 'soon', 'refused'])
      await page.check(`input[value="${value}"]`);
    await page.click('button:has-text("Continue")');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await main(page)).toContain('Enter why you share without consent');
    expect(await page.inputValue('#reason')).toContain('since May');
    await page.check('input[value="life"]');
    await page.fill('[id="consent.reason"]', 'Her life is at risk.');
    await page.click('button:has-text("Continue")');
    const check = await main(page);
    for (const shown of ['Bevan Price, Eastvale NHS Trust', 'Her life is at risk.', 'gp', 'within 3 days'])
      expect(check).toContain(shown);
    await page.click('button:has-text("Send referral")');
    expect(await page.innerText('.moj-alert')).toContain('The referral is on record');
    expect(page.url()).not.toMatch(/Bevan|nurse/);
    await page.context().close();
  });

  it('REF-9, REF-21: is accepted by keyboard alone; what was agreed is shown and the case is not', async () => {
    const { caseId, id } = await offered(world);
    const bevan = await world.as('bevan');
    await bevan.goto(`${world.url}/`);
    await tabTo(bevan, 'a[href="/hand-over"]');
    await bevan.keyboard.press('Enter');
    await bevan.waitForURL('**/hand-over');
    expect(await main(bevan)).toMatch(/Referrals received \(\d+ to answer\)/);
    await tabTo(bevan, `a[href="/hand-over/referrals/${id}"]`);
    await bevan.keyboard.press('Enter');
    await bevan.waitForURL(`**/hand-over/referrals/${id}`);
    expect(await main(bevan)).toContain('She has not been seen by a nurse since May.');
    expect(await main(bevan)).not.toContain('Halloway');
    await tabTo(bevan, 'a[href$="/accept"]');
    await bevan.keyboard.press('Enter');
    await bevan.waitForURL('**/accept');
    await tabTo(bevan, 'button[data-prevent-double-click]');
    await bevan.keyboard.press('Enter');
    await bevan.waitForSelector('text=You have accepted the referral');
    await bevan.click('text=See what was agreed');
    const shown = await main(bevan);
    expect(shown).toContain('Halloway');
    expect(shown).not.toMatch(/Corin|Timeline|Agencies/);
    expect((await bevan.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(404);
    await bevan.close();

    const amina = await world.as('amina');
    await amina.goto(`${world.url}/hand-over?box=sent`);
    expect(await amina.innerText(`tr:has(a[href="/hand-over/referrals/${id}"])`)).toContain('New');
    await amina.click(`a[href="/hand-over/referrals/${id}"]`);
    expect(await main(amina)).toContain('by Bevan Price');
    await amina.goto(`${world.url}/hand-over?box=sent`);
    expect(await amina.innerText(`tr:has(a[href="/hand-over/referrals/${id}"])`)).not.toContain('New');
    await amina.close();
  });

  it('REF-10, REF-11: is declined with a reason, and the preview is gone', async () => {
    const { id } = await offered(world);
    const bevan = await withoutScript('bevan');
    await bevan.goto(`${world.url}/hand-over/referrals/${id}/decline`);
    await bevan.click('button:has-text("Decline referral")');
    expect(await main(bevan)).toContain('Enter why you decline');
    await bevan.fill('#note', 'She moved out of our area.');
    await bevan.click('button:has-text("Decline referral")');
    const left = await main(bevan);
    expect(left).toContain('what was offered is not shown any more');
    expect(left).not.toMatch(/nurse|C-/);
    await bevan.context().close();
    const amina = await world.as('amina');
    await amina.goto(`${world.url}/hand-over/referrals/${id}`);
    expect(await main(amina)).toContain('She moved out of our area.');
    await amina.close();
  });

  it('REF-7: who may refer only for a planned action chooses it, and the action shows as referred', async () => {
    const { caseId } = await withStep(world);
    const page = await withoutScript('idris');
    await page.goto(`${world.url}/cases/${caseId}/hand-over`);
    await page.click('text=Refer to another agency');
    await page.check('text=Eastvale NHS Trust');
    await page.click('button:has-text("Continue")');
    await page.selectOption('#recipient', { label: 'Bevan Price' });
    await page.fill('#reason', 'She has not been seen by a nurse since May.');
    for (const value of ['health', 'health-care', 'public-task', 'soon', 'given'])
      await page.check(`input[value="${value}"]`);
    await page.click('button:has-text("Continue")');
    expect(await main(page)).toContain('Select the planned action that it is for');
    await page.selectOption('#action', { label: 'A nurse is to see her.' });
    await page.click('button:has-text("Continue")');
    expect(await main(page)).toContain('A nurse is to see her.');
    await page.click('button:has-text("Send referral")');
    await page.goto(`${world.url}/cases/${caseId}/key-facts`);
    expect(await main(page)).toMatch(/Referred.*, offered/s);
    await page.context().close();
  });

  it('REF-22: suspended, the agreement lets nothing out, neither anew nor what was agreed before; resumed, it does at once', async () => {
    const { id } = await offered(world);
    await answered(world, id, 'acceptance');
    const agreement = await handOverAgreement(world);
    const looked = async (): Promise<string> => {
      const page = await world.as('bevan');
      await page.goto(`${world.url}/hand-over/referrals/${id}/case`);
      const heading = await page.innerText('h1');
      await page.close();
      return heading;
    };
    const before = await looked();
    await agreementStep(world, agreement, 'suspend', 'Reported to the board.');
    expect(await looked()).toContain('This may not be shared');
    const page = await world.as('amina');
    const { caseId: other } = await accepted(world);
    await page.goto(`${world.url}/cases/${other}/refer/${EASTVALE_NHS}`);
    await page.selectOption('#recipient', { label: 'Bevan Price' });
    await page.fill('#reason', 'She has not been seen by a nurse since May.');
    for (const value of ['health', 'health-care', 'public-task', 'soon', 'given'])
      await page.check(`input[value="${value}"]`);
    await page.click('button:has-text("Continue")');
    await page.click('button:has-text("Send referral")');
    expect(await main(page)).toContain('This may not be shared');
    expect(await page.innerText('.govuk-error-summary')).toContain('suspended');
    await page.click('text=How this was decided');
    expect(await main(page)).toContain('Eastvale NHS Trust');
    expect(await main(page)).toContain('Referrals between agencies 1.0.0 is suspended');
    await page.close();
    await agreementStep(world, agreement, 'resume');
    expect(await looked()).toBe(before);
    expect((await world.app.acts('records')).filter((a) => a.reasons?.includes('AGREEMENT_SUSPENDED'))).toMatchObject([
      { action: 'case.view', outcome: 'denied' },
      { action: 'referral.offer', outcome: 'denied', objects: expect.arrayContaining([{ t: 'case', id: other }]) },
    ]);
  });

  it('REF-8: a referral to an outside body is put on record', async () => {
    const { caseId } = await accepted(world);
    const page = await world.as('amina');
    await page.goto(`${world.url}/cases/${caseId}/refer/outside`);
    await page.fill('#outsideBody', 'The harbour food bank');
    await page.fill('#reason', 'She needs food.');
    for (const value of ['reach', 'support', 'public-task', 'routine', 'given'])
      await page.check(`input[value="${value}"]`);
    await page.click('button:has-text("Continue")');
    expect(await main(page)).toContain('Nothing is sent, and nobody gains access');
    await page.click('button:has-text("Record referral")');
    await page.waitForSelector('text=The harbour food bank');
    expect(await page.locator('text=Withdraw').count()).toBe(0);
    await page.close();
  });

  it('REF-2, REF-17: offers nothing to whoever may not, and refuses them the pages as if they were not there', async () => {
    const { caseId, id } = await offered(world);
    for (const [username, path, status] of [
      ['hana', `/cases/${caseId}/hand-over`, 200],
      ['hana', `/cases/${caseId}/refer`, 403],
      ['hana', `/hand-over/referrals/${id}/withdraw`, 404],
      ['una', `/hand-over/referrals/${id}`, 404],
      ['bevan', `/hand-over/referrals/${id}/withdraw`, 409],
      ['bevan', `/hand-over/referrals/${id}/anything`, 404],
      ['bevan', `/hand-over/referrals/${id}/case`, 403],
      ['amina', `/hand-over/referrals/${id}/accept`, 409],
    ] as const) {
      const page = await world.as(username);
      const answer = await page.goto(world.url + path);
      expect([username, path, answer?.status()]).toEqual([username, path, status]);
      expect(await main(page)).not.toContain('Refer to another agency');
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
  });
});
