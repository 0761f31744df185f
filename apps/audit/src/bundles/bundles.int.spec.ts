import { newId, type ActRecorded } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { unzipSync, zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { verify } from '../../../../tools/verify-ledger/test-log.testing';
import { allSealed, deliver, makeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';

describe('evidence bundles', () => {
  let app: TestApp;
  let policy: string;
  let next = 1n;
  const person = newId();
  const day = '2026-11-20';

  beforeAll(async () => {
    app = await startApp([AuditModule], { LOG_LEVEL: 'silent' });
    policy = (await app.asNobody().get<string>('/api/audit/policy')).body;
    await seal(30, { occurredAt: '2026-11-19T12:00:00.000Z' });
    const [amina] = await app.sql<{ id: string; org_id: string }>(
      `SELECT s.user_id AS id, m.org_id FROM identity.staff s JOIN identity.membership m USING (user_id) WHERE s.username = 'amina' LIMIT 1`,
    );
    const about = { actor: amina!.id, actorOrg: amina!.org_id, subjects: [person] };
    await seal(4, { occurredAt: `${day}T12:00:00.000Z`, ...about });
    await seal(1, { occurredAt: `${day}T13:00:00.000Z`, ...about, action: 'case.list', outcome: 'denied' });
  });
  afterAll(() => app.stop());

  async function seal(count: number, change: Partial<ActRecorded>): Promise<void> {
    const key = app.running.process.detailKey;
    await deliver(
      app,
      Array.from({ length: count }, () => makeAct(key, next++, { subjects: [newId()], ...change })),
    );
    await allSealed(app, 'referrals', next - 1n);
  }
  async function bundle(body: object, as = 'erin'): Promise<{ status: number; type: string | null; zip: Buffer }> {
    const response = await fetch(`${app.url}/api/audit/exports/bundles`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await app.tokenFor(as)}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      body: JSON.stringify(body),
    });
    const zip = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type'), zip };
  }
  const check = (zip: Buffer) => verify({ policy, 'x.zip': zip }, 'x.zip', '--policy', 'policy');
  const asked = { person, from: day, to: day };

  it('prove themselves, and say in words what happened', async () => {
    const { status, type, zip } = await bundle(asked);
    expect([status, type]).toEqual([200, 'application/zip']);
    const { code, report } = await check(zip);
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', states: { PROVEN: '5' }, findings: [] });
    expect(code).toBe(0);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual([
      'log.ledger.jsonl',
      'checkpoint',
      'policy.txt',
      'report.html',
      'report.pdf',
      'manifest.json',
      'manifest.note',
    ]);
    const html = Buffer.from(files['report.html']!).toString('utf8');
    expect(html).toContain('Amina');
    expect(html).toContain('View: case');
    expect(html).toContain('List: case (refused)');
    expect(html).toContain('As it was sealed');
    expect(Buffer.from(files['report.pdf']!).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(Buffer.from(files['checkpoint']!).toString()).toBe(
      (JSON.parse(Buffer.from(files['log.ledger.jsonl']!).toString().split('\n')[0]!) as { checkpoint: string })
        .checkpoint,
    );
  });

  it('of every entry of a day hold those of a range', async () => {
    const { zip } = await bundle({ all: true, from: day, to: day });
    expect((await check(zip)).report).toMatchObject({ result: 'NOTHING_FAILED', states: { PROVEN: '5' } });
  });

  it('fail when a file was changed, taken out or put in, or another has signed', async () => {
    const { zip } = await bundle(asked);
    const files = unzipSync(zip);
    const say = async (changed: Record<string, Uint8Array>) => {
      const { code, report } = await check(Buffer.from(zipSync(changed)));
      expect(code).toBe(1);
      return report.findings.map((f) => f.message).join();
    };
    for (const name of ['report.html', 'report.pdf', 'policy.txt', 'checkpoint', 'log.ledger.jsonl']) {
      const bytes = Buffer.from(files[name]!);
      bytes[bytes.length - 20] = bytes[bytes.length - 20]! ^ 1;
      if (name !== 'log.ledger.jsonl') expect(await say({ ...files, [name]: bytes })).toContain(`${name} has changed`);
      const { [name]: _, ...rest } = files;
      if (name !== 'log.ledger.jsonl') expect(await say(rest)).toContain(`${name} is missing`);
    }
    expect(await say({ ...files, 'more.txt': Buffer.from('more') })).toContain('nobody listed');
    const manifest = Buffer.from(files['manifest.json']!).toString().replace(day, '2026-11-19');
    expect(await say({ ...files, 'manifest.json': Buffer.from(manifest) })).toContain('not what was signed');
    const digest = createHash('sha256').update(manifest).digest('base64');
    const [first, origin, , ...rest] = Buffer.from(files['manifest.note']!).toString().split('\n');
    const note = [first, origin, digest, ...rest].join('\n');
    expect(
      await say({ ...files, 'manifest.json': Buffer.from(manifest), 'manifest.note': Buffer.from(note) }),
    ).toContain('no trusted log key has signed this bundle');
    const { code } = await check(zip.subarray(0, zip.length - 30));
    expect(code).toBe(2);
  });

  it('are for who may export the trail, and are on record', async () => {
    expect((await bundle(asked, 'hana')).status).toBe(403);
    const acts = (await app.acts('audit')).filter((a) => a.action === 'trail.export');
    expect(acts.map((a) => [a.outcome, a.items?.[0]])).toEqual(
      expect.arrayContaining([
        ['done', 'bundle-chosen'],
        ['done', 'bundle-range'],
      ]),
    );
    expect(acts.at(-1)!.outcome).toBe('denied');
  });

  it('are refused without bounds, as exports are', async () => {
    expect((await bundle({ person })).status).toBe(422);
  });
});
