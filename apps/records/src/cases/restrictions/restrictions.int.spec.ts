import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { Tx } from '@concordat/messaging';
import { startApp, type TestApp } from '@concordat/testing';
import { Client } from 'pg';
import { refer } from '../../handed.testing';
import { opened, org, PeersStandIn, staff } from '../../opened.testing';

const IN_A_MONTH = addDays(civilDate(new Date()), 30);
const terms = (...named: string[]) => ({
  named: named.map(staff),
  reviewOn: IN_A_MONTH,
  reason: 'A colleague is in it',
});

describe('restrictions', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const get = (who: string, path: string) => app.as(who).get(`/api/records${path}`);
  const post = (who: string, path: string, body: object, version = 1) =>
    app.as(who).post(`/api/records${path}`, body, { version });
  const restrict = async (caseId: string, kind: string, ...named: string[]) => {
    const { version } = (await get('amina', `/cases/${caseId}`)).body as { version: number };
    const done = await post('amina', `/cases/${caseId}/restrictions`, { kind, ...terms(...named) }, version);
    expect([done.status, done.body.errors]).toEqual([201, undefined]);
    return done.body as { id: string };
  };
  const listed = async (who: string): Promise<string> => JSON.stringify((await get(who, '/cases?limit=100')).body);
  const bare = ({ status, body }: { status: number; body: object }) => ({
    status,
    ...body,
    instance: '',
    correlationId: '',
  });
  /** Everything that records can be asked of a case and its people. */
  const addresses = (caseId: string, person: string) => [
    `/cases/${caseId}`,
    `/cases/${caseId}/timeline`,
    `/cases/${caseId}/restrictions`,
    `/people/${person}`,
    `/people/${person}/history`,
    `/people/${person}/candidates`,
    `/people/${person}/merges`,
    `/people/${person}/restrictions`,
  ];

  it('shows a case to those who are named, and to everybody else as if it were not there', async () => {
    const before = ((await get('tomas', '/cases')).body as { count: { value: number } }).count.value;
    const { caseId, subject } = await opened(app, referrals);
    expect(((await get('tomas', '/cases')).body as { count: { value: number } }).count.value).toBe(before + 1);
    await restrict(caseId, 'colleague', 'amina', 'hana');
    for (const named of ['amina', 'hana'])
      for (const at of addresses(caseId, subject))
        expect([named, at, (await get(named, at)).status]).toEqual([named, at, 200]);
    for (const other of ['tomas', 'idris', 'wren']) {
      const absent = addresses(newId(), newId());
      for (const [i, at] of addresses(caseId, subject).entries())
        expect([other, at, bare(await get(other, at))]).toEqual([other, at, bare(await get(other, absent[i]!))]);
      expect(await listed(other)).not.toContain(caseId);
      expect(await listed(other)).not.toContain('"restricted":[{');
    }
    expect(((await get('tomas', '/cases')).body as { count: { value: number } }).count.value).toBe(before);
    const looked = await post('tomas', '/people/candidates', {
      person: { name: { given: 'Tamsin', family: 'Ashgrove' } },
    });
    expect([looked.status, JSON.stringify(looked.body).includes(subject)]).toEqual([200, false]);
    const found = await post('amina', '/people/candidates', {
      person: { name: { given: 'Tamsin', family: 'Ashgrove' } },
    });
    expect(JSON.stringify(found.body)).toContain(subject);
    const acts = (await app.acts('records')).filter((a) => a.action === 'restriction.make');
    expect(acts.at(-1)).toMatchObject({ outcome: 'done', decision: 'colleague' });
    expect(acts.at(-1)!.objects).toEqual(expect.arrayContaining([{ t: 'case', id: caseId }]));
    expect(acts.at(-1)!.detail['reason']).toBe('A colleague is in it');
  });

  /** What a request asks of the database, each statement with how many rows came back: what the time that it takes depends on. */
  const statementsOf = async (who: string, at: string): Promise<string[]> => {
    const asked: string[] = [];

    const query = Tx.prototype.query;
    const spy = jest.spyOn(Tx.prototype, 'query').mockImplementation(async function (this: Tx, sql, params, name) {
      const rows = await query.call(this, sql, params, name);
      if (this.call.path.startsWith(`/api/records${at.split('?')[0]}`)) asked.push(`${name ?? sql}: ${rows.length}`);
      return rows;
    });
    try {
      await get(who, at);
    } finally {
      spy.mockRestore();
    }
    return asked;
  };

  it('takes as long to answer about what is closed as about what is not there: the same is asked, and as much comes back', async () => {
    const { caseId, subject } = await opened(app, referrals);
    await restrict(caseId, 'colleague', 'amina');
    const absent = addresses(newId(), newId());
    for (const [i, at] of addresses(caseId, subject).entries()) {
      const [closed, none] = [await statementsOf('tomas', at), await statementsOf('tomas', absent[i]!)];
      expect([at, closed.length > 0]).toEqual([at, true]);
      expect([at, closed]).toEqual([at, none]);
      expect(await statementsOf('amina', at)).not.toEqual(none); // what is open to her is more to ask for
    }
  });

  it('RES-1, REC-3: a restriction that leaves a trace leaves a stub row, which says nothing of anybody', async () => {
    const { caseId } = await opened(app, referrals);
    await restrict(caseId, 'conflict-of-interest', 'amina');
    const { status, body } = await get('tomas', '/cases?limit=100');
    expect(status).toBe(200);
    expect(body.restricted).toContainEqual({ id: caseId, kind: 'conflict-of-interest' });
    expect(JSON.stringify(body.items)).not.toContain(caseId);
    expect(JSON.stringify((await get('dov', '/cases?limit=100')).body.restricted)).toContain(caseId); // of Harbour Housing
    expect((await get('carys', '/cases?limit=100')).body.restricted).toEqual([]);
  });

  it('RES-2: opening that case is refused with reasons; a change of it too', async () => {
    const { caseId } = await opened(app, referrals);
    await restrict(caseId, 'conflict-of-interest', 'amina');
    const refused = await get('tomas', `/cases/${caseId}`);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      code: 'case.restricted',
      reasons: ['record.restricted', 'restriction.conflict-of-interest'],
    });
    expect((await get('carys', `/cases/${caseId}`)).status).toBe(404); // her agency takes no part
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === caseId));
    expect(acts.findLast((a) => a.outcome === 'denied' && a.actor === staff('tomas'))!.reasons).toContain(
      'restriction.conflict-of-interest',
    );
  });

  it('RES-3: whoever is named works on the record as before: also refers it to another agency, to somebody who is named', async () => {
    const { caseId, subject } = await opened(app, referrals);
    await restrict(caseId, 'councillor', 'amina', 'tomas', 'hana');
    const { status, body } = await refer(app.as('tomas'), caseId, { recipient: staff('hana') }, 2);
    expect([status, body.errors, body.status]).toEqual([201, undefined, 'offered']);
    const corrected = await post('tomas', `/people/${subject}/corrections`, { sex: 'female' });
    expect(corrected.status).toBe(200);
  });

  it('RES-4, RES-5: the qualification lets read, on record, and change nothing', async () => {
    const { caseId, subject } = await opened(app, referrals);
    await restrict(caseId, 'protected-person', 'amina');
    await qualified('idris', async () => {
      expect((await get('idris', `/cases/${caseId}`)).body).toMatchObject({ ground: 'qualified', restricted: true });
      expect((await get('idris', `/people/${subject}`)).status).toBe(200);
      expect(await listed('idris')).toContain(caseId);
      const acts = (await app.acts('records'))
        .filter((a) => a.actor === staff('idris') && a.outcome === 'done')
        .slice(-3);
      expect(acts.map((a) => a.action)).toEqual(['case.view', 'person.view', 'case.list']);
      for (const act of acts) expect(act.reasons).toContain('qualification.restricted-records');
    });
    await qualified('tomas', async () => {
      const refused = await post('tomas', `/people/${subject}/corrections`, { sex: 'female' });
      expect([refused.status, refused.body.reasons]).toEqual([403, ['organisation.not-entitled']]);
      expect((await refer(app.as('tomas'), caseId, {}, 2)).body).toMatchObject({
        ...{ status: 403, code: 'case.reading-only' },
      });
      expect(await app.sql('SELECT 1 FROM records.onward_referral WHERE case_id = $1', [caseId])).toEqual([]);
    });
    await qualified('carys', async () => expect((await get('carys', `/cases/${caseId}`)).status).toBe(404));
    expect((await get('idris', `/cases/${caseId}`)).status).toBe(404);
  });

  /** Gives somebody the qualification for a while, as the copy of memberships would have it. */
  async function qualified(who: string, work: () => Promise<void>): Promise<void> {
    const set = (sql: string) => app.sql(`UPDATE records.member SET roles = ${sql} WHERE user_id = $1`, [staff(who)]);
    await set(`array_append(roles, 'restricted-records')`);
    try {
      await work();
    } finally {
      await set(`array_remove(roles, 'restricted-records')`);
    }
  }

  it('RES-8: whoever has no role is refused every list, and who is unknown is nobody', async () => {
    const lists = [
      '/cases',
      '/onward-referrals?box=received',
      '/transfers?box=received',
      '/approvals',
      '/bulk',
      '/exports',
    ];
    lists.push('/assignments', '/break-glass', '/recipients?scope=any-agency', '/mentions');
    await app.sql("UPDATE records.member SET roles = '{}' WHERE user_id = $1", [staff('petra')]);
    await app.sql('UPDATE records.member SET active = false WHERE user_id = $1', [staff('zola')]);
    for (const list of lists) {
      expect([list, (await get('petra', list)).body]).toMatchObject([
        list,
        { status: 403, reasons: ['role.not-entitled'] },
      ]);
      expect([list, (await get('zola', list)).status]).toEqual([list, 401]);
      expect([list, (await app.asNobody().get(`/api/records${list}`)).status]).toEqual([list, 401]);
    }
    expect((await app.acts('records')).filter((a) => a.actor === staff('petra')).map((a) => a.outcome)).toEqual(
      lists.map(() => 'denied'),
    );
  });

  it('of a person closes every case that they are in, also one that another agency leads, which keeps its leads', async () => {
    const { caseId, subject, people } = await opened(app, referrals);
    const eastvale = org('eastvale-council');
    const other = await opened(app, referrals, {
      leadOrg: eastvale,
      participants: [eastvale, org('northbank-council')],
    });
    // Both records are of one person: the council sees both, and makes them one.
    const merge = await post('amina', `/people/${subject}/merges`, {
      otherId: other.subject,
      otherVersion: 1,
      choices: {},
    });
    expect(merge.status).toBe(201);
    const made = await post('amina', `/people/${subject}/restrictions`, { kind: 'colleague', ...terms('amina') }, 2);
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    for (const hidden of ['tomas', 'hana']) expect((await get(hidden, `/cases/${caseId}`)).status).toBe(404);
    expect((await get('quinn', `/cases/${other.caseId}`)).status).toBe(404); // a practitioner of the other lead
    expect((await get('farid', `/cases/${other.caseId}`)).status).toBe(200); // its safeguarding lead
    expect((await get('farid', `/cases/${caseId}`)).status).toBe(404); // takes no part
    expect((await get('tomas', `/people/${people[1]}`)).status).toBe(404); // another in the same case
    const shown = (await get('amina', `/people/${subject}/restrictions`)).body;
    expect(shown.items[0]).toMatchObject({ kind: 'colleague', reason: 'A colleague is in it', reviewOn: IN_A_MONTH });
    expect(await told(made.body.id as string)).toMatchObject({ live: true, trace: 'nothing' });
    expect((await told(made.body.id as string)).records).toEqual(
      expect.arrayContaining([caseId, other.caseId, subject, other.subject]),
    );
    expect(await parts(caseId)).toEqual(expect.arrayContaining([expect.objectContaining({ restricted: true })]));

    // Two again: the restriction stays with the record that it was made on.
    const undone = await post(
      'amina',
      `/people/${subject}/merges/${merge.body.id}/undoing`,
      { reason: 'Two people' },
      2,
    );
    expect(undone.status).toBe(200);
    expect((await get('quinn', `/cases/${other.caseId}`)).status).toBe(200);
    expect((await get('tomas', `/cases/${caseId}`)).status).toBe(404);
    expect((await told(made.body.id as string)).records).not.toContain(other.caseId);
  });

  const published = (id: string) =>
    app.sql<{ type: string; data: Record<string, unknown> }>(
      `SELECT convert_from(body, 'UTF8')::jsonb->>'type' AS type, convert_from(body, 'UTF8')::jsonb->'data' AS data
         FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC`,
      [id],
    );
  const told = async (id: string) =>
    (await published(id))[0]!.data as { records: string[]; staff: string[]; live: boolean };
  const parts = async (id: string) =>
    (await published(id)).filter((e) => e.type === 'records.case-access-changed.v1').map((e) => e.data);

  it('follows a person into a case that opens later', async () => {
    const first = await opened(app, referrals);
    const person = first.subject;
    await post('amina', `/people/${person}/restrictions`, { kind: 'colleague', ...terms('amina') });
    const later = await opened(app, referrals, { people: [{ id: person, roles: ['subject'] }] });
    expect((await get('tomas', `/cases/${later.caseId}`)).status).toBe(404);
    expect((await get('amina', `/cases/${later.caseId}`)).status).toBe(200);
    expect(await parts(later.caseId)).toEqual(expect.arrayContaining([expect.objectContaining({ restricted: true })]));
    expect(await parts(later.caseId)).not.toContainEqual(expect.objectContaining({ restricted: false }));
  });

  it('ends for whoever is no longer a member, or whose agency takes part no longer', async () => {
    const { caseId } = await opened(app, referrals);
    await restrict(caseId, 'colleague', 'amina', 'hana');
    expect((await get('hana', `/cases/${caseId}`)).status).toBe(200);
    const { version } = (await get('amina', `/cases/${caseId}`)).body as { version: number };
    const ended = await post('amina', `/cases/${caseId}/participations/${org('harbour-housing')}/ending`, {}, version);
    expect(ended.status).toBe(200);
    expect((await get('hana', `/cases/${caseId}`)).status).toBe(404);
  });

  it('is changed and lifted by a safeguarding lead of the agency that leads, from the version in force, and keeps its history', async () => {
    const { caseId } = await opened(app, referrals);
    const { id } = await restrict(caseId, 'colleague', 'amina', 'hana');
    for (const [who, status] of [
      ['tomas', 404],
      ['hana', 403],
    ] as const)
      expect([who, (await post(who, `/restrictions/${id}/lifting`, { reason: 'No longer' })).status]).toEqual([
        who,
        status,
      ]);
    expect((await post('amina', `/restrictions/${id}/changes`, terms('amina', 'tomas'), 7)).status).toBe(409);
    const wrong = await post('amina', `/restrictions/${id}/changes`, { ...terms('tomas'), reason: ' ' });
    expect([wrong.status, wrong.body.errors.map((e: { field: string }) => e.field)]).toEqual([422, ['reason']]);
    const nobody = await post('amina', `/restrictions/${id}/changes`, terms('tomas'));
    expect(nobody.body.errors).toEqual([expect.objectContaining({ field: 'named', code: 'restriction.lead-needed' })]);
    expect((await post('amina', `/restrictions/${id}/changes`, terms('amina', 'tomas'))).status).toBe(200);
    expect((await get('hana', `/cases/${caseId}`)).status).toBe(404);
    expect((await get('tomas', `/cases/${caseId}`)).status).toBe(200);
    expect((await post('amina', `/restrictions/${id}/lifting`, { reason: 'No longer' }, 2)).status).toBe(200);
    expect((await post('amina', `/restrictions/${id}/lifting`, { reason: 'No longer' }, 3)).status).toBe(409);
    expect((await get('hana', `/cases/${caseId}`)).status).toBe(200);
    const { items } = (await get('hana', `/cases/${caseId}/restrictions`)).body;
    expect(items[0].history.map((s: { what: string }) => s.what)).toEqual(['lifted', 'changed', 'set']);
    const actions = (await app.acts('records')).filter(
      (a) => a.objects.some((o) => o.id === id) && a.outcome === 'done',
    );
    expect(actions.map((a) => a.action)).toEqual(
      expect.arrayContaining(['restriction.make', 'restriction.change', 'restriction.lift']),
    );
    const timeline = (await get('amina', `/cases/${caseId}/timeline`)).body.items.map((t: { what: string }) => t.what);
    expect(timeline.slice(0, 3)).toEqual(['restriction-lifted', 'restriction-changed', 'restricted']);
  });

  it('is behind the second wall as well: the database shows the rows to those who are named, and writes for no other', async () => {
    const { caseId, subject } = await opened(app, referrals);
    await restrict(caseId, 'colleague', 'amina');
    const tables = [
      ['case_file', 'id', caseId],
      ['case_person', 'case_id', caseId],
      ['participation', 'case_id', caseId],
      ['timeline', 'case_id', caseId],
      ['person', 'id', subject],
      ['person_match', 'person_id', subject],
      ['restriction', 'case_id', caseId],
    ] as const;
    const client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
    try {
      await client.query('SET ROLE concordat_records; SET search_path = records');
      const found = async (who: string): Promise<string[]> => {
        await client.query(
          "SELECT set_config('concordat.user', $1, false), set_config('concordat.org', $2, false), set_config('concordat.scope', 'user', false)",
          [staff(who), org('northbank-council')],
        );
        const seen: string[] = [];
        for (const [table, column, id] of tables)
          if ((await client.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [id])).rows.length > 0)
            seen.push(table);
        return seen;
      };
      expect(await found('amina')).toEqual(tables.map(([table]) => table));
      expect(await found('tomas')).toEqual([]);
      expect((await client.query("SELECT 1 FROM match_candidates(ARRAY(SELECT 'x'), 10)")).rows).toEqual([]);
      await qualified('tomas', async () => {
        // Reading beyond the part is for reading: nothing is written by it.
        expect(await found('tomas')).toEqual([
          'case_file',
          'case_person',
          'participation',
          'timeline',
          'person',
          'restriction',
        ]);
        expect(
          (await client.query('UPDATE case_file SET version = version + 1 WHERE id = $1', [caseId])).rowCount,
        ).toBe(0);
        expect((await client.query('UPDATE person SET version = version + 1 WHERE id = $1', [subject])).rowCount).toBe(
          0,
        );
        await expect(
          client.query("INSERT INTO timeline (case_id, at, what) VALUES ($1, now(), 'x')", [caseId]),
        ).rejects.toThrow(/row-level security/);
      });
    } finally {
      await client.end();
    }
  });
});
