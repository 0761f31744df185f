import { eventually } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openZip } from '../../apps/records/src/exports/sealed-zip.testing';
import { describeInBrowser } from './browser';
import { PASSWORD } from './handed';
import { accepted } from './stories';
import { World } from './world';

describeInBrowser('records taken out as files', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();

  it('EXP-2, EXP-3, EXP-4, EXP-6: is asked for, followed, downloaded and removed, without JavaScript', async () => {
    const { caseId } = await accepted(world);
    const page = await withoutScript('amina');
    await page.goto(`${world.url}/cases`);
    await page.click('text=Take records out as a file');
    await page.click('text=Take records out');
    await page.fill('#password', 'too short');
    await page.fill('#again', 'too short');
    await page.click('button:has-text("Make the file")');
    expect(await main(page)).toContain('Choose a longer password');
    await page.fill('#password', PASSWORD);
    await page.fill('#again', PASSWORD);
    await page.click('button:has-text("Make the file")');
    await page.waitForURL('**/exports/*-*');
    await eventually(async () => {
      await page.reload();
      return (await main(page)).includes('Download');
    });
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Download')]);
    expect(file.suggestedFilename()).toBe('cases.zip');
    const { name, text } = openZip(readFileSync(await file.path()), PASSWORD);
    expect([name, text.includes(caseId)]).toEqual(['cases.csv', true]);

    const dov = await world.as('dov');
    expect((await dov.goto(page.url()))?.status()).toBe(404);
    await dov.close();
    await page.click('button:has-text("Remove the file")');
    expect(await main(page)).toContain('There is no file any more');
    expect((await page.goto(`${page.url()}/file`))?.status()).toBe(404);
    await page.context().close();
  });

  it('EXP-1: offers no more than a role may take out', async () => {
    const page = await withoutScript('tomas');
    await page.goto(`${world.url}/exports/new`);
    expect(await page.locator('input[name="type"]').count()).toBe(1);
    expect(await page.locator('input[name="format"]').count()).toBe(1);
    await page.context().close();
    const moss = await world.as('moss');
    expect((await moss.goto(`${world.url}/exports/new`))?.status()).toBe(403);
    await moss.close();
  });
});
