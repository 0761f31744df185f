import { eventually } from '@concordat/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { machine } from '../../tools/verify-ledger/host';
import { main as verifyLedger } from '../../tools/verify-ledger/main';
import { violationsOf } from './accessible';
import { agreementDrafted } from './agreements';
import { describeInBrowser } from './browser';
import { accepted, sealed, signed } from './stories';
import { World } from './world';

describeInBrowser('the audit trail', () => {
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'concordat-audit-'));
  beforeAll(async () => void (world = await World.start()));
  afterAll(async () => {
    await world?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const main = (page: Page) => page.innerText('main');
  /** Presses a link or button that downloads, and keeps the file. */
  async function downloaded(page: Page, selector: string): Promise<string> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
    const path = join(folder, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  }
  /** What the verifier says, which shares no code with what it verifies. */
  async function verified(...argv: string[]): Promise<{ code: number; said: string }> {
    const lines: string[] = [];
    const code = await verifyLedger(argv, { ...machine, print: (line) => void lines.push(line) });
    return { code, said: lines.join('\n') };
  }

  it('shows Erin who was refused, proves it, and the proof holds elsewhere', async () => {
    const { caseId } = await accepted(world, 'bevan');
    const dov = await world.as('dov');
    expect((await dov.goto(`${world.url}/cases/${caseId}`))?.status()).toBe(404);
    await dov.close();
    await signed(world, `case=${caseId}&outcome=denied`);

    const erin = await world.as('erin');
    await erin.goto(`${world.url}/audit?case=${caseId}`);
    const refusal = erin.locator('tr:has-text("Dov Adler")');
    expect(await refusal.innerText()).toMatch(/Dov Adler\s+Harbour Housing\s+Practitioner\s+View: case\s+Refused/i);
    await refusal.locator('summary').click();
    expect(await refusal.innerText()).toContain(`/api/records/cases/${caseId}`);

    await refusal.locator('a:has-text("open this entry")').click();
    expect(await main(erin)).toContain('Dov Adler');
    await erin.click('button:has-text("Verify this entry")');
    expect(await main(erin)).toContain('Verified: this entry is in the signed log');
    expect(await erin.locator('main li strong:has-text(": yes")').count()).toBe(4);

    const proof = await downloaded(erin, 'a:has-text("Download the proof")');
    const policy = await downloaded(erin, 'a:has-text("Download the log")');
    expect(await verified('record', proof, '--policy', policy)).toMatchObject({ code: 0 });
    await erin.close();
  });

  it('goes from a person to those who saw them, from a member of staff to what they did', async () => {
    const { caseId } = await accepted(world);
    await sealed(world, `case=${caseId}&action=case.open`);
    const page = await world.as('erin');
    await page.goto(`${world.url}/audit?case=${caseId}`);
    await page.locator('.app-table-box tbody a[href^="/audit?person="]').first().click();
    expect(await page.innerText('.app-chosen')).toContain('Person: Person ');
    await page.locator('.app-table-box tbody a:has-text("Amina Rahman")').first().click();
    expect(await page.innerText('.app-chosen')).toContain('Member of staff: Amina Rahman');
    const actors = await page.locator('.app-table-box tbody tr td:nth-child(2)').allInnerTexts();
    expect(actors.filter((text) => !text.startsWith('Amina Rahman'))).toEqual([]);
    await page.close();
  });

  it('goes from an agreement to what was done under it, of one kind, and to what it looked like to whoever did it', async () => {
    const recordId = await agreementDrafted(world, 'hand-over', 'Referrals between agencies');
    const { document } = (await world.app.as('kit').get(`/api/sharing/agreements/${recordId}`)).body as {
      document: { id: string };
    };
    await sealed(world, `agreement=${document.id}&kind=read`);
    const page = await world.as('erin');
    await page.goto(`${world.url}/audit?agreement=${document.id}&kind=changed`);
    expect(await page.innerText('.app-chosen')).toContain(`Agreement: Agreement ${document.id}`);
    expect(await page.innerText('.app-chosen')).toContain('Kind: Changed or decided');
    const done = page.locator('.app-table-box tbody tr');
    expect(await done.allInnerTexts()).toEqual([expect.stringMatching(/Kit [\s\S]*Draft: agreement/)]);
    await page.selectOption('#kind', { label: 'Read' });
    await page.click('button:has-text("Show acts")');
    await page.locator('tr:has-text("View: agreement") a:has-text("open this entry")').first().click();
    await page.click('a:has-text("What this looked like to them")');
    expect(await main(page)).toMatch(/View: agreement[\s\S]*What was put before them[\s\S]*Agreement\s+1/);
    await page.close();
  });

  it('filters by agency, its staff, act, outcome and days without JavaScript, and pages by keyset', async () => {
    for (let i = 0; i < 4; i++)
      await world.app.as('dov').get('/api/records/cases/021623d7-8c46-4daf-826f-8d83f4133409');
    await sealed(world, 'all=true&outcome=denied');
    const page = await (await world.signedIn('erin', { javaScriptEnabled: false })).newPage();
    await page.goto(`${world.url}/audit`);
    expect(await main(page)).toContain(
      'Choose a case, person, member of staff, agency or agreement, or the whole partnership.',
    );
    await page.selectOption('#agency', { label: 'Harbour Housing' });
    await page.click('button:has-text("Show acts")');
    await page.selectOption('#user', { label: 'Dov Adler' });
    await page.selectOption('#outcome', 'denied');
    await page.fill('#from', '1/1/2020');
    await page.click('button:has-text("Show acts")');
    expect(
      (await page.locator('.app-table-box tbody tr').allInnerTexts()).every(
        (row) => /Dov Adler/.test(row) && /Refused/i.test(row),
      ),
    ).toBe(true);
    await page.fill('#to', '31/12/2019');
    await page.click('button:has-text("Show acts")');
    expect(await page.locator('.govuk-error-summary a').allInnerTexts()).toEqual([
      'The last day must not be before the first',
    ]);

    await page.goto(`${world.url}/audit?all=true`);
    const first = await page.locator('.app-table-box tbody td:nth-child(6) a').allInnerTexts();
    await page.click('a[rel="next"]');
    const second = await page.locator('.app-table-box tbody td:nth-child(6) a').allInnerTexts();
    expect(second.filter((entry) => first.includes(entry))).toEqual([]);
    await page.context().close();
  });

  it('exports the whole log as a file that proves itself, and refuses what nobody could answer for', async () => {
    await signed(world, 'all=true');
    const page = await world.as('erin');
    await page.goto(`${world.url}/audit/export`);
    await page.check('input[value="chosen"]');
    await page.click('button:has-text("Download export")');
    expect(await page.innerText('.govuk-error-summary')).toContain(
      'Give at least one date, and one user, person, case or agreement',
    );
    await page.check('input[value="all"]');
    const bundle = await downloaded(page, 'button:has-text("Download export")');
    expect(bundle).toMatch(/concordat-evidence[.]zip$/);
    await page.check('input[value="entries"]');
    const file = await downloaded(page, 'button:has-text("Download export")');
    await page.goto(`${world.url}/audit/entries/${await signed(world, 'all=true')}/proof`);
    const policy = await downloaded(page, 'a:has-text("Download the log")');
    for (const each of [file, bundle]) {
      const { code, said } = await verified(each, '--policy', policy);
      expect([code, said]).toEqual([0, expect.stringMatching(/PROVEN +[1-9][\s\S]+NOTHING FAILED/)]);
    }
    await page.close();
  });

  it('gives the acts that are shown to a spreadsheet, all pages of them, and that is on record', async () => {
    const { id } = await world.referral('hana');
    for (let n = 0; n < 3; n++) await world.act('amina', id, 'notes', { text: `=${n}` });
    const page = await world.as('erin');
    const lines = async (): Promise<string[]> => {
      await page.goto(`${world.url}/audit?case=${id}`);
      const file = await downloaded(page, 'a:has-text("Download these acts as a spreadsheet")');
      expect(file).toMatch(/audit-trail[.]csv$/);
      return readFileSync(file, 'utf8').trimEnd().split('\r\n');
    };
    await eventually(async () => expect((await lines()).filter((l) => l.includes('Note: referral'))).toHaveLength(3));
    const [head, ...rows] = await lines();
    expect(head).toBe(
      'Entry,When (UTC),What,Outcome,Who,Agency,Role,People (ids),Records (ids),Details,As it was sealed,Act (id)',
    );
    expect(rows.filter((row) => row.includes('Amina Rahman,Northbank Council') && row.includes(id))).not.toEqual([]);
    expect(rows.filter((row) => row.includes('Read: trail'))).not.toEqual([]);
    expect((await page.goto(`${world.url}/audit/trail.csv`))?.status()).toBe(422);
    await page.close();
  });

  it('is for auditors: others are told so, and that they asked is on record', async () => {
    const eventId = await sealed(world, 'all=true');
    for (const path of ['/audit', `/audit/entries/${eventId}`, `/audit/entries/${eventId}/proof`, '/audit/export']) {
      const page = await world.as('amina');
      expect([path, (await page.goto(world.url + path))?.status()]).toEqual([path, 403]);
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
    const erin = await world.as('erin');
    expect((await erin.goto(`${world.url}/audit/entries/021623d7-8c46-4daf-826f-8d83f4133409`))?.status()).toBe(404);
    expect(await violationsOf(erin)).toEqual([]);
    await erin.close();
  });

  it('is itself on record: reading the trail of a case is in the trail of that case', async () => {
    const { caseId } = await accepted(world);
    const page = await world.as('erin');
    await page.goto(`${world.url}/audit?case=${caseId}`);
    await sealed(world, `case=${caseId}&action=trail.read`);
    await page.reload();
    expect(await main(page)).toContain('Read: trail');
    await page.close();
  });

  it('runs its scripts under the page’s own policy, without a complaint from the browser', async () => {
    const { id, caseId } = await accepted(world);
    const complaints: string[] = [];
    for (const [username, paths] of [
      ['amina', ['/triage?view=all', `/triage/${id}`, '/cases', `/cases/${caseId}`, `/cases/${caseId}/agencies/add`]],
      ['erin', ['/audit', '/audit/export', `/audit?case=${caseId}`]],
    ] as const) {
      const page = await world.as(username);
      page.on('console', (m) => ['error', 'warning'].includes(m.type()) && complaints.push(m.text()));
      page.on('pageerror', (e) => complaints.push(e.message));
      for (const path of paths) {
        await page.goto(world.url + path);
        await page.waitForSelector('body.govuk-frontend-supported');
      }
      await page.close();
    }
    expect(complaints).toEqual([]);
  });
});
