import type { Page } from 'playwright-core';
import { violationsOf } from './accessible';
import { describeInBrowser } from './browser';
import { chooseRadio, tabTo, typeInto } from './keyboard';
import { accepted, closed, rated } from './stories';
import { World } from './world';

describeInBrowser('triage', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const open = async (username: string, path: string): Promise<Page> => {
    const page = await world.as(username);
    await page.goto(world.url + path);
    return page;
  };

  it('is done by keyboard alone: Amina rates Hana’s referral, asks nobody, and accepts it', async () => {
    const { reference } = await world.referral('hana');
    const page = await open('amina', '/');
    await press(page, 'nav a[href="/triage"]');
    await press(page, `a:text-is("${reference}")`);
    expect(await page.innerText('h1')).toBe('Nerys Halloway');
    expect(await page.title()).toBe(`Referral ${reference} – Concordat`);
    expect(await main(page)).toContain('Risk to staff: visit in pairs');

    await press(page, 'a[href$="/rate"]');
    await chooseRadio(page, 'colour', 'red');
    expect(await main(page)).toContain('Someone may come to serious harm today. Decide within 4 hours');
    await press(page, 'main form button');
    expect(await page.innerText('.moj-alert')).toContain('The colour has been saved');

    await press(page, 'button:has-text("Assign to me")');
    expect(await page.innerText('.app-facts')).toContain('Amina Rahman');

    await press(page, 'a[href$="/note"]');
    await typeInto(page, '#text', 'Called her on the safe number.');
    await press(page, 'main form button');
    expect(await main(page)).toContain('Called her on the safe number.');

    await press(page, 'a[href$="/decide"]');
    await chooseRadio(page, 'outcome', 'accept');
    await typeInto(page, '[id="accept.rationale"]', 'Several agencies must act.');
    await press(page, 'main form button');
    expect(await main(page)).toContain('A case opens. Your organisation leads it, and Harbour Housing takes part.');
    await press(page, 'main form button:has-text("Record decision")');
    expect(await page.innerText('h1')).toBe('Decision recorded: accepted');
    await page.close();
  });

  it('says that the list has changed when somebody else did something, and not for what the page shows already', async () => {
    const id = await rated(world);
    const page = await open('amina', '/triage?view=all');
    const notice = page.locator('[data-module="app-live-updates"]');
    await expect(notice.locator('a').waitFor({ timeout: 2_500 })).rejects.toThrow('Timeout');
    await world.act('amina', id, 'ratings', { colour: 'red', rationale: 'He is back.' });
    await notice.locator('a').waitFor();
    expect(await notice.innerText()).toContain('This list has changed. Show it as it is now');
    expect(await violationsOf(page)).toEqual([]);
    await notice.locator('a').click();
    expect(await main(page)).toContain('Red');
    expect(await notice.innerText()).toBe('');
    await page.close();
  });

  it('tells of changes only who may see the list', async () => {
    const page = await world.as('erin');
    expect((await page.goto(`${world.url}/triage/changes?since=0`))?.status()).toBe(403);
    await page.close();
  });

  it('offers each only what they may do', async () => {
    const id = await rated(world);
    const actions = async (username: string): Promise<string[]> => {
      const page = await open(username, `/triage/${id}`);
      const texts = await page.locator('.app-actions .govuk-button').allInnerTexts();
      await page.close();
      return texts;
    };
    expect(await actions('amina')).toEqual([
      'Decide',
      'Change colour',
      'Assign',
      'Request information',
      'Add a note',
      'Assign to me',
    ]);
    expect(await actions('tomas')).toEqual(['Add a note']);
    expect(await actions('hana')).toEqual([]);
  });

  it('keeps its notes, colours and assignment from the referrer', async () => {
    const id = await closed(world);
    const page = await open('hana', `/triage/${id}`);
    const text = await main(page);
    expect(text).toContain('Her worker has been told.');
    for (const inside of ['Spoke to her worker.', 'Green', 'Ratings', 'Notes', 'Assigned to'])
      expect(text).not.toContain(inside);
    await page.close();
  });

  it('filters, sorts and clears by plain links and fields, without JavaScript', async () => {
    await rated(world, 'red');
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/triage?view=all`);
    await page.click('summary:has-text("Filter this list")');
    await page.selectOption('#filter-colour', 'red');
    await page.selectOption('#filter-status', 'rated');
    await page.click('button:has-text("Apply filters")');
    const tags = await page.locator('tbody .govuk-tag--red').count();
    expect(tags).toBeGreaterThan(0);
    await page.click('th a:has-text("Due")');
    expect(await page.getAttribute('th:has(a:has-text("Due"))', 'aria-sort')).toBe('ascending');
    expect(new URL(page.url()).searchParams.get('colour')).toBe('red');
    await page.click('a:has-text("Colour: Red")');
    expect(new URL(page.url()).searchParams.get('colour')).toBeNull();
    await page.click('a:has-text("Clear filters")');
    expect(new URL(page.url()).search).toBe('?view=all');
    await page.context().close();
  });

  it('pages forwards and back, and counts', async () => {
    for (let i = 0; i < 26; i++) await world.referral('hana');
    const page = await open('amina', '/triage?view=all');
    const first = await page.locator('tbody th').allInnerTexts();
    expect(first).toHaveLength(25);
    await page.click('a[rel="next"]');
    const second = await page.locator('tbody th').allInnerTexts();
    expect(second.filter((reference) => first.includes(reference))).toEqual([]);
    await page.click('a[rel="prev"]');
    expect(await page.locator('tbody th').allInnerTexts()).toEqual(first);
    await page.close();
  });

  it('searches without a name in any address', async () => {
    const { reference } = await world.referral('hana');
    const page = await open('amina', '/triage');
    const visited: string[] = [];
    page.on('request', (request) => visited.push(request.url()));
    await page.fill('#q', 'nerys halloway');
    await page.click('button:has-text("Search")');
    await page.waitForURL(/\/triage\/search\/[0-9a-f-]{36}$/);
    expect(await main(page)).toContain(reference);
    expect(visited.filter((url) => /nerys|halloway/i.test(url))).toEqual([]);
    await page.close();
  });

  it('asks for the destination and reason of the decision only, with all questions in view when there is no script', async () => {
    const id = await rated(world);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/triage/${id}/decide`);
    await page.check('input[name="outcome"][value="step-up"]');
    await page.check('input[name="redirect.reason"][value="other-risk"]');
    await page.click('button:has-text("Continue")');
    expect(await page.locator('.govuk-error-summary a').allInnerTexts()).toEqual([
      'Select where it goes',
      'Select the reason',
    ]);
    await page.check('input[name="step-up.destination"][value="marac"]');
    await page.locator('input[name="step-up.reason"]').first().check();
    await page.fill('[id="step-up.rationale"]', 'Fourteen of');
    await page.click('button:has-text("Continue")');
    expect(await main(page)).toMatch(
      /Goes to\s+MARAC[^]+In your words\s+Fourteen of[^]+You can reopen the referral later/,
    );
    await page.click('button:has-text("Change")');
    expect(await page.isChecked('input[name="step-up.destination"][value="marac"]')).toBe(true);
    expect(await page.inputValue('[id="step-up.rationale"]')).toBe('Fourteen of');
    await page.fill('[id="step-up.rationale"]', 'Fourteen of twenty-four.');
    await page.click('button:has-text("Continue")');
    await page.click('button:has-text("Record decision")');
    expect(await page.innerText('h1')).toBe('Decision recorded: stepped up');
    expect(await main(page)).toContain('It goes to: MARAC');
    await page.context().close();
  });

  it('keeps what was typed when somebody else was first, says who, and saves it from there', async () => {
    const id = await rated(world);
    const page = await open('amina', `/triage/${id}/rate`);
    await world.act('amina', id, 'ratings', { colour: 'red', rationale: 'He is back.' });
    await page.check('input[value="green"]');
    await page.fill('#rationale', 'He has left the country.');
    await page.click('button:has-text("Save colour")');
    const text = await main(page);
    for (const part of ['Somebody else changed this first', 'Colour changed from Amber to Red, by Amina Rahman'])
      expect(text).toContain(part);
    expect(await page.inputValue('#rationale')).toBe('He has left the country.');
    await page.click('button:has-text("Save colour")');
    expect(await page.innerText('.moj-alert')).toContain('The colour has been saved');
    expect(await page.innerText('.app-facts')).toContain('Green');
    await page.close();
  });

  it('does one thing once, however often its form is sent', async () => {
    const { id } = await world.referral('hana');
    const page = await open('amina', `/triage/${id}/note`);
    const fields = Object.fromEntries(
      await Promise.all(
        ['_csrf', '_version', '_key'].map(async (n) => [n, await page.inputValue(`main input[name="${n}"]`)]),
      ),
    ) as Record<string, string>;
    for (let i = 0; i < 2; i++)
      await page.request.post(page.url(), { form: { ...fields, text: 'Only once.' }, maxRedirects: 0 });
    await page.goto(`${world.url}/triage/${id}`);
    expect(await page.locator('.app-row:has-text("Only once.")').count()).toBe(1);
    await page.close();
  });

  it('shows the pages of those who may not come, and of what cannot be done now, accessibly', async () => {
    const { id } = await accepted(world);
    for (const [username, path, heading, status] of [
      ['erin', '/triage', 'You cannot see this', 403],
      ['hana', `/triage/${id}/rate`, 'You cannot see this', 403],
      ['amina', `/triage/${id}/rate`, 'This can no longer be done', 409],
      ['farid', `/triage/${id}`, 'Page not found', 404],
      ['amina', '/triage/not-an-id', 'Page not found', 404],
    ] as const) {
      const page = await world.as(username);
      const answer = await page.goto(world.url + path);
      expect([username, path, await page.innerText('h1'), answer?.status()]).toEqual([username, path, heading, status]);
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
  });
});

/** Goes to a button or link by Tab, and presses Enter. */
async function press(page: Page, selector: string): Promise<void> {
  const handle = await page.waitForSelector(selector);
  await handle.evaluate((element: { setAttribute(n: string, v: string): void }) =>
    element.setAttribute('data-wanted', 'yes'),
  );
  await tabTo(page, '[data-wanted="yes"]');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}
