import { civilDate } from '@concordat/clocks';
import { eventually } from '@concordat/testing';
import type { Page } from 'playwright-core';
import { loadYear } from '../../../apps/risk/src/statistics/forum-year.testing';
import { forumSetUp } from '../../../apps/risk/src/forums/northbank.testing';
import { assessed, assessedThrice, begun, riskyCase } from '../assessed';
import { conferenceCase } from '../conferences';
import { describeInBrowser } from '../browser';
import { picture } from '../pictures';
import { sealed } from '../stories';
import { loadsAndAsksInWording } from '../wording-loaded';
import { World } from '../world';

/** How long one of two note-takers is without a connection. */
const CUT_MS = 30_000;

describeInBrowser('assessing risk', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const main = (page: Page) => page.innerText('main');
  const withoutScript = async (username: string) =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();
  /** Both type at once. One answer is lost, then one of them has no connection; no word is lost, and none is there twice. */
  async function twoTakeNotes(item: string) {
    const [gwen, idris] = [await world.as('gwen'), await world.as('idris')];
    for (const page of [gwen, idris]) {
      await page.goto(item);
      await page.waitForSelector('[data-module="app-session"][data-live="yes"]');
    }
    const says = (page: Page, text: string) =>
      page.waitForSelector(`form[data-notes] [role="status"]:has-text("${text}")`);
    const types = (page: Page, words: readonly string[]) =>
      page.locator('#harm').pressSequentially(`${words.join(' ')} `, { delay: 20 });
    const words = (who: string, from: number, n: number) => Array.from({ length: n }, (_, i) => `${who}${from + i}`);
    await gwen.focus('#harm');
    await types(gwen, words('g', 0, 5));
    await eventually(async () => (await idris.inputValue('#harm')).includes('g4'));
    await idris.press('#harm', 'Control+End');
    await idris.press('#harm', 'Enter');
    let lost = 0;
    await idris.route('**/notes', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await Promise.all([types(gwen, words('g', 5, 10)), types(idris, words('i', 0, 10))]);
    await gwen.context().setOffline(true);
    const cutAt = Date.now();
    await Promise.all([types(gwen, words('g', 15, 15)), types(idris, words('i', 10, 15))]);
    await says(gwen, 'There is no connection');
    await gwen.fill('#what', 'Not lost either');
    await gwen.click('button:has-text("Propose the action")');
    await gwen.waitForSelector('text=It is sent when there is a connection');
    await gwen.waitForTimeout(Math.max(0, CUT_MS - (Date.now() - cutAt)));
    await gwen.context().setOffline(false);
    await gwen.waitForURL('**done=action');
    const all = [...words('g', 0, 30), ...words('i', 0, 25)].sort();
    for (const page of [gwen, idris]) {
      const typed = async () => (await page.inputValue('#harm')).split(/\s+/).filter(Boolean).sort();
      await eventually(async () => (await typed()).length >= all.length);
      expect(await typed()).toEqual(all);
    }
    await says(idris, 'Everything you typed is kept');
    const api = `/api/risk/agenda-items/${item.split('/').at(-1)}/notes`;
    const kept = (await world.app.as('gwen').get<{ harm: string }>(api)).body.harm;
    expect([await gwen.inputValue('#harm'), await idris.inputValue('#harm')]).toEqual([kept, kept]);
    expect(lost).toBeGreaterThan(1);
    await idris.waitForSelector('[data-part="actions"] >> text=Not lost either');
    for (const page of [gwen, idris]) await page.close();
  }
  const go = (page: Page, button: string) => page.click(`button:has-text("${button}")`);

  it('goes page by page without a script, is left and found again, and says in plain words why', async () => {
    const { caseId } = await riskyCase(world);
    const amina = await withoutScript('amina');
    await amina.goto(`${world.url}/cases/${caseId}`);
    await amina.click('nav[aria-label="This case"] >> text=Risk');
    await amina.click('text=Assess risk');
    await go(amina, 'Begin');
    expect(await main(amina)).toMatch(/Select whose risk you assess[\s\S]*Select an instrument/);
    await amina.check('input[name="subjectId"] >> nth=0');
    await amina.check('input[value="generic-matrix"]');
    await go(amina, 'Begin');
    await amina.check('input[value="subject"]');
    await go(amina, 'Save and continue');
    await amina.check('[name="answers.danger-now"][value="not-known"]');
    await amina.check('[name="answers.likely"][value="possible"]');
    await go(amina, 'Save and come back later');
    expect(await amina.innerText('.moj-alert')).toContain('What you entered is saved');

    await amina.click('main >> text=General risk matrix');
    expect(await main(amina)).toContain('Still to be answered: 3');
    await amina.click('text=Select an answer: How grave the harm would be');
    expect(await amina.isChecked('[name="answers.likely"][value="possible"]')).toBe(true);
    await amina.check('[name="answers.grave"][value="serious"]');
    await amina.check('[name="answers.nothing-protects"][value="no"]');
    await go(amina, 'Save and continue');
    await amina.fill('[id="answers.harm.words"]', 'He may hurt her when he is let out');
    await go(amina, 'Save and continue');
    expect(await main(amina)).toContain('could not be answered yes or no. With other answers it could be High');
    await amina.check('[name="judgement.band"][value="high"]');
    await go(amina, 'Save and continue');
    await go(amina, 'Complete the assessment');
    expect(await amina.innerText('.govuk-error-summary')).toContain('Enter the reasons for your judgement');
    await amina.click('.govuk-error-summary a');
    await amina.fill('[id="judgement.reasons"]', 'He is let out on Friday');
    await go(amina, 'Save and continue');
    await go(amina, 'Complete the assessment');
    expect(await amina.innerText('.moj-alert')).toContain('The assessment is completed');
    expect(await main(amina)).toMatch(
      /High Score 4[\s\S]*raises it from Medium to High[\s\S]*Somebody is in danger now\s+Not known/,
    );
    await amina.context().close();

    const gwen = await world.as('gwen');
    await gwen.goto(`${world.url}/cases/${caseId}/risk`);
    expect(await main(gwen)).toMatch(/General risk matrix\s+High score 4/);
    expect((await gwen.goto(`${world.url}/cases/${caseId}/risk/start`))?.status()).toBe(403);
    await gwen.close();
  });

  it('is asked in the agency’s own wording, which an administrator loads from a file, and which no other agency is shown', () =>
    loadsAndAsksInWording(world));

  it('shows how topics changed, and which of two were answered otherwise', async () => {
    const last = await assessedThrice(world);
    const amina = await world.as('amina');
    await amina.goto(world.url + last.at);
    expect(await amina.innerText('.govuk-back-link')).toBe('Back to risk');
    await amina.click('text=Change over time');
    const row = (label: string) => amina.innerText(`tr:has(th:text-is("${label}"))`);
    expect(await row('Result')).toMatch(/Standard score 3\s+Standard score 9\s+High score 14/);
    expect(await row('Kept away from family or friends')).toMatch(/No\s+Yes\s+New since the last\s+Yes/);
    await amina.close();
  });

  it('is corrected by another that takes its place, and a draft can be deleted', async () => {
    const wrong = await assessed(world, 9);
    const amina = await world.as('amina');
    await amina.goto(world.url + wrong.at);
    await amina.click('text=Correct this assessment');
    await amina.fill('#reason', 'She was misheard');
    await go(amina, 'Begin the correction');
    await go(amina, 'Complete the assessment');
    expect(await main(amina)).toContain('She was misheard');
    await amina.goto(world.url + wrong.at);
    await amina.click('text=Open the one that stands');
    expect(await main(amina)).toContain('an earlier assessment');

    const draft = await begun(world, 'stalking-screen', wrong);
    await amina.goto(`${world.url}${draft.at}/check`);
    await amina.click('text=Delete this draft');
    await go(amina, 'Delete the draft');
    expect(await amina.innerText('.moj-alert')).toContain('The draft is deleted');
    expect((await amina.goto(world.url + draft.at))?.status()).toBe(404);
    await amina.close();
  });

  it('is nothing to whoever has no part in the case, and each look at it is in the trail', async () => {
    const { at, caseId } = await assessed(world);
    const elsewhere = await riskyCase(world);
    const gwen = await world.as('gwen');
    expect((await gwen.goto(world.url + at))?.status()).toBe(200);
    // Under the address of another case there is no such assessment.
    const other = at.replace(caseId, elsewhere.caseId);
    expect((await gwen.goto(world.url + other))?.status()).toBe(404);
    expect((await gwen.goto(`${world.url}${at}/correct`))?.status()).toBe(404);
    await gwen.close();
    const bevan = await world.as('bevan');
    for (const path of [at, `${at}/print`, `/cases/${caseId}/risk`])
      expect([path, (await bevan.goto(world.url + path))?.status()]).toEqual([path, 404]);
    await bevan.close();
    await sealed(world, `case=${caseId}&action=assessment.view`);
  });

  /** Sets a forum up on its page: its members by agency, its rhythm, and what differs by place. Gives its id. */
  async function setsUp(page: Page): Promise<string> {
    await page.goto(`${world.url}/forums`);
    await page.click('text=Set up a forum');
    await page.check('input[name="kind"][value="marac"]');
    const texts = {
      title: 'Northbank MARAC',
      startsAt: '09:30',
      place: 'Civic Centre',
      cutOffDays: '0',
      researchDays: '0',
    };
    for (const [field, text] of Object.entries({ ...texts, timeBoxMinutes: '15', quorum: '2' }))
      await page.fill(`#${field}`, text);
    for (const name of ['Idris', 'Amina', 'Gwen', 'Moss', 'Nia'])
      await page.check(`label:has-text("${name}"):has-text("sits on it")`);
    await page.check('label:has-text("Gwen"):has-text("chairs")');
    await page.check('label:has-text("Idris"):has-text("coordinates")');
    await page.selectOption('#often', { label: 'Monthly, on the third' });
    await page.selectOption('#weekday', { label: 'Wednesday' });
    await page.selectOption('#advocateOrg', { label: 'Northbank Council' });
    await page.selectOption('#definition', { label: 'Current definition' });
    await page.selectOption('#anchor', { label: 'The last referral' });
    await go(page, 'Set up the forum');
    expect(await page.innerText('.moj-alert')).toContain('The forum is set up');
    expect(await main(page)).toMatch(
      /Monthly, on the third Wednesday, 9:30am, Civic Centre[\s\S]*Versions of these settings/,
    );
    return new URL(page.url()).pathname.split('/').at(-1)!;
  }

  it('is discussed at a MARAC, from the forum to the amended minutes, by four people of two agencies on pages alone', async () => {
    const caseId = await conferenceCase(world);
    const [idris, amina] = [await withoutScript('idris'), await withoutScript('amina')];
    const forumId = await setsUp(idris);
    const gwen = await world.as('gwen');
    const flash = (page: Page) => page.innerText('.moj-alert');

    await idris.goto(`${world.url}/forums/${forumId}`);
    const today = civilDate(new Date()).split('-').map(Number);
    for (const [i, part] of ['year', 'month', 'day'].entries()) await idris.fill(`#heldOn-${part}`, String(today[i]));
    await go(idris, 'Plan the meeting');
    expect(await flash(idris)).toContain('The meeting is planned');
    const meeting = idris.url().split('?')[0]!;

    await amina.goto(`${world.url}/cases/${caseId}/risk`);
    await amina.click('text=Refer to a forum');
    await amina.check(`input[value="${forumId}"]`);
    await go(amina, 'Continue');
    expect(await main(amina)).toContain('These members do not take part in the case');
    await amina.check('[name="criteria"][value="professional-judgement"]');
    await amina.check('[name="subjectId"] >> nth=0');
    await amina.check('[name="otherIds"] >> nth=1');
    await amina.check('[name="consent.answer"][value="given"]');
    await go(amina, 'Refer the case');
    expect(await amina.innerText('.govuk-error-summary')).toContain('Say what this rests on');
    await amina.fill('[id="evidence.professional-judgement"]', 'He is let out on Friday');
    await go(amina, 'Refer the case');
    expect(await flash(amina)).toContain('on the agenda of the next meeting');

    // Returned as incomplete it leaves the agenda, and completed it is on the same one again.
    await idris.goto(meeting);
    await idris.click('tbody th a');
    await idris.click('text=What became of the referral, or return it');
    await idris.check('input[value="return"]');
    await idris.fill('#words', 'Who saw him on Tuesday?');
    await go(idris, 'Keep it');
    await amina.click('text=Referrals to forums');
    expect(await main(amina)).toMatch(/Returned as incomplete[\s\S]*Who saw him on Tuesday/);
    await amina.check('input[value="complete"]');
    await amina.fill('#words', 'Her neighbour did');
    await go(amina, 'Keep it');
    expect(await main(amina)).toContain('On the agenda of');

    // The advocate speaks with her first, by a way that is known to be safe.
    await amina.goto(`${world.url}/advocate-contacts`);
    await amina.click('main tbody a');
    for (const [name, value] of [
      ['way', 'in-person'],
      ['safe', 'yes'],
      ['outcome', 'reached'],
    ] as const)
      await amina.check(`[name="${name}"][value="${value}"]`);
    for (const [part, value] of [
      ['day', '1'],
      ['month', '1'],
      ['year', '2026'],
    ] as const)
      await amina.fill(`#on-${part}`, value);
    await amina.fill('#time', '14:30');
    await amina.fill('#words', 'She wants to be gone by then');
    await go(amina, 'Keep it');
    expect(await main(amina)).toMatch(/Reached[\s\S]*In person: They were reached, by Amina/);

    await idris.goto(meeting);
    for (const button of ['Close referrals', 'Issue the agenda']) await go(idris, button);
    expect(await flash(idris)).toContain('The agenda is issued to the members');
    expect(await main(idris)).toMatch(/1 case, 15 minutes for each: 15 minutes[\s\S]*0 of \d agencies of this case/);
    await picture(idris, 'agenda');
    const item = `${world.url}${(await idris.getAttribute('tbody th a', 'href'))!}`;
    await gwen.goto(`${item}/research`);
    await gwen.check('input[value="known"]');
    await gwen.fill('#words', 'Called to the house four times since May');
    await gwen.check('input[value="RISK"]');
    await picture(gwen, 'research');
    await go(gwen, 'Return it');
    // No agreement for this purpose is in force here: what the police hold stays with the police.
    expect(await main(gwen)).toMatch(/Called to the house[\s\S]*Northbank Council: No agreement allows it/);

    await gwen.goto(meeting);
    await gwen.check('#statementRead');
    await go(gwen, 'Open the session');
    for (const page of [gwen, idris]) {
      await page.goto(`${meeting}/sign`);
      await page.check('#agreed');
      await page.check('#noConflict');
      await go(page, 'Sign the statement');
      expect(await flash(page)).toContain('You have signed');
    }
    // Who knows one of the people says so, signs, and sees nothing of the case from then on.
    const moss = await world.as('moss');
    await moss.goto(`${meeting}/sign`);
    await moss.check('#agreed');
    await moss.check('input[name="conflicts"]');
    await moss.fill('textarea[name^="reason."]', 'His sister lives next door');
    await go(moss, 'Sign the statement');
    expect(await main(moss)).toContain('no case on this agenda that you may see');
    expect((await moss.goto(item))?.status()).toBe(404);
    await moss.close();
    // What she wants is shown to whom her advocate's agency may show it.
    await gwen.goto(item);
    expect(await main(gwen)).toMatch(/Contact before the meeting\s+Reached[\s\S]*What was said you may not see/);
    await idris.goto(item);
    expect(await main(idris)).toContain('She wants to be gone by then');
    expect(await main(idris)).not.toContain('Called to the house');
    await go(idris, 'Open this case');
    expect(await main(idris)).toMatch(/Gwen Harding, Northbank Police: there/);
    await twoTakeNotes(item);
    await idris.goto(item);
    await idris.fill('#harm', 'He may find her at work');
    await go(idris, 'Keep the summary');

    await idris.fill('#what', 'Tell her when he is let out');
    await idris.selectOption('#ownerOrg', { label: 'Northbank Council' });
    for (const [i, part] of ['year', 'month', 'day'].entries()) await idris.fill(`#dueOn-${part}`, String(today[i]));
    await go(idris, 'Propose the action');
    await idris.setViewportSize({ width: 1920, height: 1080 });
    await picture(idris, 'session');
    await idris.check('[name="decision"][value="plan-agreed"]');
    await idris.fill('#rationale', 'He knows where she lives');
    await go(idris, 'Keep the decision');
    expect(await main(idris)).toContain('A plan is agreed');
    await idris.goto(meeting);
    await go(idris, 'End the session');
    await gwen.goto(`${meeting}/minutes`);
    await go(gwen, 'Approve these minutes');
    await go(gwen, 'Issue the minutes');
    expect(await flash(gwen)).toContain('The minutes are issued');

    await idris.goto(`${meeting}/minutes`);
    await idris.click('text=Put something right');
    await idris.check('[name="part"][value="rationale"]');
    await idris.fill('#after', 'He knows where she works');
    await idris.fill('#reason', 'It was misheard');
    await go(idris, 'Propose the amendment');
    await gwen.goto(`${meeting}/minutes`);
    await go(gwen, 'Agree');
    expect(await main(gwen)).toMatch(/He knows where she works[\s\S]*put right[\s\S]*agreed by Gwen Harding/);
    const fetched = async (path: string) => {
      const got = await gwen.request.get(`${meeting}/${path}`);
      return [got.headers()['content-type'], (await got.body()).toString('latin1')] as const;
    };
    // As a PDF it is a job, which is followed and fetched without a script.
    await idris.goto(`${meeting}/minutes`);
    await go(idris, 'Make these minutes into a PDF');
    while (!(await main(idris)).includes('Download the PDF')) {
      expect(await main(idris)).toMatch(/\d of 2 parts/);
      await idris.click('text=Look again');
    }
    const pdf = await idris.request.get(`${idris.url()}/file`);
    expect((await gwen.request.get(`${idris.url()}/file`)).status()).toBe(404);
    expect([pdf.headers()['content-type'], (await pdf.body()).toString('latin1')]).toEqual([
      'application/pdf',
      expect.stringMatching(/^%PDF-1\.7[\s\S]*\/MarkInfo/),
    ]);
    const [, calendar] = await fetched('meeting.ics');
    expect(calendar).toMatch(/SUMMARY:Meeting\r\n/);
    expect(calendar).not.toContain('MARAC');
    await amina.goto(`${meeting}/minutes`);
    await picture(amina, 'minutes');
    const minutes = await main(amina);
    expect(minutes).toMatch(/He may find her at work[\s\S]*A plan is agreed[\s\S]*Tell her when he is let out/);
    expect(minutes).not.toContain('Called to the house');
    await amina.goto(`${world.url}/conference-actions`);
    await amina.click('a:has-text("Tell her when he is let out")');
    await amina.check('input[value="not-possible"]');
    await go(amina, 'Keep it');
    expect(await amina.innerText('.govuk-error-summary')).toContain('Say what came of it, or why not');
    await amina.fill('#words', 'She has moved away');
    await go(amina, 'Keep it');
    expect(await main(amina)).toContain('It has come to an end');
    // The file of an agency is flagged, and when it happens again the same people are proposed.
    await amina.goto(`${world.url}/forum-flags`);
    await go(amina, 'It is marked');
    await amina.click('text=It happened again');
    expect(await main(amina)).toMatch(/is flagged until .* Further abuse by the same people until then is a repeat/);
    expect(await amina.locator('[name="otherIds"]:checked, [name="criteria"]:checked').count()).toBe(2);
    await amina.goto(`${world.url}/cases/${caseId}/refer-to-forum`);
    expect(await main(amina)).toMatch(/by Northbank MARAC until .*It happened again/);
    const hana = await world.as('hana');
    expect((await hana.goto(meeting))?.status()).toBe(404);
    await sealed(world, `case=${caseId}&action=agenda-item.hear`);
    for (const page of [hana, gwen]) await page.close();
  });

  it('is counted for whoever leads the forum, who publishes a year of it without small numbers', async () => {
    const forumId = await forumSetUp(world.app);
    await loadYear(world.app, forumId);
    const idris = await withoutScript('idris');
    await idris.goto(`${world.url}/forums/${forumId}`);
    await idris.click('text=Figures of this forum');
    await idris.selectOption('#to', '2026-Q1');
    await go(idris, 'Show');
    const figures = await main(idris);
    expect(figures).toMatch(/Cases heard, repeats among them\s+300\s+0/);
    expect(figures).toMatch(/Northbank Probation\s+1\s+0/);
    expect(figures).toMatch(/Cases per 10,000\. Females aged 16 and over: 71,250 \(demonstration, 2021\)\s+42\.1/);
    const csv = await idris.request.get(`${world.url}/forums/${forumId}/statistics.csv?to=2026-Q1`);
    expect([csv.headers()['content-disposition'], await csv.text()]).toEqual([
      'attachment; filename="forum-figures.csv"',
      expect.stringContaining('Who referred,Northbank Probation,1,0,–'),
    ]);
    await idris.goto(`${world.url}/forums/${forumId}/statistics?to=2026-Q2`);
    expect(await main(idris)).toMatch(/not verified as how others count[\s\S]*Partners\s+[\d.]+% \(\d+\)/);
    await idris.goBack();
    await idris.click('text=Cases behind these figures');
    expect(await main(idris)).toContain('Of these you may see 96');
    await idris.click('text=Back to the figures');
    await go(idris, 'Publish this year');
    expect(await idris.innerText('.moj-alert')).toContain('The year is published');
    const hana = await world.as('hana');
    await hana.goto(`${world.url}/forums/${forumId}`);
    await hana.click('text=Published figures');
    expect(await main(hana)).toMatch(/Northbank Probation\s+fewer than 5[\s\S]*Safe Harbour[^\n]*\s+not shown/);
    expect((await hana.goto(`${world.url}/forums/${forumId}/statistics`))?.status()).toBe(403);
    await hana.close();
  });
});
