import { RecordsModule } from '@concordat-app/records';
import { addDays, addMonths, civilDate } from '@concordat/clocks';
import { newId, type HeldItem } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { unzipSync } from 'fflate';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { opened, org, PeersStandIn, staff } from '../opened.testing';

const TODAY = civilDate(new Date());

/** Audit, as far as records asks of it. */
class AuditStandIn {
  items: HeldItem[] = [];
  down = false;
  asked: string[] = [];
  private server: Server | null = null;
  async start(): Promise<string> {
    this.server = createServer((request, reply) => {
      const held = /held-about/.test(request.url ?? '');
      if (held) this.asked.push(`${request.url} ${String(request.headers['concordat-purpose'])}`);
      reply.writeHead(this.down ? 503 : 200, { 'content-type': 'application/json' });
      reply.end(JSON.stringify(held ? { items: this.items } : { heads: [], next: null }));
    });
    await new Promise<void>((r) => this.server!.listen(0, '127.0.0.1', r));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  stop(): Promise<void> {
    return new Promise((r) => this.server!.close(() => r()));
  }
}

describe('subject access requests', () => {
  const [referrals, risk, audit] = [new PeersStandIn(), new AuditStandIn(), new AuditStandIn()];
  let app: TestApp;
  beforeAll(async () => {
    const urls = `${await referrals.start()},risk=${await risk.start()},audit=${await audit.start()}`;
    app = await startApp([RecordsModule], { CONCORDAT_URLS: urls });
  });
  afterAll(async () => {
    await app.stop();
    await Promise.all([referrals.stop(), risk.stop(), audit.stop()]);
  });

  const get = (who: string, path: string) => app.as(who).get(`/api/records/access-requests${path}`);
  const post = (who: string, path: string, body: object = {}, version?: number) =>
    app.as(who).post(`/api/records/access-requests${path}`, body, version === undefined ? {} : { version });
  const named = (family: string) => ({ people: [{ roles: ['subject'], name: { given: 'Ottilie', family } }] });
  const versionOf = async (id: string): Promise<number> => (await get('kit', `/${id}`)).body.version;
  const act = async (who: string, id: string, what: string, body: object = {}) =>
    post(who, `/${id}/${what}`, body, await versionOf(id));
  const step = (who: string, id: string, what: string, reason?: string) =>
    act(who, id, 'steps', { step: what, ...(reason ? { reason } : {}) });

  /** A request about the only person of a family name. */
  async function request(family: string, more: object = {}): Promise<{ id: string; personId: string; caseId: string }> {
    const { caseId, subject: personId } = await opened(app, referrals, named(family));
    const body = { personId, requester: 'themselves', requesterName: `Ottilie ${family}`, receivedOn: TODAY };
    const made = await post('kit', '', { ...body, identityProven: true, ...more });
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    return { id: made.body.id, personId, caseId };
  }
  const itemsOf = async (id: string) =>
    (await get('kit', `/${id}`)).body.items as {
      id: string;
      kind: string;
      source: string;
      text: string;
      others: boolean;
    }[];

  it('finds people of a name for information governance leads, and nobody whose cases are closed to them', async () => {
    const { subject, caseId } = await opened(app, referrals, named('Larkwhistle'));
    const found = await post('kit', '/people', { family: 'larkwhistle' });
    expect(found.body.items).toEqual([expect.objectContaining({ id: subject, cases: [expect.stringMatching(/^C-/)] })]);
    expect((await post('amina', '/people', { family: 'Larkwhistle' })).status).toBe(403);
    expect((await post('kit', '/people', { family: ' ' })).status).toBe(422);
    const terms = { kind: 'colleague', named: [staff('amina')], reviewOn: addDays(TODAY, 20), reason: 'A colleague' };
    await app.as('amina').post(`/api/records/cases/${caseId}/restrictions`, terms, { version: 1 });
    expect((await post('kit', '/people', { family: 'Larkwhistle' })).body.items).toEqual([]);
    const body = {
      personId: subject,
      requester: 'parent',
      requesterName: 'X',
      receivedOn: TODAY,
      identityProven: true,
    };
    expect((await post('kit', '', body)).body.errors[0].code).toBe('person.unknown');
    const searched = (await app.acts('records')).find((a) => a.action === 'access-request.find-person')!;
    expect(searched.detail['asked']).toEqual({ family: 'larkwhistle' });
  });

  it('runs a clock of a calendar month, which stands still while something is asked, and may be extended once', async () => {
    const wrong = await post('kit', '', { receivedOn: addDays(TODAY, 1) });
    expect(wrong.body.errors.map((e: { field: string }) => e.field)).toEqual(
      expect.arrayContaining(['personId', 'requester', 'requesterName', 'identityProven']),
    );
    const receivedOn = addDays(TODAY, -10);
    const { id } = await request('Merewater', { receivedOn, identityProven: false });
    expect((await get('kit', `/${id}`)).body).toMatchObject({ dueOn: null, state: 'open', identityProven: false });
    expect((await step('kit', id, 'prove-identity')).status).toBe(200);
    expect((await get('kit', `/${id}`)).body.dueOn).toBe(addDays(addMonths(receivedOn, 1), 10));
    expect((await step('kit', id, 'extend')).body.errors[0].field).toBe('reason');
    expect((await step('kit', id, 'extend', 'There is very much')).status).toBe(200);
    expect((await get('kit', `/${id}`)).body.dueOn).toBe(addDays(addMonths(receivedOn, 3), 10));
    expect((await step('kit', id, 'extend', 'More')).status).toBe(409);
    expect((await step('kit', id, 'ask', 'Which years?')).status).toBe(200);
    expect((await get('kit', `/${id}`)).body.dueOn).toBeNull();
    expect((await post('kit', `/${id}/steps`, { step: 'answered' }, 1)).status).toBe(409);
    expect((await step('kit', id, 'answered')).status).toBe(200);
    expect((await get('amina', `/${id}`)).status).toBe(404);
    expect((await get('erin', '')).status).toBe(403);
    expect(((await get('yusuf', '?state=open')).body.items as { id: string }[]).map((r) => r.id)).toContain(id);
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === id));
    for (const action of ['access-request.record', 'access-request.view', 'access-request.take-step'])
      expect([action, acts.some((a) => a.action === action)]).toEqual([action, true]);
    expect((await app.acts('records')).some((a) => a.action === 'access-request.list')).toBe(true);
  });

