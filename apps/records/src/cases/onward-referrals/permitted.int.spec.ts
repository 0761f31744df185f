import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { answer, caseX, refer } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';

describe('a referral between agencies and the decision point', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    await eventually(
      async () => (await app.sql('SELECT 1 FROM records.member WHERE manager_id IS NOT NULL')).length === 1,
    );
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const offered = async () => {
    const made = await caseX(app, referrals);
    const { status, body } = await refer(app.as('amina'), made.caseId);
    expect([status, body.errors]).toEqual([201, undefined]);
    return { ...made, id: body.id as string };
  };
  const view = async (username: string, id: string) => app.as(username).get(`/api/records/onward-referrals/${id}`);
  const count = async (caseId: string) =>
    (await app.sql('SELECT 1 FROM records.onward_referral WHERE case_id = $1', [caseId])).length;

  it('REF-22, REF-23, REF-25: is decided before it is made; refused, there is no offer, and both sides name one decision', async () => {
    const { caseId, people } = await caseX(app, referrals);
    referrals.questions.length = 0;
    referrals.refuses = { outcome: 'DENY', reasons: ['ITEM_NOT_IN_SCOPE'] };
    const refused = await refer(app.as('amina'), caseId);
    referrals.refuses = { outcome: 'REVIEW', reasons: ['CONSENT_REASON_MISSING'] };
    const unclear = await refer(app.as('amina'), caseId);
    referrals.refuses = null;
    expect(refused.body).toMatchObject({
      ...{ status: 403, code: 'sharing.refused', reasons: ['ITEM_NOT_IN_SCOPE'], decision: expect.any(String) },
    });
    expect(unclear.body).toMatchObject({ status: 403, code: 'sharing.review', reasons: ['CONSENT_REASON_MISSING'] });
    expect(await count(caseId)).toBe(0);
    expect(referrals.questions[0]).toEqual({
      ...{ kind: 'DISCLOSE', sender: org('northbank-council'), recipients: [org('eastvale-nhs')] },
      actor: { userId: staff('amina'), orgId: org('northbank-council') },
      ...{ purpose: 'health-care', items: ['CONTACT', 'HEALTH', 'IDENTITY', 'NAME', 'RISK'], conditions: {} },
      subjects: [{ pid: people[0], about: 'VICTIM', match: 'EXACT', deceased: false }],
      ...{ method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE' },
      consent: { state: 'GIVEN' },
    });
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === refused.body.decision));
    expect(acts).toMatchObject([
      { action: 'referral.offer', outcome: 'denied', decision: 'DENY', rule: 'stand-in@1.0.0' },
    ]);
    expect(acts[0]!.reasons).toEqual(expect.arrayContaining(['sharing.refused', 'ITEM_NOT_IN_SCOPE']));

    const { body } = await refer(app.as('amina'), caseId);
    const { permit, isa } = (await view('amina', body.id)).body;
    expect([isa, permit.isa, permit.flowId, permit.lineIds]).toEqual([
      ...['stand-in@1.0.0', 'stand-in@1.0.0', 'F1'],
      ['S1', 'R1'],
    ]);
    const offer = (await app.acts('records')).find((a) => a.objects.some((o) => o.id === permit.decisionId))!;
    expect(offer).toMatchObject({ action: 'referral.offer', outcome: 'done', decision: 'PERMIT' });
    const told = (await view('bevan', body.id)).body;
    expect([told.isa, told.permit]).toEqual(['stand-in@1.0.0', undefined]);
  });

  it('shows what was agreed only while an agreement allows it, and nothing when it cannot be decided', async () => {
    const { id } = await offered();
    await answer(app.as('bevan'), id, 'acceptance');
    const look = () => app.as('bevan').get(`/api/records/onward-referrals/${id}/case`);
    referrals.questions.length = 0;
    expect((await look()).status).toBe(200);
    expect(referrals.questions).toMatchObject([
      {
        kind: 'CONSULT',
        sender: org('northbank-council'),
        actor: { userId: staff('bevan'), orgId: org('eastvale-nhs') },
      },
    ]);
    referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'] };
    const { body } = await look();
    referrals.refuses = null;
    expect(body).toMatchObject({ status: 403, code: 'sharing.refused', reasons: ['AGREEMENT_EXPIRED'] });
    const denial = (await app.acts('records')).findLast((a) => a.action === 'case.view' && a.outcome === 'denied')!;
    expect(denial).toMatchObject({ actor: staff('bevan'), decision: 'DENY', subjects: [] });
    const { caseId } = await caseX(app, referrals);
    referrals.down = true;
    expect((await look()).status).toBe(503);
    expect((await refer(app.as('amina'), caseId)).status).toBe(503);
    referrals.down = false;
    expect(await count(caseId)).toBe(0);
    expect((await look()).status).toBe(200);
  });

  it('is refused by the database when it carries no decision', async () => {
    const { id } = await offered();
    const copy = app.sql(
      `INSERT INTO records.onward_referral SELECT (jsonb_populate_record(r, '{"permit": null, "id": "${newId()}"}')).*
         FROM records.onward_referral r WHERE id = $1`,
      [id],
    );
    await expect(copy).rejects.toThrow('carries the decision that permits it');
  });
});
