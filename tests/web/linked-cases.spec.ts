import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { accepted } from './stories';
import { chronicled, entryIn } from './states/chronology';
import { World } from './world';

describeInBrowser('linked cases and relationships', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');

  it('links two cases and puts their chronologies together with what contradicts what, without JavaScript', async () => {
    const [first, second] = [(await chronicled(world)).caseId, (await accepted(world)).caseId];
    await entryIn(world, second, 'hana', { fact: 'He rang the bell and left.' });
    const { reference } = (await world.app.as('amina').get(`/api/records/cases/${second}`)).body as {
      reference: string;
    };
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/cases/${first}/links`);
    await page.fill('#reference', reference);
    await page.selectOption('#kind', 'same-perpetrator');
    await page.click('button:has-text("Link the cases")');
    expect(await page.innerText('tbody')).toContain('Same alleged perpetrator');
    await page.click('text=Put their chronologies together');
    await page.check(`input[name="with"][value="${second}"]`);
    await page.click('button:has-text("Put together")');
    expect(await main(page)).toContain('May be the same event: Harbour Housing');
    await page.click('button:has-text("It is the same event") >> nth=0');
    expect(page.url()).toContain(`with=${second}`);
    expect(await page.innerText('.app-chronology')).toContain('Agencies tell it differently');
    await page.click('button:has-text("This is another event") >> nth=0');
    expect(await page.innerText('.app-chronology')).not.toContain('Agencies tell it differently');
    await page.goto(`${world.url}/cases/${first}/links`);
    await page.click('button:has-text("End this link")');
    expect(await page.innerText('.moj-alert')).toContain('The cases are linked no more');
    await page.close();
  });

  it('draws who is related to whom with the same in words, and never an address, confidential or not', async () => {
    const { caseId } = await accepted(world);
    const { body } = await world.app.as('amina').get(`/api/records/cases/${caseId}`);
    type Held = {
      name: { family: string };
      addresses?: { lines?: string[]; postcode?: string; confidential?: boolean }[];
    };
    const addresses = (body.people as Held[]).flatMap((p) => p.addresses ?? []);
    expect(addresses.length).toBeGreaterThan(0);
    const page = await world.as('amina');
    await page.goto(`${world.url}/cases/${caseId}/household`);
    const drawn = await page.getAttribute('svg[role="img"]', 'aria-labelledby');
    for (const id of drawn!.split(' ')) expect(await page.locator(`#${id}`).count()).toBe(1);
    expect(await page.textContent('#genogram-desc')).toMatch(/is the parent of/);
    expect(await page.locator('svg .app-genogram__figure').count()).toBeGreaterThanOrEqual(body.people.length);
    const whole = await page.content();
    for (const { lines, postcode } of addresses)
      for (const part of [...(lines ?? []), postcode ?? 'ZZ']) expect(whole).not.toContain(part);
    await page.close();
  });
});
