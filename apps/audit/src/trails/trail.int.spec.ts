import { newEventId, newId, type ActRecorded } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { allSealed, deliver, makeAct, type Made } from '../acts.testing';
import { AuditModule } from '../audit.module';
import { FIND_BY_AGREEMENT } from '../migrations/1700000180000-find-by-agreement';

interface Item {
  eventId: string;
  at: string;
  actor: string;
  detail: Record<string, unknown>;
}

describe('the trail', () => {
  let app: TestApp;
  let next = 1n;
  const day = '2026-11-20';
  const [P, X, R, Y] = [newId(), newId(), newId(), newId()];
  const [amina, bevan, council, trust] = [newId(), newId(), newId(), newId()];
  const acts: Record<'nine' | 'ten' | 'half' | 'noon' | 'refused', string> = {
    nine: newEventId(),
    ten: newEventId(),
    half: newEventId(),
    noon: newEventId(),
    refused: newEventId(),
  };

  beforeAll(async () => {
    app = await startApp([AuditModule]);
    const at = (time: string): string => `${day}T${time}:00.000Z`;
    const byAmina = { actor: amina, actorOrg: council };
    await record(
      { ...byAmina, occurredAt: at('09:00'), objects: [{ t: 'referral', id: R }], action: 'referral.view' },
      { id: acts.nine },
    );
    await record(
      { ...byAmina, occurredAt: at('10:00'), subjects: [P], objects: [{ t: 'case', id: X, ver: '1' }] },
      { id: acts.ten, detail: { terms: 'Zephyrine' } },
    );
    await record(
      {
        actor: bevan,
        actorOrg: trust,
        occurredAt: at('10:30'),
        subjects: [P],
        objects: [{ t: 'case', id: Y }],
        recipients: [{ org: council }],
      },
      { id: acts.half },
    );
    await record(
      { ...byAmina, occurredAt: at('12:00'), subjects: [P], objects: [{ t: 'case', id: X }] },
      { id: acts.noon },
    );
    const refused = {
      actor: bevan,
      actorOrg: trust,
      occurredAt: at('13:00'),
      outcome: 'denied' as const,
      reasons: ['case.not-found'],
    };
    await record({ ...refused, objects: [{ t: 'case', id: X }] }, { id: acts.refused });
    await app.sql(`INSERT INTO audit.case_link VALUES ($1, $2)`, [X, R]);
    await allSealed(app, 'records', next - 1n);
  });
  afterAll(() => app.stop());

  const record = (change: Partial<ActRecorded>, made: Made) =>
    deliver(app, [makeAct(app.running.process.detailKey, next++, change, { source: 'records', ...made })]);
  const get = (query: string, as = 'erin') => app.as(as).get(`/api/audit/trail?${query}`);
  async function ids(query: string): Promise<string[]> {
    const { status, body } = await get(query);
    expect(status).toBe(200);
    return (body.items as Item[]).map((i) => i.eventId);
  }
  /** The day of the acts above: readings of the trail are in it too (AUD-12), and are sealed when they are. */
  const then = `to=${day}`;
  const mine = (list: string[]): string[] => list.filter((id) => Object.values(acts).includes(id));

  it('AUD-1: by user, by time with both ends included, by both, by neither', async () => {
    const within = `from=${day}T10:00Z&to=${day}T12:00Z`;
    const four = `to=${day}T12:00Z`;
    expect(await ids(`user=${amina}`)).toEqual([acts.noon, acts.ten, acts.nine]);
    expect(await ids(`all=true&${within}`)).toEqual([acts.noon, acts.half, acts.ten]);
    expect(await ids(`user=${amina}&${within}`)).toEqual([acts.noon, acts.ten]);
    expect(await ids(`all=true&${four}`)).toEqual([acts.noon, acts.half, acts.ten, acts.nine]);
  });

  it('AUD-3: an opening of a case names record, user, role, agency, purpose, method, path, address and correlation', async () => {
    const { body } = await get(`case=${X}&user=${amina}&from=${day}T10:00Z&to=${day}T10:00Z`);
    expect(body.items).toEqual([
      {
        index: expect.stringMatching(/^\d+$/),
        eventId: acts.ten,
        at: `${day}T10:00:00.000Z`,
        recordedAt: expect.stringMatching(/Z$/),
        source: 'records',
        seq: '2',
        action: 'case.view',
        act: 'VIEW_CASE',
        op: 'CONSULTATION',
        outcome: 'done',
        actor: amina,
        actorOrg: council,
        actorRole: 'practitioner',
        subjects: [P],
        objects: [{ t: 'case', id: X, ver: '1' }],
        recipients: [],
        items: [],
        purpose: 'safeguarding',
        reasons: [],
        corr: expect.any(String),
        intact: true,
        erased: false,
        detail: { method: 'GET', path: '/api/records/cases', address: '192.0.2.1', terms: 'Zephyrine' },
      },
    ]);
    expect(body).toMatchObject({ count: { value: 1, more: false }, next: null, previous: null });
    expect(body.checkpoint).toEqual({ size: expect.any(String), root: expect.any(String), at: expect.any(String) });
  });

  it('by case shows what was done to the referral that it came from, and refusals', async () => {
    expect(await ids(`case=${X}&${then}`)).toEqual([acts.refused, acts.noon, acts.ten, acts.nine]);
    expect(await ids(`case=${X}&outcome=denied&${then}`)).toEqual([acts.refused]);
    expect(await ids(`case=${X}&action=referral.view`)).toEqual([acts.nine]);
    expect(await ids(`case=${newId()}`)).toEqual([]);
  });

  it('AUD-7: by user, by agency as actor or recipient, by day', async () => {
    expect(await ids(`user=${bevan}`)).toEqual([acts.refused, acts.half]);
    expect(await ids(`agency=${council}`)).toEqual([acts.noon, acts.half, acts.ten, acts.nine]);
    expect(await ids(`agency=${council}&user=${bevan}`)).toEqual([acts.half]);
    expect(mine(await ids(`all=true&from=${day}&to=${day}`))).toHaveLength(5);
    expect(await ids(`all=true&to=2026-11-19`)).toEqual([]);
  });

  it('says nothing of a restricted record, but to an auditor who may read restricted records', async () => {
    await app.sql(`INSERT INTO audit.restricted_record (restriction_id, record_id, named) VALUES ($1, $2, '{}')`, [
      newId(),
      P,
    ]);
    const roles = (sql: string) =>
      app.sql(
        `UPDATE audit.member SET roles = ${sql} WHERE user_id = (SELECT user_id FROM identity.staff WHERE username = 'erin')`,
      );
    /** The details that an export of the whole log opens. */
    const terms = async (): Promise<string> => {
      const { status, body } = await app.as('erin').post<string>('/api/audit/exports', { all: true });
      expect(status).toBe(200);
      const details = body
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { detail?: string }).detail ?? '');
      return details.map((d) => Buffer.from(d, 'base64').toString('utf8')).join();
    };
    try {
      expect(await ids(`person=${P}`)).toEqual([]);
      expect(await ids(`case=${X}&${then}`)).toEqual([acts.refused, acts.nine]);
      const { body } = await get(`all=true&to=${day}`);
      expect([body.count.value, JSON.stringify(body).includes(P)]).toEqual([2, false]);
      expect((await app.as('erin').get(`/api/audit/entries/${acts.noon}`)).status).toBe(404);
      expect((await app.as('erin').get(`/api/audit/proofs/${acts.noon}`)).status).toBe(404);
      expect(await terms()).not.toContain('Zephyrine');
      await roles(`array_append(roles, 'restricted-records')`);
      expect(await ids(`person=${P}&${then}`)).toEqual([acts.noon, acts.half, acts.ten]);
      expect((await app.as('erin').get(`/api/audit/entries/${acts.noon}`)).status).toBe(200);
      expect(await terms()).toContain('Zephyrine');
    } finally {
      await roles(`array_remove(roles, 'restricted-records')`);
      await app.sql('DELETE FROM audit.restricted_record');
    }
  });

  it('AUD-15: the same act is found from the person’s side and from the user’s', async () => {
    const [byPerson, byUser] = [await get(`person=${P}`), await get(`user=${amina}`)];
    const one = (body: { items: Item[] }): Item | undefined => body.items.find((i) => i.eventId === acts.noon);
    expect(one(byPerson.body)).toEqual(one(byUser.body));
    expect(await ids(`person=${P}&${then}`)).toEqual([acts.noon, acts.half, acts.ten]);
    expect(await ids(`person=${P}&agency=${trust}&${then}`)).toEqual([acts.half]);
  });

  it('pages forth and back without losing or doubling an act', async () => {
    const seen: string[] = [];
    let query = `agency=${council}&limit=3`;
    const first = await get(query);
    seen.push(...(first.body.items as Item[]).map((i) => i.eventId));
    expect(first.body).toMatchObject({ previous: null, next: expect.any(String), count: { value: 4, more: false } });
    query += `&cursor=${first.body.next}`;
    const second = await get(query);
    seen.push(...(second.body.items as Item[]).map((i) => i.eventId));
    expect(seen).toEqual([acts.noon, acts.half, acts.ten, acts.nine]);
    expect(second.body).toMatchObject({ next: null, previous: expect.any(String) });
    const back = await get(`agency=${council}&limit=3&cursor=${second.body.previous}`);
    expect(back.body.items).toEqual(first.body.items);
    expect(back.body).toMatchObject({ previous: null, next: first.body.next });
  });

  it('AUD-2, AUD-11: refuses who may not read it, on record with outcome denied', async () => {
    for (const who of ['amina', 'bevan', 'kit', 'lena']) {
      const { status, body, headers } = await get(`case=${X}`, who);
      expect([status, body.reasons]).toEqual([403, ['role.not-entitled']]);
      await allSealed(app);
      const denied = await get(
        `user=${(await app.as(who).get('/api/identity/me')).body.id}&outcome=denied&action=trail.read`,
      );
      const item = denied.body.items.find((i: Item) => i.eventId === headers.get('concordat-audit-entry'));
      expect(item).toMatchObject({ action: 'trail.read', outcome: 'denied', op: 'CONSULTATION' });
    }
  });

  it('AUD-12: reading it is itself in it, with what was asked and what was shown', async () => {
    const { headers } = await get(`person=${P}&from=${day}&to=${day}`);
    await allSealed(app);
    const erin = (await app.as('erin').get('/api/identity/me')).body.id;
    const { body } = await get(`person=${P}&user=${erin}&action=trail.read`);
    const reading = body.items.find((i: Item) => i.eventId === headers.get('concordat-audit-entry'));
    expect(reading).toMatchObject({
      action: 'trail.read',
      actorRole: 'auditor',
      subjects: [P],
      detail: {
        asked: { person: P, from: day, to: day },
        shown: [expect.any(String), expect.any(String), expect.any(String)],
      },
    });
  });

  it('AUD-9, AUD-10: names every id that a list showed, and keeps search terms sealed', async () => {
    const shown = Array.from({ length: 30 }, newId);
    const id = newEventId();
    const objects = shown.map((r) => ({ t: 'referral' as const, id: r }));
    await record(
      { action: 'referral.search', actor: amina, objects, items: ['count-30'] },
      { id, detail: { terms: 'Quillfeather' } },
    );
    await allSealed(app, 'records', next - 1n);
    for (const r of [shown[0]!, shown[29]!]) {
      const { body } = await get(`case=${r}`);
      expect(body.items[0]).toMatchObject({ eventId: id, detail: { terms: 'Quillfeather' } });
      expect(body.items[0].objects).toHaveLength(30);
    }
    const [entry] = await app.sql<{ text: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS text FROM audit.entry WHERE event_id = $1`,
      [id],
    );
    expect(entry!.text).not.toContain('Quillfeather');
  });

  it('from an agreement: what was done under it, whatever its version, by kind of act; and acts of before are found again', async () => {
    const agreement = `hand-over-${next}`;
    const [read, shared, tried, searched] = [newEventId(), newEventId(), newEventId(), newEventId()];
    const under = (version: string) => ({
      ...{ actor: amina, occurredAt: `${day}T15:00:00.000Z`, rule: `${agreement}@${version}` },
      objects: [
        { t: 'case' as const, id: newId() },
        { t: 'decision' as const, id: newId() },
      ],
    });
    await record({ ...under('1.0.0'), action: 'case.view' }, { id: read });
    await record({ ...under('1.1.0'), action: 'referral.offer' }, { id: shared });
    await record({ ...under('1.1.0'), action: 'case.view', outcome: 'denied' }, { id: tried });
    await record({ ...under('1.1.0'), action: 'person.match' }, { id: searched });
    await record({ actor: amina, occurredAt: `${day}T15:00:00.000Z`, rule: 'england-wales@1.10.0' }, {});
    await allSealed(app, 'records', next - 1n);
    const at = `agreement=${agreement}&${then}`;
    const all = [searched, tried, shared, read];
    expect(await ids(at)).toEqual(all);
    for (const [kind, found] of [
      ['read', [read]],
      ['disclosed', [shared]],
      ['searched', [searched]],
      ['refused', [tried]],
      ['exported', []],
      ['read&outcome=denied', [tried]],
    ] as const)
      expect([kind, await ids(`${at}&kind=${kind}`)]).toEqual([kind, found]);
    expect((await get(`${at}&kind=looked`)).status).toBe(422);
    // That it was read is found from the agreement as well.
    await allSealed(app);
    expect((await get(`agreement=${agreement}&action=trail.read`)).body.items[0]).toMatchObject({
      objects: expect.arrayContaining([{ t: 'agreement', id: agreement }]),
    });
    await app.sql(`DELETE FROM audit.mention WHERE kind = 'g'`);
    expect(await ids(at)).toEqual([]);
    await app.sql(`SET search_path = audit; ${FIND_BY_AGREEMENT}; RESET search_path`);
    expect(await ids(at)).toEqual(all);
  });

  it('asks to be asked for something, and refuses what it cannot read', async () => {
    const bad = [
      '',
      'action=case.view',
      'person=x',
      'all=yes',
      'all=true&from=2026-02-30',
      'all=true&from=2026-02-02&to=2026-02-01',
      'agreement=the+hand-over+one',
      'all=true&cursor=x',
      'all=true&limit=101',
      'all=true&q=1',
    ];
    for (const query of bad) expect((await get(query)).status).toBe(422);
    expect((await get('')).body).toMatchObject({ code: 'trail.unbounded' });
    expect((await get('all=true&outcome=failed')).status).toBe(200);
  });

  it('shows an act whose detail was altered as not intact, and one that was erased by its codes alone', async () => {
    const [before] = await app.sql<{ sealed: Buffer }>(
      'SELECT d.sealed FROM audit.detail d JOIN audit.entry e USING (idx) WHERE e.event_id = $1',
      [acts.half],
    );
    const set = (sealed: Buffer) =>
      app.sql('UPDATE audit.detail d SET sealed = $2 FROM audit.entry e WHERE e.idx = d.idx AND e.event_id = $1', [
        acts.half,
        sealed,
      ]);
    const altered = Buffer.from(before!.sealed);
    altered[60]! ^= 1;
    await set(altered);
    const find = async (): Promise<Item> =>
      (await get(`user=${bevan}`)).body.items.find((i: Item) => i.eventId === acts.half);
    expect(await find()).toMatchObject({ intact: false, erased: false, detail: null, subjects: [], act: 'VIEW_CASE' });
    await app.sql('DELETE FROM audit.detail d USING audit.entry e WHERE e.idx = d.idx AND e.event_id = $1', [
      acts.half,
    ]);
    expect(await find()).toMatchObject({
      erased: true,
      detail: null,
      actor: null,
      actorOrg: trust,
      purpose: 'safeguarding',
    });
  });

  it('shows administrators what administrators did, and nothing of what anybody did with a case', async () => {
    const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
    const [granted, ended, told] = [newEventId(), newEventId(), newEventId()];
    const of = (actorOrg: string) => ({ actor: amina, actorOrg, actorRole: 'administrator' as const });
    const detail = { was: { roles: ['practitioner'] } };
    await record({ ...of(COUNCIL), action: 'membership.grant' }, { id: granted, detail });
    await record(
      { ...of(trust), action: 'client.end', outcome: 'denied', reasons: ['role.not-entitled'] },
      { id: ended },
    );
    await record({ ...of(trust), action: 'membership.change', recipients: [{ org: COUNCIL }] }, { id: told });
    await allSealed(app, 'records', next - 1n);
    const look = (query = '', as = 'lena') => app.as(as).get(`/api/audit/trail/administration?limit=100&${query}`);
    const shown = async (query = '', as = 'lena'): Promise<string[]> =>
      ((await look(query, as)).body.items as Item[])
        .map((item) => item.eventId)
        .filter((id) => [granted, ended, told, ...Object.values(acts)].includes(id));
    expect(await shown()).toEqual([told, ended, granted]);
    expect(await shown('', 'erin')).toEqual([told, ended, granted]);
    expect(await shown('outcome=denied')).toEqual([ended]);
    expect(await shown(`action=membership.grant&user=${amina}&agency=${COUNCIL}`)).toEqual([granted]);
    expect((await look('action=case.view')).status).toBe(422);
    const { body } = await look('action=membership.grant');
    expect(JSON.stringify(body.items)).not.toMatch(/detail|"was"|192\.0\.2/);
    // One who leads no area sees what their own organisation did or was told of.
    await app.sql(`UPDATE audit.area SET active = false WHERE lead_org = '${COUNCIL}'`);
    expect(await shown()).toEqual([told, granted]);
    await app.sql(`UPDATE audit.area SET active = true WHERE lead_org = '${COUNCIL}'`);
    expect((await look('', 'amina')).status).toBe(403);
    const looks = (await app.acts('audit')).filter((a) => a.action === 'trail.read-administration');
    expect(looks.at(-1)).toMatchObject({ outcome: 'denied' });
  });
});
