import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwAwayCertificates } from '../../../../tools/infrastructure/certificates';
import { Smtp } from '../carriers/smtp';
import { Happenings, org, staff } from '../happenings.testing';
import { NotificationsModule } from '../notifications.module';
import { PostOffice, type Posted } from '../post-office.testing';
import { BounceMailbox } from './bounce-mailbox';
import { NoticeSender } from './sender';

const AT = '/api/notifications';
const AMINA = 'amina@northbank.example';
/** What a mail server says of a letter that it took and could not deliver. */
const word = (status: string, action = 'failed'): string =>
  [
    ...['From: postmaster@mail.example', 'Subject: Undelivered', 'MIME-Version: 1.0'],
    ...[
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
    ],
    ...['', 'It could not be delivered.', '--b', 'Content-Type: message/delivery-status', ''],
    ...['Reporting-MTA: dns; mail.example', '', `Final-Recipient: rfc822; ${AMINA}`, `Action: ${action}`],
    ...[`Status: ${status}`, '', '--b--', ''],
  ].join('\r\n');

describe('e-mail that comes back', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'concordat-secrets-'));
  const made = throwAwayCertificates(secrets);
  const tls = { key: readFileSync(made.key), cert: readFileSync(made.certificate) };
  const authority = readFileSync(made.authority, 'utf8');
  const office = new PostOffice(tls);
  let app: TestApp;
  let tells: Happenings;
  let port: number;
  let url: string;
  beforeAll(async () => {
    copyFileSync(made.key, join(secrets, 'bounce-key.pem'));
    copyFileSync(made.certificate, join(secrets, 'bounce-cert.pem'));
    url = await office.start();
    app = await startApp([NotificationsModule], {
      ...{ SMTP_URL: url, MAIL_FROM: 'Concordat <no-reply@concordat.example>', TLS_CA_FILE: made.authority },
      ...{ BOUNCE_ADDRESS: 'bounces@concordat.example', BOUNCE_PORT: '0', MESSAGE_SECRETS_FOLDER: secrets },
    });
    tells = new Happenings(app);
    port = app.running.app.get(BounceMailbox, { strict: false }).port!;
    await app.as('amina').post(`${AT}/contact-details`, { channel: 'email', address: AMINA });
    await eventually(() => Promise.resolve(office.to(AMINA).length === 1));
    const code = /code is (\d{6})/.exec(office.posted[0]!.raw)![1]!;
    const { items } = (await app.as('amina').get(`${AT}/contact-details`)).body as { items: { id: string }[] };
    await app.as('amina').post(`${AT}/contact-details/${items[0]!.id}/confirmation`, { code });
  });
  afterAll(async () => {
    await app?.stop();
    await office.stop();
    rmSync(secrets, { recursive: true });
  });

  /** Something that Amina is told of: the letter that goes out. */
  const told = async (): Promise<Posted> => {
    const before = office.to(AMINA).length;
    const referralId = newId();
    await tells.send(referralId, 'referrals.referral-assigned', {
      ...{ referralId, pathway: 'prevent', areaId: newId(), referringOrg: org('harbour-housing') },
      ...{ receivingOrg: org('northbank-council'), assignedTo: staff('amina'), byId: staff('kit') },
    });
    await tells.heard();
    await app.sql(`UPDATE notifications.notice SET next_at = clock_timestamp() WHERE state = 'waiting'`);
    await eventually(() => Promise.resolve(office.to(AMINA).length > before));
    await eventually(
      async () => (await app.sql(`SELECT 1 FROM notifications.notice WHERE state = 'sending'`)).length === 0,
    );
    return office.to(AMINA).at(-1)!;
  };
  /** Sends on what came back, as the mail server of the agency does. */
  const comesBack = (to: string, raw: string) =>
    createTransport({ host: '127.0.0.1', port, requireTLS: true, tls: { ca: authority } }).sendMail({
      envelope: { from: '', to },
      raw,
    });
  const unreached = async () => (await app.as('amina').get(`${AT}/messages`)).body.unreached.length as number;
  const outcomes = async () =>
    (await app.acts('notifications')).filter((a) => a.action === 'notice.record-outcome').map((a) => a.decision);

  it('goes out encrypted to a server that one’s own authority vouches for, and to no other', async () => {
    expect((await told()).secure).toBe(true);
    const letter = { id: newId(), channel: 'email', to: AMINA, subject: 'Something', text: 'needs you' } as const;
    const from = 'Concordat <no-reply@concordat.example>';
    const by = { url, from, password: null, encryptedOnly: true };
    const before = office.posted.length;
    expect(await new Smtp({ ...by, authority: null }).carry(letter)).toEqual({ outcome: 'later' });
    const plain = new PostOffice();
    try {
      const bare = new Smtp({ ...by, url: await plain.start(), authority });
      expect(await bare.carry(letter)).toEqual({ outcome: 'later' });
      expect([plain.posted.length, office.posted.length]).toEqual([0, before]);
    } finally {
      await plain.stop();
    }
    expect(await new Smtp({ ...by, authority }).carry(letter)).toEqual({ outcome: 'taken' });
  });

  it('is of the notice that its address names, marks where it went, and is told to an administrator without that', async () => {
    const { back, raw } = await told();
    expect(back).toMatch(/^bounces\+[0-9a-f]{52}@concordat\.example$/);
    expect(raw).toContain('From: Concordat <no-reply@concordat.example>');
    await comesBack(back, 'Subject: I am on leave\r\n\r\nStatus: 5.1.1\r\n');
    await comesBack(back, word('4.4.1', 'delayed'));
    await expect(comesBack(back.replace(/\+.{8}/, '+00000000'), word('5.1.1'))).rejects.toMatchObject({
      responseCode: 550,
    });
    expect(await unreached()).toBe(0);
    await comesBack(back, word('5.1.1'));
    await comesBack(back, word('5.1.1')); // said twice
    expect(await unreached()).toBe(1);
    const { items, unreached: people } = (await app.as('lena').get(`${AT}/notices/failures`)).body;
    expect(items).toMatchObject([{ userId: staff('amina'), failure: 'recipient-refused' }]);
    expect(people).toMatchObject([{ userId: staff('amina'), channel: 'email' }]);
    expect((await outcomes()).filter((decision) => decision === 'recipient-refused')).toHaveLength(1);
    expect(JSON.stringify([items, people, await app.acts('notifications')])).not.toContain('@northbank');
  });

  it('for what may pass marks an address once it happened three times in a row; days of silence after a letter end the row', async () => {
    await app.sql('UPDATE notifications.contact_detail SET failed_at = NULL, failures = 0');
    await app.sql('DELETE FROM notifications.notice');
    const full = async () => comesBack((await told()).back, word('5.2.2'));
    await full();
    await full();
    // One that was not heard of again: long ago, and later than those.
    await told();
    const sender = app.running.app.get<{ forget(): Promise<void> }>(NoticeSender, { strict: false });
    const forget = () => sender.forget();
    const failures = async () =>
      (await app.sql<{ failures: number }>('SELECT failures FROM notifications.contact_detail'))[0]!.failures;
    await forget();
    expect(await failures()).toBe(2);
    await app.sql(`UPDATE notifications.notice SET ended_at = ended_at - interval '7 days'`);
    await forget();
    expect([await failures(), await unreached()]).toEqual([0, 0]);
    for (let i = 0; i < 3; i++) await full();
    expect(await unreached()).toBe(1);
  });
});
