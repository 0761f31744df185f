import { newId } from '@concordat/contracts';
import type { Settings } from '@concordat/platform';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Carriers } from '../carriers/carriers';
import { FiringService } from '../deadlines/firing.service';
import { Happenings, org, staff } from '../happenings.testing';
import { NotificationsModule } from '../notifications.module';
import { PostOffice } from '../post-office.testing';
import { NoticeSender } from './sender';

const AT = '/api/notifications';
const COUNCIL = 'northbank-council';
const TOKEN = 'shown-by-notify-0123456789';
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const addressOf = (username: string) => `${username}@northbank.example`;

describe('e-mail and text messages', () => {
  const office = new PostOffice();
  const secrets = mkdtempSync(join(tmpdir(), 'concordat-secrets-'));
  let app: TestApp;
  let firing: FiringService;
  let sender: NoticeSender;
  let tells: Happenings;
  beforeAll(async () => {
    writeFileSync(join(secrets, 'notify-receipts-token'), `${TOKEN}\n`);
    app = await startApp([NotificationsModule], {
      ...{ SMTP_URL: await office.start(), MAIL_FROM: 'Concordat <no-reply@concordat.example>' },
      MESSAGE_SECRETS_FOLDER: secrets,
    });
    firing = app.running.app.get(FiringService, { strict: false });
    sender = app.running.app.get(NoticeSender, { strict: false });
    tells = new Happenings(app);
  });
  afterAll(async () => {
    await app?.stop();
    await office.stop();
    rmSync(secrets, { recursive: true });
  });

  const acts = async (action: string, who?: string) =>
    (await app.acts('notifications')).filter((a) => a.action === action && (!who || a.actor === staff(who)));
  /** Sends what waits, as though its time had come. */
  const sendNow = async (): Promise<void> => {
    await app.sql(`UPDATE notifications.notice SET next_at = clock_timestamp() WHERE state IN ('waiting', 'sending')`);
    await eventually(
      async () => {
        await sender.sweep();
        const left = await app.sql(
          `SELECT 1 FROM notifications.notice WHERE state IN ('waiting', 'sending') AND next_at <= clock_timestamp()`,
        );
        return left.length === 0;
      },
      { timeoutMs: 20_000 },
    );
  };
  const give = async (who: string, channel: string, address: string): Promise<string> => {
    const { status, body } = await app.as(who).post<{ id: string }>(`${AT}/contact-details`, { channel, address });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id;
  };
  const confirm = (who: string, id: string, code: string) =>
    app.as(who).post(`${AT}/contact-details/${id}/confirmation`, { code });
  const codeIn = (words: string) => /code is (\d{6})/.exec(words)![1]!;
  const reached = async (who: string): Promise<string> => {
    const id = await give(who, 'email', addressOf(who));
    await eventually(() => Promise.resolve(office.to(addressOf(who)).some((l) => l.raw.includes('code is'))));
    expect((await confirm(who, id, codeIn(office.to(addressOf(who)).at(-1)!.raw))).status).toBe(200);
    return id;
  };
  const choose = (who: string, rhythm: string, byText = false, kind = 'conference-action') =>
    app.as(who).put(`${AT}/message-choices`, { choices: [{ kind, rhythm, byText }] });
  /** An action of a meeting that somebody owns. */
  const owned = async (who: string): Promise<{ caseId: string; actionId: string }> => {
    const made = await tells.action(COUNCIL, dayIn(20));
    await tells.send(made.caseId, 'records.case-owner-changed', {
      ...{ caseId: made.caseId, ownerId: staff(who), orgId: org(COUNCIL), previousOwnerId: staff('kit') },
      ...{ previousOrg: org(COUNCIL), byId: staff(who) },
    });
    await tells.heard();
    return made;
  };
  const climb = async (actionId: string, n: number): Promise<void> => {
    const [{ id }] = (await app.sql(
      `UPDATE notifications.deadline_rung r SET at = clock_timestamp() - interval '1 second' FROM notifications.deadline d
        WHERE d.record_id = $1 AND r.deadline_id = d.id AND r.n = $2 RETURNING d.id`,
      [actionId, n],
    )) as [{ id: string }];
    expect(await firing.climb(id, n)).toBe(true);
  };
  const needing = (who: string) =>
    office.to(addressOf(who)).filter(({ raw }) => raw.includes('needs you') || raw.includes('need you'));

  it('go where their reader has shown that they receive, which nobody else sees and no act, event or row tells', async () => {
    const wrong = await app.as('amina').post(`${AT}/contact-details`, { channel: 'email', address: 'amina at home' });
    expect([wrong.status, wrong.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ field: 'address', code: 'wrong-form' }),
    ]);
    const id = await give('amina', 'email', addressOf('amina'));
    await eventually(() => Promise.resolve(office.to(addressOf('amina')).length === 1));
    const code = codeIn(office.posted[0]!.raw);
    const other = code === '000000' ? '000001' : '000000';
    expect((await confirm('lena', id, code)).status).toBe(404);
    for (let i = 0; i < 5; i++) expect((await confirm('amina', id, other)).body.errors[0].code).toBe('wrong');
    expect((await confirm('amina', id, code)).body.errors[0].code).toBe('too-many');
    expect((await app.as('amina').post(`${AT}/contact-details/${id}/codes`, {})).status).toBe(201);
    await eventually(() => Promise.resolve(office.to(addressOf('amina')).length === 2));
    expect((await confirm('amina', id, codeIn(office.posted[1]!.raw))).status).toBe(200);
    expect((await app.as('amina').get(`${AT}/contact-details`)).body.items).toMatchObject([
      { id, address: addressOf('amina'), confirmedAt: expect.any(String) },
    ]);
    expect((await app.as('lena').get(`${AT}/contact-details`)).body.items).toEqual([]);
    expect((await acts('contact-details.confirm', 'amina')).map((a) => a.decision ?? a.outcome)).toEqual([
      ...Array.from({ length: 5 }, () => 'wrong'),
      ...['too-many', 'confirmed'],
    ]);
    const kept = await app.sql<{ row: string }>(
      `SELECT d::text AS row FROM notifications.contact_detail d UNION ALL SELECT convert_from(body, 'UTF8') FROM notifications.outbox
        UNION ALL SELECT i::text FROM notifications.idempotency i UNION ALL SELECT n::text FROM notifications.notice n`,
    );
    const all = kept.map(({ row }) => row).join() + JSON.stringify(await app.acts('notifications'));
    expect([all.includes('amina@'), all.includes(code)]).toEqual([false, false]);
    for (let i = 0; i < 3; i++)
      await app.as('amina').post(`${AT}/contact-details`, { channel: 'text', address: '07700900123' });
    const sixth = await app.as('amina').post(`${AT}/contact-details`, { channel: 'text', address: '07700900123' });
    expect(sixth.body.code).toBe('contact-details.too-many-codes');
  });

  it('tell once of an incident and of several together; in a digest to who chose it; of nothing that was seen meanwhile', async () => {
    expect((await choose('amina', 'none')).body.errors[0]).toMatchObject({ field: 'choices.0.rhythm' });
    expect((await choose('amina', 'daily', false, 'triage')).status).toBe(422);
    expect((await choose('amina', 'now')).status).toBe(200);
    const three = [await owned('amina'), await owned('amina'), await owned('amina')];
    for (const { actionId } of three) await climb(actionId, 1);
    await sendNow();
    expect(needing('amina').map(({ subject }) => subject)).toEqual(['Something needs you in Concordat']);
    expect(needing('amina')[0]!.raw).toContain('3 things need you');
    expect(needing('amina')[0]!.raw).toContain(`${app.running.process.publicUrl}/messages`);
    // Told again before it is late, it is the same incident; once it is late, one word more.
    await climb(three[0]!.actionId, 2);
    await sendNow();
    expect(needing('amina')).toHaveLength(1);
    const again = await owned('amina');
    await climb(again.actionId, 1);
    await sendNow();
    await app.sql(
      `UPDATE notifications.deadline SET due_at = clock_timestamp() - interval '1 hour' WHERE record_id = $1`,
      [again.actionId],
    );
    await climb(again.actionId, 2);
    await sendNow();
    expect(needing('amina')).toHaveLength(3);
    expect(needing('amina')[2]!.raw).toContain('It is late');

    expect((await choose('amina', 'weekly')).status).toBe(200);
    const [a, b, hidden] = [await owned('amina'), await owned('amina'), await owned('amina')];
    for (const { actionId } of [a, b, hidden]) await climb(actionId, 1);
    const [{ n, monday }] = (await app.sql(
      `SELECT count(*)::int AS n, bool_and(to_char(next_at AT TIME ZONE 'Europe/London', 'HH24:MI') = '08:30' AND next_at > clock_timestamp()) AS monday
         FROM notifications.notice WHERE state = 'waiting' AND what = 'weekly'`,
    )) as [{ n: number; monday: boolean }];
    expect([n, monday]).toEqual([1, true]);
    // Open to named staff only, meanwhile.
    await tells.restrict(hidden.caseId, ['kit']);
    await tells.heard();
    await sendNow();
    expect(needing('amina').at(-1)).toMatchObject({ subject: 'What needs you in Concordat' });
    expect(needing('amina').at(-1)!.raw).toContain('2 things need you');
    const seen = await owned('amina');
    await climb(seen.actionId, 1);
    await app.as('amina').post(`${AT}/messages/reading`, {});
    await sendNow();
    expect(needing('amina')).toHaveLength(4);
    expect((await app.sql(`SELECT 1 FROM notifications.notice WHERE state = 'withheld'`)).length).toBe(1);
  });

  it('tell of what happened as well, once for each time, and of nothing that is somebody else’s by then', async () => {
    const before = needing('amina').length;
    const referral = newId();
    const header = { referralId: referral, pathway: 'prevent', areaId: newId(), referringOrg: org('harbour-housing') };
    const assign = async (to: string) => {
      await tells.send(referral, 'referrals.referral-assigned', {
        ...{ ...header, receivingOrg: org(COUNCIL), assignedTo: staff(to), byId: staff('kit') },
      });
      await tells.heard();
    };
    await assign('amina');
    await sendNow();
    expect(needing('amina').slice(before)).toMatchObject([{ subject: 'Something needs you in Concordat' }]);
    expect(needing('amina').at(-1)!.raw).not.toContain(referral);
    await assign('lena');
    await assign('amina');
    await assign('lena'); // before it goes out
    await sendNow();
    expect(needing('amina')).toHaveLength(before + 1);
    expect((await choose('amina', 'none', false, 'referral-assigned')).status).toBe(422);
    expect((await choose('amina', 'weekly', false, 'action-proposed')).status).toBe(200);
  });

  it('that are not taken are tried again under one id; what is refused is shown to an administrator, and tried again by them', async () => {
    await reached('jo');
    expect((await choose('jo', 'now')).status).toBe(200);
    office.loses = 1;
    await climb((await owned('jo')).actionId, 1);
    await sendNow();
    expect((await app.as('lena').get(`${AT}/notices/failures`)).body.heldUp).toEqual({
      count: 1,
      since: expect.any(String),
    });
    await sendNow();
    expect(needing('jo')).toHaveLength(2);
    expect(new Set(needing('jo').map(({ messageId }) => messageId)).size).toBe(1);

    office.refusals.set(addressOf('jo'), { code: 550, words: `5.1.1 <${addressOf('jo')}> is unknown here` });
    await climb((await owned('jo')).actionId, 1);
    await sendNow();
    const { items } = (await app.as('lena').get(`${AT}/notices/failures`)).body as { items: { id: string }[] };
    expect(items).toMatchObject([{ userId: staff('jo'), channel: 'email', failure: 'recipient-refused' }]);
    expect(JSON.stringify(items)).not.toContain('@');
    expect((await app.as('zola').get(`${AT}/notices/failures`)).body.items).toEqual([]);
    expect((await app.as('amina').get(`${AT}/notices/failures`)).status).toBe(403);
    const retry = (who: string) => app.as(who).post(`${AT}/notices/${items[0]!.id}/retry`, {});
    expect((await app.as('jo').get(`${AT}/contact-details`)).body.items[0].failedAt).not.toBeNull();
    await climb((await owned('jo')).actionId, 1); // nothing more goes to an address that refuses
    await sendNow();
    expect((await retry('zola')).status).toBe(404);
    office.refusals.clear();
    expect((await retry('lena')).status).toBe(200);
    await sendNow();
    expect(needing('jo')).toHaveLength(3);
    expect((await app.as('jo').get(`${AT}/contact-details`)).body.items[0].failedAt).toBeNull();
    expect((await acts('notice.retry')).map((a) => a.outcome)).toEqual(['denied', 'done']);
    const recorded = (await acts('notice.record-outcome')).flatMap((a) => a.reasons ?? []);
    expect(recorded).toEqual(['notice.recipient-refused']);
    expect((await acts('notice.send')).length).toBeGreaterThan(0);
    expect((await acts('notice.list-failures', 'amina')).map((a) => a.outcome)).toEqual(['denied']);
  });

  it('are said to have arrived, or not, by whoever shows the token for that', async () => {
    const [{ id }] = (await app.sql(
      `SELECT id FROM notifications.notice WHERE state = 'sent' AND what = 'now' AND user_id = $1 LIMIT 1`,
      [staff('jo')],
    )) as [{ id: string }];
    const tell = async (token: string, status: string, reference = id) => {
      const body = JSON.stringify({ id: newId(), reference, to: addressOf('jo'), status, notification_type: 'email' });
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${app.url}${AT}/receipts`, { method: 'POST', headers, body });
      return [answer.status, ((await answer.json()) as { taken?: boolean }).taken];
    };
    expect(await tell('somebody-else', 'delivered')).toEqual([404, undefined]);
    expect(await tell(TOKEN, 'delivered', newId())).toEqual([200, false]);
    expect(await tell(TOKEN, 'sending')).toEqual([200, false]);
    expect(await tell(TOKEN, 'permanent-failure')).toEqual([200, true]);
    expect(await tell(TOKEN, 'permanent-failure')).toEqual([200, false]);
    expect((await app.as('jo').get(`${AT}/contact-details`)).body.items[0].failedAt).not.toBeNull();

    // What may pass says as much of an address once it has happened three times in a row.
    const rows = await app.sql<{ id: string }>(
      `INSERT INTO notifications.notice (id, user_id, org_id, channel, what, state, attempts, made_at, next_at, ended_at)
       SELECT gen_random_uuid(), $1, $2, 'email', 'now', 'sent', 1, now(), now(), now() FROM generate_series(1, 4) RETURNING id`,
      [staff('amina'), org(COUNCIL)],
    );
    const failed = async () => (await app.as('amina').get(`${AT}/messages`)).body.unreached.length as number;
    const known: number[] = [];
    for (const { id: each } of rows.slice(0, 3)) {
      await tell(TOKEN, 'temporary-failure', each);
      known.push(await failed());
    }
    expect(known).toEqual([0, 0, 1]);
    const { unreached } = (await app.as('lena').get(`${AT}/notices/failures`)).body;
    expect(unreached).toContainEqual({ userId: staff('amina'), channel: 'email', since: expect.any(String) });
    expect(JSON.stringify(unreached)).not.toContain('@');
    await tell(TOKEN, 'delivered', rows[3]!.id);
    expect(await failed()).toBe(0);
  });

  it('by text go to a mailbox here, at once and only for who asked for that; an address is gone when it is taken away', async () => {
    const id = await give('kit', 'text', '07700 900456');
    const shown = async () => (await app.as('kit').get(`${AT}/mailbox`)).body.items as { to: string; text: string }[];
    await eventually(async () => (await shown()).some(({ to }) => to === '+447700900456'));
    expect((await confirm('kit', id, codeIn((await shown())[0]!.text))).status).toBe(200);
    await climb((await owned('kit')).actionId, 1);
    expect((await choose('kit', 'daily', true)).body.errors[0].code).toBe('not-at-once');
    expect((await choose('kit', 'now', true)).status).toBe(200);
    await climb((await owned('kit')).actionId, 1);
    await sendNow();
    expect((await shown())[0]!.text).toBe(
      `Something needs you in Concordat. Sign in to see what it is: ${app.running.process.publicUrl}/messages`,
    );
    expect((await app.as('kit').post(`${AT}/contact-details/${id}/removal`, {})).status).toBe(200);
    expect((await app.as('kit').get(`${AT}/contact-details`)).body.items).toEqual([]);
    for (const action of ['contact-details.view', 'contact-details.give', 'contact-details.remove'])
      expect((await acts(action, 'kit')).at(-1)?.outcome).toBe('done');
    expect((await acts('contact-details.send-code')).map((a) => a.actor)).toEqual([staff('amina')]);
    expect((await acts('message.choose', 'kit')).map((a) => a.outcome)).toEqual(['failed', 'done']);
    expect((await app.as('kit').get(`${AT}/message-choices`)).body.items).toContainEqual(
      expect.objectContaining({ kind: 'conference-action', rhythm: 'now', byText: true }),
    );
    // Counting one's own, every half minute in every session, is no act.
    const before = (await app.acts('notifications')).filter((a) => a.actor === staff('kit')).length;
    expect((await app.as('kit').get(`${AT}/messages/unread`)).body).toEqual({ unread: 2 });
    expect((await app.acts('notifications')).filter((a) => a.actor === staff('kit')).length).toBe(before);
    const [looked] = [await acts('message.view-choices', 'kit'), await acts('mailbox.view', 'kit')].map(
      (a) => a.length > 0,
    );
    expect(looked).toBe(true);
  });

  it('forget the addresses of who does not work there any more', async () => {
    await app.sql(`UPDATE notifications.member SET active = false WHERE user_id = $1`, [staff('jo')]);
    await (sender as unknown as { forget(): Promise<void> }).forget();
    expect(await app.sql('SELECT 1 FROM notifications.contact_detail WHERE user_id = $1', [staff('jo')])).toEqual([]);
    expect((await acts('contact-details.forget')).length).toBe(1);
  });

  it('name nobody, whoever they are about: not in a single letter', () => {
    const demo = readFileSync('packs/demo/partnership.yaml', 'utf8');
    const names = [...demo.matchAll(/(?:displayName|name): (.+)/g)].map(([, name]) => name!);
    const canaries = [...names.flatMap((name) => name.split(' ')).filter((word) => word.length > 3), ...names];
    expect(office.posted.length).toBeGreaterThan(9);
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
    for (const { raw, to, messageId } of office.posted) {
      const said = raw.replaceAll('=\r\n', '').replaceAll(to, '').replaceAll(messageId, '');
      expect(canaries.filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(said))).toEqual([]);
      expect(said.match(id)).toBeNull();
    }
  });

  it('leave by what the settings name and by nothing else; a secret that is not there stops the start', () => {
    const { SMTP_URL: _, ...given } = app.running.settings;
    const settings: Settings = { ...given, production: true };
    const none = new Carriers(settings);
    expect([none.of('email'), none.of('text'), none.mailbox]).toEqual([null, null, null]);
    expect(() => new Carriers({ ...settings, NOTIFY_TEXT_TEMPLATE: newId() })).toThrow('a file notify-key');
    writeFileSync(join(secrets, 'notify-key'), `test-${newId()}-${newId()}`);
    const both = new Carriers({
      ...settings,
      NOTIFY_EMAIL_TEMPLATE: newId(),
      NOTIFY_TEXT_TEMPLATE: newId(),
    });
    expect([both.of('email')?.name, both.of('text')?.name, both.mailbox]).toEqual(['notify', 'notify', null]);
  });
});
