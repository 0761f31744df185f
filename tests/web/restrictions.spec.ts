import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { tabTo } from './keyboard';
import { accepted, glassBroken, restricted, staffId } from './stories';
import { World } from './world';

describeInBrowser('restrictions and emergencies', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');

  it('a lead restricts a case, changes who may see it and lifts the restriction, without JavaScript', async () => {
    const { caseId } = await accepted(world);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/cases/${caseId}`);
    await page.click('nav[aria-label="This case"] >> text=Restrictions');
    await page.click('text=Restrict this case to named staff');
    await page.check('input[value="colleague"]');
    await page.fill('#reason', 'Her brother works for the council');
    const soon = new Date(Date.now() + 20 * 86_400_000);
    for (const [part, n] of [
      ['day', soon.getUTCDate()],
      ['month', soon.getUTCMonth() + 1],
      ['year', soon.getUTCFullYear()],
    ] as const)
      await page.fill(`#reviewOn-${part}`, String(n));
    await page.click('button:has-text("Restrict the case")');
    expect(await page.innerText('.moj-alert')).toContain('open to the people that you named');
    expect(await page.innerText('.app-alerts')).toContain('Restricted to named staff');
    expect(await main(page)).toContain('Amina Rahman, Northbank Council');

    const hana = await world.as('hana');
    expect((await hana.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(404);
    await hana.goto(`${world.url}/cases`);
    expect(await hana.content()).not.toContain(caseId);

    await page.click('text=Change who may see it');
    await page.check(`input[value="${await staffId(world, 'hana')}"]`);
    await page.fill('#reason', 'She works with the family');
    await page.click('button:has-text("Change the restriction")');
    expect(await page.innerText('.moj-alert')).toContain('has been changed');
    expect((await hana.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(200);

    await page.click('text=Lift this restriction');
    await page.fill('#reason', 'It was somebody else');
    await page.click('button:has-text("Lift the restriction")');
    expect(await page.innerText('.moj-alert')).toContain('has been lifted');
    const tomas = await world.as('tomas');
    expect((await tomas.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(200);
    await page.context().close();
    await hana.close();
    await tomas.close();
  });

  it('a lead restricts a person, and every case that they are in closes, without JavaScript', async () => {
    const { caseId } = await accepted(world);
    const record = (await world.app.as('amina').get(`/api/records/cases/${caseId}`)).body as {
      people: { id: string }[];
    };
    const person = record.people[0]!.id;
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/people/${person}`);
    await page.click('text=Restrict this person to named staff');
    await page.click('button:has-text("Restrict the person")');
    expect(await main(page)).toContain('Select why they are restricted');
    await page.check('input[value="colleague"]');
    await page.fill('#reason', 'She works for an agency');
    const soon = new Date(Date.now() + 20 * 86_400_000);
    for (const [part, n] of [
      ['day', soon.getUTCDate()],
      ['month', soon.getUTCMonth() + 1],
      ['year', soon.getUTCFullYear()],
    ] as const)
      await page.fill(`#reviewOn-${part}`, String(n));
    await page.click('button:has-text("Restrict the person")');
    expect(await page.innerText('.moj-alert')).toContain('open to the people that you named');
    expect(await main(page)).toContain('Restrictions in force');
    const hana = await world.as('hana');
    for (const path of [`/people/${person}`, `/people/${person}/restrict`, `/cases/${caseId}`])
      expect([path, (await hana.goto(world.url + path))?.status()]).toEqual([
        path,
        path.endsWith('restrict') ? 403 : 404,
      ]);
    await page.click('text=Change or lift it');
    await page.click('text=Lift this restriction');
    await page.fill('#reason', 'It was somebody else');
    await page.click('button:has-text("Lift the restriction")');
    expect((await hana.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(200);
    await page.context().close();
    await hana.close();
  });

  it('somebody opens a restricted case in an emergency by keyboard alone, and information governance reviews it', async () => {
    const { caseId, reference } = await restricted(world);
    const page = await world.as('tomas');
    await page.goto(`${world.url}/break-glass`);
    await tabTo(page, '#case');
    await page.keyboard.type(reference);
    await tabTo(page, 'input[name="ground"]');
    await page.keyboard.press('Space');
    await tabTo(page, '#reason');
    await page.keyboard.type('A call from the house');
    await tabTo(page, 'form[action="/break-glass"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${world.url}/cases/${caseId}`);
    expect(await page.innerText('.moj-alert')).toContain('You opened this case in an emergency. Access ends');
    expect(await page.locator('text=Change who takes part').count()).toBe(0);
    await page.close();

    const kit = await world.as('kit');
    await kit.goto(`${world.url}/`);
    await kit.click('text=Emergency openings to be reviewed');
    await kit.click(`tr:has-text("${reference}") a`);
    expect(await main(kit)).toContain('A call from the house');
    await kit.check('input[value="justified"]');
    await kit.fill('#note', 'He was at the door');
    await kit.click('button:has-text("Record the review")');
    expect(await kit.innerText('.moj-alert')).toContain('The review is on record');
    expect(await kit.innerText(`tr:has-text("${reference}")`)).toContain('Reviewed');
    await kit.close();
  });

  it('an auditor asks who could have seen a case on a day, and whether they did', async () => {
    const { caseId } = await accepted(world);
    const page = await world.as('erin');
    await page.goto(`${world.url}/audit?case=${caseId}`);
    await page.click('text=Who could have seen it on a day');
    const now = new Date();
    for (const [part, n] of [
      ['day', now.getUTCDate()],
      ['month', now.getUTCMonth() + 1],
      ['year', now.getUTCFullYear()],
    ] as const)
      await page.fill(`#on-${part}`, String(n));
    await page.click('button:has-text("Show who could have seen it")');
    expect(await page.innerText('tr:has-text("Amina Rahman")')).toContain('Their agency took part');
    expect(await page.locator('tr:has-text("Rhys")').count()).toBe(0);
    await page.click('tr:has-text("Amina Rahman") a');
    expect(page.url()).toContain(`case=${caseId}`);
    await page.close();
  });

  it('an auditor is told that a restricted case was opened, and not which', async () => {
    const { useId } = await glassBroken(world);
    const page = await world.as('erin');
    await page.goto(`${world.url}/break-glass/uses/${useId}`);
    expect(await main(page)).toContain('Restricted case of Northbank Council');
    expect(await main(page)).not.toContain('A call from the house');
    await page.close();
  });
});
