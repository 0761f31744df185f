import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { chooseRadio, tabTo, typeInto } from './keyboard';
import { caseOf, newSurname, toldOf, twice } from './states/people';
import { World } from './world';

describeInBrowser('people', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');

  it('leads from a case to a person, whose details are corrected without JavaScript, with their sources', async () => {
    const surname = newSurname();
    const { caseId } = await caseOf(world, surname);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/cases/${caseId}`);
    await page.click(
      '.govuk-summary-card:has-text("Subject") a:has-text("Open"), .govuk-summary-card a:has-text("Open")',
    );
    expect(await page.title()).toBe('Person – Concordat');
    expect(await main(page)).toContain('Harbour Housing');
    await page.click('a:has-text("Correct or add"):near(:text("Names"))');
    await page.fill('#name\\.family', 'Fernlow');
    await page.fill('#aliases\\.0\\.family', surname);
    await page.selectOption('#aliases\\.0\\.kind', 'former');
    await page.click('text=Save what is known');
    expect(await page.innerText('.moj-alert')).toContain('What is known has been changed');
    expect(await main(page)).toContain('Fernlow – Northbank Council');
    await page.click('nav[aria-label="This person"] >> text=History');
    expect(await main(page)).toMatch(/Corrected[\s\S]*Recorded first/);
    await page.context().close();
  });

  it('offers a duplicate with reasons, merges it by choices and undoes it, without JavaScript', async () => {
    const { first, second } = await twice(world);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/people/${first.person}`);
    await page.click('text=Possible duplicates');
    expect(await main(page)).toContain('Almost certainly the same');
    expect(await main(page)).toContain('The same date of birth');
    await page.click('a:has-text("Compare")');
    expect(new URL(page.url()).pathname).toBe(`/people/${first.person}/duplicates/${second.person}`);
    await page.click('text=Merge these records');
    expect(await page.innerText('.govuk-error-summary')).toContain('Choose which to keep');
    await page.check('input[name="choices.phones"][value="both"]');
    await page.click('text=Merge these records');
    expect(await page.innerText('.moj-alert')).toContain('The two records are one now');
    expect(await main(page)).toContain('07700 900789');
    await page.goto(`${world.url}/people/${second.person}`);
    expect(new URL(page.url()).pathname).toBe(`/people/${first.person}`);
    await page.click('text=Merged on');
    await page.fill('#reason', 'They are cousins.');
    await page.click('text=Undo the merge >> nth=-1');
    expect(await page.innerText('.moj-alert')).toContain('stand apart again');
    expect(await main(page)).not.toContain('07700 900789');
    await page.goto(`${world.url}/people/${first.person}/duplicates/${second.person}`);
    await page.fill('#reason', 'Cousins of one name.');
    await page.click('button:has-text("They are different people")');
    expect(await page.innerText('.moj-alert')).toContain('different people');
    expect(await main(page)).toContain('No record that you may see');
    await page.context().close();
  });

  it('merges by keyboard alone', async () => {
    const { first, second } = await twice(world);
    const page = await world.as('amina');
    await page.goto(`${world.url}/people/${first.person}/duplicates/${second.person}`);
    await chooseRadio(page, 'choices.phones', 'other');
    await typeInto(page, '#reason', 'Her worker knows her.');
    await tabTo(page, 'button[value="merge"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.moj-alert');
    expect(await main(page)).toContain('07700 900789');
    await page.close();
  });

  it('tells triage who is on record already, before anything is decided', async () => {
    const surname = newSurname();
    const known = await caseOf(world, surname);
    const { id } = await world.referral('hana', { people: toldOf(surname) });
    const page = await world.as('amina');
    await page.goto(`${world.url}/triage/${id}`);
    await page.click('text=Are these people on record already?');
    expect(await main(page)).toContain('Almost certainly the same');
    await page.click('.govuk-summary-card a:has-text("Open") >> nth=0');
    expect(new URL(page.url()).pathname).toBe(`/people/${known.person}`);
    await page.close();
  });

  it('records how people are related, and its end', async () => {
    const { person, other } = await caseOf(world, newSurname());
    const page = await world.as('amina');
    await page.goto(`${world.url}/people/${person}/relationships/add`);
    await page.selectOption('#kind', 'carer');
    await page.selectOption('#otherId', other);
    await page.fill('#since-year', '2024');
    await page.click('text=Record the relationship');
    expect(await main(page)).toContain('from 2024');
    await page.click('tr:has-text("Carer of") >> text=End');
    await page.fill('#until-year', '2025');
    await page.click('text=End the relationship >> nth=-1');
    expect(await page.innerText('tr:has-text("Carer of")')).toContain('until 2025');
    await page.close();
  });

  it('is not found by whoever has nothing to do with it', async () => {
    const { person } = await caseOf(world, newSurname());
    for (const path of ['', '/history', '/duplicates', '/relationships/add']) {
      const page = await world.as('rhys');
      const answer = await page.goto(`${world.url}/people/${person}${path}`);
      expect([path, answer?.status()]).toEqual([path, 404]);
      expect(await main(page)).not.toMatch(/07700|Saltmarsh/);
      await page.close();
    }
  });
});
