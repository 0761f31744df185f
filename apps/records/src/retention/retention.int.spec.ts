import { RecordsModule } from '@concordat-app/records';
import { addDays, addMonths, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { Client } from 'pg';
import { opened, org, PeersStandIn, staff, type Opening } from '../opened.testing';
import { aged } from './aged.testing';
import { Calculating } from './calculating';

const WHY = { reason: 'Nobody needs it any more' };
const TODAY = civilDate(new Date());

describe('retention', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const get = (who: string, path: string) => app.as(who).get(`/api/records/retention${path}`);
  const post = (who: string, path: string, body: object = {}, version = 1) =>
    app.as(who).post(`/api/records/retention${path}`, body, { version });
  const view = async (caseId: string, who = 'kit') => (await get(who, `/${caseId}`)).body;
  const listed = async (who: string, query = ''): Promise<string[]> =>
    ((await get(who, `?limit=100${query}`)).body.items as { caseId: string }[]).map((k) => k.caseId);
  /** A case to which nothing was added for so many years. */
  async function old(opening: Opening = {}, years = 8): Promise<string> {
    const { caseId } = await opened(app, referrals, opening);
    await aged(app, caseId, years);
    return caseId;
  }

  it('shows whose time is up to the information governance leads of the area, and tells nobody’s name', async () => {
    const due = await old();
    const soon = await old({}, 7); // seven years and no day: due today
    const kept = await old({}, 1);
    for (const lead of ['kit', 'yusuf']) {
      const ids = await listed(lead);
      expect([lead, ids.includes(due), ids.includes(soon), ids.includes(kept)]).toEqual([lead, true, true, false]);
      expect(ids.indexOf(due)).toBeLessThan(ids.indexOf(soon));
    }
    expect(await listed('kit', '&view=all')).toContain(kept);
    const row = (await get('kit', '')).body.items.find((k: { caseId: string }) => k.caseId === due);
    expect(row).toMatchObject({
      ...{ rule: 'last-involvement', ruleVersion: 1, state: 'kept', keptBy: null, kind: 'domestic-abuse' },
      pack: expect.stringMatching(/^england-wales@\d+\.\d+\.\d+\/retention@1$/),
      dueOn: addMonths(addMonths(TODAY, -12 * 8), 12 * 7),
    });
    const one = await view(due);
    expect(one.ends[0]).toMatchObject({ rule: 'last-involvement', trigger: 'last-involvement', on: row.dueOn });
    expect(JSON.stringify([row, one])).not.toMatch(/Tamsin|Corin|Ashgrove/);
    // An auditor looks on; a lead, and anybody else, is not told.
    expect(await listed('erin')).toContain(due);
    expect((await view(due, 'erin')).may).toEqual({
      hold: false,
      keep: false,
      propose: false,
      confirm: false,
      refuse: false,
    });
    for (const other of ['amina', 'carys', 'dov']) {
      expect([other, (await get(other, '')).status]).toEqual([other, 403]);
      expect([other, (await get(other, `/${due}`)).status]).toEqual([other, 404]);
      expect([other, (await post(other, `/${due}/erasure`, WHY)).status]).toEqual([other, 404]);
    }
    const act = (await app.acts('records')).findLast((a) => a.action === 'retention.list' && a.actor === staff('kit'));
    expect(act).toMatchObject({ outcome: 'done', items: ['retention'] });
    expect((await get('kit', `/${newId()}`)).status).toBe(404);
  });

  it('is found by its reference, and a page at a time', async () => {
    const [one, two] = [await old(), await old()];
    const { reference } = await view(one);
    const found = await listed('kit', `&view=all&reference=${encodeURIComponent(reference.toLowerCase())}`);
    expect(found).toEqual([one]);
    expect(await listed('kit', '&view=all&reference=nonsense')).toEqual([]);
    const first = (await get('kit', '?limit=1')).body;
    expect(first.count.value).toBeGreaterThanOrEqual(2);
    const second = (await get('kit', `?limit=1&cursor=${first.next}`)).body;
    expect(second.items[0].caseId).not.toBe(first.items[0].caseId);
    expect(two).not.toBe(one);
  });

  it('keeps children longer, and what is under a moratorium whatever its rule says', async () => {
    const birth = addMonths(TODAY, -12 * 20); // 12 when the case was last added to
    const child = { roles: ['child'], name: { given: 'Odile', family: 'Fennimore' }, datesOfBirth: [{ value: birth }] };
    const subject = { roles: ['subject'], name: { given: 'Maren', family: 'Fennimore' } };
    const caseId = await old({ people: [subject, child] });
    expect(await listed('kit')).not.toContain(caseId);
    const one = await view(caseId);
    expect(one).toMatchObject({ rule: 'child', dueOn: addMonths(birth, 12 * 25), keptBy: 'kept' });
    expect(one.ends.map((e: { rule: string }) => e.rule)).toEqual(['child', 'last-involvement']);
    expect((await post('kit', `/${caseId}/erasure`, WHY)).body).toMatchObject({
      status: 409,
      code: 'retention.not-due',
    });

    const protectedCase = await old();
    await app.sql(`UPDATE records.case_file SET kind = 'child-safeguarding' WHERE id = $1`, [protectedCase]);
    await aged(app, protectedCase, 0);
    const held = await view(protectedCase);
    expect(held).toMatchObject({ moratorium: 'child-abuse', keptBy: 'moratorium' });
    expect(await listed('kit', '&view=held')).toContain(protectedCase);
    expect(await listed('kit')).not.toContain(protectedCase);
    const refused = await post('kit', `/${protectedCase}/erasure`, WHY);
    expect(refused.body).toMatchObject({ status: 409, code: 'retention.moratorium' });
  });

  it('is put off to another day, with a reason; then it comes back', async () => {
    const caseId = await old();
    const wrong = await post('kit', `/${caseId}/keeping`, { reason: ' ', until: 'soon' });
    expect(wrong.body.errors.map((e: { field: string }) => e.field).sort()).toEqual(['reason', 'until']);
    for (const until of [TODAY, addMonths(TODAY, 12 * 10 + 1)])
      expect((await post('kit', `/${caseId}/keeping`, { ...WHY, until })).status).toBe(422);
    const until = addDays(TODAY, 40);
    expect((await post('kit', `/${caseId}/keeping`, { reason: 'Proceedings may follow', until }, 2)).status).toBe(409);
    const done = await post('kit', `/${caseId}/keeping`, { reason: 'Proceedings may follow', until });
    expect([done.status, done.body.version]).toEqual([200, 2]);
    expect(await listed('kit')).not.toContain(caseId);
    expect(await listed('kit', '&view=soon')).toContain(caseId);
    const one = await view(caseId);
    expect(one).toMatchObject({ dueOn: until, keptUntil: until, keptBy: 'kept' });
    expect(one.steps).toEqual([
      expect.objectContaining({ what: 'kept', reason: 'Proceedings may follow', until, by: staff('kit') }),
    ]);
    expect((await view(caseId, 'erin')).steps[0].reason).toBeNull();
    // What is calculated later does not take it back.
    await app.sql(`UPDATE records.retention SET calculated_at = '-infinity' WHERE case_id = $1`, [caseId]);
    await aged(app, caseId, 0);
    expect((await view(caseId)).dueOn).toBe(until);
    const act = (await app.acts('records')).findLast((a) => a.action === 'retention.keep' && a.outcome === 'done')!;
    expect(act).toMatchObject({ detail: { reason: 'Proceedings may follow', until } });
    expect(act.rule).toMatch(/^england-wales@.*\/retention@1\/last-involvement@1$/);
  });

  it('takes two people to erase: one proposes, another confirms or refuses', async () => {
    const caseId = await old();
    expect((await post('kit', `/${caseId}/erasure/confirmation`)).body.code).toBe('retention.state');
    expect((await post('erin', `/${caseId}/erasure`, WHY)).status).toBe(403);
    expect((await post('kit', `/${caseId}/erasure`, WHY)).status).toBe(200);
    expect(await listed('yusuf', '&view=proposed')).toContain(caseId);
    expect((await view(caseId)).may).toMatchObject({ confirm: false, refuse: true, keep: false });
    expect((await view(caseId, 'yusuf')).may).toMatchObject({ confirm: true, refuse: true });
    const own = await post('kit', `/${caseId}/erasure/confirmation`, {}, 2);
    expect([own.status, own.body.code]).toEqual([422, 'retention.own']);
    expect((await post('yusuf', `/${caseId}/erasure/refusal`, { reason: ' ' }, 2)).status).toBe(422);
    expect((await post('yusuf', `/${caseId}/erasure/refusal`, { reason: 'A review has begun' }, 2)).status).toBe(200);
    expect(await view(caseId)).toMatchObject({ state: 'kept', proposedBy: null });
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === caseId));
    for (const action of ['retention.propose-erasure', 'retention.refuse-erasure', 'retention.confirm-erasure'])
      expect([action, acts.some((a) => a.action === action)]).toEqual([action, true]);
    expect(acts.find((a) => a.action === 'retention.propose-erasure' && a.outcome === 'denied')!.actor).toBe(
      staff('erin'),
    );
  });

  it('is kept by a hold until that is released, with a reason, and by each of several', async () => {
    const caseId = await old();
    expect((await post('kit', `/${caseId}/holds`, { reason: '' })).status).toBe(422);
    const first = await post('kit', `/${caseId}/holds`, { reason: 'An inquest' });
    const second = await post('yusuf', `/${caseId}/holds`, { reason: 'An inquiry' }, 2);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await listed('kit')).not.toContain(caseId);
    expect(await listed('kit', '&view=held')).toContain(caseId);
    expect((await post('kit', `/${caseId}/erasure`, WHY, 3)).body).toMatchObject({
      status: 409,
      code: 'retention.held',
    });
    const release = (id: string, version: number) =>
      post('kit', `/${caseId}/holds/${id}/release`, { reason: 'It is over' }, version);
    expect((await release(newId(), 3)).status).toBe(404);
    expect((await release(first.body.id, 3)).status).toBe(200);
    expect((await release(first.body.id, 4)).status).toBe(409);
    expect((await post('kit', `/${caseId}/erasure`, WHY, 4)).body.code).toBe('retention.held');
    expect((await release(second.body.id, 4)).status).toBe(200);
    expect((await post('kit', `/${caseId}/erasure`, WHY, 5)).status).toBe(200);
    // A hold that comes after the proposal keeps it from being confirmed.
    expect((await post('yusuf', `/${caseId}/holds`, { reason: 'Another inquiry' }, 6)).status).toBe(201);
    expect((await post('yusuf', `/${caseId}/erasure/confirmation`, {}, 7)).body.code).toBe('retention.held');
    const { holds } = await view(caseId);
    expect(holds.map((h: { reason: string; releasedAt: string | null }) => [h.reason, h.releasedAt !== null])).toEqual([
      ['Another inquiry', false],
      ['An inquiry', true],
      ['An inquest', true],
    ]);
    const acts = await app.acts('records');
    expect(acts.some((a) => a.action === 'hold.place' && a.detail['reason'] === 'An inquest')).toBe(true);
    expect(acts.some((a) => a.action === 'hold.release' && a.outcome === 'done')).toBe(true);
  });

  it('is not erased when something was added to the case meanwhile', async () => {
    const caseId = await old();
    expect((await post('kit', `/${caseId}/erasure`, WHY)).status).toBe(200);
    const note = { text: 'She has written to us', mentions: [] };
    expect((await app.as('amina').post(`/api/records/cases/${caseId}/notes`, note)).status).toBe(201);
    const late = await post('yusuf', `/${caseId}/erasure/confirmation`, {}, 2);
    expect([late.status, late.body.code]).toEqual([409, 'retention.not-due']);
    expect((await view(caseId)).dueOn).toBe(addMonths(TODAY, 12 * 7));
  });

  it('is calculated of everything that was loaded, and of everything anew when the rules change, hundreds at a time', async () => {
    const like = await old({}, 3);
    const at = { ...(await view(like)) };
    await app.sql(
      `INSERT INTO records.case_file (id, reference, status, kind, area_id, lead_org, opened_at, subject_name)
       SELECT gen_random_uuid(), f.reference || '-' || n, f.status, f.kind, f.area_id, f.lead_org, f.opened_at, 'Nobody'
         FROM records.case_file f, generate_series(1, 1100) n WHERE f.id = $1`,
      [like],
    );
    const kept = () =>
      app.sql<{ n: number; pack: string; due: string }>(
        `SELECT count(*)::int AS n, pack, due_on::text AS due FROM records.retention WHERE starts_with(reference, $1) GROUP BY 2, 3`,
        [`${at.reference}-`],
      );
    const calculating = app.running.app.get(Calculating, { strict: false });
    await calculating.sweep();
    expect(await kept()).toEqual([{ n: 1100, pack: at.pack, due: at.dueOn }]);
    // Packs before and after this one, by their names.
    for (const other of ['an-earlier-pack', 'the-last-pack']) {
      await app.sql(`UPDATE records.retention SET pack = $1, due_on = '2001-01-01'`, [other]);
      await calculating.sweep();
      expect(await kept()).toEqual([{ n: 1100, pack: at.pack, due: at.dueOn }]);
    }
    expect(await app.sql(`SELECT 1 FROM records.retention WHERE pack <> $1`, [at.pack])).toEqual([]);
  });

  it('is behind a second wall: the database shows and changes it for the same people, and erases nothing undecided', async () => {
    const caseId = await old();
    const client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
    try {
      await client.query('SET ROLE concordat_records; SET search_path = records');
      const as = (who: string, of: string, scope = 'user') =>
        client.query(
          `SELECT set_config('concordat.user', $1, false), set_config('concordat.org', $2, false), set_config('concordat.scope', $3, false)`,
          [staff(who), org(of), scope],
        );
      const count = async (sql: string) => (await client.query(sql, [caseId])).rowCount;
      const SEE = 'SELECT 1 FROM retention WHERE case_id = $1';
      const CHANGE = `UPDATE retention SET version = version WHERE case_id = $1`;
      await as('kit', 'northbank-council');
      expect([await count(SEE), await count(CHANGE)]).toEqual([1, 1]);
      await as('erin', 'northbank-council');
      expect([await count(SEE), await count(CHANGE)]).toEqual([1, 0]);
      await as('amina', 'northbank-council');
      expect([await count(SEE), await count(CHANGE)]).toEqual([0, 0]);
      expect(await count('SELECT 1 FROM keeping_facts(ARRAY[$1::uuid])')).toBe(0);
      for (const [who, scope] of [
        ['kit', 'user'],
        ['kit', 'system'],
      ] as const) {
        await as(who, 'northbank-council', scope);
        await expect(client.query('SELECT * FROM erase_case($1, now())', [caseId])).rejects.toThrow(/privilege/);
      }
      await expect(client.query('DELETE FROM retention WHERE case_id = $1', [caseId])).rejects.toThrow(/denied/);
    } finally {
      await client.end();
    }
  });
});
