import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { Databases } from '@concordat/platform';
import { Client } from 'pg';
import { opened, org, PeersStandIn, staff, type Told } from '../opened.testing';

interface Offered {
  id: string;
  version: number;
  band: string;
  bits: number;
  reasons: { field: string; bits: number; words: string }[];
}

describe('duplicate persons', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const council = org('northbank-council');
  const housing = org('harbour-housing');
  const nhs = org('eastvale-nhs');
  let family = 0;

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const amina = () => app.as('amina');
  const at = (id: string, more = ''): string => `/api/records/people/${id}${more}`;
  const SURNAMES = ['Ashgrove', 'Fernlow', 'Castellan', 'Thornwick', 'Halloway', 'Marlstead', 'Brackenbury', 'Quillam'];
  /** Somebody whom no other test has. */
  const somebody = (more: Told = {}): Told => ({
    roles: ['subject'],
    name: { given: 'Tamsin', family: SURNAMES[family++ % SURNAMES.length] + String.fromCharCode(97 + family) },
    datesOfBirth: [{ value: `19${60 + (family % 30)}-05-09` }],
    sex: 'female',
    addresses: [{ lines: [`${family} Kestrel Court`], postcode: `ZZ${family} 2BS` }],
    ...more,
  });
  const record = (told: Told, more = {}) => opened(app, referrals, { people: [told], ...more });
  const candidates = async (id: string, who = amina()): Promise<Offered[]> =>
    (await who.get(at(id, '/candidates'))).body.items;
  async function pair(first: Told = somebody(), change: Told = {}) {
    const a = await record(first);
    const b = await record({ ...first, ...change });
    return { a, b, first };
  }
  const merge = (id: string, otherId: string, more: object = {}, version = 1) =>
    amina().post(at(id, '/merges'), { otherId, otherVersion: 1, choices: {}, ...more }, { version });

  it('DUP-1 lists somebody of a similar name and the same birth date, with reasons for and against', async () => {
    const first = somebody();
    const { given, family: surname } = first['name'] as { given: string; family: string };
    const { a, b } = await pair(first, {
      name: { given: 'Tamsyn', family: `${surname}e` },
      addresses: [{ lines: ['3 Elsewhere Lane'], postcode: 'ZZ99 9ZZ' }],
    });
    const [found] = await candidates(a.subject);
    expect(found).toMatchObject({
      id: b.subject,
      version: 1,
      band: expect.stringMatching(/likely|near-certain|possible/),
    });
    expect(found!.reasons.find((r) => r.field === 'birth')!.bits).toBeGreaterThan(0);
    expect(found!.reasons.find((r) => r.field === 'postcode')!.bits).toBeLessThan(0);
    expect(found!.reasons.every((r) => r.words.length > 5)).toBe(true);
    const act = (await app.acts('records')).findLast((x) => x.action === 'person.match')!;
    expect(act).toMatchObject({
      subjects: expect.arrayContaining([b.subject]),
      rule: expect.stringMatching(/^england-wales@[\d.]+.matching@1$/),
    });
    const sought = await amina().post('/api/records/people/candidates', {
      person: { name: { given, family: surname }, datesOfBirth: first['datesOfBirth'] },
      except: [a.subject],
    });
    expect(sought.body.items.map((c: Offered) => c.id)).toEqual([b.subject]);
    const looked = (await app.acts('records')).findLast((x) => x.action === 'person.match')!;
    expect(looked.detail).toMatchObject({ terms: { name: { family: surname } }, count: 1 });
    expect(looked.objects).toEqual([]);
    const wrong = await amina().post('/api/records/people/candidates', { person: { sex: 'x' } });
    expect(wrong.body.errors[0]).toMatchObject({ field: 'person.sex', code: 'not-in-list' });
  });

  it('offers nobody whom the caller may not see, and nothing tells that there is somebody', async () => {
    const { a, first } = await pair();
    const compared = async (): Promise<unknown> => {
      await candidates(a.subject);
      const acts = await app.acts('records');
      return acts.findLast((x) => x.action === 'person.match' && x.outcome === 'done')!.detail['compared'];
    };
    const before = await compared();
    const hidden = await record(first, { leadOrg: housing, participants: [housing] });
    expect((await candidates(a.subject)).map((c) => c.id)).not.toContain(hidden.subject);
    const preview = await record(first, { leadOrg: housing, participants: [housing] });
    await app.sql(
      `INSERT INTO records.participation (case_id, org_id, level, since, changed_by) VALUES ($1, $2, 'preview', now(), $3)`,
      [preview.caseId, council, staff('hana')],
    );
    expect((await candidates(a.subject)).map((c) => c.id)).not.toContain(preview.subject);
    expect((await app.as('carys').get(at(a.subject, '/candidates'))).status).toBe(404);
    expect((await app.as('erin').get(at(a.subject, '/candidates'))).status).toBe(403);
    expect(await compared()).toBe(before);
  });

  it('tells nobody who guesses a postcode that a confidential address is there', async () => {
    const first = somebody();
    const refuge = { kind: 'home', lines: ['5 Plover Yard'], postcode: 'ZZ8 8ZZ', confidential: true };
    const { subject } = await record({ ...first, addresses: [refuge] });
    const { name, datesOfBirth } = first;
    const reasons = async (postcode: string) => {
      const person = { name, datesOfBirth, addresses: [{ lines: ['5 Plover Yard'], postcode }] };
      const { items } = (await amina().post('/api/records/people/candidates', { person })).body;
      return (items as Offered[]).find((c) => c.id === subject)!.reasons;
    };
    expect(await reasons('ZZ8 8ZZ')).toEqual(await reasons('ZZ1 1ZZ'));
    const rows = await app.sql('SELECT * FROM records.person_match WHERE person_id = $1', [subject]);
    expect(JSON.stringify(rows)).not.toMatch(/zz8|plover/i);
  });

  it('DUP-2 merges nothing by itself, however near-certain', async () => {
    const { a, b } = await pair();
    expect((await candidates(a.subject))[0]).toMatchObject({ id: b.subject, band: 'near-certain' });
    expect((await amina().get(at(a.subject))).body.version).toBe(1);
    expect((await amina().get(at(b.subject))).body.id).toBe(b.subject);
  });

  it('DUP-3 DUP-4 merges by a choice per field, keeps what was discarded, and never offers the merged record again', async () => {
    const first = somebody({ phones: ['07700 900456'] });
    const { a, b } = await pair(first, { phones: ['07700 900123'], gp: 'Dr Vale', sex: 'male' });
    const third = await record(first);
    const lacking = await merge(a.subject, b.subject);
    expect(lacking.body.errors.map((e: { field: string }) => e.field)).toEqual(['choices.sex', 'choices.phones']);
    const done = await merge(a.subject, b.subject, { choices: { sex: 'this', phones: 'both' }, reason: 'Same worker' });
    expect(done.body).toMatchObject({ survivorId: a.subject, mergedId: b.subject, version: 2 });
    const { body } = await amina().get(at(a.subject));
    expect(body).toMatchObject({ sex: 'female', phones: ['07700 900456', '07700 900123'], gp: 'Dr Vale' });
    expect(body.cases.map((c: { id: string }) => c.id).sort()).toEqual([a.caseId, b.caseId].sort());
    expect((await amina().get(at(b.subject))).body.id).toBe(a.subject);
    expect((await amina().get(`/api/records/cases/${b.caseId}`)).body.people[0].id).toBe(a.subject);
    expect((await candidates(third.subject)).map((c) => c.id)).toEqual([a.subject]);
    expect((await candidates(a.subject)).map((c) => c.id)).toEqual([third.subject]);
    const { items } = (await amina().get(at(a.subject, '/merges'))).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ by: staff('amina'), orgId: council, reason: 'Same worker', undoneAt: null });
    expect(items[0].parts.find((p: { part: string }) => p.part === 'sex')).toEqual({
      ...{ part: 'sex', this: 'female', other: 'male', kept: 'female' },
    });
    const events = await app.sql<{ type: string; body: string }>(
      `SELECT convert_from(body, 'UTF8')::jsonb->>'type' AS type, convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id IN ($1, $2)`,
      [a.subject, b.subject],
    );
    expect(events.map((e) => e.type)).toEqual(['records.people-merged.v1']);
    expect(events[0]!.body).not.toMatch(/Tamsin|07700|Vale/);
    const act = (await app.acts('records')).findLast((x) => x.action === 'person.merge' && x.outcome === 'done')!;
    expect(act.subjects.sort()).toEqual([a.subject, b.subject].sort());
    expect(act.recipients?.map((r) => r.org).sort()).toEqual([council, housing].sort());
  });

  it('a merge by somebody who is not shown a confidential address neither asks about it nor discards it', async () => {
    const same = somebody();
    const refuge = (line: string) => ({ kind: 'home', lines: [line], postcode: 'ZZ7 9ZZ', confidential: true });
    const [a, b] = await Promise.all(
      ['3 Plover Yard', '4 Plover Yard'].map((line) =>
        opened(app, referrals, {
          people: [{ ...same, addresses: [refuge(line)] }],
          participants: [council, housing, nhs],
        }),
      ),
    );
    const path = at(a!.subject, '/merges');
    const done = await app
      .as('carys')
      .post(path, { otherId: b!.subject, otherVersion: 1, choices: {} }, { version: 1 });
    expect(done.body).toMatchObject({ survivorId: a!.subject, version: 2 });
    const told = (await app.as('carys').get(path)).body;
    expect(JSON.stringify(told)).not.toMatch(/Plover|9ZZ/);
    const { body } = await amina().get(at(a!.subject));
    expect(body.addresses.map((x: { lines: string[] }) => x.lines[0])).toEqual(['3 Plover Yard', '4 Plover Yard']);
  });

  it('DUP-5 undoes a merge: both stand as before, in their cases and relationships, with both events in history', async () => {
    const first = somebody();
    const partner = { roles: ['alleged-perpetrator'], name: { given: 'Corin', family: 'Vale' } };
    const relationships = [{ from: 'p2', to: 'p1', kind: 'ex-partner' }];
    const a = await record(first);
    const b = await opened(app, referrals, {
      people: [{ ...first, gp: 'Dr Vale' }, partner],
      relationships,
      participants: [council, nhs],
    });
    const hidden = await opened(app, referrals, {
      people: [{ ...first, id: b.subject }],
      leadOrg: housing,
      participants: [housing],
    });
    const before = await Promise.all([amina().get(at(a.subject)), amina().get(at(b.subject))]);
    const done = await merge(a.subject, b.subject);
    const inHidden = () =>
      app.sql<{ person_id: string }>('SELECT person_id FROM records.case_person WHERE case_id = $1', [hidden.caseId]);
    expect(await inHidden()).toEqual([{ person_id: a.subject }]);
    expect((await amina().get(at(a.subject))).body.relationships[0].other.id).toBe(b.people[1]);
    await amina().post(at(a.subject, '/corrections'), { occupation: 'Baker' }, { version: 2 });
    const path = at(a.subject, `/merges/${done.body.id}/undoing`);
    expect((await app.as('carys').post(path, { reason: 'x' }, { version: 3 })).status).toBe(403);
    expect((await amina().post(path, {}, { version: 3 })).status).toBe(422);
    expect((await amina().post(path, { reason: 'Two people' }, { version: 2 })).body.code).toBe('person.changed');
    const undone = await amina().post(path, { reason: 'Two people' }, { version: 3 });
    expect(undone.body).toMatchObject({ survivorId: a.subject, mergedId: b.subject, version: 4 });
    const after = await Promise.all([amina().get(at(a.subject)), amina().get(at(b.subject))]);
    const facts = ({ version: _v, ...body }: Record<string, unknown>) => body;
    expect(facts(after[0].body)).toEqual({ ...facts(before[0].body), occupation: 'Baker', ...baker(after[0].body) });
    expect(facts(after[1].body)).toEqual(facts(before[1].body));
    expect(await inHidden()).toEqual([{ person_id: b.subject }]);
    expect((await amina().post(path, { reason: 'Again' }, { version: 4 })).body).toMatchObject({
      status: 409,
      state: 'undone',
    });
    const whats = async (id: string) =>
      (await amina().get(at(id, '/history'))).body.items.map((i: { what: string }) => i.what);
    expect(await whats(a.subject)).toEqual(['separated', 'corrected', 'merged', 'recorded']);
    expect(await whats(b.subject)).toEqual(['separated', 'merged', 'recorded']);
    expect((await candidates(a.subject)).map((c) => c.id)).toEqual([b.subject]);
    const types = await app.sql<{ type: string }>(
      `SELECT convert_from(body, 'UTF8')::jsonb->>'type' AS type FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version`,
      [a.subject],
    );
    expect(types.map((t) => t.type.split('.')[1])).toEqual(['people-merged', 'person-changed', 'merge-undone']);
    const act = (await app.acts('records')).findLast((x) => x.action === 'person.separate' && x.outcome === 'done')!;
    expect(act.subjects.sort()).toEqual([a.subject, b.subject].sort());
  });
  const baker = (body: { occupation?: string }) => (body.occupation ? { occupation: body.occupation } : {});

  it('DUP-6 does not offer people who were found to be two, until evidence changes', async () => {
    const { a, b } = await pair();
    const path = at(a.subject, '/distinctions');
    expect((await amina().post(path, { otherId: b.subject, otherVersion: 1 }, { version: 1 })).status).toBe(422);
    expect((await amina().post(path, { otherId: newId(), otherVersion: 1, reason: 'x' }, { version: 1 })).status).toBe(
      422,
    );
    const stale = await amina().post(path, { otherId: b.subject, otherVersion: 7, reason: 'x' }, { version: 1 });
    expect([stale.status, stale.body.code]).toEqual([409, 'person.changed']);
    const done = await amina().post(path, { otherId: b.subject, otherVersion: 1, reason: 'Cousins' }, { version: 1 });
    expect(done.status).toBe(201);
    expect(await candidates(a.subject)).toEqual([]);
    expect(await candidates(b.subject)).toEqual([]);
    await amina().post(at(b.subject, '/corrections'), { occupation: 'Baker' }, { version: 1 });
    expect(await candidates(a.subject)).toEqual([]); // no evidence
    await amina().post(at(b.subject, '/corrections'), { phones: ['07700 900777'] }, { version: 2 });
    expect((await candidates(a.subject)).map((c) => c.id)).toEqual([b.subject]);
    const act = (await app.acts('records')).findLast((x) => x.action === 'person.distinguish' && x.outcome === 'done')!;
    expect(act.decision).toBe('different-people');
  });

  it('DUP-7 keeps zeros in front of a reference', async () => {
    const { a } = await pair(somebody({ housingReference: '000471' }));
    const { body } = await amina().get(at(a.subject));
    expect(body.identifiers).toEqual([expect.objectContaining({ kind: 'housing', value: '000471' })]);
  });

  it('DUP-8 offers the same NHS number with another birth date; different numbers are never offered nor merged', async () => {
    const first = somebody({ nhsNumber: '999 819 8178' });
    const { a, b } = await pair(first, { datesOfBirth: [{ value: '2001-12-30' }] });
    const [found] = await candidates(a.subject);
    expect(found!.id).toBe(b.subject);
    expect(found!.reasons.find((r) => r.field === 'nhs-number')!.bits).toBeGreaterThan(0);
    expect(found!.reasons.find((r) => r.field === 'birth')!.bits).toBeLessThan(0);
    const other = await record({ ...first, nhsNumber: '9990578184' });
    expect((await candidates(a.subject)).map((c) => c.id)).not.toContain(other.subject);
    const refused = await merge(a.subject, other.subject, { choices: { identifiers: 'both' } });
    expect([refused.status, refused.body.code]).toEqual([422, 'merge.nhs-numbers-differ']);
  });

  it('keeps the second wall: of merged people and all that is kept of them, another agency’s rows are not seen', async () => {
    const { a, b } = await pair();
    await merge(a.subject, b.subject);
    const c = await record(somebody());
    await amina().post(
      at(a.subject, '/distinctions'),
      { otherId: c.subject, otherVersion: 1, reason: 'x' },
      { version: 2 },
    );
    await amina().post(at(a.subject, '/relationships'), { otherId: c.subject, kind: 'friend' });
    const ids = [a.subject, b.subject, c.subject];
    const of = {
      person: 'id',
      person_version: 'person_id',
      person_match: 'person_id',
      person_merge: 'survivor_id',
      person_distinct: 'person_id',
      relationship: 'person_id',
    };
    for (const [table, column] of Object.entries(of)) {
      const seen = (orgId: string) =>
        rowsSeen(app, orgId, `SELECT 1 FROM ${table} WHERE ${column} = ANY ($1::uuid[])`, ids);
      expect([table, (await seen(council)) > 0]).toEqual([table, true]);
      expect([table, await seen(nhs), await seen('')]).toEqual([table, 0, 0]);
    }
    // Seen through places in cases, as a case that stood is (people.int.spec.ts): by others not at all.
    for (const orgId of [nhs, ''])
      expect(
        await rowsSeen(app, orgId, 'SELECT 1 FROM relationship_state WHERE person_id = ANY ($1::uuid[])', ids),
      ).toBe(0);
    const functions = ['merge_places($1, $2)', 'unmerge_places($1)'];
    for (const call of functions)
      await expect(
        rowsSeen(app, nhs, `SELECT ${call}`, ids.slice(0, call.includes('$2') ? 2 : 1), true),
      ).rejects.toThrow();
  });

  it('merges for a lead of an agency that works on both, of the versions that were looked at, once', async () => {
    const { a, b } = await pair(somebody(), { sex: 'not-known' });
    const choices = { sex: 'this' };
    expect((await app.as('bevan').post(at(a.subject, '/merges'), {}, { version: 1 })).status).toBe(404);
    const body = { otherId: b.subject, otherVersion: 1, choices };
    expect((await app.as('hana').post(at(a.subject, '/merges'), body, { version: 1 })).status).toBe(403);
    expect((await merge(a.subject, b.subject, { choices }, 5)).body.code).toBe('person.changed');
    expect((await merge(a.subject, b.subject, { choices, otherVersion: 5 })).body.code).toBe('person.changed');
    expect((await merge(a.subject, a.subject, { choices })).body.errors[0].code).toBe('person.same');
    expect((await merge(a.subject, newId(), { choices })).body.errors[0].code).toBe('person.unknown');
    expect((await merge(a.subject, b.subject, { choices: { sex: 'neither' } })).status).toBe(422);
    const both = await Promise.all([
      merge(a.subject, b.subject, { choices }),
      merge(b.subject, a.subject, { choices }),
    ]);
    expect(both.map((r) => r.status).filter((s) => s === 201)).toHaveLength(1);
  });

  it('are found by the keys of their records as they are after all of that, and by no others', async () => {
    const kept = 'SELECT key, person_id FROM records.person_match_key';
    const due = 'SELECT hashtextextended(k, 0), m.person_id FROM records.person_match m, unnest(m.keys) k';
    expect(await app.sql(`(${kept} EXCEPT ${due}) UNION ALL (${due} EXCEPT ${kept})`)).toEqual([]);
    expect((await app.sql(kept)).length).toBeGreaterThan(10);
  });
});

/** Rows that the context's own database role sees for an organisation. */
async function rowsSeen(app: TestApp, orgId: string, sql: string, ids: string[], spread = false): Promise<number> {
  const client = new Client({ connectionString: app.running.app.get(Databases).url('records') });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('concordat.scope', 'user', true), set_config('concordat.org', $1, true)", [
      orgId,
    ]);
    return (await client.query(sql, (spread ? ids : [ids]) as unknown[])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
