import { eventually } from '@concordat/testing';
import type { Page } from 'playwright-core';
import { handOverAgreement } from './agreements';
import { describeInBrowser } from './browser';
import { accepted } from './stories';
import { World } from './world';

describeInBrowser('cases given to colleagues, one or many', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();

  it('ASG-1, ASG-3: a case is given to a colleague through the pages; whoever gives it is not among them', async () => {
    const { caseId } = await accepted(world);
    const page = await withoutScript('amina');
    await page.goto(`${world.url}/cases/${caseId}/hand-over`);
    await page.click('text=Give to a colleague');
    const offered = await page.locator('#ownerId option').allInnerTexts();
    expect(offered).toContain('Tomas Reyes');
    for (const never of ['Amina Rahman', 'Bevan Price', 'Records interface', 'Erin Walsh'])
      expect(offered).not.toContain(never);
    await page.selectOption('#ownerId', { label: 'Tomas Reyes' });
    await page.click('button:has-text("Give the case")');
    expect(await page.innerText('.moj-alert')).toContain('The case has been given to a colleague');
    expect(await main(page)).toContain('Tomas Reyes, Northbank Council');
    await page.context().close();
    const tomas = await world.as('tomas');
    await tomas.goto(`${world.url}/`);
    expect(await main(tomas)).toMatch(/Cases that changed hands[\s\S]*given to you by Amina Rahman/);
    await tomas.click(`a[href="/cases/${caseId}/hand-over"]`);
    await tomas.goto(`${world.url}/`);
    expect(await tomas.locator(`a[href="/cases/${caseId}/hand-over"]`).count()).toBe(0);
    await tomas.close();
  });

  it('ASG-6, TRF-12: many are chosen, looked over and offered; what became of each can be read', async () => {
    const made = [await accepted(world), await accepted(world)];
    await handOverAgreement(world);
    const page = await withoutScript('amina');
    await page.goto(`${world.url}/cases`);
    await page.click('text=Change many cases at once');
    await page.click('button:has-text("Continue")');
    expect(await main(page)).toMatch(/Select at least one case[\s\S]*Select what is to be done/);
    for (const { caseId } of made) await page.check(`input[value="${caseId}"]`);
    await page.check('input[value="transfers"]');
    await page.click('button:has-text("Continue")');
    expect(await main(page)).toContain('2 cases will change');
    await page.selectOption('#recipient', { label: 'Eastvale NHS Trust: Bevan Price' });
    await page.click('button:has-text("Offer the cases")');
    expect(await main(page)).toContain('Enter why they pass on');
    await page.fill('#reason', 'They moved to Eastvale.');
    await page.check('input[value="given"]');
    await page.click('button:has-text("Offer the cases")');
    await page.waitForURL('**/hand-over/bulk/*');
    await eventually(async () => {
      await page.reload();
      return /2 of 2 done/.test(await main(page));
    });
    expect(page.url()).not.toMatch(/Eastvale|Bevan/);
    await page.context().close();
  });

  it('REF-26: many are referred to a colleague of another agency: one offer each', async () => {
    const made = [await accepted(world), await accepted(world)];
    await handOverAgreement(world);
    const page = await withoutScript('amina');
    await page.goto(`${world.url}/hand-over/bulk`);
    for (const { caseId } of made) await page.check(`input[value="${caseId}"]`);
    await page.check('input[value="referrals"]');
    await page.click('button:has-text("Continue")');
    await page.click('button:has-text("Send the referrals")');
    expect(await page.innerText('.govuk-error-summary')).toMatch(
      /Select who receives them[\s\S]*whether the person agreed/,
    );
    await page.selectOption('#recipient', { label: 'Eastvale NHS Trust: Bevan Price' });
    for (const value of ['health', 'health-care', 'public-task', 'soon', 'given'])
      await page.check(`input[value="${value}"]`);
    await page.fill('#reason', 'They have not been seen by a nurse since May.');
    await page.click('button:has-text("Send the referrals")');
    await page.waitForURL('**/hand-over/bulk/*');
    await eventually(async () => {
      await page.reload();
      return /2 of 2 done/.test(await main(page));
    });
    for (const { caseId } of made) {
      const offers = `SELECT state FROM records.onward_referral WHERE case_id = '${caseId}'`;
      expect(await world.app.sql(offers)).toMatchObject([{ state: 'offered' }]);
    }
    await page.context().close();
  });

  it('ASG-7: whoever may flag one case only is not offered to flag many', async () => {
    const { caseId } = await accepted(world);
    const page = await withoutScript('tomas');
    await page.goto(`${world.url}/cases/${caseId}/flags`);
    await page.selectOption('#flag', { label: 'Needs attention' });
    await page.click('button:has-text("Put on")');
    expect(await page.innerText('.moj-alert')).toContain('The flag is on the case');
    await page.click('button:has-text("Take off")');
    expect(await main(page)).toContain('There are no flags on this case');
    await page.goto(`${world.url}/hand-over/bulk`);
    expect(await page.locator('input[value="flags"]').count()).toBe(0);
    await page.context().close();
  });
});
