import { RecordsModule } from '@concordat-app/records';
import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, staff } from '../opened.testing';

describe('people', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const council = org('northbank-council');
  const housing = org('harbour-housing');

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start(), LOG_LEVEL: 'silent' });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const people = [
    {
      roles: ['subject'],
      name: { given: 'Tamsin', family: 'Ashgrove' },
      datesOfBirth: [{ value: '1987-05-09' }],
      nhsNumber: '999 819 8178',
      policeReference: '00123',
      addresses: [{ kind: 'home', lines: ['8 Kestrel Court'], postcode: 'ZZ7 2BS' }],
    },
    { roles: ['alleged-perpetrator'], name: { given: 'Corin', family: 'Ashgrove' } },
  ];
  const open = (more = {}) =>
    opened(app, referrals, { people, relationships: [{ from: 'p2', to: 'p1', kind: 'ex-partner' }], ...more });
  const amina = () => app.as('amina');
  const at = (id: string, more = ''): string => `/api/records/people/${id}${more}`;

  it('shows a person with sources, cases and relationships, and names each in the act (AUD-3)', async () => {
    const { subject, caseId, people: ids } = await open();
    const { status, body } = await amina().get(at(subject));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: subject,
      version: 1,
      name: { given: 'Tamsin', family: 'Ashgrove', source: { orgId: housing } },
      identifiers: [
        { kind: 'nhs-number', value: '9998198178', source: { orgId: housing } },
        { kind: 'police', value: '00123' },
      ],
      cases: [{ id: caseId, roles: ['subject'] }],
      relationships: [
        { kind: 'ex-partner', direction: 'to', other: { id: ids[1], name: { given: 'Corin' } }, until: null },
      ],
      may: { correct: true, relate: true, merge: true },
    });
    const act = (await app.acts('records')).findLast((a) => a.action === 'person.view')!;
    expect(act.subjects).toEqual(expect.arrayContaining(ids));
    const { body: record } = await amina().get(`/api/records/cases/${caseId}`);
    expect(record.relationships).toEqual([{ from: ids[1], to: subject, kind: 'ex-partner' }]);
    expect(record.keyFacts.safeContact.person).toBe(subject);
  });

  it('tells a confidential address to the lead and to whom recorded it, and to no other that takes part', async () => {
    const nhs = org('eastvale-nhs');
    const refuge = { kind: 'home', lines: ['3 Plover Yard'], postcode: 'ZZ7 9ZZ', confidential: true };
    const { subject, caseId } = await open({
      people: [{ ...people[0], addresses: [refuge] }, people[1]],
      participants: [council, housing, nhs],
    });
    const told = async (username: string): Promise<string[]> => {
      const bodies = [at(subject), at(subject, '/history'), `/api/records/cases/${caseId}`];
      const answers = await Promise.all(bodies.map((path) => app.as(username).get(path)));
      expect(answers.map((a) => a.status)).toEqual([200, 200, 200]);
      return answers.map(({ body }) => JSON.stringify(body));
    };
    const [amina1] = await told('amina');
    expect(amina1).toContain('Plover Yard');
    expect((await told('hana')).filter((text) => text.includes('Plover Yard'))).toHaveLength(3);
    expect((await told('carys')).join()).not.toMatch(/Plover|9ZZ/);

    // What she does not see, she cannot take away either, nor does the history of a change show it.
    const moved = { kind: 'work', lines: ['5 Heron Yard'] };
    const done = await app.as('carys').post(at(subject, '/corrections'), { addresses: [moved] }, { version: 1 });
    expect(done.body.parts).toEqual(['addresses']);
    expect((await told('carys')).join()).not.toMatch(/Plover|9ZZ/);
    const { body } = await amina().get(at(subject));
    expect(body.addresses).toMatchObject([
      { lines: ['5 Heron Yard'], source: { orgId: nhs } },
      { lines: ['3 Plover Yard'], confidential: true, source: { orgId: housing } },
    ]);
  });

  it('AUD-4: corrects parts: sources, version, history, one event with names of parts only, and the name of the case', async () => {
    const { subject, caseId } = await open();
    const change = {
      name: { given: 'Tamsin', family: 'Fernlow' },
      aliases: [{ family: 'Ashgrove', kind: 'former' }],
      deceased: { answer: 'no' },
      identifiers: null,
    };
    const done = await amina().post(at(subject, '/corrections'), change, { version: 1 });
    expect(done.body).toMatchObject({ id: subject, version: 2, receipt: { streamId: subject, version: 1 } });
    expect(done.body.parts).toEqual(['name', 'aliases', 'deceased', 'identifiers']);
    const { body } = await amina().get(at(subject));
    expect(body).toMatchObject({ version: 2, name: { family: 'Fernlow', source: { orgId: council } } });
    expect(body.identifiers).toBeUndefined();
    expect(body.datesOfBirth[0].source.orgId).toBe(housing);
    expect((await amina().get(`/api/records/cases/${caseId}`)).body.subjectName).toBe('Tamsin Fernlow');
    const history = (await amina().get(at(subject, '/history'))).body;
    expect(history.items).toHaveLength(2);
    expect(history.items[0]).toMatchObject({ version: 2, what: 'corrected', by: staff('amina'), orgId: council });
    const name = history.items[0].changes.find((c: { part: string }) => c.part === 'name');
    expect([name.from.family, name.to.family]).toEqual(['Ashgrove', 'Fernlow']);
    // What was recorded first came from the referring agency, and nothing was there before it.
    const first = history.items[1] as { changes: { from: unknown; to: { family?: string } }[] };
    expect(first).toMatchObject({ version: 1, what: 'recorded', by: null, orgId: housing });
    expect(first.changes.every((c) => c.from === null)).toBe(true);
    expect(first.changes.map((c) => c.to.family)).toContain('Ashgrove');
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1`,
      [subject],
    );
    expect(event!.body).toContain('records.person-changed.v1');
    expect(event!.body).not.toMatch(/fernlow|ashgrove/i);
    const act = (await app.acts('records')).findLast((a) => a.action === 'person.correct')!;
    expect(act.items).toEqual(expect.arrayContaining(['name', 'identifiers']));
    expect(JSON.stringify(act.detail)).toContain('Fernlow');
  });

  it('AUD-5: its history takes reading the record and reading histories: either alone is refused', async () => {
    const { subject } = await open({ participants: [council, housing] });
    const asked = async (username: string) => {
      const record = await app.as(username).get(at(subject));
      const history = await app.as(username).get(at(subject, '/history'));
      return [record.status, record.body.may?.history, history.status];
    };
    // Somebody who sits at conferences for their agency, the information governance lead, the safeguarding lead.
    expect([await asked('wren'), await asked('kit'), await asked('amina')]).toEqual([
      [200, false, 403],
      [403, undefined, 403],
      [200, true, 200],
    ]);
    const acts = (await app.acts('records')).filter((a) => a.action === 'person.view-history');
    expect(acts.slice(-3).map((a) => [a.actor, a.outcome])).toEqual([
      [staff('wren'), 'denied'],
      [staff('kit'), 'denied'],
      [staff('amina'), 'done'],
    ]);
  });

  it('AUD-4: an edit of three parts is one change with three pairs, above what was recorded first', async () => {
    const { subject } = await open();
    const change = {
      name: { given: 'Tamsin', family: 'Fernlow' },
      sex: 'male',
      datesOfBirth: [{ value: '2016-05-04' }],
    };
    expect((await amina().post(at(subject, '/corrections'), change, { version: 1 })).status).toBe(200);
    const { items } = (await amina().get(at(subject, '/history'))).body as {
      items: { version: number; changes: { part: string }[] }[];
    };
    expect(items.map((i) => i.version)).toEqual([2, 1]);
    expect(items[0]!.changes.map((c) => c.part).sort()).toEqual(['datesOfBirth', 'name', 'sex']);
  });

  it('shows how people were related as it was known on a day, whatever was recorded since', async () => {
    const { subject, caseId, people: ids } = await open();
    for (const [table, column, of] of [
      ['case_file', 'opened_at', 'id'],
      ['case_place', 'since', 'case_id'],
      ['participation', 'since', 'case_id'],
    ])
      await app.sql(`UPDATE records.${table} SET ${column} = ${column} - interval '3 days' WHERE ${of} = $1`, [caseId]);
    await app.sql(
      `UPDATE records.relationship_state SET known_from = known_from - interval '3 days' WHERE other_id = $1`,
      [subject],
    );
    const { relationships } = (await amina().get(at(subject))).body as { relationships: { id: string }[] };
    const ended = await amina().post(at(subject, `/relationships/${relationships[0]!.id}/ending`), {}, { version: 1 });
    expect(ended.status).toBe(200);
    const carer = { otherId: ids[1], kind: 'carer' };
    expect((await amina().post(at(subject, '/relationships'), carer, { version: 1 })).status).toBe(201);
    const stood = async (ago: number) => {
      const on = civilDate(new Date(Date.now() - ago * 86_400_000));
      const { body } = await amina().get(`/api/records/cases/${caseId}/as-it-stood?on=${on}`);
      return (body.relationships as { from: string; to: string; kind: string }[]).map(({ from, to, kind }) => [
        from,
        kind,
        to,
      ]);
    };
    expect(await stood(1)).toEqual([[ids[1], 'ex-partner', subject]]);
    expect(await stood(0)).toEqual([[subject, 'carer', ids[1]]]);
  });

  it('AUD-14: shows nothing of a person, and changes nothing, while the act cannot be written', async () => {
    const { subject } = await open();
    await app.sql('REVOKE INSERT ON records.act FROM concordat_records');
    try {
      const read = await amina().get(at(subject));
      const changed = await amina().post(at(subject, '/corrections'), { sex: 'male' }, { version: 1 });
      for (const { status, body } of [read, changed]) {
        expect(status).toBeGreaterThanOrEqual(500);
        expect(JSON.stringify(body)).not.toMatch(/Ashgrove|Tamsin/);
      }
    } finally {
      await app.sql('GRANT INSERT ON records.act TO concordat_records');
    }
    expect((await amina().get(at(subject))).body.version).toBe(1);
  });

  it('answers in the order of the rules: hidden, stale, not entitled, wrong; and nothing for nothing (AUD-8)', async () => {
    const { subject } = await open();
    const path = at(subject, '/corrections');
    expect((await app.asNobody().post(path, {})).status).toBe(401);
    const hidden = await app.as('carys').post(path, { sex: 'female' }, { version: 1 });
    const absent = await app.as('carys').post(at(newId(), '/corrections'), { sex: 'female' }, { version: 1 });
    expect([hidden.status, hidden.body.code]).toEqual([404, absent.body.code]);
    expect((await amina().post(path, { sex: 'female' })).status).toBe(400);
    expect((await app.as('erin').post(path, { sex: 'female' }, { version: 1 })).status).toBe(403);
    await amina().post(path, { sex: 'female' }, { version: 1 });
    const stale = await amina().post(path, { sex: 'male' }, { version: 1 });
    expect(stale.body).toMatchObject({ status: 409, code: 'person.changed', currentVersion: 2, differing: ['sex'] });
    const same = await amina().post(path, { sex: 'female' }, { version: 2 });
    expect(same.body).toMatchObject({ version: 2, parts: [] });
    const wrong = await amina().post(
      path,
      {
        name: { given: 7 },
        datesOfBirth: [{ value: '1987-02-30' }],
        addresses: [{ postcode: 'NOT ONE' }],
        identifiers: [
          { kind: 'nhs-number', value: '999 819 8170' },
          { kind: 'police', value: '' },
        ],
        unknown: 1,
      },
      { version: 2 },
    );
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map((e: { field: string; code: string }) => `${e.field} ${e.code}`)).toEqual(
      expect.arrayContaining([
        'unknown unknown-field',
        'datesOfBirth.0.value not-a-date',
        'addresses.0.postcode wrong-form',
        'identifiers.0.value not-an-nhs-number',
        'identifiers.1.value too-short',
      ]),
    );
    expect(JSON.stringify(wrong.body)).not.toMatch(/8170|NOT ONE/);
  });

  it('lets a reader of the case read, and not correct', async () => {
    const { subject, caseId } = await open();
    await amina().post(
      `/api/records/cases/${caseId}/participations`,
      { orgId: org('eastvale-nhs'), level: 'reader' },
      { version: 1 },
    );
    const reader = app.as('carys');
    expect((await reader.get(at(subject))).body.may).toMatchObject({ correct: false, merge: false });
    const refused = await reader.post(at(subject, '/corrections'), { sex: 'female' }, { version: 1 });
    expect([refused.status, refused.body.reasons]).toEqual([403, ['organisation.not-entitled']]);
  });

  it('relates people over time, and keeps what has ended', async () => {
    const { subject, people: ids } = await open();
    const path = at(subject, '/relationships');
    const other = ids[1]!;
    const stranger = (await open({ leadOrg: housing, participants: [housing] })).subject;
    const refused = async (body: object) => (await amina().post(path, body)).body.errors?.[0]?.code;
    expect(await refused({ otherId: subject, kind: 'carer' })).toBe('person.same');
    expect(await refused({ otherId: stranger, kind: 'carer' })).toBe('person.unknown');
    expect(await refused({ otherId: other, kind: 'king' })).toBe('not-in-list');
    expect(await refused({ otherId: other, kind: 'carer', since: '2020', until: '2019' })).toBe('date.before-start');
    const made = await amina().post(path, { otherId: other, kind: 'carer', since: '2024-03' });
    expect(made.status).toBe(201);
    expect((await amina().post(path, { otherId: other, kind: 'carer' })).body.code).toBe('relationship.known');
    const ending = `${path}/${made.body.id}/ending`;
    expect((await amina().post(ending, { until: '2024-01' })).body.errors[0].code).toBe('date.before-start');
    expect((await amina().post(ending, { until: '2025' })).status).toBe(200);
    expect((await amina().post(ending, {})).body).toMatchObject({ status: 409, state: 'ended' });
    const { body } = await amina().get(at(subject));
    expect(body.relationships.map((r: { kind: string; until: string | null }) => [r.kind, r.until])).toEqual([
      ['ex-partner', null],
      ['carer', '2025'],
    ]);
    const act = (await app.acts('records')).findLast((a) => a.action === 'person.relate' && a.outcome === 'done')!;
    expect(act.subjects).toEqual(expect.arrayContaining([subject, other]));
  });
});
