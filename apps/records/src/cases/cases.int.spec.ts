import { RecordsModule } from '@concordat-app/records';
import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { accept as acceptReferral, org, PeersStandIn, staff as person } from '../opened.testing';

describe('cases', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const council = org('northbank-council');
  const housing = org('harbour-housing');

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app?.stop();
    await referrals.stop();
  });

  const accept = ({ family = 'Ashgrove', participants }: { family?: string; participants?: string[] } = {}) =>
    acceptReferral(app, referrals, {
      ...(participants ? { participants } : {}),
      people: [
        { roles: ['subject'], name: { given: 'Tamsin', family } },
        { roles: ['alleged-perpetrator'], name: { given: 'Corin', family: 'Ashgrove' } },
      ],
    });
  const opened = (caseId: string) =>
    eventually(async () => (await app.as('amina').get(`/api/records/cases/${caseId}`)).status === 200, {
      timeoutMs: 10_000,
    });

  it('opens a case once from an accepted referral, with its people, participants, events and one act', async () => {
    const { caseId, referralId, subject } = await accept();
    await opened(caseId);
    const { body } = await app.as('amina').get(`/api/records/cases/${caseId}`);
    expect(body).toMatchObject({
      id: caseId,
      referralId,
      status: 'open',
      leadOrg: council,
      level: 'lead',
      version: 1,
      subjectName: 'Tamsin Ashgrove',
    });
    expect(body.reference).toMatch(/^C-/);
    expect(body.people.map((p: { roles: string[] }) => p.roles[0])).toEqual(['subject', 'alleged-perpetrator']);
    expect(body.keyFacts.safeContact.methods[0].safe).toBe('no');
    expect(body.participants).toEqual([
      expect.objectContaining({ orgId: expect.any(String), to: null }),
      expect.objectContaining({ orgId: expect.any(String), to: null }),
    ]);
    expect(body.timeline.map((t: { what: string }) => t.what)).toEqual([
      'case-opened',
      'referral-accepted',
      'referral-received',
    ]);
    expect(body.may).toEqual({ changeParticipation: true, restrict: true });
    expect(referrals.asked).toContain('case-opening');
    const acts = (await app.acts('records')).filter(
      (a) => a.action === 'case.open' && a.objects.some((o) => o.id === caseId),
    );
    expect(acts).toHaveLength(1);
    expect(acts[0]!.subjects).toContain(subject);
    const outbox = await app.sql<{ type: string }>(
      `SELECT convert_from(body, 'UTF8')::jsonb->>'type' AS type FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version`,
      [caseId],
    );
    expect(outbox.map((e) => e.type)).toEqual([
      'records.case-opened.v1',
      'records.case-access-changed.v1',
      'records.case-access-changed.v1',
    ]);
    const names = await app.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM records.outbox WHERE convert_from(body, 'UTF8') ILIKE '%ashgrove%'`,
    );
    expect(names[0]!.n).toBe(0);
  });

  it('says what people of a case are called to the risk service alone, in the name of somebody, by what they may see', async () => {
    const { caseId } = await accept();
    await opened(caseId);
    const names = (who: string, agency: string) =>
      `/api/records/cases/${caseId}/names?userId=${person(who)}&orgId=${org(agency)}`;
    const asked = await app.asService('risk').get(names('amina', 'northbank-council'));
    expect(asked.body).toMatchObject({
      reference: expect.stringMatching(/^C-/),
      people: [{ name: 'Tamsin Ashgrove' }, { name: 'Corin Ashgrove' }],
    });
    const look = (await app.acts('records')).findLast((act) => act.action === 'case.view')!;
    expect([look.actor, look.subjects?.length]).toEqual([person('amina'), 2]);
    for (const [who, agency] of [
      ['bevan', 'eastvale-nhs'],
      ['amina', 'eastvale-nhs'],
    ] as const) {
      const { status, body } = await app.asService('risk').get(names(who, agency));
      if (status === 200) expect(body).toEqual({ reference: null, people: [] });
      else expect(status).toBe(404);
    }
    // Who is under 18, and nothing of when they were born.
    const ages = await app.asService('risk').get(names('amina', 'northbank-council').replace('/names?', '/ages?'));
    expect(ages.body.people.map((each: object) => Object.keys(each))).toEqual([
      ['id', 'minor'],
      ['id', 'minor'],
    ]);
    expect((await app.as('amina').get(names('amina', 'northbank-council').replace('/names?', '/ages?'))).status).toBe(
      404,
    );
    const others = [app.as('amina'), app.asService('referrals')];
    for (const other of others) expect((await other.get(names('amina', 'northbank-council'))).status).toBe(404);
  });

  it('waits while referrals cannot be asked, and opens the case when it can', async () => {
    referrals.down = true;
    const { caseId, referralId } = await accept();
    await eventually(async () => {
      const [row] = await app.sql<{ attempts: number }>('SELECT attempts FROM records.inbox WHERE stream_id = $1', [
        referralId,
      ]);
      return (row?.attempts ?? 0) >= 1;
    });
    expect((await app.as('amina').get(`/api/records/cases/${caseId}`)).status).toBe(404);
    referrals.down = false;
    await opened(caseId);
  });

  it('shows nothing of a case to an agency that takes no part, and records the refusal', async () => {
    const { caseId, subject } = await accept({ participants: [council] });
    await opened(caseId);
    for (const outsider of ['dov', 'carys', 'moss']) {
      const hidden = await app.as(outsider).get(`/api/records/cases/${caseId}`);
      const absent = await app.as(outsider).get(`/api/records/cases/${newId()}`);
      expect(hidden.status).toBe(404);
      expect({ ...hidden.body, instance: '', correlationId: '' }).toEqual({
        ...absent.body,
        instance: '',
        correlationId: '',
      });
      expect((await app.as(outsider).get(`/api/records/people/${subject}`)).status).toBe(404);
      expect((await app.as(outsider).get(`/api/records/cases/${caseId}/timeline`)).status).toBe(404);
      const list = await app.as(outsider).get('/api/records/cases?limit=100');
      expect(list.status).toBe(200);
      expect(JSON.stringify(list.body)).not.toContain(caseId);
    }
    const denied = (await app.acts('records')).filter(
      (a) => a.outcome === 'denied' && a.actor === person('dov') && a.objects.some((o) => o.id === caseId),
    );
    expect(denied.length).toBeGreaterThanOrEqual(2);
    expect(denied[0]!.reasons).toContain('case.not-found');
  });

  it('keeps the second wall: the context’s own role sees no case without an organisation that takes part', async () => {
    const { caseId } = await accept({ participants: [council] });
    await opened(caseId);
    const seen = (scope: string, orgId: string) => rowsSeen(app, scope, orgId, caseId);
    expect(await seen('user', council)).toBe(1);
    expect(await seen('user', housing)).toBe(0);
    expect(await seen('user', '')).toBe(0);
    expect(await seen('service', '')).toBe(0);
  });

  it('lets the lead agency, and nobody else, change who takes part; the part ends and access with it', async () => {
    const { caseId } = await accept();
    await opened(caseId);
    const path = `/api/records/cases/${caseId}/participations`;
    const nhs = org('eastvale-nhs');
    const amina = app.as('amina');
    expect((await app.as('carys').post(path, { orgId: nhs, level: 'reader' }, { version: 1 })).status).toBe(404);
    expect((await app.as('hana').post(path, { orgId: nhs, level: 'reader' }, { version: 1 })).status).toBe(403);
    expect((await amina.post(path, { orgId: nhs, level: 'reader' })).status).toBe(400);
    expect((await amina.post(path, { orgId: nhs, level: 'reader' }, { version: 9 })).body).toMatchObject({
      status: 409,
      code: 'case.changed',
      currentVersion: 1,
    });
    expect(
      (await amina.post(path, { orgId: nhs, level: 'owner', x: 1 }, { version: 1 })).body.errors
        .map((e: { field: string; code: string }) => `${e.field} ${e.code}`)
        .sort(),
    ).toEqual(['level not-in-list', 'x unknown-field']);
    expect((await amina.post(path, { orgId: newId(), level: 'reader' }, { version: 1 })).body.errors[0].code).toBe(
      'organisation.unknown',
    );
    expect((await amina.post(path, { orgId: council, level: 'reader' }, { version: 1 })).body.code).toBe(
      'participation.lead-stays',
    );
    const key = newId();
    const joined = await amina.post(path, { orgId: nhs, level: 'reader' }, { version: 1, key });
    expect(joined.status).toBe(200);
    expect(joined.body).toMatchObject({ id: caseId, version: 2, receipt: { streamId: caseId, version: 4 } });
    expect((await amina.post(path, { orgId: nhs, level: 'reader' }, { version: 1, key })).body).toEqual(joined.body);
    expect((await amina.post(path, { orgId: nhs, level: 'contributor' }, { version: 1, key })).body.code).toBe(
      'idempotency-key.reused',
    );
    expect((await app.as('carys').get(`/api/records/cases/${caseId}`)).status).toBe(200);
    expect((await amina.post(`${path}/${nhs}/ending`, {}, { version: 2 })).status).toBe(200);
    expect((await app.as('carys').get(`/api/records/cases/${caseId}`)).status).toBe(404);
    const { body } = await amina.get(`/api/records/cases/${caseId}`);
    expect(body.participants.find((p: { orgId: string }) => p.orgId === nhs).to).not.toBeNull();
    expect(body.timeline.slice(0, 2).map((t: { what: string }) => t.what)).toEqual([
      'participation-ended',
      'participation-changed',
    ]);
  });

  it('names nobody in the list of an agency that only knows that the case exists', async () => {
    const { caseId } = await accept({ family: 'Quietmoor' });
    await opened(caseId);
    const fire = org('northbank-fire');
    const path = `/api/records/cases/${caseId}/participations`;
    expect((await app.as('amina').post(path, { orgId: fire, level: 'preview' }, { version: 1 })).status).toBe(200);
    const { body } = await app.as('petra').get('/api/records/cases?limit=100');
    expect(body.items.find((c: { id: string }) => c.id === caseId)).toMatchObject({
      level: 'preview',
      subjectName: 'Not shown',
    });
    expect(JSON.stringify(body)).not.toContain('Quietmoor');
  });

  it('pages the list forwards and back by keyset, in each order, and audits every id shown (AUD-9)', async () => {
    for (let i = 0; i < 7; i++) await opened((await accept({ family: `Fernlow${i}` })).caseId);
    for (const sort of ['opened', '-opened', 'reference', '-reference']) {
      const whole = (await app.as('amina').get(`/api/records/cases?limit=100&sort=${sort}`)).body;
      const ids: string[] = whole.items.map((c: { id: string }) => c.id);
      const walked: string[] = [];
      let at: string | null = '';
      let last = null;
      while (at !== null) {
        last = (await app.as('amina').get(`/api/records/cases?limit=3&sort=${sort}${at ? `&cursor=${at}` : ''}`)).body;
        walked.push(...last.items.map((c: { id: string }) => c.id));
        at = last.next;
      }
      expect(walked).toEqual(ids);
      const back = (await app.as('amina').get(`/api/records/cases?limit=3&sort=${sort}&cursor=${last.previous}`)).body;
      const from = ids.length - last.items.length;
      expect(back.items.map((c: { id: string }) => c.id)).toEqual(ids.slice(Math.max(0, from - 3), from));
      expect(whole.count).toEqual({ value: ids.length, more: false });
    }
    const listing = (await app.acts('records')).filter((a) => a.action === 'case.list').at(-1)!;
    expect(listing.objects.length).toBe(3);
    expect((await app.as('amina').get('/api/records/cases?cursor=zzz')).status).toBe(422);
    expect((await app.as('amina').get('/api/records/cases?status=none')).status).toBe(422);
  });

  it('pages a timeline', async () => {
    const { caseId } = await accept();
    await opened(caseId);
    const first = (await app.as('amina').get(`/api/records/cases/${caseId}/timeline?limit=2`)).body;
    expect(first.items.map((t: { what: string }) => t.what)).toEqual(['case-opened', 'referral-accepted']);
    const second = (await app.as('amina').get(`/api/records/cases/${caseId}/timeline?limit=2&cursor=${first.next}`))
      .body;
    expect(second.items.map((t: { what: string }) => t.what)).toEqual(['referral-received']);
    expect(second.next).toBeNull();
  });

  it('asks for a sign-in, and refuses roles that read no cases', async () => {
    expect((await app.asNobody().get('/api/records/cases')).status).toBe(401);
    expect((await app.as('erin').get('/api/records/cases')).body).toMatchObject({
      status: 403,
      code: 'case.forbidden',
      reasons: ['role.not-entitled'],
    });
  });

  it('shows a case as it stood on a day: who was in it, what was known of them, who took part', async () => {
    const [{ caseId, subject }, other] = [await accept(), await accept({ family: 'Thornwick' })];
    await Promise.all([opened(caseId), opened(other.caseId)]);
    // All of this happened three days ago; what follows happens today.
    for (const [table, column, of] of [
      ['case_file', 'opened_at', 'id'],
      ['case_place', 'since', 'case_id'],
      ['participation', 'since', 'case_id'],
    ])
      await app.sql(`UPDATE records.${table} SET ${column} = ${column} - interval '3 days' WHERE ${of} = $1`, [caseId]);
    const amina = app.as('amina');
    const at = `/api/records/cases/${caseId}`;
    const nhs = org('eastvale-nhs');
    await amina.post(`${at}/participations`, { orgId: nhs, level: 'reader' }, { version: 1 });
    const corrected = await amina.post(`/api/records/people/${subject}/corrections`, { gp: 'Dr Vale' }, { version: 1 });
    expect(corrected.status).toBe(200);
    const merging = { otherId: other.subject, otherVersion: 1, choices: { name: 'other' } };
    expect((await amina.post(`/api/records/people/${subject}/merges`, merging, { version: 2 })).body.version).toBe(3);
    await amina.post(`${at}/people`, { person: { name: { given: 'Linnet' } }, roles: ['child'] }, { version: 2 });

    const day = (ago: number): string => civilDate(new Date(Date.now() - ago * 86_400_000));
    const stood = async (on: string, of = caseId) =>
      (await amina.get(`/api/records/cases/${of}/as-it-stood?on=${on}`)).body as {
        people: { id: string; name: { family?: string }; gp?: string }[];
        participants: { orgId: string }[];
        leadOrg: string;
      };
    const [before, now] = [await stood(day(1)), await stood(day(0))];
    expect(before.people.map((p) => [p.name.family, p.gp])).toEqual([
      ['Ashgrove', undefined],
      ['Ashgrove', undefined],
    ]);
    expect(before.leadOrg).toBe(council);
    expect(before.participants.map((p) => p.orgId)).not.toContain(nhs);
    expect(now.people.map((p) => [p.name.family, p.gp])).toEqual([
      ['Thornwick', 'Dr Vale'],
      ['Ashgrove', undefined],
      [undefined, undefined],
    ]);
    expect(now.participants.map((p) => p.orgId)).toContain(nhs);
    const act = (await app.acts('records')).findLast((a) => a.action === 'case.view')!;
    expect(act).toMatchObject({ items: ['history'], detail: { on: day(0) } });
    expect(act.subjects).toContain(subject);
    // Before the merge the other case had the record that stands aside now.
    await app.sql(`UPDATE records.case_file SET opened_at = opened_at - interval '3 days' WHERE id = $1`, [
      other.caseId,
    ]);
    await app.sql(
      `UPDATE records.case_place SET since = since - interval '2 days', until = until - interval '1 day' WHERE case_id = $1 AND person_id = $2`,
      [other.caseId, other.subject],
    );
    expect((await stood(day(0), other.caseId)).people[0]!.id).toBe(subject);

    for (const [on, code] of [
      [day(9), 'before-opening'],
      [day(-1), 'in-future'],
      ['2026-02-30', 'not-a-date'],
    ] as const)
      expect((await amina.get(`${at}/as-it-stood?on=${on}`)).body.errors[0]).toMatchObject({ field: 'on', code });
    expect((await app.as('farid').get(`${at}/as-it-stood?on=${day(0)}`)).status).toBe(404);
  });
});

/** Rows of one case that the context's own database role sees under the given settings. */
async function rowsSeen(app: TestApp, scope: string, orgId: string, caseId: string): Promise<number> {
  const { Client } = await import('pg');
  const { Databases } = await import('@concordat/platform');
  const client = new Client({ connectionString: app.running.app.get(Databases).url('records') });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('concordat.scope', $1, true), set_config('concordat.org', $2, true)", [
      scope,
      orgId,
    ]);
    return (await client.query('SELECT 1 FROM case_file WHERE id = $1', [caseId])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
