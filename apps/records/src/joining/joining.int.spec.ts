import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn } from '../opened.testing';

describe('what is added to an open case', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const [council, housing] = [org('northbank-council'), org('harbour-housing')];

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const at = (caseId: string, more = ''): string => `/api/records/cases/${caseId}${more}`;
  const post = (who: string, path: string, body: object) => app.as(who).post(path, body);

  it('takes somebody new, who is found by matching from then on, and somebody from another case', async () => {
    const [{ caseId }, other] = [await opened(app, referrals), await opened(app, referrals)];
    const person = { name: { given: 'Mabel', family: 'Quillfeather' }, datesOfBirth: [{ value: '1951-03-09' }] };
    const added = await post('amina', at(caseId, '/people'), { person, roles: ['witness', 'witness'] });
    expect(added.status).toBe(201);
    const { people, timeline } = (await app.as('hana').get(at(caseId))).body;
    expect(people.at(-1)).toMatchObject({ id: added.body.id, ...{ name: person.name }, roles: ['witness'] });
    expect(people.at(-1).name.source.orgId).toBe(council);
    expect(timeline[0].what).toBe('person-added');
    const found = await post('amina', '/api/records/people/candidates', { person });
    expect(found.body.items.map((c: { id: string }) => c.id)).toContain(added.body.id);

    const known = { personId: other.subject, roles: ['other-at-risk'] };
    expect((await post('amina', at(caseId, '/people'), known)).status).toBe(201);
    expect((await post('amina', at(caseId, '/people'), known)).body.code).toBe('case-person.known');
    expect((await app.as('amina').get(`/api/records/people/${other.subject}`)).body.cases).toHaveLength(2);
    const act = (await app.acts('records')).findLast((a) => a.action === 'case.add-person' && a.outcome === 'done')!;
    expect(act.subjects).toEqual([other.subject]);
    expect(act.recipients!.map((r) => r.org).sort()).toEqual([council, housing].sort());
  });

  it('takes nobody whom the caller may not see, nobody who is nobody, and nothing from who only reads', async () => {
    const { caseId } = await opened(app, referrals);
    const hidden = await opened(app, referrals, { participants: [council] });
    const roles = ['witness'];
    const codes = async (who: string, body: object) => {
      const { status, body: said } = await post(who, at(caseId, '/people'), body);
      return [status, ...(said.errors ?? []).map((e: { field: string; code: string }) => `${e.field} ${e.code}`)];
    };
    expect(await codes('hana', { personId: hidden.subject, roles })).toEqual([422, 'personId person.unknown']);
    expect(await codes('hana', { personId: newId(), roles })).toEqual([422, 'personId person.unknown']);
    expect(await codes('amina', { roles })).toEqual([422, 'personId required']);
    expect(await codes('amina', { person: {}, roles })).toEqual([422, 'person required']);
    expect(await codes('carys', { person: { name: { given: 'A' } }, roles })).toEqual([404]);
    const { version } = (await app.as('amina').get(at(caseId))).body;
    const nhs = { orgId: org('eastvale-nhs'), level: 'reader' };
    await app.as('amina').post(at(caseId, '/participations'), nhs, { version });
    expect(await codes('carys', { person: { name: { given: 'A' } }, roles })).toEqual([403]);
  });

  it('DUP-3 DUP-5 a merge and its undoing stand on the timeline of every case of the person', async () => {
    const name = { given: 'Tamsin', family: 'Brightwater' };
    const [a, b] = [
      await opened(app, referrals, { people: [{ roles: ['subject'], name }] }),
      await opened(app, referrals, { people: [{ roles: ['subject'], name }] }),
    ];
    const merge = { otherId: b.subject, otherVersion: 1, choices: {} };
    const merged = await app.as('amina').post(`/api/records/people/${a.subject}/merges`, merge, { version: 1 });
    expect(merged.status).toBe(201);
    const lines = async (caseId: string) =>
      (await app.as('hana').get(at(caseId))).body.timeline.map((t: { what: string }) => t.what);
    for (const { caseId } of [a, b]) expect((await lines(caseId))[0]).toBe('people-merged');
    const undoing = `/api/records/people/${a.subject}/merges/${merged.body.id}/undoing`;
    expect((await app.as('amina').post(undoing, { reason: 'Cousins.' }, { version: 2 })).status).toBe(200);
    for (const { caseId } of [a, b])
      expect((await lines(caseId)).filter((w: string) => w === 'merge-undone')).toHaveLength(1);
  });

  it('keeps orders in force and next steps, and their end, with who said so', async () => {
    const { caseId, people } = await opened(app, referrals);
    const [orders, steps] = [at(caseId, '/key-facts/orders'), at(caseId, '/key-facts/steps')];
    const order = {
      order: 'restraining',
      detail: 'Not to come to her home.',
      against: people[1],
      from: '2026-10',
      until: '2027-10-01',
    };
    const kept = await post('hana', orders, order);
    expect(kept.status).toBe(201);
    expect((await post('amina', steps, { text: 'Fit a lock.', agency: housing, due: '2026-12-01' })).status).toBe(201);
    expect(
      (await post('amina', steps, { text: 'Fit a lock.', agency: org('northbank-fire') })).body.errors[0].code,
    ).toBe('organisation.unknown');
    const wrong = await post('amina', orders, { ...order, order: 'x', against: newId(), until: '2025-01-01' });
    expect(wrong.body.errors.map((e: { code: string }) => e.code)).toEqual([
      'not-in-list',
      'person.unknown',
      'date.before-start',
    ]);
    const view = async () => (await app.as('amina').get(at(caseId, '/key-facts'))).body;
    expect(await view()).toMatchObject({
      orders: [{ ...order, orgId: housing, endedAt: null }],
      steps: [{ text: 'Fit a lock.', agency: housing, due: '2026-12-01' }],
      may: { keep: true },
    });
    const ending = at(caseId, `/key-facts/${kept.body.id}/ending`);
    expect((await post('carys', ending, {})).status).toBe(404);
    expect((await post('amina', ending, { why: 'Lifted by the court.' })).status).toBe(200);
    expect((await post('amina', ending, {})).body).toMatchObject({ status: 409, state: 'ended' });
    expect((await view()).orders[0]).toMatchObject({ endedWhy: 'Lifted by the court.' });
    const acts = (await app.acts('records')).filter((a) => a.action === 'case.keep-facts' && a.outcome === 'done');
    expect(acts.map((a) => a.items)).toEqual(expect.arrayContaining([['order'], ['step']]));
    expect((await app.as('carys').get(at(caseId, '/key-facts'))).status).toBe(404);
  });
});
