import { violationsOf } from './accessible';
import { describeInBrowser } from './browser';
import { tabTo } from './keyboard';
import { find, findable, rangAbout } from './states/search';
import { restricted } from './stories';
import { World } from './world';

describeInBrowser('the one search', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  it('finds people, a referral and a note by keyboard alone and without JavaScript, keeps what was typed, and says why', async () => {
    const { caseId } = await rangAbout(world, 'Tollimarsh');
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/`);
    await tabTo(page, '#find-everything');
    await page.keyboard.type('Tolimarsh');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\//);
    expect(await page.inputValue('#q')).toBe('Tolimarsh');
    const people = await page.innerText('.app-hits >> nth=0');
    expect(people).toContain('Tollimarsh');
    expect(people).toContain('Found by: The name differs by one letter');

    await tabTo(page, '#q');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Tollimarsh rang');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Note on case');
    expect(await page.innerText('main')).toContain('Found by: Words in a note');
    expect(await page.innerText('mark >> nth=0')).toBe('Tollimarsh');
    await tabTo(page, `a[href="/cases/${caseId}/notes"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${world.url}/cases/${caseId}/notes`);
    await page.context().close();
  });

  it('puts what was typed in no address and no title, and every id that is shown on record', async () => {
    const { caseId } = await rangAbout(world, 'Ellershaw');
    const page = await world.as('amina');
    const addresses: string[] = [];
    page.on('request', (request) => void addresses.push(request.url()));
    await page.goto(`${world.url}/cases`);
    await find(page, 'Ellershaw');
    expect(addresses.filter((a) => /ellershaw/i.test(a))).toEqual([]);
    expect(await page.title()).toBe('Search results – Concordat');
    const act = (await world.app.acts('records')).findLast((a) => a.action === 'record.search')!;
    expect(act.objects).toContainEqual({ t: 'case', id: caseId });
    expect(act.detail).toMatchObject({ terms: 'Ellershaw' });
    const shown = await page
      .locator('.app-hit__title a[href^="/people/"]')
      .evaluateAll((links) => links.map((link) => (link as unknown as { pathname: string }).pathname.split('/').pop()));
    expect(shown.length).toBeGreaterThan(1);
    expect(act.subjects).toEqual(expect.arrayContaining(shown));
    await page.close();
  });

  it('leads from a reference to its case, and shows of a restricted one nothing to anybody else', async () => {
    const { caseId, reference } = await restricted(world);
    const [file] = await world.app.sql<{ referral: string }>(
      'SELECT referral_id AS referral FROM records.case_file WHERE id = $1',
      [caseId],
    );
    await findable(world);
    const amina = await world.as('amina');
    await amina.goto(`${world.url}/`);
    await find(amina, reference.toLowerCase().replaceAll('-', ' '));
    expect(await amina.innerText('.app-hits')).toContain('Found by: The same reference');
    const tomas = await world.as('tomas');
    await tomas.goto(`${world.url}/`);
    await find(tomas, reference);
    // Letters of a reference can be like somebody else's name, who is found then.
    expect(await tomas.innerText('main')).toMatch(/No results that you may see|^0 people and cases/m);
    expect(await tomas.locator(`main a[href*="${caseId}"], main a[href*="${file!.referral}"]`).count()).toBe(0);
    expect(await tomas.innerText('main')).not.toContain(reference);
    await amina.close();
    await tomas.close();
  });

  it('offers itself to whoever may search, helps with what is too little, and prints what was found', async () => {
    const erin = await world.as('erin');
    await erin.goto(`${world.url}/`);
    expect(await erin.locator('#find-everything').count()).toBe(0);
    expect((await erin.goto(`${world.url}/search`))?.status()).toBe(403);
    const page = await world.as('amina');
    await page.goto(`${world.url}/`);
    await page.fill('#find-everything', 'T A');
    await page.press('#find-everything', 'Enter');
    await page.waitForSelector('.govuk-error-summary');
    expect(await page.inputValue('#q')).toBe('T A');
    expect(await page.innerText('.govuk-error-summary')).toContain('Enter a whole name beside them');
    await rangAbout(world, 'Wetherfold');
    await find(page, 'Wetherfold', '#q');
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.app-search', '.govuk-service-navigation'])
      expect([hidden, await page.locator(hidden).isVisible()]).toEqual([hidden, false]);
    expect(await page.innerText('main')).toContain('Wetherfold');
    expect(await violationsOf(page)).toEqual([]);
    await page.close();
    await erin.close();
  });
});
