import type { Page } from 'playwright-core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describeInBrowser } from './browser';
import { accessRequest, preparedRequest } from './stories';
import { World } from './world';

describeInBrowser('subject access requests', () => {
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'concordat-access-'));
  beforeAll(async () => void (world = await World.start()));
  afterAll(async () => {
    await world?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const main = (page: Page) => page.innerText('main');

  it('a lead records a request, gathers what every context holds, and decides about a part of it, without JavaScript', async () => {
    const { family } = await accessRequest(world);
    const page = await (await world.signedIn('kit', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/access-requests`);
    await page.click('text=Record a request');
    await page.fill('#family', family);
    await page.click('button:has-text("Find the person")');
    await page.check('input[name="personId"]');
    await page.check('input[value="themselves"]');
    await page.fill('#requesterName', `Linnet ${family}`);
    const today = new Date();
    for (const [part, n] of [
      ['day', today.getUTCDate()],
      ['month', today.getUTCMonth() + 1],
      ['year', today.getUTCFullYear()],
    ] as const)
      await page.fill(`#receivedOn-${part}`, String(n));
    await page.check('input[value="proven"]');
    await page.click('button:has-text("Record the request")');
    expect(await page.innerText('.moj-alert')).toContain('The request is recorded');
    await page.click('button:has-text("Gather what is held")');
    const table = await page.innerText('.app-table-box');
    for (const from of ['Cases', 'Referrals', 'Audit trail']) expect(table).toContain(from);
    await page.click('tr:has-text("Referrals") a');
    expect(await main(page)).toContain('This may be about somebody else as well');
    await page.check('input[value="withhold"]');
    await page.selectOption('#exemption', 's2p3');
    await page.click('button:has-text("Decide")');
    expect(await page.innerText('tr:has-text("Referrals")')).toMatch(/Withheld\s+The rights of others/i);
    await page.check('input[value="prepare"]');
    await page.click('button:has-text("Record it")');
    expect(await page.innerText('.govuk-error-summary')).toContain('Decide about every item first');
    await page.context().close();
  });

  it('somebody else releases it, and the answer holds what was decided to be given', async () => {
    const { id, family } = await preparedRequest(world);
    const kit = await world.as('kit');
    await kit.goto(`${world.url}/access-requests/${id}`);
    expect(await kit.locator('button:has-text("Release the answer")').count()).toBe(0);
    await kit.close();
    const yusuf = await world.as('yusuf');
    await yusuf.goto(`${world.url}/access-requests/${id}`);
    await yusuf.click('button:has-text("Release the answer")');
    expect(await yusuf.innerText('.moj-alert')).toContain('The answer is released');
    const [file] = await Promise.all([
      yusuf.waitForEvent('download'),
      yusuf.click('button:has-text("Download the answer")'),
    ]);
    const path = join(folder, file.suggestedFilename());
    await file.saveAs(path);
    const html = Buffer.from(unzipSync(readFileSync(path))['what-is-held.html']!).toString('utf8');
    expect(html).toContain(`Name: Linnet ${family}`);
    // Agencies by what they are called, days as people say them: whoever asked knows no ids.
    expect(html).toContain('by Northbank Council');
    expect(html).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|: (19|20)\d\d-\d\d-\d\d/);
    expect(html).toContain('The rights of others');
    await yusuf.close();
  });
});
