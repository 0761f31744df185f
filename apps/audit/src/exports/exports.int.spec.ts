import { newId, type ActRecorded } from '@concordat/contracts';
import { startApp, type Answer, type TestApp } from '@concordat/testing';
import { canonicalJson } from '@concordat/ledger';
import { close, verify } from '../../../../tools/verify-ledger/test-log.testing';
import { allSealed, deliver, makeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';

describe('exports', () => {
  let app: TestApp;
  let policy: string;
  let next = 1n;
  const [P, X, R] = [newId(), newId(), newId()];
  const day = '2026-11-20';

  beforeAll(async () => {
    app = await startApp([AuditModule]);
    policy = (await app.asNobody().get<string>('/api/audit/policy')).body;
    await seal(400, { occurredAt: '2026-11-19T12:00:00.000Z' });
    await seal(5, { occurredAt: `${day}T12:00:00.000Z`, subjects: [P], objects: [{ t: 'case', id: X }] });
    await seal(3, { occurredAt: `${day}T13:00:00.000Z`, objects: [{ t: 'referral', id: R }] });
    await seal(200, { occurredAt: '2026-11-21T12:00:00.000Z' });
    await app.sql('INSERT INTO audit.case_link VALUES ($1, $2)', [X, R]);
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
  const ask = (body: object, as = 'erin'): Promise<Answer<string>> =>
    app.as(as).post<string>('/api/audit/exports', body);
  async function check(text: string, ...earlier: string[]) {
    const files = Object.fromEntries(earlier.map((note, i) => [`earlier-${i}`, note]));
    const args = Object.keys(files).flatMap((name) => ['--earlier', name]);
    return verify({ policy, x: text, ...files }, 'x', '--policy', 'policy', ...args);
  }
  async function proven(body: object): Promise<number> {
    const { status, body: text } = await ask(body);
    expect(status).toBe(200);
    const { code, report } = await check(text);
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', failures: [], findings: [] });
    expect(code).toBe(0);
    return Number(report.states['PROVEN'] ?? 0);
  }

  it('of everything is proven by the offline verifier, entry by entry', async () => {
    const answer = await ask({ all: true });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toContain('.ledger.jsonl');
    expect(await proven({ all: true })).toBeGreaterThan(608);
  });

  it('AUD-16: of a day and a person, a day and a user, or a day and a case is answered and proven', async () => {
    expect(await proven({ person: P, from: day, to: day })).toBe(5);
    expect(await proven({ case: X, from: day })).toBe(8);
    const [{ id }] = (await app.sql<{ id: string }>(
      `SELECT id FROM audit.mention WHERE kind = 'u' GROUP BY id ORDER BY count(*) DESC LIMIT 1`,
    )) as [{ id: string }];
    expect(await proven({ user: id, to: '2026-11-19' })).toBe(400);
    expect(await proven({ person: newId(), from: day })).toBe(0);
  });

  it('of all acts of some days is a range, held together by proofs', async () => {
    expect(await proven({ all: true, from: day, to: day })).toBe(8);
    expect(await proven({ all: true, from: '2026-01-01', to: '2026-01-02' })).toBe(0);
  });

  it('of a range can be held against a checkpoint that an auditor kept', async () => {
    const held = (await app.asNobody().get<string>('/api/audit/checkpoint')).body;
    await seal(10, { occurredAt: '2026-11-22T12:00:00.000Z' });
    const range = { all: true, from: '2026-11-22', to: '2026-11-22' };
    expect((await check((await ask({ ...range, earlier: [held.split('\n')[1]] })).body, held)).report.result).toBe(
      'NOTHING_FAILED',
    );
    expect((await check((await ask(range)).body, held)).report.findings).toEqual([
      expect.objectContaining({ code: 'INCONSISTENT' }),
    ]);
  });

  it('is given as FHIR AuditEvents as well, one for each person', async () => {
    const two = [newId(), newId()];
    await seal(1, { occurredAt: '2026-11-25T12:00:00.000Z', subjects: two, objects: [{ t: 'case', id: newId() }] });
    const answer = await app
      .as('erin')
      .post<string>('/api/audit/exports/fhir', { person: two[0], from: '2026-11-25', to: '2026-11-25' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/fhir+ndjson']);
    const events = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { entity: { what: { identifier: { value: string } } }[] });
    expect(events.map((e) => e.entity[0]!.what.identifier.value)).toEqual(two.map((id) => `urn:uuid:${id}`));
    const act = (await app.acts('audit')).findLast((a) => a.action === 'trail.export')!;
    expect(act).toMatchObject({ outcome: 'done', items: ['fhir-chosen'], subjects: [two[0]] });
  });

  it('AUD-16: is refused when nobody could answer for it', async () => {
    const bad = [
      {},
      { person: P },
      { from: day },
      { agency: newId(), from: day },
      { all: false, from: day },
      { all: true, person: P },
    ];
    for (const body of bad) expect((await ask(body)).status).toBe(422);
    for (const body of [
      { all: 'yes' },
      { person: 'x', from: day },
      { person: P, from: 'then' },
      { all: true, more: 1 },
      [],
      'x',
    ])
      expect([400, 422]).toContain((await ask(body as object)).status);
  });

  it('AUD-2, AUD-11, AUD-12: is for auditors, and on record whether it was made or refused', async () => {
    expect((await ask({ all: true }, 'amina')).status).toBe(403);
    expect((await ask({ person: P, from: day, to: day })).status).toBe(200);
    const acts = (await app.acts('audit')).filter((a) => a.action === 'trail.export').slice(-2);
    expect(acts[0]).toMatchObject({
      outcome: 'denied',
      actorRole: 'safeguarding-lead',
      reasons: expect.arrayContaining(['role.not-entitled']),
    });
    expect(acts[1]).toMatchObject({
      outcome: 'done',
      actorRole: 'auditor',
      subjects: [P],
      items: ['export-chosen'],
      detail: { asked: { person: P, from: day, to: day }, count: '5' },
    });
    expect(acts[1]!.objects.map((o) => o.t)).toEqual(['export', 'ledger']);
  });

  it('names the entry of which one byte was changed in the database', async () => {
    const flip = (idx: number, at: number) =>
      app.sql('UPDATE audit.entry SET bytes = set_byte(bytes, $2, get_byte(bytes, $2) # 1) WHERE idx = $1', [idx, at]);
    for (const [idx, at] of [
      [0, 0],
      [255, 100],
      [403, 17],
    ] as const) {
      await flip(idx, at);
      const { code, report } = await check((await ask({ all: true })).body);
      expect([code, report.firstBadIndex]).toEqual([1, String(idx)]);
      await flip(idx, at);
    }
    const [detail] = await app.sql<{ sealed: Buffer }>('SELECT sealed FROM audit.detail WHERE idx = 77');
    await app.sql('UPDATE audit.detail SET sealed = set_byte(sealed, 70, get_byte(sealed, 70) # 1) WHERE idx = 77');
    expect((await check((await ask({ all: true })).body)).report.failures).toEqual([
      expect.objectContaining({ index: '77', code: 'MISSING_DETAIL' }),
    ]);
    await app.sql('UPDATE audit.detail SET sealed = $1 WHERE idx = 77', [detail!.sealed]);
  });

  it('shows a tail that was cut off to whoever kept an earlier checkpoint', async () => {
    const held = (await app.asNobody().get<string>('/api/audit/checkpoint')).body;
    const text = (await ask({ all: true })).body;
    expect((await check(text, held)).report.result).toBe('NOTHING_FAILED');
    // The same log as a forger with the database and its key would show it, 50 entries ago.
    const [old] = await app.sql<{ note: string; size: string }>(
      `SELECT note, size FROM audit.checkpoint WHERE size < (SELECT max(size) FROM audit.checkpoint) - 50 ORDER BY size DESC LIMIT 1`,
    );
    const cut = await check(cutTo(text, BigInt(old!.size), old!.note), held);
    expect(cut.code).toBe(1);
    expect(cut.report.findings).toEqual([
      expect.objectContaining({ code: 'INCONSISTENT', message: expect.stringContaining('cut off') }),
    ]);
    expect((await check(cutTo(text, BigInt(old!.size), old!.note))).report.result).toBe('NOTHING_FAILED'); // and only to them
  });
});

/** An export as it would have been at an earlier size: perfectly well-formed. */
function cutTo(text: string, size: bigint, note: string): string {
  const [first, ...rest] = text.split('\n');
  const header = { ...(JSON.parse(first!) as object), to: String(size), checkpoint: note };
  return close([canonicalJson(header), ...rest.slice(0, Number(size))]);
}
