import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { askedToApprove } from './handed';
import { World } from './world';

describeInBrowser('approvals', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();

  it('APP-2, APP-3, APP-5: is answered by somebody else through the pages, and whoever asked is told', async () => {
    const { caseId, id } = await askedToApprove(world);
    const tomas = await withoutScript('tomas');
    await tomas.goto(`${world.url}/cases/${caseId}/approvals`);
    expect(await main(tomas)).toContain('She is safe.');
    expect(await tomas.locator('main >> text=Answer').count()).toBe(0);
    expect((await tomas.goto(`${world.url}/cases/${caseId}/approvals/${id}`))?.status()).toBe(403);

    const amina = await withoutScript('amina');
    await amina.goto(`${world.url}/`);
    await amina.click('text=approvals for you to answer');
    await amina.click(`a[href="/cases/${caseId}/approvals/${id}"]`);
    await amina.click('button:has-text("Send answer")');
    expect(await main(amina)).toMatch(/Select whether you approve[\s\S]*Enter why/);
    await amina.check('input[value="rejected"]');
    await amina.fill('#comment', 'She moves next week. Wait.');
    await amina.click('button:has-text("Send answer")');
    expect(await amina.innerText('.moj-alert')).toContain('Your answer is on record');
    expect((await amina.goto(`${world.url}/cases/${caseId}/approvals/${id}`))?.status()).toBe(409);

    await tomas.goto(`${world.url}/`);
    await tomas.click('text=answers to approvals you asked for');
    await tomas.click(`a[href="/cases/${caseId}/approvals"]`);
    expect(await main(tomas)).toMatch(/Rejected[\s\S]*She moves next week. Wait.[\s\S]*Answered by Amina Rahman/);
    await amina.context().close();
    await tomas.context().close();
  });
});