  it('gathers from every context, or nothing; is decided item by item; and is released by a second person', async () => {
    const { id, personId, caseId } = await request('Underhay');
    await app.as('amina').post(`/api/records/cases/${caseId}/notes`, { text: 'She likes <b>herons</b>', mentions: [] });
    audit.items = [
      {
        kind: 'accesses',
        id: personId,
        at: '2026-11-01T00:00:00.000Z',
        title: 'Uses',
        text: `by ${org('harbour-housing')}`,
        others: false,
      },
    ];
    audit.down = true;
    expect((await act('kit', id, 'gathering')).status).toBe(503);
    expect(await itemsOf(id)).toEqual([]);
    audit.down = false;
    const gathered = await act('kit', id, 'gathering');
    expect([gathered.status, gathered.body.added]).toEqual([200, 4]);
    expect(audit.asked.at(-1)).toBe(`/api/audit/held-about/${personId} subject-access`);
    const items = await itemsOf(id);
    expect(items.map((i) => `${i.source}/${i.kind}`).sort()).toEqual([
      'audit/accesses',
      'records/case',
      'records/details',
      'records/note',
    ]);
    expect(items.find((i) => i.kind === 'accesses')!.text).toBe('by Harbour Housing'); // whoever asks knows no ids
    expect(items.find((i) => i.kind === 'details')!.text).toContain('Name: Ottilie Underhay');
    expect((await act('kit', id, 'gathering')).body.added).toBe(0);

    expect((await step('kit', id, 'prepare')).body.code).toBe('access-request.undecided');
    const decide = (item: string, body: object) => act('kit', id, `items/${item}`, { thirdParty: false, ...body });
    const note = items.find((i) => i.kind === 'note')!;
    expect(note.others).toBe(true);
    expect((await decide(note.id, { decision: 'give', thirdParty: true })).body.errors[0].field).toBe('decision');
    expect((await decide(note.id, { decision: 'withhold' })).body.errors[0].field).toBe('exemption');
    expect((await decide(note.id, { decision: 'withhold', exemption: 's3p2-5' })).body.errors[0].field).toBe('opinion');
    expect((await decide(newId(), { decision: 'give' })).status).toBe(404);
    const redaction = { decision: 'redact', thirdParty: true, exemption: 's2p3', redacted: 'She likes birds' };
    expect((await decide(note.id, redaction)).status).toBe(200);
    const [uses, ...rest] = items
      .filter((i) => i.id !== note.id)
      .sort((a, b) => (a.kind === 'accesses' ? -1 : b.kind === 'accesses' ? 1 : 0));
    expect((await decide(uses!.id, { decision: 'withhold', exemption: 's2p1-2' })).status).toBe(200);
    for (const item of rest) expect((await decide(item.id, { decision: 'give' })).status).toBe(200);

    expect((await act('yusuf', id, 'release')).status).toBe(409);
    expect((await act('kit', id, 'answer')).status).toBe(409);
    expect((await step('kit', id, 'prepare')).status).toBe(200);
    expect((await decide(note.id, redaction)).status).toBe(409);
    const own = await act('kit', id, 'release');
    expect([own.status, own.body.code]).toEqual([422, 'access-request.own']);
    expect((await step('yusuf', id, 'return', 'Look at the note again')).status).toBe(200);
    expect((await step('kit', id, 'prepare')).status).toBe(200);
    expect((await act('yusuf', id, 'release')).status).toBe(200);
    expect((await get('kit', `/${id}`)).body).toMatchObject({ state: 'released', releasedBy: staff('yusuf') });

    const files = await filesOf(id);
    expect(Object.keys(files)).toEqual(['what-is-held.html', 'what-is-held.pdf', 'manifest.json']);
    const html = Buffer.from(files['what-is-held.html']!).toString('utf8');
    expect(html).toContain('Name: Ottilie Underhay');
    expect(html).toContain('She likes birds');
    expect(html).toContain('The rights of others: 1');
    expect(html).not.toMatch(/herons|harbour/i);
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === id));
    for (const action of [
      'access-request.gather',
      'access-request.decide-item',
      'access-request.release',
      'access-request.download',
    ])
      expect([action, acts.some((a) => a.action === action && a.outcome === 'done')]).toEqual([action, true]);
    expect(acts.find((a) => a.action === 'access-request.decide-item' && a.justification === 's2p3')).toBeDefined();
  });

  async function filesOf(id: string): Promise<Record<string, Uint8Array>> {
    const response = await fetch(`${app.url}/api/records/access-requests/${id}/answer`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await app.tokenFor('kit')}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      body: '{}',
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as { files: { name: string }[] };
    expect(manifest.files.map((f) => f.name)).toEqual(Object.keys(files).filter((name) => name !== 'manifest.json'));
    expect(Buffer.from(files['what-is-held.pdf']!).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    return files;
  }

  it('holds documents with their files: opened on record by whoever decides, given when they are, and never to others', async () => {
    const { id, personId, caseId } = await request('Yarrowdale');
    const documents = `/api/records/cases/${caseId}/documents`;
    const sent = async (text: string): Promise<string> => {
      const response = await fetch(`${app.url}${documents}/uploads`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await app.tokenFor('amina')}`,
          'content-type': 'application/octet-stream',
          'idempotency-key': newId(),
        },
        body: text,
      });
      return ((await response.json()) as { id: string }).id;
    };
    const keep = async (text: string, more: object = {}): Promise<string> => {
      const body = { uploadId: await sent(text), title: 'Letter', ...more };
      const { status, body: kept } = await app.as('amina').post(documents, body);
      expect([status, kept.errors]).toEqual([201, undefined]);
      return kept.id as string;
    };
    const whole = await keep('%PDF-1.7 about two people');
    const redacted = await keep('%PDF-1.7 about her alone', { redactionOf: whole });
    await act('kit', id, 'gathering');
    const items = (await get('kit', `/${id}`)).body.items as {
      id: string;
      kind: string;
      others: boolean;
      hasFile: boolean;
      text: string;
    }[];
    const [one, copy] = ['yes', 'no'].map((others) =>
      items.find((i) => i.hasFile && i.others === (others === 'yes'))!,
    ) as [(typeof items)[number], (typeof items)[number]];
    expect(items.filter((i) => i.hasFile)).toHaveLength(2);
    expect(one.text).toContain('PDF, 25 bytes');

    const at = `/${id}/items/${one.id}/file`;
    const opened = await get('kit', at);
    expect([opened.status, opened.body]).toEqual([200, '%PDF-1.7 about two people']);
    const seen = (await app.acts('records')).findLast((a) => a.action === 'access-request.open-file')!;
    expect([seen.subjects, seen.outcome]).toEqual([[personId], 'done']);
    expect(seen.objects).toContainEqual({ t: 'document', id: whole, ver: '1' });
    const plain = items.find((i) => !i.hasFile)!;
    for (const [who, path] of [
      ['amina', at],
      ['erin', at],
      ['kit', `/${id}/items/${plain.id}/file`],
      ['kit', `/${newId()}/items/${one.id}/file`],
    ] as const)
      expect([who, path, (await get(who, path)).status]).toEqual([who, path, 404]);

    const withheld = { decision: 'withhold', thirdParty: true, exemption: 's2p3' };
    expect((await act('kit', id, `items/${one.id}`, withheld)).status).toBe(200);
    for (const item of items.filter((i) => i.id !== one.id))
      expect((await act('kit', id, `items/${item.id}`, { decision: 'give', thirdParty: false })).status).toBe(200);
    await step('kit', id, 'prepare');
    expect((await act('yusuf', id, 'release')).status).toBe(200);
    const files = await filesOf(id);
    const given = Object.keys(files).filter((name) => name.startsWith('documents/'));
    expect(given).toEqual(['documents/document-1.pdf']);
    expect(Buffer.from(files[given[0]!]!).toString()).toBe('%PDF-1.7 about her alone');
    const html = Buffer.from(files['what-is-held.html']!).toString('utf8');
    expect(html).toContain('The file itself: documents/document-1.pdf');
    const download = (await app.acts('records')).findLast((a) => a.action === 'access-request.download')!;
    expect(download.objects).toContainEqual({ t: 'document', id: redacted, ver: '1' });
    expect(download.objects).not.toContainEqual({ t: 'document', id: whole, ver: '1' });
    expect(copy.hasFile).toBe(true);

    // Closed to whoever answers since: neither opened nor given by them any more.
    const terms = { kind: 'colleague', named: [staff('amina')], reviewOn: addDays(TODAY, 20), reason: 'A colleague' };
    await app.as('amina').post(`/api/records/cases/${caseId}/restrictions`, terms, { version: 1 });
    expect((await get('kit', at)).status).toBe(404);
    const again = await post('kit', `/${id}/answer`);
    expect([again.status, again.body.reasons]).toEqual([403, ['record.restricted']]);
  });

  it('is closed without an answer, with a reason, when it is taken back', async () => {
    const { id } = await request('Fenwather');
    expect((await step('kit', id, 'close')).status).toBe(422);
    expect((await step('kit', id, 'close', 'She has taken it back')).status).toBe(200);
    expect((await act('kit', id, 'gathering')).status).toBe(409);
  });
});
