import { newEventId, newId } from '@concordat/contracts';
import {
  decodeBundle,
  hashLeaf,
  openCheckpoint,
  parsePolicy,
  verifyConsistency,
  verifyTlogProof,
} from '@concordat/ledger';
import { startApp, type TestApp } from '@concordat/testing';
import { verify } from '../../../../tools/verify-ledger/test-log.testing';
import { main } from '../../../../tools/verify-ledger/main';
import { allSealed, deliver, makeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';

describe('the log over HTTP', () => {
  let app: TestApp;
  let policy: string;
  let id: string;
  let next = 1n;

  beforeAll(async () => {
    app = await startApp([AuditModule]);
    await seal(520);
    policy = (await app.asNobody().get<string>('/api/audit/policy')).body;
    id = (await app.sql<{ id: string }>('SELECT event_id AS id FROM audit.entry WHERE idx = 300'))[0]!.id;
  });
  afterAll(() => app.stop());

  async function seal(count: number): Promise<bigint> {
    const key = app.running.process.detailKey;
    await deliver(
      app,
      Array.from({ length: count }, () => makeAct(key, next++, { subjects: [newId()] })),
    );
    return allSealed(app, 'referrals', next - 1n);
  }
  const erin = () => app.as('erin');
  const bytes = async (path: string): Promise<Response> =>
    fetch(`${app.url}/api/audit/${path}`, { headers: { authorization: `Bearer ${await app.tokenFor('erin')}` } });

  it('shows checkpoint, policy and key to anybody, and nothing else', async () => {
    const nobody = app.asNobody();
    const checkpoint = await nobody.get<string>('/api/audit/checkpoint');
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.headers.get('cache-control')).toContain('max-age=1');
    expect(openCheckpoint(checkpoint.body, parsePolicy(policy)).checkpoint.size).toBeGreaterThanOrEqual(520n);
    expect((await nobody.get<string>('/api/audit/vkey')).body).toMatch(/^localhost\/concordat\/\S+\n$/);
    for (const path of [
      'tile/0/000',
      `entries/${id}`,
      `proofs/${id}`,
      `receipts/${id}`,
      'consistency',
      'trail',
      'status',
    ])
      expect((await nobody.get(`/api/audit/${path}`)).status).toBe(401);
    expect((await nobody.post('/api/audit/exports', { all: true })).status).toBe(401);
  });

  it('shows tiles and entries to auditors and services, each time on record', async () => {
    const tile = await bytes('tile/0/000');
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    expect(tile.headers.get('cache-control')).toContain('immutable');
    const hashes = Buffer.from(await tile.arrayBuffer());
    const bundle = Buffer.from(await (await bytes('tile/entries/000')).arrayBuffer());
    expect(hashes).toEqual(Buffer.concat(decodeBundle(bundle).map((e) => hashLeaf(e))));
    expect((await app.asService('records').get('/api/audit/tile/1/000.p/1')).status).toBe(200);
    const acts = (await app.acts('audit')).filter((a) => a.action === 'ledger.read');
    expect(acts.map((a) => [a.actorRole, a.outcome, a.detail['tile']])).toEqual(
      expect.arrayContaining([
        ['auditor', 'done', 'tile/0/000'],
        ['auditor', 'done', 'tile/entries/000'],
        ['service', 'done', 'tile/1/000.p/1'],
      ]),
    );
  });

  it('serves every partial tile that a published checkpoint asks for, and no tile that is not there', async () => {
    const partial = Buffer.from(await (await bytes('tile/0/002.p/7')).arrayBuffer());
    expect(partial).toHaveLength(7 * 32);
    expect(decodeBundle(Buffer.from(await (await bytes('tile/entries/002.p/7')).arrayBuffer()))).toHaveLength(7);
    for (const path of [
      '0/002',
      '0/002.p/255',
      '0/003',
      '1/000',
      '0/2',
      '64/000',
      'entries/003',
      '0/000/x',
      '0/000.p/256',
      '',
    ])
      expect((await bytes(`tile/${path}`)).status).toBe(404);
  });

  it('proves that an act is in it, and opens what it commits to', async () => {
    const proof = await erin().get<string>(`/api/audit/proofs/${id}`);
    expect(proof.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(verifyTlogProof(proof.body, parsePolicy(policy)).index).toBe(300n);
    const { body: entry } = await erin().get(`/api/audit/entries/${id}`);
    expect(entry).toMatchObject({
      index: '300',
      eventId: id,
      record: { eventId: id, action: 'case.view', intact: true },
    });
    expect(hashLeaf(Buffer.from(entry.entry, 'base64')).toString('base64')).toBe(entry.leaf);
    const opening = JSON.stringify(entry.opening);
    const files = { policy, 'r.tlog-proof': proof.body, 'o.json': opening };
    const record = await verify(files, 'record', 'r.tlog-proof', '--policy', 'policy', '--opening', 'o.json');
    expect(record).toMatchObject({ code: 0, report: { state: 'PROVEN' } });
    const lie = Buffer.from(proof.body.replace('index 300', 'index 301'));
    expect((await verify({ ...files, 'r.tlog-proof': lie }, 'record', 'r.tlog-proof', '--policy', 'policy')).code).toBe(
      1,
    );
  });

  it('proves that it has only been added to', async () => {
    const before = openCheckpoint(
      (await app.asNobody().get<string>('/api/audit/checkpoint')).body,
      parsePolicy(policy),
    ).checkpoint;
    await seal(30);
    const { body } = await erin().get(`/api/audit/consistency?from=${before.size}`);
    const [from, to] = [BigInt(body.from), BigInt(body.to)];
    const hash = (text: string): Buffer => Buffer.from(text, 'base64');
    expect(to).toBeGreaterThanOrEqual(from + 30n);
    expect(hash(body.fromRoot)).toEqual(before.root);
    expect(verifyConsistency(from, to, before.root, hash(body.toRoot), body.proof.map(hash))).toBe(true);
    for (const bad of ['', '?from=0', '?from=5&to=4', '?from=1&to=99999999', '?from=x', '?from=1&more=1'])
      expect((await erin().get(`/api/audit/consistency${bad}`)).status).toBe(422);
  });

  it('AUD-2, AUD-11: refuses everybody who is no auditor alike, and puts it on record', async () => {
    const paths = [
      'tile/0/000',
      'tile/9/000',
      `entries/${id}`,
      `entries/${newEventId()}`,
      `proofs/${id}`,
      'consistency?from=1',
    ];
    for (const path of paths) {
      const { status, body, headers } = await app.as('amina').get(`/api/audit/${path}`);
      expect([status, body.code, body.reasons]).toEqual([
        403,
        expect.stringMatching(/\.forbidden$/),
        ['role.not-entitled'],
      ]);
      const acts = await app.acts('audit');
      expect(acts.find((a) => a.id === headers.get('concordat-audit-entry'))).toMatchObject({ outcome: 'denied' });
    }
    expect((await erin().get(`/api/audit/entries/${newEventId()}`)).status).toBe(404);
    expect((await erin().get('/api/audit/entries/no-id')).status).toBe(404);
  });

  it('gives whoever acted a receipt, first pending, then final, and nobody else', async () => {
    const answer = await app.as('amina').get('/api/audit/trail');
    const mine = answer.headers.get('concordat-audit-entry')!;
    const first = await app.as('amina').get(`/api/audit/receipts/${mine}`);
    expect([200, 202]).toContain(first.status);
    if (first.status === 202) expect(first.body).toEqual({ status: 'pending' });
    await allSealed(app);
    const receipt = await app.as('amina').get<string>(`/api/audit/receipts/${mine}`);
    expect(receipt.status).toBe(200);
    expect(verifyTlogProof(receipt.body, parsePolicy(policy)).entry.toString()).toContain(mine);
    expect((await verify({ policy, r: receipt.body }, 'record', 'r', '--policy', 'policy')).report.state).toBe(
      'INCLUDED',
    );
    // To others a young act could be on its way; nobody learns whose it is, or that it is.
    const unknown = await app.as('bevan').get(`/api/audit/receipts/${newEventId()}`);
    const foreign = await app.as('bevan').get(`/api/audit/receipts/${mine}`);
    expect([foreign.status, foreign.body]).toEqual([unknown.status, unknown.body]);
    expect(foreign.status).toBe(202);
    const old = newEventId(Date.now() - 20 * 60_000);
    await deliver(app, [makeAct(app.running.process.detailKey, next++, {}, { id: old })]);
    await allSealed(app, 'referrals', next - 1n);
    for (const lost of [old, newEventId(Date.now() - 20 * 60_000), newId()])
      expect((await app.as('bevan').get(`/api/audit/receipts/${lost}`)).status).toBe(404);
    const acts = (await app.acts('audit')).filter((a) => a.action === 'receipt.read');
    expect(new Set(acts.map((a) => a.outcome))).toEqual(new Set(['done', 'denied']));
  });

  it('says pending as long as no checkpoint covers the act', async () => {
    const [signed] = await app.sql<{ size: string }>('SELECT max(size) AS size FROM audit.checkpoint');
    const { body } = await erin().get('/api/audit/status');
    expect(body).toMatchObject({ trouble: null, altered: [], checkpointSize: expect.any(String) });
    expect(Number(body.size)).toBeGreaterThanOrEqual(Number(signed!.size));
    expect(body.pending).toBeGreaterThanOrEqual(0);
    expect(body.ageSeconds).toBeGreaterThanOrEqual(0);
  });

  it('is proven by the verifier from its address, sharing nothing with the writer', async () => {
    await allSealed(app);
    const said: string[] = [];
    const host = { print: (t: string) => void said.push(t), read: () => Buffer.from(policy), chunks: () => [] };
    const token = await app.tokenFor('erin');
    expect(await main([app.url, '--policy', 'policy', '--token', token, '--json'], host)).toBe(0);
    const report = JSON.parse(said[0]!);
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', detailsExamined: false });
    expect(Number(report.states.INCLUDED)).toBeGreaterThan(550);
    expect(await main([app.url, '--trust-on-first-use', '--token', token, '--json'], host)).toBe(0);
  });
});
