import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { caseX, offerOf, problemsOf } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';

type Row = { caseId: string; reference: string | null; state: string; code: string | null; resultId: string | null };

describe('one act done to many cases', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    await eventually(
      async () => (await app.sql('SELECT 1 FROM records.member WHERE manager_id IS NOT NULL')).length === 1,
    );
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const start = (username: string, what: string, cases: object, change: object) =>
    app.as(username).post(`/api/records/bulk/${what}`, { cases, change });
  const cases = async (n: number) => {
    const made: string[] = [];
    for (let i = 0; i < n; i++) made.push((await caseX(app, referrals)).caseId);
    return made;
  };
  const ended = (username: string, id: string) =>
    eventually(
      async () => {
        const { body } = await app.as(username).get(`/api/records/bulk/${id}`);
        return body.state === 'done' ? (body as { items: Row[]; total: number; done: number; refused: number }) : false;
      },
      { timeoutMs: 20_000 },
    );
  const under = async (bulkId: string, action: string) =>
    (await app.acts('records')).filter((a) => a.action === action && a.objects.some((o) => o.id === bulkId));
  const version = async (id: string) => (await app.as('amina').get(`/api/records/cases/${id}`)).body.version as number;

  it('ASG-1: the picker shows whom one may give cases to, within any agency, one’s own or one’s team', async () => {
    // The fixture of acceptance.md §3, in an organisation of its own kind: teams reach across agencies.
    const [council, nhs] = [org('northbank-council'), org('eastvale-nhs')];
    const before = await app.sql<{ user_id: string; org_id: string; active: boolean; team_id: string | null }>(
      'SELECT user_id, org_id, active, team_id FROM records.member',
    );
    await app.sql('UPDATE records.member SET active = (user_id = $1)', [staff('amina')]);
    const [one, two, three] = [newId(), newId(), newId()];
    await app.sql('UPDATE records.member SET team_id = $2 WHERE user_id = $1', [staff('amina'), one]);
    const accounts = [
      ...[
        [council, one],
        [council, two],
        [nhs, one],
        [nhs, three],
        [nhs, three],
      ].map(([o, t]) => ({ o, t })),
      { o: council, t: one, active: false },
      { o: council, t: one, receives: false }, // not verified yet, so nothing may be given to them
      { o: council, t: one, roles: [] as string[] }, // a system account
    ].map((a) => ({ active: true, receives: true, roles: ['practitioner'], id: newId(), ...a }));
    for (const a of accounts)
      await app.sql(
        `INSERT INTO records.member (user_id, org_id, subject, roles, areas, active, may_receive, team_id)
         VALUES ($1, $2, $3, $4, '{}', $5, $6, $7)`,
        [a.id, a.o, a.id, a.roles, a.active, a.receives, a.t],
      );
    try {
      const picked = async (scope: string) => {
        const { status, body } = await app.as('amina').get(`/api/records/recipients?scope=${scope}`);
        expect(status).toBe(200);
        return (body.items as { userId: string }[]).map((i) => i.userId).sort();
      };
      const ids = (...at: number[]) => at.map((i) => accounts[i]!.id).sort();
      expect(await picked('any-agency')).toEqual(ids(0, 1, 2, 3, 4));
      expect(await picked('own-agency')).toEqual(ids(0, 1));
      expect(await picked('own-team')).toEqual(ids(0, 2));
      expect((await app.as('amina').get('/api/records/recipients?scope=everybody')).status).toBe(422);
      expect((await app.acts('records')).some((a) => a.action === 'recipient.list')).toBe(true);
    } finally {
      await app.sql('DELETE FROM records.member WHERE user_id = ANY ($1)', [accounts.map((a) => a.id)]);
      for (const m of before)
        await app.sql('UPDATE records.member SET active = $3, team_id = $4 WHERE user_id = $1 AND org_id = $2', [
          ...[m.user_id, m.org_id, m.active, m.team_id],
        ]);
    }
  });

  it('ASG-4, ASG-5: nothing is done without a choice, or beyond the cap, which is told', async () => {
    const [id] = await cases(1);
    const change = { ownerId: staff('tomas') };
    for (const none of [{}, { filter: {} }])
      expect(problemsOf((await start('amina', 'assignments', none, change)).body)).toEqual([
        'cases.filter bulk.nothing-chosen',
      ]);
    expect((await start('amina', 'assignments', { ids: [] }, change)).status).toBe(422);
    const many = [id!, ...Array.from({ length: 100 }, () => newId())];
    const { status, body } = await start('amina', 'assignments', { ids: many }, change);
    expect([status, problemsOf(body)]).toEqual([422, ['cases.ids bulk.too-many']]);
    expect(JSON.stringify(body)).toContain('100');
    const both = await start('amina', 'assignments', { ids: [id], filter: { status: 'open' } }, change);
    expect(problemsOf(both.body)).toEqual(['cases.ids bulk.one-choice']);
    const owner = (await app.as('amina').get(`/api/records/cases/${id}/ownership`)).body.owner.ownerId;
    expect(owner).toBe(staff('amina'));
  });

  it('ASG-6: within the cap it is a job that can be followed row by row; each case’s act is under one bulk id', async () => {
    const made = await cases(12);
    const { status, body } = await start('amina', 'assignments', { ids: made }, { ownerId: staff('tomas') });
    expect([status, body.status, body.total]).toEqual([202, 'running', 12]);
    const report = await ended('amina', body.id);
    expect([report.total, report.done, report.refused]).toEqual([12, 12, 0]);
    expect(report.items.map((r) => [r.caseId, r.state])).toEqual(made.map((id) => [id, 'done']));
    expect(report.items.every((r) => /^C-/.test(r.reference ?? ''))).toBe(true);
    const acts = await under(body.id, 'case.assign');
    expect(acts.map((a) => a.objects.find((o) => o.t === 'case')?.id).sort()).toEqual([...made].sort());
    expect(new Set(acts.map((a) => a.actor))).toEqual(new Set([staff('amina')]));
    expect(await under(body.id, 'bulk.start')).toHaveLength(1);
    expect((await under(body.id, 'bulk.advance')).length).toBe(2);
    for (const id of made)
      expect((await app.as('amina').get(`/api/records/cases/${id}/ownership`)).body.owner.ownerId).toBe(staff('tomas'));
    expect((await app.as('amina').get('/api/records/bulk')).body.items[0]).toMatchObject({ id: body.id, done: 12 });
    expect((await app.as('tomas').get(`/api/records/bulk/${body.id}`)).status).toBe(404);
    expect((await under(body.id, 'bulk.view')).length).toBeGreaterThan(0);
  });

  it('ASG-6: by a filter, and what somebody else changed or closed meanwhile is reported and left alone', async () => {
    const made = await cases(3);
    for (const id of made)
      await app
        .as('amina')
        .post(`/api/records/cases/${id}/assignment`, { ownerId: staff('tomas') }, { version: await version(id) });
    const owned = { filter: { status: 'open', owner: staff('tomas') } };
    const before = (await app.sql<{ id: string }>('SELECT id FROM records.case_file WHERE records.owner_of(id) = $1', [
      staff('tomas'),
    ])) as { id: string }[];
    // What happens between the asking and the doing: one case changes, one is closed to whoever asked.
    await app.sql(`CREATE FUNCTION records.meanwhile() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
      BEGIN
        UPDATE case_file SET version = version + 1 WHERE id = '${made[0]}';
        RETURN NULL;
      END $$;
      CREATE TRIGGER meanwhile AFTER INSERT ON records.bulk_row FOR EACH STATEMENT EXECUTE FUNCTION records.meanwhile()`);
    const { status, body } = await start('amina', 'assignments', owned, { ownerId: staff('amina') });
    expect([status, body.total]).toEqual([202, before.length]);
    const report = await ended('amina', body.id);
    await app.sql('DROP TRIGGER meanwhile ON records.bulk_row; DROP FUNCTION records.meanwhile()');
    const row = (id: string) => report.items.find((r) => r.caseId === id)!;
    expect(row(made[0]!)).toMatchObject({ state: 'refused', code: 'case.changed', resultId: null });
    expect(row(made[1]!)).toMatchObject({ state: 'done', code: null });
    expect([report.done, report.refused]).toEqual([before.length - 1, 1]);
  });

  it('is done by the rights of the moment: whoever has left does nothing any more', async () => {
    const [id] = await cases(1);
    const work = newId();
    await app.sql(
      `INSERT INTO records.bulk_work (id, kind, state, user_id, org_id, body, correlation_id, purpose, path, made_at)
       VALUES ($1, 'assign', 'running', $2, $3, $4, 'test', 'safeguarding', '/', now() - interval '1 minute')`,
      [work, staff('rhys'), org('northbank-council'), JSON.stringify({ ownerId: staff('tomas') })],
    );
    await app.sql("INSERT INTO records.bulk_row VALUES ($1, 1, $2, 1, 'waiting')", [work, id]);
    await eventually(
      async () =>
        (await app.sql("SELECT 1 FROM records.bulk_work WHERE id = $1 AND state = 'done'", [work])).length > 0,
      { timeoutMs: 30_000 },
    );
    expect(await app.sql('SELECT state, code FROM records.bulk_row WHERE bulk_id = $1', [work])).toEqual([
      { state: 'refused', code: 'member.unknown' },
    ]);
  });

  it('TRF-12: transfers several cases to which the caller is entitled: one offer each, under one bulk id', async () => {
    const made = await cases(3);
    const change = { recipient: staff('bevan'), reason: 'They moved to Eastvale.' };
    const { body } = await start('amina', 'transfers', { ids: made }, change);
    const report = await ended('amina', body.id);
    expect([report.done, report.refused]).toEqual([3, 0]);
    expect(await under(body.id, 'transfer.offer')).toHaveLength(3);
    for (const { caseId, resultId } of report.items) {
      const { body: offer } = await app.as('bevan').get(`/api/records/transfers/${resultId}`);
      expect(offer).toMatchObject({ caseId, state: 'offered', toId: staff('bevan') });
    }
    expect(
      await app.sql('SELECT DISTINCT bulk_id FROM records.case_transfer WHERE case_id = ANY ($1)', [made]),
    ).toEqual([{ bulk_id: body.id }]);
    // Of those that are on offer already, each row says so.
    const again = await ended('amina', (await start('amina', 'transfers', { ids: made }, change)).body.id);
    expect(again.items.map((r) => r.code)).toEqual(Array(3).fill('transfer.open'));
  });

  it('TRF-12: is begun wholly or not at all: one case that the caller may not hand over, or see, refuses it', async () => {
    const [mine, other] = [
      await cases(1),
      await caseX(app, referrals, { participants: [org('harbour-housing')], leadOrg: org('harbour-housing') }),
    ];
    const change = { recipient: staff('bevan'), reason: 'They moved.' };
    const unseen = await start('amina', 'transfers', { ids: [...mine, other.caseId] }, change);
    expect([unseen.status, problemsOf(unseen.body)]).toEqual([422, ['cases.ids case.unknown']]);
    expect((await start('tomas', 'transfers', { ids: mine }, change)).body).toMatchObject({
      ...{ status: 403, reasons: ['case.not-owner'] },
    });
    expect((await start('jo', 'transfers', { ids: mine }, change)).body).toMatchObject({
      reasons: ['role.not-entitled'],
    });
    expect(
      problemsOf((await start('amina', 'transfers', { ids: mine }, { ...change, recipient: newId() })).body),
    ).toEqual(['change.recipient transfer.cannot-receive']);
    expect(await app.sql('SELECT 1 FROM records.case_transfer WHERE case_id = ANY ($1)', [mine])).toEqual([]);
    expect((await app.acts('records')).some((a) => a.action === 'bulk.start' && a.outcome === 'denied')).toBe(true);
  });

  it('REF-26: refers both of two cases in bulk: one offer each', async () => {
    const made = await cases(2);
    const { status, body } = await start('amina', 'referrals', { ids: made }, offerOf());
    expect(status).toBe(202);
    const report = await ended('amina', body.id);
    expect(report.items.map((r) => r.state)).toEqual(['done', 'done']);
    for (const id of made)
      expect(await app.sql('SELECT state, bulk_id FROM records.onward_referral WHERE case_id = $1', [id])).toEqual([
        { state: 'offered', bulk_id: body.id },
      ]);
    expect(await under(body.id, 'referral.offer')).toHaveLength(2);
    expect(
      problemsOf((await start('amina', 'referrals', { ids: made }, offerOf({ consent: undefined }))).body),
    ).toEqual(['change.consent required']);
  });

  it('ASG-7, ASG-8: one case is flagged by whoever works on it; many by a lead, with a choice and within the cap', async () => {
    const made = await cases(2);
    const flag = { flag: 'needs-attention' };
    const tomas = app.as('tomas');
    const at = `/api/records/cases/${made[0]}/flags`;
    expect((await tomas.post(at, flag)).status).toBe(201);
    expect((await tomas.post(at, flag)).body.code).toBe('case.flagged');
    expect(problemsOf((await tomas.post(at, { flag: 'urgent!' })).body)).toEqual(['flag not-in-list']);
    expect((await tomas.get(at)).body).toMatchObject({
      ...{ items: [{ flag: 'needs-attention', by: staff('tomas'), to: null }], may: { flag: true } },
    });
    expect((await app.as('jo').post(at, flag)).status).toBe(403);
    expect((await app.as('dov').post(at, flag)).status).toBe(404);
    expect((await start('tomas', 'flags', { ids: made }, flag)).body).toMatchObject({
      ...{ status: 403, reasons: ['role.not-entitled'] },
    });
    expect(problemsOf((await start('amina', 'flags', {}, flag)).body)).toEqual(['cases.filter bulk.nothing-chosen']);
    const many = Array.from({ length: 101 }, () => newId());
    expect(problemsOf((await start('amina', 'flags', { ids: many }, flag)).body)).toEqual(['cases.ids bulk.too-many']);
    const { status, body } = await start('amina', 'flags', { ids: made }, flag);
    expect(status).toBe(202);
    const report = await ended('amina', body.id);
    expect(report.items.map((r) => [r.state, r.code])).toEqual([
      ['refused', 'case.flagged'],
      ['done', null],
    ]);
    expect(await under(body.id, 'case.flag-in-bulk')).toHaveLength(1);
    expect((await under(body.id, 'case.flag')).map((a) => a.outcome).sort()).toEqual(['done', 'failed']);
    expect((await tomas.post(`${at}/needs-attention/ending`)).status).toBe(200);
    expect((await tomas.post(`${at}/needs-attention/ending`)).status).toBe(404);
    expect((await tomas.get(at)).body.items[0].to).not.toBeNull();
    const events = await app.sql(
      `SELECT 1 FROM records.outbox WHERE stream_id = $1 AND convert_from(body, 'UTF8') LIKE '%records.case-flag-changed.v1%'`,
      [made[0]],
    );
    expect(events).toHaveLength(2);
  });
});
