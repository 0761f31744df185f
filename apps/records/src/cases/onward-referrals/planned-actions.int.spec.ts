import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { answer, caseX, problemsOf, refer } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';

const done = (action: string): string => `${action} done`;
const denied = (action: string): string => `${action} denied`;

describe('referral for a planned action', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const view = async (username: string, id: string) => app.as(username).get(`/api/records/onward-referrals/${id}`);
  const actsOf = async (id: string) =>
    (await app.acts('records'))
      .filter((a) => a.objects.some((o) => o.id === id))
      .map((a) => `${a.action} ${a.outcome}`);
  /** A step that is planned in a case. */
  const planned = async (caseId: string) => {
    const body = { text: 'A nurse is to see her.', agency: org('northbank-council') };
    const made = await app.as('amina').post(`/api/records/cases/${caseId}/key-facts/steps`, body);
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    return made.body.id as string;
  };
  const stepOf = async (caseId: string, id: string) =>
    (await app.as('amina').get(`/api/records/cases/${caseId}/key-facts`)).body.steps.find(
      (s: { id: string }) => s.id === id,
    );

  it('REF-7: who may refer only for a planned action is refused without, and the action shows as referred', async () => {
    const { caseId } = await caseX(app, referrals);
    const idris = app.as('idris');
    expect((await refer(idris, caseId)).body).toMatchObject({ status: 403, reasons: ['role.not-entitled'] });
    expect(problemsOf((await refer(idris, caseId, { action: newId() })).body)).toEqual(['action action.unknown']);
    const [action, other] = [await planned(caseId), await planned((await caseX(app, referrals)).caseId)];
    expect(problemsOf((await refer(idris, caseId, { action: other })).body)).toEqual(['action action.unknown']);
    expect((await stepOf(caseId, action)).referred).toBeNull();
    const { status, body } = await refer(idris, caseId, { action });
    expect(status).toBe(201);
    expect(await stepOf(caseId, action)).toMatchObject({ referred: { id: body.id, state: 'offered' }, endedAt: null });
    expect((await view('idris', body.id)).body).toMatchObject({ actionId: action });
    expect((await view('bevan', body.id)).body).not.toHaveProperty('actionId');
    expect(await actsOf(body.id)).toContain(done('referral.offer-for-action'));
    expect(await actsOf(caseId)).toContain(denied('referral.offer'));
  });

  it('REF-12: completing it does the planned action, once; an earlier moment stands', async () => {
    for (const before of [false, true]) {
      const { caseId } = await caseX(app, referrals);
      const action = await planned(caseId);
      const id = (await refer(app.as('amina'), caseId, { action })).body.id as string;
      await answer(app.as('bevan'), id, 'acceptance');
      if (before)
        await app.as('tomas').post(`/api/records/cases/${caseId}/key-facts/${action}/ending`, { why: 'By us.' });
      const { endedAt } = await stepOf(caseId, action);
      expect((await answer(app.as('bevan'), id, 'completion', { note: 'Seen at home.' })).status).toBe(200);
      expect(await stepOf(caseId, action)).toMatchObject({
        endedAt: before ? endedAt : expect.any(String),
        endedBy: staff(before ? 'tomas' : 'bevan'),
        endedWhy: before ? 'By us.\nSeen at home.' : 'Seen at home.',
        referred: { id, state: 'completed' },
      });
      expect((await view('amina', id)).body).toMatchObject({ state: 'completed', endNote: 'Seen at home.' });
      expect((await answer(app.as('bevan'), id, 'completion', { note: 'Again.' })).status).toBe(409);
      expect(problemsOf((await refer(app.as('amina'), caseId, { action })).body)).toEqual(['action action.done']);
    }
  });

  it('REF-13: ended early, the planned action is not done', async () => {
    const { caseId } = await caseX(app, referrals);
    const action = await planned(caseId);
    const id = (await refer(app.as('amina'), caseId, { action })).body.id as string;
    await answer(app.as('bevan'), id, 'acceptance');
    await answer(app.as('bevan'), id, 'withdrawal');
    expect(await stepOf(caseId, action)).toMatchObject({ endedAt: null, referred: { id, state: 'withdrawn' } });
  });
});
