import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, staff } from '../opened.testing';

describe('notes', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const at = (caseId: string): string => `/api/records/cases/${caseId}/notes`;
  const joins = async (caseId: string, level: string) => {
    const { version } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body;
    const body = { orgId: org('eastvale-nhs'), level };
    await app.as('amina').post(`/api/records/cases/${caseId}/participations`, body, { version });
  };
  const mentioned = async (who: string, caseId: string) =>
    (await app.as(who).get('/api/records/mentions')).body.items.filter((m: { caseId: string }) => m.caseId === caseId);

  it('tell whom they mention, once, where to look and not what they say', async () => {
    const { caseId } = await opened(app, referrals);
    const body = { text: 'Could you ring her worker?', mentions: [staff('hana'), staff('hana'), staff('amina')] };
    const { status, body: added } = await app.as('amina').post(at(caseId), body);
    expect(status).toBe(201);
    const waiting = await mentioned('hana', caseId);
    expect(waiting).toEqual([
      expect.objectContaining({ noteId: added.id, by: staff('amina'), reference: expect.stringMatching(/^C-/) }),
    ]);
    expect(JSON.stringify(waiting)).not.toContain('ring');
    expect(await mentioned('amina', caseId)).toEqual([]);
    const { items, may } = (await app.as('hana').get(at(caseId))).body;
    expect(items).toEqual([expect.objectContaining({ text: body.text, mentions: [staff('hana')] })]);
    expect(may.add).toBe(true);
    expect(await mentioned('hana', caseId)).toEqual([]);
    const acts = await app.acts('records');
    expect(
      acts.findLast((a) => a.action === 'note.list' && a.objects.some((o) => o.t === 'note'))!.objects,
    ).toContainEqual({ t: 'note', id: added.id });
    expect(acts.findLast((a) => a.action === 'note.add')!.objects).toContainEqual({ t: 'staff', id: staff('hana') });
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [caseId],
    );
    expect(JSON.parse(event!.body).data).toEqual({
      caseId,
      itemId: added.id,
      orgId: org('northbank-council'),
      mentions: [staff('hana')],
    });
  });

  it('mention nobody whose agency does not read the case, and no longer once it does not', async () => {
    const { caseId } = await opened(app, referrals);
    const add = (mentions: string[]) => app.as('amina').post(at(caseId), { text: 'Look.', mentions });
    for (const stranger of [staff('carys'), newId()])
      expect((await add([stranger])).body.errors[0].code).toBe('staff.unknown');
    await joins(caseId, 'preview');
    expect((await add([staff('carys')])).status).toBe(422);
    await joins(caseId, 'reader');
    expect((await add([staff('carys')])).status).toBe(201);
    expect(await mentioned('carys', caseId)).toHaveLength(1);
    const { version } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body;
    await app
      .as('amina')
      .post(`/api/records/cases/${caseId}/participations/${org('eastvale-nhs')}/ending`, {}, { version });
    expect(await mentioned('carys', caseId)).toEqual([]);
    expect((await app.as('carys').get(at(caseId))).status).toBe(404);
  });

  it('are read by readers, written by who works on the case, and paged', async () => {
    const { caseId } = await opened(app, referrals);
    for (let i = 0; i < 3; i++) await app.as('hana').post(at(caseId), { text: `Note ${i}` });
    await joins(caseId, 'reader');
    expect((await app.as('carys').post(at(caseId), { text: 'x' })).status).toBe(403);
    const first = (await app.as('carys').get(`${at(caseId)}?limit=2`)).body;
    const second = (await app.as('carys').get(`${at(caseId)}?limit=2&cursor=${first.next}`)).body;
    const texts = [...first.items, ...second.items].map((n: { text: string }) => n.text);
    expect(texts).toEqual(['Note 2', 'Note 1', 'Note 0']);
    expect((await app.as('amina').post(at(caseId), { text: '' })).status).toBe(422);
  });
});
