import { eventually, startApp, type TestApp } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import { NotificationsModule } from '../notifications.module';
import { Consumer, libraryTakes, verifies } from './consumer.testing';

const WEBHOOKS = '/api/notifications/webhooks';
/** 60 in the test run; by hand as many as one likes. */
const EVENTS = Number(process.env['WEBHOOK_EVENTS'] ?? 60);
const FLAG = 'records.case-flag-changed.v1';

describe('webhooks of agencies', () => {
  let app: TestApp;
  let council: string;
  const [open, closed, foreign] = [randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    app = await startApp([NotificationsModule], { WEBHOOK_PRIVATE_RANGES: '127.0.0.1/32', LOG_LEVEL: 'silent' });
    council = (await app.as('lena').get('/api/identity/me')).body.organisation.id;
    await app.sql(
      `INSERT INTO notifications.case_access (case_id, org_id, level, restricted, since)
       VALUES ($1, $3, 'lead', false, now()), ($2, $3, 'lead', true, now())`,
      [open, closed, council],
    );
  });
  afterAll(() => app?.stop());

  const lena = () => app.as('lena');
  const register = async (url: string, events = [FLAG]) => (await lena().post(WEBHOOKS, { url, events })).body;
  const share = (id: string, to: 'new' | 'none', version: number, key?: string) =>
    lena().post(`${WEBHOOKS}/${id}/shared-secret`, { to }, { version, ...(key ? { key } : {}) });
  const view = async (id: string) => (await lena().get(`${WEBHOOKS}/${id}`)).body;
  const acts = async (action: string) => (await app.acts('notifications')).filter((a) => a.action === action);

  /** Events as records would have sent them. Answers their ids. */
  async function happen(count: number, caseId = open, type = FLAG): Promise<string[]> {
    const events = Array.from({ length: count }, () => {
      const [id, stream] = [randomUUID(), randomUUID()];
      const data = { caseId, flag: 'urgent', on: true };
      return {
        id,
        stream,
        body: JSON.stringify({
          specversion: '1.0',
          id,
          source: 'records',
          subject: stream,
          type,
          time: new Date().toISOString(),
          datacontenttype: 'application/json',
          dataschema: `urn:concordat:schema:${type}`,
          partitionkey: stream,
          caseversion: '1',
          correlationid: randomUUID(),
          data,
        }),
      };
    });
    await app.sql(
      `INSERT INTO notifications.inbox (source, stream_id, stream_version, event_id, body)
       SELECT 'records', s, 1, e, convert_to(b, 'UTF8') FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS x (s, e, b)`,
      [events.map((e) => e.stream), events.map((e) => e.id), events.map((e) => e.body)],
    );
    return events.map((e) => e.id);
  }
  const heard = (ids: string[]) =>
    eventually(
      async () => {
        const rows = await app.sql(
          `SELECT DISTINCT event_id FROM notifications.webhook_delivery WHERE event_id = ANY ($1)`,
          [ids],
        );
        expect(rows).toHaveLength(ids.length);
      },
      { timeoutMs: 60_000 },
    );
  /** Back-off is of no interest here: what waits is due now. */
  const hurry = () =>
    app.sql(
      `UPDATE notifications.webhook_delivery SET next_at = now() WHERE state = 'pending' AND leased_until IS NULL`,
    );

  it(
    `I11: a consumer that fails 30 % of requests and is down for a while gets each of ${EVENTS} events under one id`,
    async () => {
      const consumer = new Consumer(20_261_129, 0.3);
      await consumer.up();
      try {
        const { id } = await register(consumer.url);
        const { secret } = (await share(id, 'new', 1)).body;
        const first = await happen(EVENTS / 2);
        await eventually(() => expect(consumer.taken.size).toBeGreaterThan(EVENTS / 10), { timeoutMs: 60_000 });
        await consumer.down();
        const ids = [...first, ...(await happen(EVENTS / 2))];
        await heard(ids);
        await eventually(async () => {
          const [attempt] = await app.sql(
            `SELECT 1 FROM notifications.webhook_attempt WHERE webhook_id = $1 AND outcome = 'unreachable'`,
            [id],
          );
          expect(attempt).toBeDefined();
        });
        await consumer.up();
        await eventually(
          async () => {
            await hurry();
            expect(consumer.taken.size).toBe(ids.length);
          },
          { timeoutMs: 60_000 + EVENTS * 100 },
        );

        expect([...consumer.taken].sort()).toEqual(ids.map((each) => `msg_${each}`).sort());
        const [key] = (await view(id)).keys;
        const bodies = new Map<string, string>();
        for (const got of consumer.got) {
          expect([verifies(got, key.publicKey), libraryTakes(got, secret)]).toEqual([true, true]);
          expect(bodies.get(got.id) ?? got.body).toBe(got.body);
          bodies.set(got.id, got.body);
        }
        expect(consumer.failed).toBeGreaterThan(EVENTS * 0.2);
        const [{ signature }] = consumer.got as [(typeof consumer.got)[number]];
        expect(signature).toMatch(/^v1a,\S+ v1,\S+$/);
        for (const wrong of [{ body: '{}' }, { id: 'msg_other' }])
          expect([
            verifies({ ...consumer.got[0]!, ...wrong }, key.publicKey),
            libraryTakes({ ...consumer.got[0]!, ...wrong }, secret),
          ]).toEqual([false, false]);
        expect(verifies({ ...consumer.got[0]!, timestamp: 1 }, key.publicKey)).toBe(false);
        expect(JSON.parse(consumer.got[0]!.body)).toEqual({
          ...{ type: FLAG, timestamp: expect.any(String) },
          data: { id: expect.any(String), version: '1', caseId: open },
        });
        await eventually(async () => expect((await view(id)).waiting).toBe(0));
        const delivered = (await acts('webhook.deliver')).at(-1);
        expect(delivered).toMatchObject({
          outcome: 'done',
          recipients: [{ org: council, channel: 'webhook' }],
          items: [FLAG],
        });
        expect((await acts('webhook.record-outcome')).length).toBeGreaterThan(0);
        expect((await lena().post(`${WEBHOOKS}/${id}/switch`, { to: 'off' }, { version: 2 })).status).toBe(200);
      } finally {
        await consumer.down();
      }
    },
    120_000 + EVENTS * 200,
  );

  it('tells agencies that take part, of what is not restricted, also when that has changed since; and no other agency manages it', async () => {
    const consumer = new Consumer(1, 0);
    await consumer.up();
    try {
      const { id } = await register(consumer.url);
      const later = randomUUID();
      await app.sql(
        `INSERT INTO notifications.case_access (case_id, org_id, level, restricted, since) VALUES ($1, $2, 'lead', false, now())`,
        [later, council],
      );
      await lena().post(`${WEBHOOKS}/${id}/switch`, { to: 'off' }, { version: 1 });
      const [one] = await happen(1);
      const [withheld] = await happen(1, later);
      await happen(1, closed);
      await happen(1, foreign);
      await heard([one!, withheld!]);
      await app.sql(
        `INSERT INTO notifications.restricted_record (restriction_id, record_id, named) VALUES ($1, $2, '{}')`,
        [randomUUID(), later],
      );
      await lena().post(`${WEBHOOKS}/${id}/switch`, { to: 'on' }, { version: 2 });
      await eventually(async () => {
        const rows = await app.sql(`SELECT event_id, state FROM notifications.webhook_delivery WHERE webhook_id = $1`, [
          id,
        ]);
        expect(new Map(rows.map((r) => [r['event_id'], r['state']]))).toEqual(
          new Map([
            [one, 'delivered'],
            [withheld, 'withheld'],
          ]),
        );
      });
      expect(consumer.got.map((g) => g.id)).toEqual([`msg_${one}`]);

      expect((await app.as('zola').get(`${WEBHOOKS}/${id}`)).status).toBe(404);
      expect((await app.as('zola').post(`${WEBHOOKS}/${id}/replays`, { eventId: one })).status).toBe(404);
      expect((await app.as('amina').get(WEBHOOKS)).status).toBe(403);
      expect((await app.as('zola').get(WEBHOOKS)).body.webhooks).toEqual([]);
      expect((await acts('webhook.list')).some((a) => a.outcome === 'done')).toBe(true);

      // Sent again: under the id that it had, and only what may still be heard.
      expect((await lena().post(`${WEBHOOKS}/${id}/replays`, { eventId: withheld })).status).toBe(404);
      const span = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
      expect((await lena().post(`${WEBHOOKS}/${id}/replays`, span)).status).toBe(200);
      await eventually(() => expect(consumer.got.map((g) => g.id)).toEqual([`msg_${one}`, `msg_${one}`]));
      expect((await lena().post(`${WEBHOOKS}/${id}/replays`, { from: span.from })).body.errors[0].field).toBe('from');
      expect((await acts('webhook.replay')).find((a) => a.outcome === 'done')?.detail).toMatchObject({ count: 1 });
      expect((await acts('webhook.switch')).map((a) => a.items?.[0])).toEqual(expect.arrayContaining(['off', 'on']));
    } finally {
      await consumer.down();
    }
  });

  it('shares a secret with whoever asks for one: shown once, changed with an overlap, kept sealed and given up', async () => {
    const consumer = new Consumer(1, 0);
    await consumer.up();
    try {
      const { id } = await register(consumer.url);
      const tested = async () => {
        const before = consumer.got.length;
        await lena().post(`${WEBHOOKS}/${id}/tests`, {});
        await eventually(() => expect(consumer.got).toHaveLength(before + 1));
        return consumer.got.at(-1)!;
      };
      expect((await tested()).signature).toMatch(/^v1a,\S+$/);
      expect((await share(id, 'none', 1)).body.code).toBe('webhook.no-secret');
      const key = randomUUID();
      const first = (await share(id, 'new', 1, key)).body.secret as string;
      expect(first).toMatch(/^whsec_[\w+/]{43}=$/);
      expect((await share(id, 'new', 1, key)).body).toMatchObject({ version: 2, secret: null });
      const second = (await share(id, 'new', 2)).body.secret as string;
      expect((await share(id, 'new', 3)).body.code).toBe('webhook.two-secrets');
      const both = await tested();
      expect([first, second].map((secret) => libraryTakes(both, secret))).toEqual([true, true]);
      expect(verifies(both, (await view(id)).keys[0].publicKey)).toBe(true);
      expect((await view(id)).sharedSecrets).toEqual([
        { madeAt: expect.any(String), endsAt: expect.any(String) },
        { madeAt: expect.any(String), endsAt: null },
      ]);
      await app.sql(
        `UPDATE notifications.webhook_shared_secret SET ends_at = now() WHERE webhook_id = $1 AND ends_at IS NOT NULL`,
        [id],
      );
      const later = await tested();
      expect([first, second].map((secret) => libraryTakes(later, secret))).toEqual([false, true]);
      const rows = await app.sql<{ row: string }>(
        `SELECT i::text AS row FROM notifications.idempotency i UNION ALL SELECT s::text FROM notifications.webhook_shared_secret s`,
      );
      const all = rows.map(({ row }) => row).join() + JSON.stringify(await app.acts('notifications'));
      const forms = [first, second].flatMap((secret) => {
        const shown = secret.slice('whsec_'.length);
        return [shown, Buffer.from(shown, 'base64').toString('hex')];
      });
      expect(forms.filter((form) => all.includes(form))).toEqual([]);
      expect((await share(id, 'none', 3)).body).toMatchObject({ version: 4, secret: null });
      expect((await tested()).signature).toMatch(/^v1a,\S+$/);
      expect((await app.as('zola').post(`${WEBHOOKS}/${id}/shared-secret`, { to: 'new' }, { version: 4 })).status).toBe(
        404,
      );
      const done = (await acts('webhook.change-secret')).filter(
        (a) => a.outcome === 'done' && a.objects.some((o) => o.id === id),
      );
      expect(done.map((a) => a.items)).toEqual([['new'], ['new'], ['none']]);
    } finally {
      await consumer.down();
    }
  });

  it('changes keys with an overlap in which both sign, and sends a test', async () => {
    const consumer = new Consumer(1, 0);
    await consumer.up();
    try {
      const { id } = await register(consumer.url);
      expect((await lena().post(`${WEBHOOKS}/${id}/keys`, {}, { version: 1 })).body).toMatchObject({ version: 2 });
      expect((await lena().post(`${WEBHOOKS}/${id}/keys`, {}, { version: 2 })).body.code).toBe('webhook.two-keys');
      expect((await lena().post(`${WEBHOOKS}/${id}/tests`, {})).status).toBe(201);
      await eventually(() => expect(consumer.got).toHaveLength(1));
      const { keys } = await view(id);
      expect(keys.map((k: { publicKey: string }) => verifies(consumer.got[0]!, k.publicKey))).toEqual([true, true]);
      expect(JSON.parse(consumer.got[0]!.body).type).toBe('webhook.test.v1');
      await app.sql(
        `UPDATE notifications.webhook_key SET ends_at = now() WHERE webhook_id = $1 AND ends_at IS NOT NULL`,
        [id],
      );
      await lena().post(`${WEBHOOKS}/${id}/tests`, {});
      await eventually(() => expect(consumer.got).toHaveLength(2));
      expect(keys.map((k: { publicKey: string }) => verifies(consumer.got[1]!, k.publicKey))).toEqual([false, true]);

      // The log goes back to all that is kept, a page at a time.
      await app.sql(
        `INSERT INTO notifications.webhook_delivery (webhook_id, event_id, type, body, records, made_at, next_at, state)
         SELECT $1, gen_random_uuid(), $2, '', '{}', now() - n * interval '1 minute', now(), 'delivered' FROM generate_series(1, 228) n`,
        [id, FLAG],
      );
      const seen = new Set<string>();
      let next: string | null = '';
      const sizes: number[] = [];
      while (next !== null) {
        const { body } = await lena().get(`${WEBHOOKS}/${id}${next && `?cursor=${next}`}`);
        const page = body as { log: { eventId: string }[]; next: string | null };
        for (const { eventId } of page.log) seen.add(eventId);
        sizes.push(page.log.length);
        next = page.next;
      }
      expect([sizes, seen.size]).toEqual([[100, 100, 30], 230]);
      const first = await view(id);
      expect([first.says, first.log[0].says, first.previous]).toEqual([['A flag of a case changed'], 'A test', null]);
      const kept = await app.sql<{ sealed: Buffer }>(
        `SELECT sealed FROM notifications.webhook_key WHERE webhook_id = $1`,
        [id],
      );
      expect(kept.map((k) => k.sealed.length)).toEqual([76, 76]);
      const put = await lena().put(
        `${WEBHOOKS}/${id}`,
        { url: consumer.url, events: ['records.case-opened.v1'] },
        { version: 2 },
      );
      expect(put.body).toMatchObject({ version: 3 });
      expect(
        (await lena().put(`${WEBHOOKS}/${id}`, { url: consumer.url, events: [FLAG] }, { version: 2 })).status,
      ).toBe(409);
      const patch = (body: object, version: number) => lena().patch(`${WEBHOOKS}/${id}`, body, { version });
      expect((await patch({ name: ' Case system ' }, 3)).body).toMatchObject({ version: 4 });
      expect(await view(id)).toMatchObject({
        name: 'Case system',
        url: consumer.url,
        events: ['records.case-opened.v1'],
      });
      expect((await patch({ url: 'https://169.254.169.254/' }, 4)).body.errors[0].code).toBe('address-not-allowed');
      expect((await patch({}, 4)).status).toBe(422);
      expect((await patch({ events: [FLAG] }, 3)).status).toBe(409);
      expect((await acts('webhook.change')).find((a) => a.detail['name'] === 'Case system')?.detail).toMatchObject({
        was: { name: null, url: consumer.url },
      });
      for (const action of ['webhook.test', 'webhook.change-key', 'webhook.change', 'webhook.view'])
        expect((await acts(action)).find((a) => a.outcome === 'done')).toMatchObject({ objects: [{ t: 'webhook' }] });
    } finally {
      await consumer.down();
    }
  });

  it('goes nowhere else: not to another network, not where a redirect says, and reads little of an answer', async () => {
    for (const [url, code] of [
      ['http://127.0.0.2/', 'address-not-allowed'],
      ['https://169.254.169.254/', 'address-not-allowed'],
      ['ftp://a.example/', 'not-https'],
    ]) {
      const refused = await lena().post(WEBHOOKS, { url, events: [FLAG] });
      expect([refused.status, refused.body.errors[0].code]).toEqual([422, code]);
    }
    const elsewhere = new Consumer(1, 0);
    await elsewhere.up();
    const redirecting = new Consumer(1, 0, (response) => response.writeHead(307, { location: elsewhere.url }).end());
    await redirecting.up();
    const endless = new Consumer(1, 0, (response) => {
      response.writeHead(200);
      response.write('x'.repeat(1_000_000)); // and it never ends
    });
    await endless.up();
    try {
      const [a, b, c] = [
        await register(redirecting.url),
        await register(endless.url),
        await register('http://localhost:1/'),
      ];
      for (const { id } of [a, b, c]) await lena().post(`${WEBHOOKS}/${id}/tests`, {});
      await eventually(async () => {
        const [first, second, third] = await Promise.all([a, b, c].map(({ id }) => view(id)));
        expect(first.log[0]).toMatchObject({ state: 'pending', lastOutcome: 'refused', lastStatus: 307 });
        expect(first.failingSince).not.toBeNull();
        expect(second.log[0]).toMatchObject({ state: 'delivered', lastStatus: 200 });
        expect(['unreachable', 'address-refused']).toContain(third.log[0].lastOutcome);
      });
      expect(elsewhere.got).toEqual([]);
      // Administrators are told among their messages, once after an hour and once more when it is switched off.
      const told = async () =>
        ((await lena().get('/api/notifications/messages')).body.items as { recordId: string; times: number }[]).filter(
          ({ recordId }) => recordId === a.id,
        );
      expect(await told()).toEqual([]);
      const failingFor = (hours: number) =>
        app.sql(
          `UPDATE notifications.webhook SET failing_since = date_trunc('hour', now()) - $2 * interval '1 hour' WHERE id = $1`,
          [a.id, hours],
        );
      const attempts = async () => (await view(a.id)).log[0].attempts as number;
      await failingFor(2);
      const before = await attempts();
      await eventually(async () => {
        await hurry();
        expect(await attempts()).toBeGreaterThan(before + 1);
      });
      await eventually(async () =>
        expect(await told()).toMatchObject([{ kind: 'webhook-failing', times: 1, endedAt: null }]),
      );
      await failingFor(73);
      await hurry();
      await eventually(async () => expect(await view(a.id)).toMatchObject({ state: 'off', offReason: 'dead' }));
      expect(await told()).toMatchObject([{ kind: 'webhook-failing', times: 2, endedAt: null }]);
      // What takes what it is sent again wants nobody any more.
      const { version } = await view(a.id);
      await lena().patch(`${WEBHOOKS}/${a.id}`, { url: endless.url }, { version });
      await lena().post(`${WEBHOOKS}/${a.id}/switch`, { to: 'on' }, { version: version + 1 });
      await eventually(async () => expect(await told()).toMatchObject([{ endedAt: expect.any(String) }]));
      expect((await acts('webhook.record-outcome')).some((act) => act.reasons?.includes('webhook.dead'))).toBe(true);
      expect((await acts('webhook.register')).filter((act) => act.outcome === 'failed')).toHaveLength(3);
    } finally {
      for (const consumer of [elsewhere, redirecting, endless]) await consumer.down();
    }
  });
});
