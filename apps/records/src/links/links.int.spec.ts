import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn } from '../opened.testing';

const INCIDENT = { starts: '2026-09-14', category: 'incident', fact: 'He came at night.' };

describe('cases that have to do with each other', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const [council, nhs] = [org('northbank-council'), org('eastvale-nhs')];

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const at = (caseId: string, more = ''): string => `/api/records/cases/${caseId}${more}`;
  const referenceOf = async (caseId: string) => (await app.as('amina').get(at(caseId))).body.reference as string;
  const two = async () => {
    const shared = { id: newId(), roles: ['subject'], name: { given: 'Tamsin', family: 'Ashgrove' } };
    const first = await opened(app, referrals, { people: [shared] });
    const second = await opened(app, referrals, { people: [shared] });
    return { first: first.caseId, second: second.caseId, person: shared.id };
  };
  const add = async (who: string, caseId: string, more: object = {}): Promise<string> =>
    (await app.as(who).post(at(caseId, '/chronology'), { ...INCIDENT, ...more })).body.id;

  it('are linked by reference, told of from both sides, and parted again', async () => {
    const { first, second } = await two();
    const [amina, hana] = [app.as('amina'), app.as('hana')];
    expect((await amina.get(at(first, '/links'))).body).toMatchObject({
      items: [],
      maybe: expect.arrayContaining([expect.objectContaining({ id: second })]),
      may: { link: true },
    });
    const body = { reference: (await referenceOf(second)).toLowerCase(), kind: 'repeat' };
    const linked = await hana.post(at(first, '/links'), body);
    expect(linked.status).toBe(201);
    expect((await amina.post(at(second, '/links'), { ...body, reference: await referenceOf(first) })).body.code).toBe(
      'case-link.known',
    );
    const told = async (id: string) => (await amina.get(at(id, '/links'))).body.items;
    expect(await told(first)).toEqual([expect.objectContaining({ kind: 'repeat', direction: 'of', endedAt: null })]);
    expect(await told(second)).toEqual([
      expect.objectContaining({ direction: 'to', other: expect.objectContaining({ id: first }) }),
    ]);
    const ending = at(second, `/links/${linked.body.id}/ending`);
    expect((await amina.post(ending, {})).status).toBe(200);
    expect((await amina.post(ending, {})).body).toMatchObject({ status: 409, state: 'ended' });
    expect((await told(first))[0].endedAt).not.toBeNull();
    const acts = (await app.acts('records')).filter((a) => a.action === 'case.link' && a.outcome === 'done');
    expect(
      acts
        .at(-1)!
        .objects.map((o) => o.id)
        .sort(),
    ).toEqual([first, second].sort());
  });

  it('tell nobody of a case that they may not know of', async () => {
    const { first } = await two();
    const hidden = (await opened(app, referrals, { participants: [council] })).caseId;
    const amina = app.as('amina');
    await amina.post(at(first, '/links'), { reference: await referenceOf(hidden), kind: 'related' });
    expect((await app.as('hana').get(at(first, '/links'))).body.items).toEqual([]);
    const guess = { reference: await referenceOf(hidden), kind: 'related' };
    const [seen, absent] = [
      await app.as('hana').post(at(first, '/links'), guess),
      await app.as('hana').post(at(first, '/links'), { ...guess, reference: 'C-0000-0000' }),
    ];
    expect([seen.status, seen.body.errors]).toEqual([422, absent.body.errors]);
    expect((await app.as('carys').get(at(first, '/links'))).status).toBe(404);
    expect(
      (await amina.post(at(first, '/links'), { reference: await referenceOf(first), kind: 'related' })).body.errors[0]
        .code,
    ).toBe('case.same');
  });

  it('show their chronologies as one, with what agencies contradict each other in, every entry in the act (AUD-9)', async () => {
    const { first, second } = await two();
    const mine = await add('amina', first);
    const theirs = await add('hana', second, { starts: '2026-09-14', fact: 'He came in the morning.' });
    const other = await add('hana', first, { starts: '2026-09-16', fact: 'He came at night' });
    const later = await add('amina', second, { starts: '2026-10', category: 'court' });
    const view = async (who = 'amina', more = '') =>
      (await app.as(who).get(at(first, `/chronology/merged?with=${second}${more}`))).body;
    const shape = (body: { events: { entries: { id: string }[] }[] }) =>
      body.events.map((e) => e.entries.map((x) => x.id));
    const before = await view();
    expect(shape(before).flat().sort()).toEqual([mine, theirs, other, later].sort());
    const event = before.events.find((e: { entries: { id: string }[] }) => e.entries[0]!.id === mine);
    expect(event.maybe).toEqual([theirs]);

    const same = at(first, `/chronology/${mine}/same-event`);
    expect((await app.as('carys').post(same, { otherCase: second, otherEntry: theirs })).status).toBe(404);
    expect((await app.as('amina').post(same, { otherCase: second, otherEntry: newId() })).status).toBe(422);
    for (const [otherCase, otherEntry] of [
      [second, theirs],
      [first, other],
    ])
      expect((await app.as('amina').post(same, { otherCase, otherEntry })).body.joined).toBe(true);
    const joined = await view('hana');
    expect(joined.events[0].entries.map((e: { id: string }) => e.id).sort()).toEqual([mine, theirs, other].sort());
    expect(joined.events[0].conflicts).toEqual(['dates', 'facts']);
    expect(joined.cases.map((c: { id: string }) => c.id)).toEqual([first, second]);
    expect(shape(await view('amina', '&from=2026-10-01'))).toEqual([[later]]);
    const act = (await app.acts('records')).findLast(
      (a) => a.action === 'chronology.view' && a.items?.includes('merged'),
    )!;
    expect(act.objects.map((o) => o.id)).toEqual([first, second, later]);

    expect((await app.as('amina').post(at(first, `/chronology/${mine}/same-event/ending`), {})).status).toBe(200);
    expect(shape(await view()).filter((e) => e.length > 1)).toEqual([]);
    const hidden = (await opened(app, referrals, { participants: [council] })).caseId;
    const refused = await app.as('hana').get(at(first, `/chronology/merged?with=${hidden}`));
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'case.unknown']);
    expect(nhs).not.toBe(council);
  });
});
