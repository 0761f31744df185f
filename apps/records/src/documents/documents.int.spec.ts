import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { opened, org, PeersStandIn, staff } from '../opened.testing';

const PDF = Buffer.from('%PDF-1.7\nThe landlord writes.');

/** What a ClamAV daemon does with INSTREAM, as far as records sees it. */
class Clamd {
  verdict: 'stream: OK' | 'stream: Eicar-Signature FOUND' | '' = 'stream: OK';
  seen = Buffer.alloc(0);
  private readonly server: Server = createServer((socket) => {
    let all = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part: Buffer) => {
      all = Buffer.concat([all, part]);
      if (!all.subarray(-4).equals(Buffer.alloc(4))) return;
      this.seen = all.subarray(Buffer.byteLength('zINSTREAM\0') + 4, -4);
      socket.end(this.verdict);
    });
  });
  async start(): Promise<string> {
    await new Promise<void>((r) => this.server.listen(0, '127.0.0.1', r));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  stop(): Promise<void> {
    return new Promise((r) => this.server.close(() => r()));
  }
}

describe('documents', () => {
  const [referrals, clamav] = [new PeersStandIn(), new Clamd()];
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp([RecordsModule], {
      CONCORDAT_URLS: await referrals.start(),
      CLAMD_ADDRESS: await clamav.start(),
    });
  });
  beforeEach(() => void (clamav.verdict = 'stream: OK'));
  afterAll(async () => {
    await app.stop();
    await Promise.all([referrals.stop(), clamav.stop()]);
  });

  const at = (caseId: string, more = ''): string => `/api/records/cases/${caseId}/documents${more}`;
  const upload = async (who: string, caseId: string, bytes: Buffer, key = newId()) => {
    const response = await fetch(`${app.url}${at(caseId, '/uploads')}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await app.tokenFor(who)}`,
        'content-type': 'application/octet-stream',
        'idempotency-key': key,
      },
      body: new Uint8Array(bytes),
    });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    return { status: response.status, body: (await response.json()) as any };
  };
  const keep = async (who: string, caseId: string, bytes = PDF, more: object = {}) => {
    const { body } = await upload(who, caseId, bytes);
    const kept = await app.as(who).post(at(caseId), { uploadId: body.id, title: 'Letter from the landlord', ...more });
    expect([kept.status, kept.body.errors]).toEqual([201, undefined]);
    return kept.body.id as string;
  };
  const TEXT = Buffer.from('Seen by Ana Vale.\r\nana vale lives at 7 Test Row.\nShe is well.\n');
  const files = () =>
    readdirSync(join(app.running.settings.dataDir, 'documents'), { recursive: true, withFileTypes: true }).filter((f) =>
      f.isFile(),
    );
  const content = async (who: string, caseId: string, id: string, query = '') => {
    const response = await fetch(`${app.url}${at(caseId, `/${id}/content${query}`)}`, {
      headers: { authorization: `Bearer ${await app.tokenFor(who)}` },
    });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it('keeps a file that is told by its content and looked at for malware, and gives it back as an attachment', async () => {
    const { caseId, subject } = await opened(app, referrals);
    const received = await upload('hana', caseId, PDF);
    expect([received.status, received.body]).toEqual([
      201,
      expect.objectContaining({ type: 'application/pdf', size: PDF.length }),
    ]);
    expect(clamav.seen.equals(PDF)).toBe(true);
    const id = await keep('hana', caseId);
    const { body } = await app.as('amina').get(at(caseId, `/${id}`));
    expect(body).toMatchObject({
      ...{ id, version: 1, title: 'Letter from the landlord', orgId: org('harbour-housing'), may: { replace: false } },
      versions: [{ version: 1, ending: 'pdf', scan: 'clean', reason: null }],
    });
    expect(JSON.stringify(body)).not.toContain('key');
    const given = await content('amina', caseId, id);
    expect([given.status, given.bytes.equals(PDF)]).toEqual([200, true]);
    expect(given.headers.get('content-disposition')).toMatch(/^attachment; filename="C-[\w-]+-document-v1\.pdf"$/);
    expect(given.headers.get('x-content-type-options')).toBe('nosniff');
    expect(given.headers.get('cache-control')).toBe('no-store');
    const acts = await app.acts('records');
    const opening = acts.findLast((a) => a.action === 'document.open')!;
    expect(opening).toMatchObject({ outcome: 'done', subjects: expect.arrayContaining([subject]) });
    expect(opening.objects).toContainEqual({ t: 'document', id, ver: '1' });
    expect(acts.findLast((a) => a.action === 'document.keep')!.detail['digest']).toMatch(/^[0-9a-f]{64}$/);
    expect(acts.findLast((a) => a.action === 'document.list')!.objects.map((o) => o.id)).toContain(id);
  });

  it('takes nothing that is no document, is too large, holds malware, or cannot be looked at; and keeps none of it', async () => {
    const { caseId } = await opened(app, referrals);
    const before = files().length;
    const code = async (bytes: Buffer) => {
      const { status, body } = await upload('amina', caseId, bytes);
      return [status, body.errors?.[0].code ?? body.code];
    };
    expect(await code(Buffer.alloc(0))).toEqual([422, 'required']);
    expect(await code(Buffer.from('<html>'))).toEqual([422, 'not-taken']);
    expect(await code(Buffer.concat([PDF, Buffer.alloc(25 * 1024 * 1024)]))).toEqual([422, 'too-large']);
    clamav.verdict = 'stream: Eicar-Signature FOUND';
    expect(await code(PDF)).toEqual([422, 'infected']);
    const refused = (await app.acts('records')).findLast((a) => a.action === 'document.upload')!;
    expect(refused).toMatchObject({ outcome: 'denied', reasons: ['document.infected'] });
    clamav.verdict = '';
    expect(await code(PDF)).toEqual([503, 'document.not-scanned']);
    expect(files()).toHaveLength(before);
  });

  it('keeps each version, by its own agency, from the version that was seen', async () => {
    const { caseId } = await opened(app, referrals);
    const id = await keep('hana', caseId);
    const next = (await upload('hana', caseId, Buffer.from('%PDF-1.7\nSigned.'))).body.id;
    const path = at(caseId, `/${id}/versions`);
    const body = { uploadId: next, reason: 'It was signed.' };
    expect((await app.as('hana').post(path, body, { version: 9 })).body).toMatchObject({
      status: 409,
      currentVersion: 1,
    });
    expect((await app.as('amina').post(path, body, { version: 1 })).status).toBe(403);
    expect((await app.as('hana').post(path, { ...body, uploadId: newId() }, { version: 1 })).body.errors[0].code).toBe(
      'upload.unknown',
    );
    expect((await app.as('hana').post(path, body, { version: 1 })).body.version).toBe(2);
    expect((await content('amina', caseId, id)).bytes.toString()).toContain('Signed.');
    expect((await content('amina', caseId, id, '?version=1')).bytes.equals(PDF)).toBe(true);
    expect((await content('amina', caseId, id, '?version=3')).status).toBe(404);
    const redacted = await keep('amina', caseId, Buffer.from('%PDF-1.7\nThe landlord.'), { redactionOf: id });
    expect((await app.as('amina').get(at(caseId, `/${id}`))).body.redactions[0].id).toBe(redacted);
    expect((await app.as('amina').get(at(caseId, `/${redacted}`))).body.original.id).toBe(id);
  });

  it('is read by readers, written by who works on the case, and hidden from everybody else', async () => {
    const { caseId } = await opened(app, referrals);
    const id = await keep('amina', caseId);
    const joins = async (level: string) => {
      const { version } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body;
      const nhs = { orgId: org('eastvale-nhs'), level };
      await app.as('amina').post(`/api/records/cases/${caseId}/participations`, nhs, { version });
    };
    const tries = async () => [
      (await app.as('carys').get(at(caseId))).status,
      (await app.as('carys').get(at(caseId, `/${id}`))).status,
      (await content('carys', caseId, id)).status,
      (await upload('carys', caseId, PDF)).status,
    ];
    expect(await tries()).toEqual([404, 404, 404, 404]);
    await joins('preview');
    expect(await tries()).toEqual([403, 403, 403, 403]);
    await joins('reader');
    expect(await tries()).toEqual([200, 200, 200, 403]);
    const mine = (await upload('amina', caseId, PDF)).body.id;
    const stolen = await app.as('hana').post(at(caseId), { uploadId: mine, title: 'Mine' });
    expect(stolen.body.errors[0].code).toBe('upload.unknown');
  });

  it('gives nothing that is not as it was kept', async () => {
    const { caseId } = await opened(app, referrals);
    const bytes = Buffer.from(`%PDF-1.7\n${newId()}`);
    const id = await keep('amina', caseId, bytes);
    const file = files()
      .map((f) => join(f.parentPath, f.name))
      .find((path) => readFileSync(path).equals(bytes))!;
    writeFileSync(file, '%PDF-1.7\nAnother letter.');
    const given = await content('amina', caseId, id);
    expect([given.status, given.bytes.toString()]).toEqual([503, expect.stringContaining('document.damaged')]);
  });

  it('that are text get a redacted copy, in whose bytes nothing of what was removed is', async () => {
    const { caseId } = await opened(app, referrals);
    const id = await keep('amina', caseId, TEXT);
    const remove = { passages: ['Ana Vale', '7 Test Row'], lines: [3] };
    const redact = (who: string, path: string, body: object, of = id) =>
      app.as(who).post(at(caseId, `/${of}/redactions${path}`), body);
    const preview = await redact('amina', '/preview', remove);
    expect([preview.status, preview.body]).toEqual([
      200,
      expect.objectContaining({ version: 1, found: [2, 1], linesRemoved: 1 }),
    ]);
    const copied = async (more: object, who = 'amina') =>
      redact(who, '', { ...remove, title: 'Letter, redacted', of: 1, ...more });
    const wrong = async (more: object) => {
      const { status, body } = await copied(more);
      return [status, body.errors?.map((e: { field: string; code: string }) => `${e.field} ${e.code}`) ?? body.code];
    };
    expect(await wrong({ title: 'Letter about ANA  vale' })).toEqual([422, ['title redaction.says-it']]);
    expect(await wrong({ passages: ['Ana Vale', 'Nobody'] })).toEqual([422, ['passages.1 redaction.not-found']]);
    expect(await wrong({ lines: [9] })).toEqual([422, ['lines redaction.no-line']]);
    expect(await wrong({ passages: [], lines: [] })).toEqual([422, ['passages required']]);
    expect(await wrong({ of: 2 })).toEqual([409, 'document.version']);
    const before = files().length;
    const { status, body } = await copied({});
    expect([status, body.version]).toEqual([201, 1]);
    expect(files()).toHaveLength(before + 1);
    const { bytes: copy } = await content('hana', caseId, body.id);
    expect(copy.toString('utf8')).toBe('Seen by █████.\n█████ lives at █████.\n█████\n');
    for (const gone of ['Ana', 'Vale', 'Test Row', 'well'])
      expect(copy.toString('latin1').toLowerCase()).not.toContain(gone.toLowerCase());
    const view = (await app.as('amina').get(at(caseId, `/${id}`))).body;
    expect(view).toMatchObject({ redactions: [{ id: body.id, redactionOf: id }], may: { redact: true } });
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === id));
    expect(acts.find((a) => a.items?.includes('redacted-copy'))).toMatchObject({
      ...{ action: 'document.keep', actor: staff('amina'), outcome: 'done' },
      objects: expect.arrayContaining([{ t: 'document', id: body.id, ver: '1' }]),
    });
    expect(acts.filter((a) => a.action === 'document.open' && a.items?.includes('to-redact')).length).toBeGreaterThan(
      1,
    );
    // What else a file may hold than what is seen is not known: no other kind is redacted here.
    const pdf = await keep('amina', caseId);
    expect((await redact('amina', '/preview', remove, pdf)).body).toMatchObject({
      status: 422,
      code: 'redaction.no-text',
    });
    expect((await redact('carys', '/preview', remove)).status).toBe(404);
  });
});
