import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { accepted, EASTVALE_NHS, joins } from './stories';
import { chronicled, entryIn } from './states/chronology';
import { broughtInCase } from './states/imports';
import { World } from './world';

describeInBrowser('chronology', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');

  it('is written, filtered, searched and corrected without JavaScript, and what was searched for is in no address', async () => {
    const { caseId } = await accepted(world);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/cases/${caseId}`);
    await page.click('nav[aria-label="This case"] >> text=Chronology');
    await page.click('text=Add to the chronology');
    await page.fill('#starts-year', '2026');
    await page.fill('#starts-month', '9');
    await page.check('#about');
    await page.selectOption('#category', 'incident');
    await page.fill('#fact', 'He waited outside the school.');
    await page.fill('#comment', 'He knows the hours.');
    await page.click('button:has-text("Add this entry")');
    expect(await page.innerText('.moj-alert')).toContain('The entry has been added');
    const row = await page.innerText('.app-chronology tbody tr');
    for (const shown of ['about September 2026', 'Northbank Council', 'Incident', 'Comment: He knows the hours.'])
      expect(row).toContain(shown);

    await page.click('.govuk-details__summary');
    await page.fill('#text', 'schools');
    await page.click('button:has-text("Search")');
    expect(page.url()).toMatch(/chronology\?search=[0-9a-f-]{36}$/);
    expect(await main(page)).toContain('Words: schools');
    expect(await main(page)).toContain('1 entry');

    await page.click('text=Correct or see history');
    await page.click('text=Correct this entry');
    expect(await page.inputValue('#starts-month')).toBe('9');
    await page.fill('#fact', 'He waited outside the nursery.');
    await page.fill('#reason', 'It was the other child.');
    await page.click('button:has-text("Save the correction")');
    const text = await main(page);
    for (const shown of ['Why: It was the other child.', 'outside the nursery', 'outside the school'])
      expect(text).toContain(shown);
    await page.close();
  });

  it('keeps what was typed when something is wrong, and says how to put it right', async () => {
    const { caseId } = await accepted(world);
    const page = await world.as('amina');
    await page.goto(`${world.url}/cases/${caseId}/chronology/add`);
    await page.fill('#starts-day', '31');
    await page.fill('#starts-month', '2');
    await page.fill('#starts-year', '2026');
    await page.fill('#fact', 'Something.');
    await page.click('button:has-text("Add this entry")');
    const summary = await page.innerText('.govuk-error-summary');
    expect(summary).toContain('The date must be a real date');
    expect(summary).toContain('Select what the entry is about');
    expect(await page.inputValue('#fact')).toBe('Something.');
    expect(await page.inputValue('#starts-day')).toBe('31');
    await page.close();
  });

  it('may be read and not written by a reader, and is no page for a preview or an outsider', async () => {
    const { caseId, mine } = await chronicled(world);
    const page = await world.as('una');
    const statusAt = async (path: string) =>
      (await page.goto(`${world.url}/cases/${caseId}/chronology${path}`))?.status();
    const paths = ['', '/print', `/${mine}`, '/add', `/${mine}/correct`, '.csv'];
    const statuses = async () => {
      const found: (number | undefined)[] = [];
      for (const path of paths.slice(0, 5)) found.push(await statusAt(path));
      return found;
    };
    expect(await statuses()).toEqual([404, 404, 404, 404, 404]);
    await joins(world, caseId, EASTVALE_NHS, 'preview');
    expect(await statuses()).toEqual([403, 403, 403, 403, 403]);
    await joins(world, caseId, EASTVALE_NHS, 'reader');
    const [list, print, entry, add, correct] = await statuses();
    expect([list, print, entry, add, correct]).toEqual([200, 200, 200, 403, 403]);
    await page.close();
  });

  it('EXP-5 goes into a spreadsheet with formulas neutralised and zeros kept, and the file is on record', async () => {
    const { caseId, mine } = await chronicled(world);
    await entryIn(world, caseId, 'amina', {
      starts: '2026-10',
      fact: '=HYPERLINK("http://x")',
      sourceRef: '0042',
      comment: '@her, "he" said',
    });
    const page = await world.as('amina');
    const answer = await page.request.get(`${world.url}/cases/${caseId}/chronology.csv?from=13/9/2026`);
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="chronology.csv"',
      'cache-control': 'no-store',
    });
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toContain(
      `2026-10,,,Northbank Council,Incident,"'=HYPERLINK(""http://x"")","'@her, ""he"" said",,0042`,
    );
    const act = (await world.app.acts('records')).filter((a) => a.action === 'chronology.export').at(-1)!;
    expect(act.objects.filter((o) => o.t === 'chronology-entry').map((o) => o.id)).toContain(mine);
    await page.close();
  });

  it('is brought in from another system without JavaScript: checked row by row, put right, added; it says whose it was', async () => {
    const { caseId } = await accepted(world);
    const { body } = await world.app.as('amina').get(`/api/records/cases/${caseId}`);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    const send = async (row: string): Promise<void> => {
      const content = `record,case,starts,category,fact,author,recordedOn\n${row}`;
      await page.check('input[name="kind"][value="chronology"]');
      await page.setInputFiles('#file', { name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await page.click('button:has-text("Check the file")');
    };
    await page.goto(`${world.url}/cases`);
    await page.click('text=Bring in records from another system');
    await send(`0042,${body.reference},2019-02-30,contact,Rang.,Old Worker,2019-03-01`);
    expect(await main(page)).toContain('1 of 1 row is wrong');
    expect(await page.innerText('tbody tr')).toMatch(/^2\s+starts: This must be a real date/);
    expect(page.url()).toMatch(/imports\/[0-9a-f-]{36}$/);
    await page.click('text=check it again');
    await send(`0042,${body.reference},2019-02-27,contact,Rang.,Old Worker,2019-03-01`);
    expect(await main(page)).toContain('Nothing has been added yet: 1 row is ready');
    await page.click('button:has-text("Add these entries")');
    for (let looks = 0; looks < 100 && !(await main(page)).includes('1 added'); looks++)
      await page.click('text=Look again').catch(() => page.reload());
    expect(await main(page)).toContain('1 of 1 row done: 1 added, 0 there already, 0 left out');
    await page.click(`tbody a:has-text("${body.reference}")`);
    expect(await main(page)).toContain('First written down in another system by Old Worker, 1 March 2019');
    await page.goto(`${world.url}/imports`);
    await send(`0042,${body.reference},2019-02-27,contact,Wrote.,Old Worker,2019-03-01`);
    expect(await main(page)).toContain('1 row says something else than when it was brought in before');
    await page.click('label:has-text("Correct it as the file says")');
    await page.click('button:has-text("Add these entries")');
    for (let looks = 0; looks < 100 && !(await main(page)).includes('1 corrected'); looks++)
      await page.click('text=Look again').catch(() => page.reload());
    await page.click(`tbody a:has-text("${body.reference}")`);
    for (const shown of ['Wrote.', 'Rang.', 'Corrected in the system that it was brought in from'])
      expect(await main(page)).toContain(shown);
    await page.context().close();
  });

  it('follows its case and the people in it, brought in the same way; who may be on record is looked at first', async () => {
    const { source, caseId } = await broughtInCase(world);
    const page = await (await world.signedIn('amina', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/cases/${caseId}`);
    for (const shown of [`(${source}), where it is called CW-1`, 'Agencies that it names, which take no part'])
      expect(await main(page)).toContain(shown);
    expect(await main(page)).not.toContain('The referral that opened this case');
    // Every page of a case copes with one that no referral opened.
    const links = await page
      .locator('nav[aria-label="This case"] a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    const further =
      'print chronology/add people/add key-facts as-it-stood restrict refer transfer refer-to-forum risk/start';
    const more = further.split(' ').map((to) => `/cases/${caseId}/${to}`);
    const answers: string[] = [];
    for (const path of [...links, ...more])
      answers.push(`${path} ${(await page.request.get(world.url + path)).status()}`);
    expect(answers.filter((told) => !told.endsWith(' 200'))).toEqual([]);
    const trail = (await world.app.as('erin').get(`/api/audit/trail?case=${caseId}&limit=100`)).body as {
      items: { action: string }[];
    };
    expect(trail.items.map((e) => e.action)).toContain('case.bring-in');
    const send = async (record: string): Promise<void> => {
      await page.goto(`${world.url}/imports`);
      await page.check('input[value="people"]');
      await page.fill('[id="people.source"]', source.toUpperCase());
      const row = `${record},CW-1,subject,Eluned,Ravensgate,1983-04-05,female,home | 4 Test Row | ZZ98 1ZZ`;
      const content = `record,case,role,given,family,born,sex,addresses\n${row}`;
      await page.setInputFiles('#file', { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await page.click('button:has-text("Check the file")');
      for (let looks = 0; looks < 100 && (await main(page)).includes('being compared'); looks++) await page.reload();
    };
    const added = async (): Promise<void> => {
      await page.click('button:has-text("Add these people")');
      for (let looks = 0; looks < 100 && !(await main(page)).includes('1 added'); looks++) await page.reload();
    };
    await page.goto(`${world.url}/imports`);
    await page.check('input[value="people"]');
    await page.click('button:has-text("Check the file")');
    expect(await page.innerText('.govuk-error-summary')).toMatch(/short name for the system[^]*Select a file/);
    await send('P-1');
    await added();
    await send('P-2');
    await page.click('text=Say whether they are');
    expect(await main(page)).toContain('Almost certainly the same');
    await page.click('label:has-text("The same as Eluned Ravensgate")');
    await page.click('button:has-text("Save and go on")');
    await added();
    const csv = await page.request.get(`${page.url()}/report.csv`);
    expect((await csv.text()).split('\r\n')[1]).toMatch(/^2,added,,,,C-/);
    expect(await (await page.request.get(`${world.url}/imports/templates/people.csv`)).text()).toMatch(
      /^record,case,role,/,
    );
    await page.goto(`${world.url}/cases/${caseId}`);
    expect(await page.locator('h3:has-text("Eluned Ravensgate"), h4:has-text("Eluned Ravensgate")').count()).toBe(1);
    await page.context().close();
  });
});
