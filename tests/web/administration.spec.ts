import { eventually } from '@concordat/testing';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Consumer, verifies } from '../../apps/notifications/src/webhooks/consumer.testing';
import { describeInBrowser } from './browser';
import { picture } from './pictures';
import { heldUp, HOUSING } from './states/administration';
import { World } from './world';

describeInBrowser('administration', () => {
  let world: World;
  beforeAll(async () => void (world = await World.start()));
  afterAll(() => world?.stop());

  const acts = async (action: string) => (await world.app.acts('identity')).filter((a) => a.action === action);

  it('somebody is made a member, signs in, gets another role and loses all access, without JavaScript', async () => {
    const username = `ada-${crypto.randomUUID().slice(0, 8)}`;
    const lena = await (await world.signedIn('lena', { javaScriptEnabled: false })).newPage();
    await lena.goto(`${world.url}/`);
    await lena.click('main a:has-text("Administration")');
    expect(await lena.innerText('table')).toMatch(/Cases and people\s+ANSWERS/i);
    await picture(lena, 'administration');
    await lena.click('text=People and their roles');
    expect(await lena.innerText('h1')).toBe('People of Northbank Council');
    await lena.selectOption('#org', { label: 'Harbour Housing' });
    await lena.click('button:has-text("Apply filters")');
    expect(await lena.innerText('tr:has-text("Hana Osei")')).toContain('Practitioner');
    await lena.click('a:has-text("Make somebody a member")');
    await lena.fill('#name', 'Ada Quill');
    await lena.click('button:has-text("Make them a member")');
    expect(await lena.innerText('.govuk-error-summary')).toMatch(/Enter a username\s+Select at least one role/);
    expect(await lena.inputValue('#name')).toBe('Ada Quill');
    await lena.fill('#username', username);
    await lena.check('input[value="practitioner"]');
    await lena.check('label:has-text("Harbourside")');
    await lena.click('button:has-text("Make them a member")');
    expect(await lena.innerText('.moj-alert')).toContain('They are a member now');

    const ada = await eventually(async () => (await world.signedIn(username)).newPage(), { timeoutMs: 20_000 });
    await ada.goto(`${world.url}/cases`);
    expect(await ada.innerText('h1')).toBe('Cases');
    expect((await ada.goto(`${world.url}/administration`))?.status()).toBe(403);

    await lena.click('a:has-text("Ada Quill")');
    await lena.check('input[value="agency-representative"]');
    await lena.click('button:has-text("Save")');
    expect(await lena.innerText('tr:has-text("Ada Quill")')).toContain('Practitioner, Agency representative');
    await lena.click('a:has-text("Ada Quill")');
    await lena.click('text=End this membership');
    await lena.click('main button:has-text("End the membership")');
    expect(await lena.innerText('.moj-alert')).toContain('The membership has ended');
    expect(await lena.locator('a:has-text("Ada Quill")').count()).toBe(0);
    await eventually(async () => expect((await ada.goto(`${world.url}/cases`))?.status()).toBe(401), {
      timeoutMs: 30_000,
    });
    const [granted, changed, revoked] = await Promise.all(
      ['membership.grant', 'membership.change', 'membership.revoke'].map(acts),
    );
    for (const list of [granted, changed, revoked])
      expect(list!.at(-1)).toMatchObject({ actorRole: 'administrator', outcome: 'done' });
    await lena.goto(`${world.url}/administration/people?org=${HOUSING}&show=ended&name=ada`);
    await lena.click('a:has-text("Ada Quill")');
    expect(await lena.innerText('main')).toContain('The membership has ended');
    for (const page of [lena, ada]) await page.context().close();
  });

  it('an organisation and its area are added, named anew, closed after a question and opened again', async () => {
    const name = `Quay Advice ${crypto.randomUUID().slice(0, 8)}`;
    const lena = await (await world.signedIn('lena', { javaScriptEnabled: false })).newPage();
    await lena.goto(`${world.url}/administration`);
    await lena.click('text=Organisations of the partnership');
    await lena.click('a:has-text("Add an organisation")');
    await lena.click('button:has-text("Add the organisation")');
    expect(await lena.innerText('.govuk-error-summary')).toMatch(
      /Enter the name[\s\S]*Enter a code[\s\S]*Select the kind/,
    );
    await lena.fill('#name', name);
    await lena.fill('#code', `quay-${crypto.randomUUID().slice(0, 8)}`);
    await lena.selectOption('#type', { label: 'Charity' });
    await lena.click('button:has-text("Add the organisation")');
    expect(await lena.innerText('.moj-alert')).toContain('It has been added');
    expect(await lena.innerText(`tr:has-text("${name}")`)).toMatch(/Charity\s+0[\s\S]*OPEN/i);
    await lena.goto(`${world.url}/administration/people`);
    expect(await lena.locator('#org option').allInnerTexts()).toContain(name); // at once, for every page
    await lena.goto(`${world.url}/administration/register/areas/add`);
    await lena.fill('#name', `${name} Basin`);
    await lena.fill('#code', `basin-${crypto.randomUUID().slice(0, 8)}`);
    await lena.selectOption('#leadOrg', { label: name });
    await lena.click('button:has-text("Add the area")');
    await lena.goto(`${world.url}/administration/register/organisations`);
    await lena.click(`a:has-text("${name}")`);
    await lena.click('text=Close this organisation');
    await lena.click('button:has-text("Close the organisation")');
    expect(await lena.innerText('.govuk-error-summary')).toContain('It triages for an open area');
    await lena.goto(`${world.url}/administration/register/areas`);
    await lena.click(`a:has-text("${name} Basin")`);
    await lena.selectOption('#leadOrg', { label: 'Northbank Council' });
    await lena.click('button:has-text("Save")');
    await lena.goto(`${world.url}/administration/register/organisations`);
    for (const step of ['Close', 'Open']) {
      await lena.click(`a:has-text("${name}")`);
      await lena.click(`text=${step} this organisation`);
      await lena.click(`button:has-text("${step} the organisation")`);
    }
    expect(await lena.innerText('.moj-alert')).toContain('It is open again');
    expect((await acts('organisation.reopen')).at(-1)).toMatchObject({ actorRole: 'administrator', outcome: 'done' });
    await lena.context().close();
  });

  it('a system is registered, does what the how-to for its developer says, and is ended', async () => {
    const lena = await (await world.signedIn('lena', { javaScriptEnabled: false })).newPage();
    await lena.goto(`${world.url}/administration`);
    await lena.click('text=Systems that use the API');
    await lena.click('a:has-text("Register a system")');
    await lena.fill('#name', 'Case management');
    for (const scope of ['directory.read', 'referrals.make']) await lena.check(`input[value="${scope}"]`);
    await lena.click('button:has-text("Register the system")');
    const [id, secret] = [await lena.innerText('#client-id'), await lena.innerText('#client-secret')];
    await eventually(async () =>
      expect(await world.app.sql(`SELECT 1 FROM referrals.member WHERE user_id = '${id}'`)).toHaveLength(1),
    );

    const howTo = readFileSync(join(__dirname, '../../docs/how-to/use-the-api.md'), 'utf8');
    const commands = [...howTo.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block]) => block!);
    expect(commands.length).toBe(5);
    const mine = commands
      .join('\n')
      .replace('https://concordat.example', world.app.url)
      .replace('the-client-id', id)
      .replace('ccs_the-secret', secret);
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-eo', 'pipefail', '-c', mine]);
    expect(stdout).toContain('Harbour Housing');
    expect(stdout).toMatch(/^ratelimit: "client";r=\d+;t=\d+/im);
    expect(stdout).toContain('scope.insufficient');
    // Sent twice under one key: made once.
    const made = (await world.app.acts('referrals')).filter((a) => a.action === 'referral.draft' && a.actor === id);
    expect(made.map((a) => a.outcome)).toEqual(['done']);

    await lena.click('text=Go on to the system');
    await lena.click('button:has-text("End this system")');
    expect(await lena.innerText('main')).toContain('Case management');
    expect((await acts('client.end')).at(-1)).toMatchObject({ objects: [{ t: 'client', id }], outcome: 'done' });
    await lena.context().close();
  });

  it('a webhook is added, tested and tells of a referral, signed by the key that its page shows', async () => {
    const consumer = new Consumer(1, 0);
    await consumer.up();
    const lena = await (await world.signedIn('lena', { javaScriptEnabled: false })).newPage();
    try {
      await lena.goto(`${world.url}/administration/webhooks`);
      await lena.fill('#url', consumer.url);
      await lena.check('input[value="referrals.referral-submitted.v1"]');
      await lena.click('button:has-text("Add the webhook")');
      const key = await lena.innerText('main code.app-lines');
      expect(await lena.innerText('#state')).toContain('A referral was made');
      await lena.click('button:has-text("Send a test")');
      await eventually(() => expect(consumer.got).toHaveLength(1));
      const { id } = await world.referral('hana');
      await eventually(() => expect(consumer.got).toHaveLength(2), { timeoutMs: 15_000 });
      expect(consumer.got.map((got) => verifies(got, key))).toEqual([true, true]);
      expect(JSON.parse(consumer.got[1]!.body)).toMatchObject({
        type: 'referrals.referral-submitted.v1',
        data: { id },
      });
      await eventually(async () => {
        await lena.reload();
        expect(await lena.innerText('table')).toMatch(/Taken \(204\)[\s\S]*Taken \(204\)/);
      });
      await lena.click('button:has-text("Send again")');
      await eventually(() => expect(consumer.got).toHaveLength(3), { timeoutMs: 15_000 });
      expect(consumer.got[2]!.id).toBe(consumer.got[1]!.id);
      await lena.click('a:has-text("Pause the webhook")');
      await lena.click('button:has-text("Pause the webhook")');
      expect(await lena.innerText('#state')).toContain('Paused');
      await world.referral('hana');
      await lena.click('a:has-text("Change the webhook")');
      await lena.fill('#name', 'Case system');
      await lena.fill('#url', `${consumer.url}/v2`);
      await lena.check('#sure');
      await lena.click('button:has-text("Change the webhook")');
      expect(await lena.innerText('.moj-alert')).toContain('It is changed');
      expect(await lena.innerText('h1')).toBe('Case system');
      // What was sent to the address of before is told as that.
      expect(await lena.innerText('table')).toContain(`to ${consumer.url}`);
      await lena.click('button:has-text("Resume the webhook")');
      await eventually(() => expect(consumer.got).toHaveLength(4), { timeoutMs: 15_000 });
    } finally {
      await consumer.down();
      await lena.context().close();
    }
  });

  it('reaches no further than its own organisation where that leads no area, and never itself', async () => {
    const dov = `/administration/people/8d67240f-a2f6-4237-b90b-a15b0bffa26e/${HOUSING}`;
    const hana = await world.as('hana');
    expect((await hana.goto(world.url + dov))?.status()).toBe(403);
    const lena = await world.as('lena');
    await lena.goto(`${world.url}/administration/people`);
    await lena.click('a:has-text("Lena Fischer")');
    expect(await lena.locator('main form').count()).toBe(0);
    expect((await lena.goto(`${lena.url()}/end`))?.status()).toBe(404);
    expect((await lena.goto(`${world.url}/administration/people?org=${crypto.randomUUID()}`))?.status()).toBe(404);
    for (const page of [hana, lena]) await page.close();
  });

  it('a record that is held up is tried again, once an administrator says so', async () => {
    const stream = await heldUp(world);
    const lena = await world.as('lena');
    await lena.goto(`${world.url}/administration/held-up`);
    await lena.click(`tr:has-text("${stream}") button`);
    expect(await lena.innerText('.moj-alert')).toContain('It is being tried again');
    expect(await lena.locator(`tr:has-text("${stream}")`).count()).toBe(0);
    const [kept] = await world.app.sql<{ parked: string | null }>(
      `SELECT parked_reason AS parked FROM risk.stream_cursor WHERE stream_id = '${stream}'`,
    );
    expect(kept).toEqual({ parked: null });
    expect((await world.app.acts('risk')).findLast((a) => a.action === 'stream.release')).toMatchObject({
      outcome: 'done',
      objects: [{ t: 'stream', id: stream }],
    });
    await lena.close();
  });
});
