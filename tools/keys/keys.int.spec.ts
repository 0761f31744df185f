import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { NotificationsModule } from '@concordat-app/notifications';
import { readSettings, run, type Running, type Settings } from '@concordat/platform';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../infrastructure/server-process';
import { keysInUse, resealAll } from './keys';

const MODULES = [IdentityModule, NotificationsModule, AuditModule];
const key = (): string => randomBytes(32).toString('base64');

describe('a change of keys', () => {
  const [wrapA, wrapB, detailA, detailB] = [key(), key(), key(), key()];
  const signing = generateKeyPairSync('ed25519');
  let app: TestApp;
  let running: Running;
  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    const SMTP_URL = 'smtp://mail.example:25';
    app = await startApp(MODULES, {
      ...{ PORT: String(port), LEDGER_WRAP_KEY: wrapA, AUDIT_DETAIL_KEY: detailA },
      LEDGER_KEY: signing.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      ...{ SMTP_URL, MAIL_FROM: 'Concordat <no-reply@concordat.example>', LOG_LEVEL: 'silent' },
    });
    running = app.running;
  });
  afterAll(async () => {
    await running?.stop();
    await app?.stop();
  });

  const settings = (keys: Partial<Settings>): Settings => ({ ...app.running.settings, ...keys });
  const today = { LEDGER_WRAP_KEY: wrapB, AUDIT_DETAIL_KEY: detailB };
  const changing = { ...today, LEDGER_WRAP_KEY_ALSO: wrapA, AUDIT_DETAIL_KEY_ALSO: detailA };
  const restart = async (keys: Partial<Settings>): Promise<void> => {
    await running.stop();
    running = await run('test', MODULES, settings(keys));
  };
  const looked = async (keys: Partial<Settings>) =>
    Object.fromEntries(
      (await keysInUse(app.database.adminUrl, settings(keys))).found.map(({ place, standing }) => [place, standing]),
    );

  /** Everything on the trail so far, each read through its own key: none altered, none unreadable. */
  const trail = async (): Promise<{ action: string; intact: boolean; detail: object | null }[]> => {
    const items: { action: string; intact: boolean; detail: object | null }[] = [];
    for (let after = ''; ;) {
      const { status, body } = await app.as('erin').get(`/api/audit/trail?all=true&limit=100${after}`);
      expect(status).toBe(200);
      items.push(...body.items);
      if (!body.next) return items;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
  };
  const seals = (action: string) =>
    eventually(async () => expect((await trail()).map((t) => t.action)).toContain(action), { timeoutMs: 20_000 });
  const address = async () => (await app.as('kit').get('/api/notifications/contact-details')).body.items[0].address;

  it('is read by both, sealed by the new one, sealed anew by a command that goes on where it stopped, and done', async () => {
    const given = { channel: 'email', address: 'kit@northbank.example' };
    expect((await app.as('kit').post('/api/notifications/contact-details', given)).status).toBe(201);
    await seals('contact-details.give');
    const before = (await trail()).length;

    await restart(changing);
    expect(await address()).toBe(given.address);
    expect((await app.as('bevan').post('/api/notifications/contact-details', given)).status).toBe(201);
    await eventually(async () => expect((await trail()).length).toBeGreaterThan(before + 1), { timeoutMs: 20_000 });
    expect((await trail()).every(({ intact, detail }) => intact && detail !== null)).toBe(true);
    const mixed = await looked(changing);
    expect(mixed['notifications.contact_detail.sealed']).toEqual({ total: 2, older: 1, lost: 0 });
    expect(mixed['audit.data_key.wrapped']!.older).toBeGreaterThan(0);
    expect(mixed['audit.data_key.wrapped']!.lost).toBe(0);

    // Stopped after its first place: what is done stays done, the rest is done by the next call.
    const stopped = resealAll(app.database.adminUrl, settings(changing), () => {
      throw new Error('stopped');
    });
    await expect(stopped).rejects.toThrow('stopped');
    const half = await looked(changing);
    expect([half['audit.data_key.wrapped']!.older, half['notifications.contact_detail.sealed']!.older]).toEqual([0, 1]);
    await resealAll(app.database.adminUrl, settings(changing), () => undefined);
    const done = await looked(changing);
    expect(Object.values(done).filter((s) => s!.older > 0 || s!.lost > 0)).toEqual([]);
    const acts = await app.sql<{ items: string[] }>(
      ['audit', 'notifications']
        .map(
          (c) => `SELECT convert_from(body, 'UTF8')::jsonb #> '{data,items}' AS items FROM ${c}.act
                   WHERE convert_from(body, 'UTF8')::jsonb #>> '{data,action}' = 'key.reseal'`,
        )
        .join(' UNION ALL '),
    );
    expect(acts.map(({ items }) => items)).toEqual([
      ['data_key.wrapped'],
      ['contact_detail.sealed'],
      ['contact_detail.code_sealed'],
    ]);
    await eventually(async () => expect((await keysInUse(app.database.adminUrl, settings(changing))).passing).toBe(0));

    await restart(today);
    expect(await address()).toBe(given.address);
    await seals('key.reseal');
    expect((await trail()).every(({ intact, detail }) => intact && detail !== null)).toBe(true);
    const old = await looked({ LEDGER_WRAP_KEY: wrapA, AUDIT_DETAIL_KEY: detailA });
    expect(old['audit.data_key.wrapped']!.lost).toBe(old['audit.data_key.wrapped']!.total);
  }, 120_000);

  it('signs the ledger under the key that is given, and keeps it nowhere', async () => {
    const vkey = await (await fetch(`${app.url}/api/audit/vkey`)).text();
    const { x = '' } = signing.publicKey.export({ format: 'jwk' });
    // C2SP signed-note: name, hash and, after a byte for Ed25519, the public key.
    const encoded = vkey.trim().split('+').slice(2).join('+');
    expect(Buffer.from(encoded, 'base64').subarray(1).toString('base64url')).toBe(x);
    expect(readdirSync(join(app.running.settings.dataDir, 'ledger'))).not.toContain('signing-key.pem');
  });

  it('takes a key from a file, and from a key store’s command that opens it', () => {
    const at = (name: string): string => join(app.running.settings.dataDir, name);
    const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: 'pipe' });
    openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', at('store.pem'));
    writeFileSync(at('plain'), `${wrapB}\n`);
    openssl('pkeyutl', '-encrypt', '-inkey', at('store.pem'), '-in', at('plain'), '-out', at('wrapped'));
    const store = `openssl pkeyutl -decrypt -inkey ${at('store.pem')} -in ${at('wrapped')}`;
    const made = 'openssl genpkey -algorithm ed25519';
    const ways = {
      LEDGER_WRAP_KEY_COMMAND: store,
      AUDIT_DETAIL_KEY_FILE: at('plain'),
      LEDGER_KEY_COMMAND: made,
    };
    const read = readSettings('test', ways);
    expect([read.LEDGER_WRAP_KEY, read.AUDIT_DETAIL_KEY]).toEqual([wrapB, wrapB]);
    expect(read.LEDGER_KEY).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(() => readSettings('test', { LEDGER_WRAP_KEY_COMMAND: `${store}-gone` })).toThrow(
      /LEDGER_WRAP_KEY_COMMAND ended/,
    );
    expect(() => readSettings('test', { AUDIT_DETAIL_KEY_FILE: at('nowhere') })).toThrow('ENOENT');
    const both = { LEDGER_WRAP_KEY: wrapA, LEDGER_WRAP_KEY_FILE: at('plain') };
    expect(() => readSettings('test', both)).toThrow('more than one way');
  });
});
