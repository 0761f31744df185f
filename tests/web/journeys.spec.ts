import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { chooseRadio, tabTo, typeInto } from './keyboard';
import { picture } from './picture';
import { World } from './world';

describeInBrowser('journeys', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const title = (page: Page) => page.innerText('h1');
  const goOn = (page: Page) => page.click('button:has-text("Save and continue")');
  const fill = (page: Page, name: string, text: string) => page.fill(`[id="${name}"]`, text);
  const pick = (page: Page, name: string, value: string) => page.check(`input[name="${name}"][value="${value}"]`);

  it('makes a referral by keyboard alone', async () => {
    const page = await world.nobody();
    await page.goto(world.url);
    await tabTo(page, 'a[href="/sign-in"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('button[value="hana"]');
    await page.focus('button[value="hana"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${world.url}/`);

    await tabTo(page, 'main a[href="/referrals/make-a-referral"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('input[name="pathway"]');
    await chooseRadio(page, 'pathway', 'other');
    await press(page, 'button.govuk-button');
    expect(await title(page)).toBe('Make a referral');

    await press(page, 'a[href$="/about"]');
    await chooseRadio(page, 'area', (await page.getAttribute('input[name="area"]', 'value'))!);
    await chooseRadio(page, 'urgency', 'urgent');
    await press(page, 'button[value="continue"]');

    expect(await title(page)).toBe('The people involved');
    await press(page, '#add-person');
    await tabTo(page, 'input[name="roles"][value="subject"]');
    await page.keyboard.press('Space');
    await typeInto(page, '[id="name.given"]', 'Nerys');
    await typeInto(page, '[id="name.family"]', 'Halloway');
    await press(page, 'button[value="continue"]');
    expect(await page.innerText('.govuk-summary-card__title')).toContain('Nerys Halloway');
    await press(page, 'form[action$="/people"] button');

    for (const part of ['relationships', 'safe-contact']) {
      expect(page.url()).toContain(part);
      await press(page, 'button[value="continue"]');
    }
    await typeInto(page, '[id="concerns.summary"]', 'She has stopped opening her door.');
    await press(page, 'button[value="continue"]');
    await typeInto(page, '[id="answers.help"]', 'A visit by somebody she trusts');
    await press(page, 'button[value="continue"]');
    await chooseRadio(page, 'consent.asked', 'yes');
    await chooseRadio(page, 'consent.given', 'yes');
    await chooseRadio(page, 'consent.aware', 'yes');
    await press(page, 'button[value="continue"]');
    await press(page, 'button[value="continue"]'); // equality monitoring
    await chooseRadio(page, 'staffRisk.level', 'none-known');
    await press(page, 'button[value="continue"]');
    await press(page, 'button[value="continue"]'); // wishes

    expect(await title(page)).toBe('Check your answers before you send the referral');
    await press(page, 'form[action$="/check-answers"] button');
    expect(await title(page)).toBe('Referral sent');
    expect(await page.innerText('.govuk-panel__body strong')).toMatch(/^R-/);
    await page.context().close();
  });

  it('refers, triages and opens a case without JavaScript', async () => {
    const options = { javaScriptEnabled: false };
    const hana = await (await world.signedIn('hana', options)).newPage();
    await hana.goto(world.url);
    await hana.click('main a:has-text("Make a referral")');
    await hana.click('button:has-text("Continue")');
    expect(await hana.innerText('.govuk-error-summary')).toContain('Select what the referral is about');
    expect(await hana.title()).toMatch(/^Error: /);
    await pick(hana, 'pathway', 'domestic-abuse');
    await hana.click('button:has-text("Continue")');
    await picture(hana, 'task-list');

    await hana.click('a:has-text("About this referral")');
    await hana.click('label:has-text("Harbourside")');
    await goOn(hana);
    expect(await hana.innerText('.govuk-error-summary')).toContain('Select how urgent this is');
    await picture(hana, 'error');
    await pick(hana, 'urgency', 'urgent');
    await goOn(hana);

    for (const [role, given] of [
      ['subject', 'Nerys'],
      ['alleged-perpetrator', 'Corin'],
    ] as const) {
      await hana.click('a:has-text("Add a person")');
      await pick(hana, 'roles', role);
      await fill(hana, 'name.given', given);
      await fill(hana, 'name.family', 'Halloway');
      if (role === 'subject') {
        await fill(hana, 'nhsNumber', '999 819 8178');
        await fill(hana, 'addresses.0.lines', '17 Saltmarsh Lane\nHarbourside');
        await fill(hana, 'addresses.0.postcode', 'zz7 3lt');
        await fill(hana, 'datesOfBirth.0.value-month', '4');
        await fill(hana, 'datesOfBirth.0.value-year', '1991');
      }
      await goOn(hana);
    }
    const cards = await hana.innerText('main');
    for (const text of ['Nerys Halloway: Person harmed', '999 819 8178', 'April 1991', 'ZZ7 3LT'])
      expect(cards).toContain(text);
    await hana.click('button:text-is("Continue")');

    await hana.selectOption('[id="relationships.0.from"]', 'p1');
    await hana.selectOption('[id="relationships.0.kind"]', 'ex-spouse');
    await hana.selectOption('[id="relationships.0.to"]', 'p2');
    await goOn(hana);
    await hana.selectOption('[id="safeContact.person"]', 'p1');
    await hana.selectOption('[id="safeContact.methods.0.channel"]', 'phone');
    await fill(hana, 'safeContact.methods.0.value', '07700 900456');
    await pick(hana, 'safeContact.methods.0.safe', 'yes');
    await pick(hana, 'safeContact.methods.0.messageAllowed', 'no');
    await hana.click('button:has-text("Add another way to make contact")');
    expect(await hana.locator('[id="safeContact.methods.1.channel"]').count()).toBe(1);
    await goOn(hana);
    await fill(hana, 'concerns.summary', 'He has threatened to burn the flat down.');
    await goOn(hana);
    for (const criterion of ['visibleHighRisk', 'potentialEscalation', 'repeat'])
      await pick(hana, `criteria.${criterion}.met`, 'no');
    await pick(hana, 'criteria.professionalJudgement.met', 'yes');
    await goOn(hana);
    expect(await hana.innerText('.govuk-error-summary')).toContain('Give the evidence for: Professional judgement');
    await fill(hana, 'criteria.professionalJudgement.evidence', 'A threat of fire in a block of flats.');
    await goOn(hana);
    await hana.selectOption('[id="fears.feared.0.person"]', 'p2');
    await goOn(hana);
    await pick(hana, 'answers.idva-contact', 'yes');
    await pick(hana, 'answers.children-in-home', 'no');
    await hana.click('button:has-text("Save and come back later")');
    expect(await title(hana)).toBe('Make a referral about Nerys Halloway');

    // Later: the draft is where it was left.
    await hana.goto(world.url);
    await hana.click('a:has-text("Nerys Halloway, Domestic abuse")');
    await hana.click('a:has-text("Consent")');
    await pick(hana, 'consent.asked', 'unsafe-to-ask');
    await pick(hana, 'consent.given', 'not-asked');
    await pick(hana, 'consent.aware', 'no');
    await goOn(hana);
    expect(await hana.innerText('.govuk-error-summary')).toContain('Select the ground for sharing without consent');
    await pick(hana, 'consent.override.ground', 'life');
    await fill(hana, 'consent.override.reason', 'He may carry out the threat.');
    await goOn(hana);
    await pick(hana, 'equality.religion.answer', 'declined');
    await goOn(hana);
    await pick(hana, 'staffRisk.level', 'known');
    await fill(hana, 'staffRisk.detail', 'He has shouted at our caretaker.');
    await goOn(hana);
    await goOn(hana);
    await picture(hana, 'check-answers');
    expect(await hana.locator('text=Still needed').count()).toBe(0);
    // Change one answer from here, and come back here.
    await hana.click('section[aria-labelledby="section-concerns"] >> a:has-text("Change")');
    await fill(hana, 'concerns.summary', 'He has threatened, twice, to burn the flat down.');
    await goOn(hana);
    expect(await hana.innerText('main')).toContain('threatened, twice,');
    await hana.click('button:has-text("Send referral")');
    expect(await title(hana)).toBe('Referral sent');
    const reference = await hana.innerText('.govuk-panel__body strong');
    await picture(hana, 'confirmation');

    const amina = await (await world.signedIn('amina', options)).newPage();
    await amina.goto(`${world.url}/triage`);
    await picture(amina, 'worklist');
    await amina.click(`a:has-text("${reference}")`);
    expect(await amina.innerText('main')).toContain('He has threatened, twice');
    const triage = amina.url();
    await amina.goto(`${triage}/rate`);
    await pick(amina, 'colour', 'red');
    await amina.click('button:has-text("Save colour")');
    await amina.goto(`${triage}/request-information`);
    await amina.fill('main textarea', 'Where does he work?');
    await amina.click('main form button.govuk-button');

    await hana.click('a:has-text("See the referral")');
    await hana.click('a:has-text("Answer this question")');
    await hana.fill('#answer', 'At the docks.');
    await hana.click('button:has-text("Send answer")');
    expect(await hana.innerText('main')).toContain('Your answer has been sent');

    await amina.goto(triage);
    await picture(amina, 'triage');
    expect(await amina.innerText('main')).toContain('At the docks.');
    await amina.goto(`${triage}/decide`);
    await pick(amina, 'outcome', 'accept');
    await amina.click('button:has-text("Continue")');
    await amina.click('button:has-text("Record decision")');
    expect(await title(amina)).toContain('Decision recorded');
    await amina.click('a:has-text("Open the case")');
    for (let tries = 0; tries < 50 && (await title(amina)) === 'Page not found'; tries++) await amina.reload();
    expect(await amina.innerText('main')).toContain('Nerys Halloway');
    await picture(amina, 'case');
    const opened = amina.url();

    // Somebody who has nothing to do with it is told nothing of it.
    const quinn = await world.as('quinn');
    expect((await quinn.goto(opened))?.status()).toBe(404);
    expect(await title(quinn)).toBe('Page not found');

    await hana.goto(`${world.url}/referrals/made`);
    expect(await hana.innerText(`tr:has-text("${reference}")`)).toContain('Accepted');
    await hana.context().close();
    await amina.context().close();
  });

  it('stands text spacing, forced colours and 200 % text without losing anything', async () => {
    const { id } = await world.referral();
    const page = await world.as('hana');
    await page.emulateMedia({ forcedColors: 'active' });
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['/', '/referrals/made', `/referrals/${id}`, '/referrals/make-a-referral']) {
      await page.goto(world.url + path);
      // WCAG 1.4.12, set by script because the page's policy refuses a style of ours.
      const overflow = await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: {
            documentElement: { scrollWidth: number; clientWidth: number };
            querySelectorAll(s: string): Iterable<{ style: Record<string, string> }>;
          };
        };
        for (const { style } of document.querySelectorAll('body *'))
          Object.assign(style, { lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em' });
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      });
      expect([path, overflow]).toEqual([path, 0]);
    }
    await page.close();
  });

  it('runs its scripts under its own policy, without a complaint from the browser', async () => {
    const context = await world.signedIn('hana');
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (m) => ['error', 'warning'].includes(m.type()) && complaints.push(m.text()));
    page.on('pageerror', (e) => complaints.push(e.message));
    for (const path of ['/', '/referrals/make-a-referral', '/referrals/made', '/help']) {
      await page.goto(world.url + path);
      await page.waitForSelector('body.govuk-frontend-supported');
    }
    expect(complaints).toEqual([]);
    expect((await context.request.get(`${world.url}/session/extend`)).status()).toBe(204);
    await context.close();
  });

  it('warns before a session ends, and extends it by one action', async () => {
    const context = await world.signedIn('hana');
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(world.url);
    const warning = page.locator('.app-session-warning');
    await page.waitForSelector('body.govuk-frontend-supported');
    expect(await warning.isHidden()).toBe(true);
    await page.clock.fastForward('25:01');
    await warning.waitFor({ state: 'visible' });
    expect(await page.innerText('.app-session-warning [role="alert"]')).toContain(
      'You will be signed out in 5 minutes',
    );
    await page.click('text=Stay signed in');
    await warning.waitFor({ state: 'hidden' });
    await context.close();
  });
});

/** Goes to a button or link by Tab, and presses Enter. */
async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}
