import { newEventId, newId, type ActRecorded } from '@concordat/contracts';
import { parseEntry } from '@concordat/ledger';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { verify } from '../../../../tools/verify-ledger/test-log.testing';
import { allSealed, deliver, makeAct, type Made } from '../acts.testing';
import { AuditModule } from '../audit.module';

const NIGHTJAR = 'nightjar';

describe('erasing what the ledger holds of a case', () => {
  let app: TestApp;
  let policy: string;
  let next = 1n;
  beforeAll(async () => {
    app = await startApp([AuditModule], { LOG_LEVEL: 'silent' });
    policy = (await app.asNobody().get<string>('/api/audit/policy')).body;
  });
  afterAll(() => app.stop());

  /** Seals acts of a day long past, and gives their event ids. */
  async function seal(acts: readonly (readonly [Partial<ActRecorded>, Made?])[]): Promise<string[]> {
    const key = app.running.process.detailKey;
    const made = acts.map(([change, more]) =>
      makeAct(key, next++, { occurredAt: '2019-11-20T12:00:00.000Z', ...change }, more),
    );
    await deliver(app, made);
    await allSealed(app, 'referrals', next - 1n);
    return made.map((a) => a.id);
  }

  /** Lets audit hear that a case was erased, exactly as a transport would, and waits until the log says so. */
  async function erased(caseId: string, referralId: string, people: readonly string[]): Promise<void> {
    const id = newEventId();
    const event = {
      ...{ specversion: '1.0', id, source: 'records', subject: caseId, type: 'records.case-erased.v1' },
      ...{ time: new Date().toISOString(), datacontenttype: 'application/json', caseversion: '1' },
      ...{
        dataschema: 'urn:concordat:schema:records.case-erased.v1',
        partitionkey: caseId,
        correlationid: newEventId(),
      },
      data: { caseId, referralId, people, rule: 'last-involvement', ruleVersion: 1, decisionId: newId() },
    };
    await app.sql(
      'INSERT INTO audit.inbox (source, stream_id, stream_version, event_id, body) VALUES ($1, $2, 1, $3, $4)',
      ['records', caseId, id, Buffer.from(JSON.stringify(event))],
    );
    await eventually(
      async () => {
        const rows = await app.sql<{ by: string | null }>(
          'SELECT by_idx AS by FROM audit.detail_erasure WHERE case_id = $1',
          [caseId],
        );
        return rows.length > 0 && rows.every((r) => r.by !== null);
      },
      { timeoutMs: 30_000 },
    );
    await allSealed(app);
  }

  const examined = async (body: object) => {
    const { body: text } = await app.as('erin').post<string>('/api/audit/exports', body);
    return (await verify({ policy, x: text }, 'x', '--policy', 'policy')).report;
  };
  const detailsOf = async (ids: readonly string[]): Promise<boolean[]> =>
    Promise.all(
      ids.map(async (id) => {
        const rows = await app.sql(
          'SELECT 1 FROM audit.detail d JOIN audit.entry e USING (idx) WHERE e.event_id = $1',
          [id],
        );
        return rows.length === 1;
      }),
    );

  it('destroys details and keys, leaves every entry, and proves each as erased; what is of others too stays', async () => {
    const [caseId, referralId, gone, other] = [newId(), newId(), newId(), newId()];
    const ofCase = { t: 'case', id: caseId } as const;
    const ids = await seal([
      [{ subjects: [gone], objects: [ofCase] }],
      [{ action: 'referral.submit', objects: [{ t: 'referral', id: referralId }] }],
      [{ action: 'case.list', objects: [ofCase, { t: 'case', id: newId() }] }],
      [{ action: 'chronology.search', subjects: [gone, other] }, { detail: { term: NIGHTJAR } }],
      [{ action: 'person.view', subjects: [gone, other] }],
      [{ action: 'person.view', subjects: [other] }],
    ]);
    await app.as('erin').get(`/api/audit/trail?person=${gone}`);
    await allSealed(app);
    const before = await app.sql<{ bytes: Buffer }>('SELECT bytes FROM audit.entry ORDER BY idx');
    expect((await examined({ all: true })).states).toEqual({ PROVEN: expect.any(String) });

    await erased(caseId, referralId, [gone]);
    expect(await detailsOf(ids)).toEqual([false, false, true, false, true, true]);
    expect(await app.sql('SELECT 1 FROM audit.data_key WHERE owner = ANY ($1::uuid[])', [[gone, ids[3]]])).toEqual([]);
    expect(await app.sql('SELECT 1 FROM audit.data_key WHERE owner = $1', [other])).toHaveLength(1);
    const names = await app.sql('SELECT 1 FROM audit.pseudonym WHERE real_id = ANY ($1)', [[gone, caseId, referralId]]);
    expect(names).toEqual([]);

    const after = await app.sql<{ bytes: Buffer }>('SELECT bytes FROM audit.entry ORDER BY idx');
    expect(after.slice(0, before.length)).toEqual(before);
    const leaf = after.map((r) => parseEntry(r.bytes)).find((l) => l.act === 'ERASE_DETAIL')!;
    expect(leaf).toMatchObject({ op: 'ERASURE', rule: 'last-involvement@1', outcome: 'done' });
    expect(leaf.target!.map((t) => t.eventId)).toEqual(expect.arrayContaining([ids[0], ids[1], ids[3]]));
    const report = await examined({ all: true });
    expect(report).toMatchObject({ result: 'NOTHING_FAILED', failures: [] });
    expect(Number(report.states['PROVEN_ERASED'])).toBe(leaf.target!.length);

    const { items } = (await app.as('erin').get(`/api/audit/trail?case=${caseId}`)).body;
    const viewed = items.find((i: { eventId: string }) => i.eventId === ids[0]);
    expect(viewed).toMatchObject({ erased: true, detail: null, subjects: [], act: 'VIEW_CASE' });
    expect(items[0]).toMatchObject({ action: 'detail.erase', op: 'ERASURE', rule: 'last-involvement@1' });
    // What audit itself had recorded of reading about them is out of its own acts too.
    await eventually(
      async () => {
        const own = (await app.acts('audit')).filter((a) => a.action === 'trail.read' && a.subjects.includes(gone));
        expect(own.map((a) => a.detail)).toEqual([{}]);
        return true;
      },
      { timeoutMs: 20_000 },
    );
    const act = (await app.acts('audit')).find((a) => a.action === 'detail.erase')!;
    expect(act).toMatchObject({ outcome: 'done', subjects: [], decision: expect.any(String) });
  });

  it('is shown by exports of a day, of a person and of a case: each brings the erasure that explains it', async () => {
    const [caseId, gone, other] = [newId(), newId(), newId()];
    const day = '2018-03-01';
    const at = { occurredAt: `${day}T12:00:00.000Z` };
    await seal([[{ ...at, subjects: [gone], objects: [{ t: 'case', id: caseId }] }], [{ ...at, subjects: [other] }]]);
    await erased(caseId, newId(), [gone]);
    for (const asked of [
      { all: true, from: day, to: day },
      { person: gone, from: day, to: day },
      { case: caseId, from: day },
    ]) {
      const report = await examined(asked);
      expect([asked, report.result, report.states['PROVEN_ERASED']]).toEqual([asked, 'NOTHING_FAILED', '1']);
    }
  });

  it('finds acts that are sealed after it, and leaves those that were done after it', async () => {
    const [caseId, gone] = [newId(), newId()];
    await seal([[{ subjects: [gone], objects: [{ t: 'case', id: caseId }] }]]);
    await erased(caseId, newId(), [gone]);
    const [late, later] = await seal([
      [{ subjects: [gone] }],
      [{ subjects: [gone], occurredAt: new Date(Date.now() + 60_000).toISOString(), outcome: 'denied' }],
    ]);
    await eventually(async () => (await detailsOf([late!]))[0] === false, { timeoutMs: 20_000 });
    await allSealed(app);
    expect(await detailsOf([later!])).toEqual([true]);
    expect((await examined({ all: true })).result).toBe('NOTHING_FAILED');
  });

  it('cannot be brought about by another producer', async () => {
    const [gone] = [newId()];
    const [id] = await seal([[{ subjects: [gone] }]]);
    const [{ idx }] = (await app.sql<{ idx: string }>('SELECT idx FROM audit.entry WHERE event_id = $1', [id])) as [
      { idx: string },
    ];
    await seal([[{ action: 'detail.erase', rule: 'x@1', targets: [{ eventId: id!, index: idx }] }]]);
    expect(await detailsOf([id!])).toEqual([true]);
    expect((await examined({ all: true })).result).toBe('NOTHING_FAILED');
  });
});
