import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { activeAgreement, leftToAPerson, nextVersion, widened, withoutLiaison } from '../agreements';
import { describeInBrowser } from '../browser';
import { knownToTheCouncil } from '../known';
import { signedInAt } from '../signed-in-at';
import { fillIn } from '../states/asking';
import { accepted, EASTVALE_NHS, sealed } from '../stories';
import { World } from '../world';

const DATES = { effectiveFrom: '1 1 2026', reviewBy: '1 1 2099', expiresOn: '31 12 2099' };

describeInBrowser('an agreement, from a template to what it allows', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const visitor = async (username: string): Promise<Page> =>
    (await world.signedIn(username, { javaScriptEnabled: false })).newPage();
  const press = (page: Page, text: string) => page.click(`main button:has-text("${text}"), main a:has-text("${text}")`);
  const fill = (page: Page, name: string, text: string) => page.fill(`[id="${name}"]`, text);
  const fillDate = async (page: Page, name: string, text: string): Promise<void> => {
    for (const [i, part] of ['day', 'month', 'year'].entries())
      await fill(page, `${name}-${part}`, text.split(' ')[i]!);
  };
  const flash = (page: Page) => page.innerText('.moj-alert');

  const drafted = async (kit: Page, template = 'marac', name = 'Northbank MARAC'): Promise<string> => {
    await kit.goto(`${world.url}/agreements`);
    await press(kit, 'Draft an agreement');
    await press(kit, 'Draft it');
    expect(await kit.innerText('.govuk-error-summary')).toContain('Select what the agreement is for');
    await kit.check(`input[value="${template}"]`);
    await fill(kit, 'title', name);
    await fill(kit, 'id', `northbank-${template}`);
    await fill(kit, 'contact', 'The partnership office');
    for (const party of ['Northbank Council', 'Northbank Police', 'Eastvale NHS Trust'])
      await kit.click(`label:has-text("${party}")`);
    for (const [name, text] of Object.entries(DATES)) await fillDate(kit, name, text);
    await press(kit, 'Draft it');
    expect(await flash(kit)).toContain('The draft is made');
    expect(await kit.innerText('section[aria-labelledby="findings"]')).toContain(
      'must be mended before it can be activated',
    );
    return new URL(kit.url()).pathname;
  };

  const mended = async (kit: Page, at: string): Promise<void> => {
    await kit.click('section[aria-labelledby="findings"] a:has-text("Change about the agreement")');
    await fill(kit, 'dpiaRef', 'DPIA-7');
    await fill(kit, 'apdRefs', 'APD-1');
    await press(kit, 'Save and continue');
    expect(await kit.innerText('h1')).toBe('Parties');
    const kinds = await kit
      .locator('select[id$=".agencyType"]')
      .evaluateAll((all) => all.map((s) => (s as unknown as { value: string }).value));
    for (const [i, kind] of kinds.entries()) {
      if (kind === '') continue;
      await fill(kit, `parties.${i}.signatory.name`, 'Robin Marsh');
      await fill(kit, `parties.${i}.signatory.post`, 'Director');
      for (const who of ['dlo', 'spoc', 'dpo', ...(kind === 'NHS' ? ['caldicottGuardian'] : [])]) {
        await fill(kit, `parties.${i}.${who}.name`, 'Information governance');
        await fill(kit, `parties.${i}.${who}.email`, 'governance@example.org');
      }
    }
    await press(kit, 'Save and come back later');
    expect(await kit.locator('.govuk-error-summary').allInnerTexts()).toEqual([]);
    expect(new URL(kit.url()).pathname).toBe(at);
    expect(await kit.innerText('section[aria-labelledby="findings"]')).not.toContain('must be mended');
  };

  const step = async (page: Page, at: string, button: string, confirm = button): Promise<void> => {
    await page.goto(world.url + at);
    await press(page, button);
    await press(page, confirm);
  };

  /** Read and signed for one of the parties. */
  const signed = async (page: Page, at: string): Promise<void> => {
    await page.goto(world.url + at);
    await press(page, 'Read and sign');
    await page.check('[id="read"]');
    await page.click('main button:has-text("Sign")');
    expect(await flash(page)).toContain('Your organisation has signed');
  };

  /** Refers a case to Bevan with what concerns somebody's health. */
  const referred = async (amina: Page, caseId: string, purpose: string): Promise<void> => {
    await amina.goto(`${world.url}/cases/${caseId}/refer/${EASTVALE_NHS}`);
    await amina.selectOption('#recipient', { label: 'Bevan Price' });
    await fill(amina, 'reason', 'She has not been seen by a nurse since May.');
    for (const value of ['health', purpose, 'public-task', 'soon', 'given'])
      await amina.check(`input[value="${value}"]`);
    await press(amina, 'Continue');
    await press(amina, 'Send referral');
  };

  const asked = async (amina: Page, items: readonly string[]): Promise<void> => {
    await amina.goto(`${world.url}/agreements`);
    await press(amina, 'May I share this?');
    await amina.click('a:has-text("Northbank MARAC")');
    await amina.click('label:has-text("Northbank Police")');
    await amina.check('input[name="purpose"][value="MARAC"]');
    for (const item of items) await amina.check(`input[name="items"][value="${item}"]`);
    await amina.check('input[name="match"][value="EXACT"]');
    await amina.check('input[name="consent.state"][value="NOT_SOUGHT"]');
    await amina.selectOption('[id="consent.withoutReason"]', 'WOULD_PREJUDICE');
    await amina.check('input[name="setting"][value="OUTSIDE"]');
    await amina.selectOption('[id="method"]', 'CONCORDAT');
    await press(amina, 'Ask');
  };

  it('is drafted, mended, checked, signed by three and activated; then one question is allowed and another is not', async () => {
    const [kit, yusuf, ines, amina, erin] = await Promise.all(['kit', 'yusuf', 'ines', 'amina', 'erin'].map(visitor));
    const at = await drafted(kit!);
    await mended(kit!, at);
    await step(kit!, at, 'Give it to be checked');
    await step(yusuf!, at, 'Confirm that it is checked');
    for (const page of [kit!, yusuf!, ines!]) {
      await page.goto(world.url + at);
      if (page === yusuf) await signedInAt(world, page, Date.now() - 6 * 60_000);
      await press(page, 'Read and sign');
      if (page === yusuf) {
        expect(await page.innerText('main')).toContain('sign in again');
        await press(page, 'Sign in again');
        await page.click('button[value="yusuf"]');
      }
      await page.check('[id="read"]');
      await page.click('main button:has-text("Sign")');
      expect(await flash(page)).toContain('Your organisation has signed');
    }
    await kit!.goto(world.url + at);
    await press(kit!, 'Activate');
    expect(await kit!.innerText('main')).toContain('See what would change');
    await press(kit!, 'Activate');
    expect(await kit!.innerText('h1')).toContain('In force');

    await asked(amina!, ['NAME', 'RISK']);
    expect(await amina!.innerText('h1')).toBe('Allowed');
    expect(await amina!.innerText('.govuk-inset-text')).toContain('Northbank Council may send');
    await asked(amina!, ['NAME', 'HEALTH']);
    expect(await amina!.innerText('h1')).toBe('Not allowed');
    expect(await amina!.innerText('.govuk-inset-text')).toContain('Northbank MARAC');
    expect(await amina!.innerText('main')).toContain('What may go alone');

    await erin!.goto(`${world.url}/agreements/decisions`);
    const table = await erin!.innerText('table');
    expect(table).toContain('Allowed');
    expect(table).toContain('Item not in scope');
    await erin!.click('tbody a >> nth=0');
    expect(await erin!.innerText('main')).toContain('it is the same');

    await kit!.goto(world.url + at);
    await press(kit!, 'Draft the next version');
    await fill(kit!, 'number', '1.0.0');
    await press(kit!, 'Draft it');
    expect(await kit!.innerText('.govuk-error-summary')).toContain('Enter a higher version than this one has');

    await step(kit!, at, 'Suspend');
    expect(await kit!.innerText('.govuk-error-summary')).toContain('Enter why');
    await fill(kit!, 'reason', 'A breach is being looked into');
    await press(kit!, 'Suspend');
    expect(await kit!.innerText('h1')).toContain('Suspended');
    await amina!.goto(`${world.url}/agreements/may-i-share`);
    expect(await amina!.innerText('main')).toContain('no agreement that is active');
  });

  it('once in force lets a referral out and not another, which says why; an auditor sees both, and both ends of the first', async () => {
    const [kit, yusuf, ines, amina, bevan, erin] = await Promise.all(
      ['kit', 'yusuf', 'ines', 'amina', 'bevan', 'erin'].map(visitor),
    );
    const { caseId } = await accepted(world);
    await referred(amina!, caseId, 'health-care');
    expect(await amina!.innerText('main')).toContain('This may not be shared');
    const at = await drafted(kit!, 'hand-over', 'Referrals between agencies');
    await mended(kit!, at);
    await step(kit!, at, 'Give it to be checked');
    await step(yusuf!, at, 'Confirm that it is checked');
    for (const page of [kit!, yusuf!, ines!]) await signed(page, at);
    await step(kit!, at, 'Activate');

    await referred(amina!, caseId, 'support');
    expect(await amina!.innerText('main')).toContain('This may not be shared');
    expect(await amina!.innerText('.govuk-error-summary')).toMatch(
      /Eastvale NHS Trust may not receive .*for this purpose: agreement Referrals between agencies 1\.0\.0 has no such flow/,
    );
    await referred(amina!, caseId, 'health-care');
    expect(await flash(amina!)).toContain('The referral is on record');
    const referral = new URL(amina!.url()).pathname;
    await bevan!.goto(`${world.url}${referral}/accept`);
    await press(bevan!, 'Accept');

    const trail = `/audit?case=${caseId}&action=referral.offer`;
    await sealed(world, `case=${caseId}&action=referral.accept`);
    await erin!.goto(world.url + trail);
    const acts = await erin!.innerText('.app-table-box');
    for (const outcome of [/refused/i, /done/i]) expect(acts).toMatch(outcome);
    await erin!.goto(`${world.url}/audit`);
    await erin!.click('a:has-text("What went between agencies")');
    await erin!.selectOption('#agency', { label: 'Eastvale NHS Trust' });
    await press(erin!, 'Show what went');
    const row = await erin!.innerText('.app-table-box tbody tr');
    for (const shown of ['Northbank Council', 'Eastvale NHS Trust', 'northbank-hand-over@1.0.0'])
      expect(row).toContain(shown);
    expect(row).toMatch(/both ends say the same/i);
  });

  // Before anything is left to a person: what a person answered lapses under another version (decision 29), which is a change.
  it('shows what it would change before it is activated: what was refused, and would be allowed', async () => {
    const id = await widened(world);
    const kit = await visitor('kit');
    await kit.goto(`${world.url}/agreements/${id}`);
    await kit.click('a:has-text("See what would change")');
    const told = await kit.innerText('main');
    expect(told).toContain('Would be allowed');
    expect(told).not.toContain('Would not be allowed any more');
    const row = await kit.innerText('main tbody tr:has-text("SCHOOL-ATTENDANCE")');
    for (const shown of ['Northbank Council to Northbank Police', 'NAME, SCHOOL-ATTENDANCE', 'Not allowed', '1.1.0'])
      expect(row).toContain(shown);
    await kit.click('main tbody a');
    expect(await kit.innerText('h1')).toBe('Not allowed');

    await kit.goto(`${world.url}/agreements/${await nextVersion(world)}/preview`);
    expect(await kit.innerText('main')).toContain('Nothing that was decided would have come out otherwise');
  });

  it('REF-24: what the rules leave to a person is answered through the pages, and whoever asked is told', async () => {
    const id = await leftToAPerson(world);
    const kit = await visitor('kit');
    await kit.goto(`${world.url}/agreements`);
    await kit.click('text=Sharing to decide');
    await kit.click(`a[href="/agreements/to-decide/${id}"]`);
    expect(await kit.innerText('main')).toContain('It is not certain that this is the right person.');
    await kit.check('input[value="allow"]');
    await kit.check('input[value="other"]');
    await fill(kit, 'reason', 'Her date of birth was checked by telephone.');
    await press(kit, 'Record your answer');
    expect(await flash(kit)).toContain('Your answer is on record');
    expect(await kit.locator(`a[href="/agreements/to-decide/${id}"]`).count()).toBe(0);

    const amina = await visitor('amina');
    await amina.goto(`${world.url}/agreements/to-decide`);
    expect(await amina.innerText(`tr:has(a[href="/agreements/to-decide/${id}"])`)).toMatch(/Allowed[\s\S]*New/);
    await amina.click(`a[href="/agreements/to-decide/${id}"]`);
    const told = await amina.innerText('main');
    for (const shown of ['Kit Lowe, Northbank Council', 'On another lawful ground', 'checked by telephone'])
      expect(told).toContain(shown);
    await amina.click('text=How this was decided');
    expect(await amina.innerText('main')).toContain('it is the same');
  });

  it('is compared, drawn, printed and published: as it was signed for its parties, without their staff for anybody', async () => {
    const next = await nextVersion(world, { title: 'Northbank MARAC, renewed', expiresOn: '2100-12-31' });
    const kit = await visitor('kit');
    await kit.goto(`${world.url}/agreements/${next}`);
    await kit.click('a:has-text("Compare with another version")');
    const changed = await kit.innerText('main table');
    expect(changed).toContain('Northbank MARAC, renewed');
    expect(changed).toContain('31 December 2100');
    expect(changed).not.toContain('Whom to ask about it');

    await kit.goto(`${world.url}/agreements`);
    await kit.click('a:has-text("Emergency openings of cases")');
    expect(new URL(kit.url()).pathname).toBe('/break-glass/uses');
    await withoutLiaison(world);
    await kit.goto(`${world.url}/agreements`);
    await kit.click('a:has-text("Whom to turn to")');
    const turnTo = await kit.innerText('main');
    expect(turnTo).toMatch(
      /Northbank Police\s+GAP Designated liaison officer: nobody is named\. Northbank MARAC 1\.1\.0/i,
    );
    expect(turnTo).toContain('governance@example.org');

    await kit.goto(`${world.url}/agreements/picture?purpose=MARAC&category=SPECIAL`);
    expect(await kit.innerText('main table')).toContain('Health information');
    expect(await kit.innerText('main table')).not.toContain('Names');

    const id = await activeAgreement(world);
    await kit.goto(`${world.url}/agreements/${id}`);
    const hash = await kit.innerText('main .app-code');
    const given = async (page: Page, path: string): Promise<Buffer> => {
      const answer = await page.request.get(world.url + path);
      expect(answer.status()).toBe(200);
      expect(answer.headers()['content-disposition']).toContain('attachment');
      return answer.body();
    };
    const terms = await given(kit, `/agreements/${id}/terms`);
    expect(createHash('sha256').update(terms).digest('hex')).toBe(hash);
    const { id: code } = JSON.parse(terms.toString()) as { id: string };
    const odrl = await given(kit, `/agreements/${id}/odrl`);
    expect(JSON.parse(odrl.toString())).toMatchObject({
      '@type': 'Agreement',
      'concordat:contentHash': `sha256:${hash}`,
    });
    const mais = JSON.parse((await given(kit, `/agreements/${id}/mais`)).toString()) as object;
    expect(mais).toMatchObject({ Party: expect.any(Array), 'concordat:contentHash': `sha256:${hash}` });
    await kit.goto(`${world.url}/agreements/bring-in`);
    const elsewhere = { ...mais, Identifier: { value: 'given-elsewhere', System: 'urn:example:policies' } };
    await kit.setInputFiles('#file', {
      ...{ name: 'policy.json', mimeType: 'application/json' },
      buffer: Buffer.from(JSON.stringify({ ...elsewhere, EndDate: '2026-02-30' })),
    });
    await kit.click('main button[type=submit]');
    expect(await kit.innerText('main')).toMatch(/EndDate\s+Must be a date that exists/);
    expect(await kit.inputValue('#content')).toContain('given-elsewhere'); // the file that was chosen stays, as text
    await kit.fill('#content', JSON.stringify(elsewhere));
    await kit.click('main button[type=submit]');
    expect(await kit.innerText('main')).toMatch(/Draft[^]*Brought in, Kit Lowe[^]*LegalCompliance\[0\]/);
    await kit.goto(`${world.url}/agreements/${id}`);
    const pdf = (await given(kit, `/agreements/${id}/pdf`)).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf).toContain('/MarkInfo');
    await kit.click('a:has-text("Print, or download as a PDF")');
    expect(await kit.innerText('main')).toContain('Signatory, Director');

    const anybody = await world.nobody();
    await anybody.goto(world.url);
    await anybody.click('a:has-text("Information-sharing agreements in force")');
    await anybody.click(`a[href="/published-agreements/${code}"]`);
    const published = await anybody.innerText('main');
    expect(published).toContain(hash);
    expect(published).toContain('Northbank Council');
    expect(published).toContain('F1');
    expect(published).not.toMatch(/Signatory|governance@|Information governance|DPIA/);
    expect((await given(anybody, `/published-agreements/${code}/pdf`)).toString('latin1')).toMatch(/^%PDF-1\.7/);
  });

  it('has a depersonalised set refused for a postcode, and accepted without', async () => {
    const yusuf = await visitor('yusuf');
    const sent = async (area: string): Promise<string> => {
      await yusuf.goto(`${world.url}/agreements/drops/check`);
      await yusuf.check('input[value="police-crimes"]');
      const newest = yusuf.locator('[id="quarter"] option').nth(1);
      const [quarter, words] = [await newest.getAttribute('value'), await newest.innerText()];
      await yusuf.selectOption('[id="quarter"]', quarter);
      const buffer = Buffer.from(`day,area,kind,crimes\n${quarter},${area},burglary,1\n`);
      await yusuf.setInputFiles('[id="file"]', { name: 'crimes.csv', mimeType: 'text/csv', buffer });
      await press(yusuf, 'Check the file');
      return words;
    };
    await sent('NB1 1AA');
    expect(await yusuf.innerText('.govuk-error-summary')).toContain('must not be shared as it is');
    expect(await yusuf.innerText('main table')).toContain('A full postcode');
    expect(await yusuf.innerText('main')).not.toContain('NB1 1AA');
    const quarter = await sent('E01000001');
    expect(await flash(yusuf)).toContain('It may be shared');
    const table = await yusuf.innerText('main table');
    expect(table).toContain(quarter);
    expect(table).toContain('A full postcode: 1');
  });

  // How sure a match is depends on how common a name is among all who are there: here they are few.
  it('another agency is asked whether it knows somebody: known, not known, or left to a person whose answer decides', async () => {
    const who = await knownToTheCouncil(world);
    const bevan = await visitor('bevan');
    const ask = async (about: typeof who) => {
      await bevan.goto(`${world.url}/asking/ask`);
      await bevan.selectOption('#toOrg', { label: 'Northbank Council' });
      await fillIn(bevan, about);
      await bevan.click('button:has-text("Ask")');
      await bevan.waitForURL(/\/asking\/[0-9a-f-]{36}$/);
      return new URL(bevan.url()).pathname;
    };
    await ask(who);
    expect(await bevan.innerText('main')).toMatch(/Northbank Council knows this person[^]*governance@example\.org/);
    await ask({ ...who, given: 'Corwin', family: 'Tallowby', dateOfBirth: '1931-12-30', postcode: 'ZZ98 1AA' });
    expect(await bevan.innerText('main')).toContain('Not known');
    expect(await bevan.innerText('main')).not.toContain('governance@example.org');
    const unclear = await ask({ ...who, dateOfBirth: `${who.dateOfBirth.slice(0, 4)}-12-30` });
    expect(await bevan.innerText('main')).toContain('has been asked to look');

    const kit = await visitor('kit');
    await kit.goto(`${world.url}/agreements/to-decide`);
    await kit.locator('tbody tr', { hasText: 'Bevan Price' }).first().locator('a').click();
    await kit.click('text=Whom it is about, and who that may be');
    expect(new URL(kit.url()).pathname).toBe(unclear);
    expect(await kit.innerText('table')).toContain(who.family);
    await kit.goBack();
    await kit.check('input[value="allow"]');
    await kit.check('input[value="agreement"]');
    await kit.fill('#reason', 'Her worker has checked the date of birth.');
    await kit.click('button:has-text("Record your answer")');
    await bevan.click('button:has-text("Ask again")');
    expect(await bevan.innerText('main')).toContain('Northbank Council knows this person');
    await Promise.all([bevan, kit].map((page) => page.context().close()));
  });
});
