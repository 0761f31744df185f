import { eventually } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { picture } from './pictures';
import { staffId } from './stories';
import { toldFigures } from './told-figures';
import { World } from './world';

describeInBrowser('figures of the partnership', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await toldFigures(world);
  });
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const acts = async (action: string) => (await world.app.acts('insight')).filter((act) => act.action === action);

  it('are read, chosen, compared and taken out without JavaScript, and lead to lists that decide for themselves', async () => {
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(world.url);
    await page.click('nav >> text=Insight');
    await page.selectOption('#period', '2025');
    await page.click('button:has-text("Show")');
    expect(await main(page)).toContain('compared with the same period a year before, April 2024 to March 2025');
    await page.click('h2 >> text=Referrals');
    expect(page.url()).toMatch(/\/insight\/referrals\?period=2025$/);
    expect(await page.locator('svg[role="img"] title').allTextContents()).toEqual([
      ...['By pathway', 'By who referred', 'By area', 'By colour', 'By outcome'],
    ]);
    await picture(page, 'insight', 1600);
    const whole = await page.innerText('table >> nth=0');
    await page.selectOption('#area', { label: 'Eastvale' });
    await page.selectOption('#kind', 'hate-crime');
    await page.click('button:has-text("Apply filters")');
    expect(new URL(page.url()).searchParams.get('kind')).toBe('hate-crime');
    expect(await page.inputValue('#kind')).toBe('hate-crime'); // what was chosen stays
    expect(await page.innerText('table >> nth=0')).not.toBe(whole);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Download these figures')]);
    expect(file.suggestedFilename()).toBe('insight-referrals-2025.csv');
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
    expect(lines.slice(0, 5)).toEqual([
      ...['Figures,Referrals', 'Period,April 2025 to March 2026', 'Area,Eastvale', 'Kind,Hate crime'],
      'Rounded to the nearest,5',
    ]);
    // Nothing small leaves: a number is nought, a multiple of the limit, or words.
    const cells = lines.slice(6).flatMap((line) => line.split(',').slice(2, 4));
    expect(cells.filter((cell) => /^\d+$/.test(cell) && Number(cell) % 5 !== 0)).toEqual([]);
    expect(cells).toContain('Fewer than 5');
    const amina = await staffId(world, 'amina');
    expect((await acts('insight.export')).at(-1)).toMatchObject({ actor: amina, items: ['referrals', '2025'] });
    await page.click('text=Referrals that your agency triages');
    // What was chosen of the figures is chosen of the list; what is in it the list decides.
    const list = new URL(page.url());
    expect([list.pathname, list.searchParams.get('pathway')]).toEqual(['/triage', 'hate-crime']);
    expect(await page.inputValue('#filter-area')).toBe(list.searchParams.get('area'));
    await page.context().close();
  });

  it('are made into a pack for the board: asked for, followed and downloaded', async () => {
    const page = await (await world.signedIn('gwen', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/insight/packs`);
    await page.click('button:has-text("Make the pack")');
    expect(await main(page)).toContain('Select the period that the pack is about');
    await page.selectOption('#period', '2026-Q2');
    await page.click('button:has-text("Make the pack")');
    await page.waitForURL('**/insight/packs/*-*');
    await eventually(
      async () => {
        await page.reload();
        return (await main(page)).includes('Download the PDF');
      },
      { timeoutMs: 20_000 },
    );
    expect(await main(page)).toContain('10 of 10 parts');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Download the PDF')]);
    expect(file.suggestedFilename()).toBe('figures-2026-Q2.pdf');
    expect(
      readFileSync(await file.path())
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    const amina = await world.as('amina');
    expect((await amina.goto(page.url()))?.status()).toBe(404);
    await amina.close();
    await page.context().close();
  });

  it('are not for those who lead nothing', async () => {
    const hana = await world.as('hana');
    await hana.goto(world.url);
    expect(await hana.locator('nav >> text=Insight').count()).toBe(0);
    for (const path of ['/insight', '/insight/referrals', '/insight/packs', '/insight/referrals/figures.csv'])
      expect([path, (await hana.goto(world.url + path))?.status()]).toEqual([path, 403]);
    await hana.close();
  });
});
