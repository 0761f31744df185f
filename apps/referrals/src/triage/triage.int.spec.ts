import { startApp, type Caller, type TestApp } from '@concordat/testing';
import { isId } from '@concordat/contracts';
import { randomUUID } from 'node:crypto';
import {
  actsAbout as aboutIn,
  AMINA,
  BEVAN,
  EASTVALE,
  eventsOf as eventsIn,
  example,
  HARBOUR_HOUSING,
  NORTHBANK_COUNCIL,
  referred as referredIn,
  type StepTaken,
} from '../referred.testing';
import { ReferralsModule } from '../referrals.module';

describe('triage', () => {
  let app: TestApp;
  let amina: Caller;
  let hana: Caller;
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    amina = app.as('amina');
    hana = app.as('hana');
  });
  afterAll(() => app?.stop());

  const referred = (...steps: StepTaken[]) => referredIn(app, steps);
  const rated = () => referred([amina, 'ratings', { colour: 'red' }]);
  const actsAbout = (id: string) => aboutIn(app, id);
  const eventsOf = (id: string) => eventsIn(app, id);

  it('refuses in the order of the house, and puts each refusal on record (TRI-19)', async () => {
    const { id, path, version } = await referred();
    const rate = (who: Caller, body: object, options = {}) => who.post(`${path}/ratings`, body, options);
    expect((await rate(app.asNobody(), {})).status).toBe(401);
    for (const who of ['dov', 'carys', 'gwen', 'farid']) {
      expect(await rate(app.as(who), {}, { version: 9 })).toMatchObject({
        status: 404,
        body: { code: 'referral.not-found' },
      });
    }
    expect((await amina.post(`/api/referrals/${randomUUID()}/ratings`, {}, { version })).status).toBe(404);
    expect((await amina.post('/api/referrals/not-an-id/ratings', {}, { version })).status).toBe(404);
    expect(await rate(hana, {}, { version: 9 })).toMatchObject({ status: 409, body: { currentVersion: 1 } });
    expect((await rate(hana, {})).status).toBe(400);
    expect(await rate(hana, {}, { version })).toMatchObject({ status: 403, body: { reasons: ['role.not-entitled'] } });
    expect((await rate(amina, {}, { version })).status).toBe(422);
    const decided = await amina.post(`${path}/decisions`, { outcome: 'nonsense' }, { version });
    expect(decided.status).toBe(422);
    const early = await amina.post(`${path}/decisions`, { outcome: 'accept' }, { version });
    expect(early).toMatchObject({ status: 409, body: { code: 'referral.step-not-open', state: 'received' } });
    const refusals = (await actsAbout(id))
      .filter((a) => a.outcome !== 'done')
      .map((a) => `${a.action} ${a.outcome} ${a.reasons![0]}`);
    expect(refusals).toEqual([
      ...Array.from({ length: 4 }, () => 'referral.rate denied referral.not-found'),
      'referral.rate failed referral.changed',
      'referral.rate failed if-match.missing',
      'referral.rate denied referral.forbidden',
      'referral.rate failed request.invalid',
      'referral.decide failed request.invalid',
      'referral.decide failed referral.step-not-open',
    ]);
  });

  it('is refused on a draft, to its author, with the state (TRI-18); to others there is none', async () => {
    const draft = await amina.post('/api/referrals/drafts', { content: { pathway: 'other' } });
    const path = `/api/referrals/${draft.body.id}`;
    expect(await amina.post(`${path}/ratings`, { colour: 'red' }, { version: 1 })).toMatchObject({
      status: 409,
      body: { state: 'draft' },
    });
    expect((await hana.post(`${path}/ratings`, { colour: 'red' }, { version: 1 })).status).toBe(404);
    expect((await amina.get(path)).status).toBe(404);
  });

  it('assigns to staff of the triaging agency who may receive it, and to nobody else', async () => {
    const { id, path, version } = await referred();
    for (const assignedTo of [BEVAN, randomUUID(), 'amina', undefined]) {
      const refused = await amina.post(`${path}/assignment`, { assignedTo }, { version });
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0].field).toBe('assignedTo');
    }
    expect(await amina.post(`${path}/assignment`, { assignedTo: AMINA }, { version })).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect((await amina.get(path)).body.assignedTo).toBe(AMINA);
    const nobody = await amina.post(`${path}/assignment`, { assignedTo: null }, { version: 2 });
    expect(nobody).toMatchObject({ status: 200, body: { version: 3, status: 'received' } });
    expect((await eventsOf(id)).slice(1)).toMatchObject([
      { data: { assignedTo: AMINA } },
      { data: { previous: AMINA } },
    ]);
    expect(
      (await actsAbout(id)).filter((a) => a.action === 'referral.assign' && a.outcome === 'done').map((a) => a.detail),
    ).toMatchObject([
      { from: null, to: AMINA },
      { from: AMINA, to: null },
    ]);
  });

  it('asks the referrer, is answered, and keeps its notes to itself', async () => {
    const { id, path, version } = await rated();
    const note = await amina.post(`${path}/notes`, { text: 'Call the school' });
    expect(note).toMatchObject({ status: 201, body: { version: version + 1 } });
    const asked = await amina.post(
      `${path}/information-requests`,
      { question: 'Who is safe to call?', reason: 'safe-contact-missing' },
      { version: version + 1 },
    );
    expect(asked).toMatchObject({ status: 201, body: { status: 'information-requested' } });
    expect(
      (await amina.post(`${path}/information-requests`, { question: 'And?' }, { version: asked.body.version })).body
        .state,
    ).toBe('information-requested');
    const seen = (await hana.get(path)).body;
    expect(seen).toMatchObject({
      side: 'referrer',
      status: 'information-requested',
      notes: [],
      ratings: [],
      colour: null,
      dueAt: null,
      informationRequests: [{ question: 'Who is safe to call?', askedBy: AMINA }],
      may: { returnInformation: true, withdraw: true, rate: false, note: false, decide: false },
    });
    expect(seen.history.map((h: { what: string }) => h.what)).toEqual(['information-requested', 'received']);
    expect(JSON.stringify(seen)).not.toContain('Call the school');
    expect(
      (await amina.post(`${path}/information-returns`, { answer: 'Me' }, { version: asked.body.version })).status,
    ).toBe(403);
    const answered = await hana.post(
      `${path}/information-returns`,
      { answer: 'Her sister' },
      { version: asked.body.version },
    );
    expect(answered).toMatchObject({ status: 201, body: { status: 'returned' } });
    expect((await amina.get(path)).body).toMatchObject({
      status: 'returned',
      notes: [{ text: 'Call the school', by: AMINA, id: expect.any(String) }],
      informationRequests: [{ answer: 'Her sister' }],
    });
    const told = await hana.post(`${path}/withdrawals`, { reason: 'made-in-error' }, { version: 1 });
    expect(told.body.differing).toEqual(['status', 'informationRequests']); // neither colour nor notes are told to the referrer
    const items = (await actsAbout(id)).filter((a) => a.action === 'referral.view').map((a) => a.items);
    expect(items).toEqual([['referrer-view'], ['triage-view']]);
  });

  it('accepts: a case is promised under an id of its own, and its file is for the records service alone', async () => {
    const { id, path, version } = await rated();
    const accepted = await amina.post(`${path}/decisions`, { outcome: 'accept' }, { version });
    expect(accepted).toMatchObject({ status: 201, body: { status: 'accepted' } });
    const event = (await eventsOf(id)).at(-1)!;
    expect(event).toMatchObject({
      type: 'referrals.referral-accepted.v1',
      data: {
        leadOrg: NORTHBANK_COUNCIL,
        decidedBy: AMINA,
        participants: [NORTHBANK_COUNCIL, HARBOUR_HOUSING],
        caseId: expect.any(String),
      },
    });
    const caseId = event.data['caseId'] as string;
    expect((await amina.get(path)).body).toMatchObject({
      caseId,
      decision: { outcome: 'accept', result: 'case-opened' },
      may: { reopen: false, giveFeedback: true },
    });
    const file = await app.asService('records').get(`${path}/case-file`);
    expect(file).toMatchObject({
      status: 200,
      body: {
        referralId: id,
        caseId,
        leadOrg: NORTHBANK_COUNCIL,
        participants: [NORTHBANK_COUNCIL, HARBOUR_HOUSING],
        acceptedAt: expect.any(String),
        decidedBy: AMINA,
        pathway: 'domestic-abuse',
        relationships: expect.any(Array),
        safeContact: expect.any(Object),
        staffRisk: { level: 'known' },
      },
    });
    expect(file.body.people.every((p: { id: string }) => isId(p.id))).toBe(true);
    const reading = (await actsAbout(id)).at(-1);
    expect(reading).toMatchObject({
      action: 'referral.view',
      actorRole: 'service',
      items: ['case-file'],
      subjects: expect.arrayContaining(file.body.people.map((p: { id: string }) => p.id)),
    });
    for (const answer of [
      await amina.get(`${path}/case-file`),
      await app.asService('audit').get(`${path}/case-file`),
      await app.asService('records').get(`/api/referrals/${(await rated()).id}/case-file`),
      await app.asService('records').get(path),
    ])
      expect(answer.status).toBe(404);
    const again = await amina.post(`${path}/decisions`, { outcome: 'accept' }, { version: version + 1 });
    expect(again).toMatchObject({ status: 409, body: { state: 'accepted' } });
  });

  it.each([
    [
      'redirected',
      { outcome: 'redirect', destination: 'adult-safeguarding', reason: 'other-risk', rationale: 'Neglect' },
    ],
    ['stepped-up', { outcome: 'step-up', destination: 'marac', reason: 'serious-harm', rationale: 'Threats' }],
    ['stepped-down', { outcome: 'step-down', destination: 'early-help', reason: 'early-help-agreed' }],
    ['signposted', { outcome: 'signpost', reason: 'housing-advice' }],
    ['no-further-action', { outcome: 'no-further-action', reason: 'duplicate' }],
  ])('ends as %s with its reason, tells the referrer, and can be taken up again', async (status, decision) => {
    const { id, path, version } = await rated();
    const decided = await amina.post(`${path}/decisions`, decision, { version });
    expect(decided).toMatchObject({ status: 201, body: { status } });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'referrals.referral-decided.v1',
      data: { outcome: status, reason: decision.reason, decidedBy: AMINA },
    });
    const feedback = await amina.post(`${path}/feedback`, { text: 'Thank you; please ring the helpline' });
    expect(feedback.status).toBe(201);
    const seen = (await hana.get(path)).body;
    expect(seen).toMatchObject({
      status,
      decision: { outcome: decision.outcome, reason: decision.reason, result: expect.any(String) },
      feedback: [{ text: 'Thank you; please ring the helpline', by: AMINA }],
    });
    expect(seen.decision).not.toHaveProperty('rationale');
    const at = { version: feedback.body.version as number };
    expect((await amina.post(`${path}/reopenings`, { reason: 'new-incident' }, at)).status).toBe(422);
    expect((await hana.post(`${path}/reopenings`, { reason: 'challenged', rationale: 'I disagree' }, at)).status).toBe(
      403,
    );
    const reopened = await amina.post(`${path}/reopenings`, { reason: 'new-incident', rationale: 'She rang' }, at);
    expect(reopened).toMatchObject({ status: 200, body: { status: 'reopened' } });
    expect((await amina.get(path)).body).toMatchObject({
      status: 'reopened',
      colour: null,
      decision: null,
      dueFor: 'rate',
      may: { rate: true, decide: false },
    });
    const again = await amina.post(`${path}/ratings`, { colour: 'red' }, { version: reopened.body.version });
    expect(again).toMatchObject({ status: 200, body: { status: 'rated' } });
  });

  it('is withdrawn by the referrer, before a decision, with a reason', async () => {
    const { id, path, version } = await rated();
    expect((await amina.post(`${path}/withdrawals`, { reason: 'made-in-error' }, { version })).status).toBe(403);
    expect((await hana.post(`${path}/withdrawals`, { reason: 'no-longer-needed' }, { version })).status).toBe(422);
    expect((await hana.post(`${path}/withdrawals`, { reason: 'bored' }, { version })).status).toBe(422);
    const gone = await hana.post(`${path}/withdrawals`, { reason: 'made-in-error' }, { version });
    expect(gone).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'referrals.referral-withdrawn.v1',
      data: { reason: 'made-in-error' },
    });
    expect((await amina.post(`${path}/notes`, { text: 'Late' })).body.state).toBe('withdrawn');
    const [row] = await app.sql('SELECT clock FROM referrals.referral WHERE id = $1', [id]);
    expect(row).toEqual({ clock: 'stopped' });
  });

  it('leaves exactly one act for each thing done, naming the referral and everybody in it', async () => {
    const { id, path, version } = await referred(
      [amina, 'ratings', { colour: 'red' }],
      [amina, 'assignment', { assignedTo: AMINA }],
      [amina, 'notes', { text: 'n' }],
      [amina, 'information-requests', { question: 'q' }],
      [hana, 'information-returns', { answer: 'a' }],
      [amina, 'decisions', { outcome: 'no-further-action', reason: 'duplicate' }],
      [amina, 'feedback', { text: 'f' }],
      [amina, 'reopenings', { reason: 'challenged', rationale: 'r' }],
      [hana, 'withdrawals', { reason: 'made-in-error' }],
    );
    await amina.get(path);
    const acts = await actsAbout(id);
    expect(acts.map((a) => a.action)).toEqual([
      'referral.submit',
      'referral.rate',
      'referral.assign',
      'referral.note',
      'referral.request-information',
      'referral.return-information',
      'referral.decide',
      'referral.give-feedback',
      'referral.reopen',
      'referral.withdraw',
      'referral.view',
    ]);
    for (const act of acts) {
      expect(act).toMatchObject({ outcome: 'done', subjects: acts[0]!.subjects, purpose: 'safeguarding' });
      expect(act.objects.map((o) => o.t)).toContain('referral');
    }
    expect(acts.map((a) => a.objects[0]!.ver)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '10']);
    expect(version).toBe(10);
    expect(await eventsOf(id)).toHaveLength(10);
  });

  it('keeps what people wrote out of events, acts and keys', async () => {
    await referred(
      [amina, 'ratings', { colour: 'red', rationale: 'zzsecret' }],
      [amina, 'notes', { text: 'zzsecret' }],
      [amina, 'information-requests', { question: 'zzsecret' }],
      [hana, 'information-returns', { answer: 'zzsecret' }],
      [amina, 'decisions', { outcome: 'no-further-action', reason: 'no-risk-found', rationale: 'zzsecret' }],
      [amina, 'feedback', { text: 'zzsecret' }],
    );
    const [kept] = await app.sql(
      `SELECT (SELECT string_agg(convert_from(body, 'utf8'), ' ') FROM referrals.outbox) || (SELECT string_agg(reply::text, ' ') FROM referrals.idempotency)
           || (SELECT string_agg(convert_from(body, 'utf8'), ' ') FROM referrals.act) AS text`,
    );
    expect(kept!['text']).not.toMatch(/zzsecret|Halloway/);
  });

  it('belongs to staff whose membership covers the area', async () => {
    const made = await hana.post('/api/referrals', { content: { ...example(), area: EASTVALE } });
    const path = `/api/referrals/${made.body.id}`;
    expect((await amina.get(path)).status).toBe(404);
    expect((await app.as('farid').get(path)).body).toMatchObject({ side: 'triage' });
    expect((await app.as('dov').get(path)).status).toBe(404); // the referrer's colleague sees only what he made himself
  });
});
