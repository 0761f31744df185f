import { newId } from '@concordat/contracts';
import { SharingModule } from '@concordat-app/sharing';
import { startApp, type TestApp } from '@concordat/testing';
import { AGREEMENTS, agreementsIn, DECISIONS } from '../agreements/agreements.testing';
import { COUNCIL, person, POLICE } from '../agreements/partnership.testing';

/** The day and the minute that a clock in London shows. */
function inLondon(at: Date): [string, string] {
  const text = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/London' });
  const [day = '', time = ''] = text.format(at).split(' ');
  return [day, time];
}

describe('what an agreement does not foresee', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([SharingModule])));
  afterAll(() => app?.stop());

  const { seen, drafted, put, signedIn, active, question, subjects, codeOf, lastAct } = agreementsIn(() => app);

  it('permits in an emergency what it would refuse: to whoever may and has just signed in, authorised by a lead of theirs; governance reviews it', async () => {
    const code = await codeOf(await active());
    const [amina, kit, yusuf, tomas, idris] = ['amina', 'kit', 'yusuf', 'tomas', 'idris'].map(person);
    const INCOMPLETE = ['BREAK_GLASS_INCOMPLETE', 'ITEM_NOT_IN_SCOPE'];
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const breakGlass = {
      reason: 'LIFE_AT_RISK',
      basis: { regime: 'UKGDPR', art6: '6.1.d', art9: '9.2.c' },
      authoriser: { userId: amina, orgId: COUNCIL },
      expiresAt: inHours(2),
    };
    const body = question(code, { items: ['NAME', 'HEALTH'], subjects });
    const broken = async (more: object = {}) =>
      (await app.freshlyAs('tomas').post(DECISIONS, { ...body, account, breakGlass: { ...breakGlass, ...more } })).body;
    const account = 'He was seen outside her door with a knife.';
    const before = signedIn(() => Date.now() - 6 * 60_000);
    expect((await broken()).decision).toMatchObject({ outcome: 'DENY', reasons: INCOMPLETE });
    before.mockRestore();
    const { id, decision, asked } = await broken();
    expect([decision, asked]).toMatchObject([
      {
        ...{ outcome: 'PERMIT', mode: 'BREAK_GLASS', overridden: ['ITEM_NOT_IN_SCOPE'] },
        obligations: ['NOTIFY_DPO', 'NOTIFY_ORIGINATOR', 'RETROSPECTIVE_REVIEW'],
      },
      false,
    ]);
    expect(await lastAct('disclosure.decide')).toMatchObject({
      ...{ actor: tomas, outcome: 'done', decision: 'PERMIT', justification: 'LIFE_AT_RISK' },
      reasons: expect.arrayContaining(['break-glass', 'ITEM_NOT_IN_SCOPE']),
      objects: expect.arrayContaining([{ t: 'staff', id: amina }]),
    });
    expect((await app.as('kit').get(`${DECISIONS}?agreement=${code}`)).body.items[0]).toMatchObject({
      ...{ id, outcome: 'PERMIT', mode: 'BREAK_GLASS' },
    });
    expect((await app.as('tomas').get(`${DECISIONS}/${id}`)).body.replayed.same).toBe(true);
    for (const authoriser of [yusuf, idris].map((userId) => ({ userId, orgId: COUNCIL })))
      expect(await broken({ authoriser })).toMatchObject({ status: 422, errors: [{ code: 'authoriser.unknown' }] });
    for (const more of [{ authoriser: { userId: yusuf, orgId: POLICE } }, { expiresAt: inHours(5) }])
      expect((await broken(more)).decision.reasons).toEqual(INCOMPLETE);

    // What the law table offers holds for whoever it says: nobody is asked for an article in an emergency.
    const { bases } = (await app.as('tomas').get(`${AGREEMENTS}/law`)).body.breakGlass as {
      bases: { code: string; basis: object }[];
    };
    const outcomes = bases.map(async ({ code: of, basis }) => [
      of,
      (await broken({ basis })).decision.outcome as string,
    ]);
    expect(Object.fromEntries(await Promise.all(outcomes))).toEqual({
      ...{ VITAL_INTERESTS: 'PERMIT', SAFEGUARDING: 'PERMIT', LAW_ENFORCEMENT: 'DENY' },
    });

    const QUESTIONS = '/api/sharing/questions';
    const putFor = async (decisionId: string) =>
      (await app.as('kit').get(`${QUESTIONS}?box=to-answer`)).body.items.find(
        (q: { decisionId: string }) => q.decisionId === decisionId,
      ) as { id: string };
    const finding = { answer: 'refuse', reason: 'He could have been asked.' };
    const review = async (of: { id: string }, version = 1) =>
      app.as('kit').post(`${QUESTIONS}/${of.id}/answer`, finding, { version });
    const put = await putFor(id);
    expect(put).toMatchObject({ mode: 'BREAK_GLASS', state: 'open', reasons: ['ITEM_NOT_IN_SCOPE'], askedBy: tomas });
    // Due by the end of the next working day; its authoriser is asked whether they were, and nobody else can say so.
    const seenBy = async (who: string) => (await app.as(who).get(`${QUESTIONS}/${put.id}`)).body;
    const reviewed = await seenBy('kit');
    expect(reviewed).toMatchObject({
      account,
      authoriser: amina,
      authorised: null,
      may: { answer: true, confirm: false },
    });
    expect(new Date(reviewed.reviewBy as string).getTime()).toBeGreaterThan(Date.now());
    const told = async (stream: string) =>
      (
        await app.sql<{ body: Buffer }>(
          'SELECT body FROM sharing.outbox WHERE stream_id = $1 ORDER BY stream_version',
          [stream],
        )
      ).map(({ body: event }) => (JSON.parse(event.toString()) as { data: object }).data);
    expect(await told(put.id)).toMatchObject([{ reviewBy: reviewed.reviewBy, authoriser: amina }]);
    const confirm = (who: string, of: { id: string }, authorised = 'not-given', version = 1) =>
      app.as(who).post(`${QUESTIONS}/${of.id}/authorisation`, { authorised, note: 'Nobody rang me.' }, { version });
    expect((await seenBy('amina')).may).toEqual({ answer: false, confirm: true });
    expect((await confirm('kit', put)).body).toMatchObject({ status: 403, reasons: ['question.not-authoriser'] });
    expect((await confirm('yusuf', put)).status).toBe(404);
    expect((await confirm('amina', put, 'perhaps')).body.errors).toMatchObject([{ field: 'authorised' }]);
    expect((await confirm('amina', put)).body).toMatchObject({ status: 'open', version: 2 });
    expect(await lastAct('emergency.confirm')).toMatchObject({
      ...{ actor: amina, outcome: 'done', decision: 'not-given', detail: { note: 'Nobody rang me.' } },
    });
    expect((await confirm('amina', put, 'given', 2)).body).toMatchObject({ status: 409, code: 'question.confirmed' });
    expect(await seenBy('kit')).toMatchObject({ authorised: 'not-given', authorisedNote: 'Nobody rang me.' });
    const register = async (who: string, state = 'to-review') =>
      (await app.as(who).get(`/api/sharing/emergencies?state=${state}`)).body.items as { id: string }[];
    for (const who of ['kit', 'tomas', 'amina', 'erin'])
      expect([who, (await register(who)).map((e) => e.id)]).toEqual([who, expect.arrayContaining([put.id])]);
    expect(await register('yusuf')).toEqual([]);
    expect(await lastAct('emergency.list')).toMatchObject({ outcome: 'done', objects: [] });

    // What was not justified is assessed as a breach, from the moment of the review.
    const ended = (await review(put, 2)).body;
    expect(ended).toMatchObject({ status: 'refused', decision: id, breach: expect.any(String) });
    expect(await lastAct('question.answer')).toMatchObject({
      ...{ actor: kit, outcome: 'done', decision: 'NOT_JUSTIFIED', detail: { reason: finding.reason } },
      objects: expect.arrayContaining([
        { t: 'decision', id },
        { t: 'breach', id: ended.breach },
      ]),
    });
    expect((await register('kit', 'reviewed')).map((e) => e.id)).toContain(put.id);
    expect((await review(put, 3)).body).toMatchObject({ status: 409, state: 'refused' });
    // What went, went; and whoever authorised one does not review it.
    expect((await app.as('tomas').get(`${DECISIONS}/${id}`)).body.decision.outcome).toBe('PERMIT');
    const own = await putFor((await broken({ authoriser: { userId: kit, orgId: COUNCIL } })).id);
    expect((await review(own)).body).toMatchObject({ status: 403, reasons: ['question.authorised'] });
    expect((await app.as('kit').get(`${QUESTIONS}/${own.id}`)).body.may).toEqual({ answer: false, confirm: true });

    // Where no agreement covers it, none need be named; what had happened is said in an emergency alone.
    const { agreementId: _, ...unnamed } = body;
    const across = { ...unnamed, recipients: [newId()], account, breakGlass };
    expect((await app.freshlyAs('tomas').post(DECISIONS, across)).body.decision).toMatchObject({
      ...{ outcome: 'PERMIT', mode: 'BREAK_GLASS', overridden: ['RECIPIENT_NOT_PARTY'] },
    });
    expect((await app.as('tomas').post(DECISIONS, { ...body, account })).body.errors).toMatchObject([
      { field: 'account', code: 'unknown-field' },
    ]);

    const BREACHES = '/api/sharing/breaches';
    const breach = async (who: string, of = ended.breach as string) => app.as(who).get(`${BREACHES}/${of}`);
    const opened = (await breach('kit')).body;
    expect(await told(ended.breach as string)).toMatchObject([
      { state: 'open', orgId: COUNCIL, emergencyId: put.id, notifyBy: opened.notifyBy },
    ]);
    expect(opened).toMatchObject({ state: 'open', questionId: put.id, account: finding.reason, openedBy: kit });
    const hours = (to: unknown) => (Date.parse(to as string) - Date.parse(opened.awareAt as string)) / 3_600_000;
    expect([hours(opened.notifyBy), hours(opened.agreed.originatorBy)]).toEqual([72, 24]);
    for (const [who, status] of Object.entries({ amina: 404, yusuf: 404, erin: 200 }))
      expect([who, (await breach(who)).status]).toEqual([who, status]);
    const assessment = {
      ...{ risk: 'likely', affected: 2, notify: true, tellPeople: false },
      ...{ reason: 'Her address was in it.', remedy: 'The school has deleted it.' },
    };
    const assess = (more: object, who = 'kit', version = 1) =>
      app.as(who).post(`${BREACHES}/${ended.breach}/assessment`, { ...assessment, ...more }, { version });
    expect((await assess({ notify: false })).body).toMatchObject({ status: 422, code: 'breach.must-notify' });
    expect((await assess({ affected: -1, reason: ' ' })).body.errors).toMatchObject([
      ...[{ field: 'affected' }, { field: 'reason' }],
    ]);
    expect((await assess({}, 'erin')).status).toBe(403);
    expect((await assess({})).body).toMatchObject({ status: 'to-notify', version: 2 });
    expect(await lastAct('breach.assess')).toMatchObject({
      ...{
        actor: kit,
        outcome: 'done',
        decision: 'notify',
        detail: { risk: 'likely', affected: 2, tellPeople: false },
      },
    });
    const notify = (moment: object, version = 2) =>
      app.as('kit').post(`${BREACHES}/${ended.breach}/notification`, { reference: 'IC-1', ...moment }, { version });
    expect((await notify({ on: '2026-01-01', time: '09:00' })).body).toMatchObject({ code: 'breach.not-then' });
    expect((await notify({ on: '1950-01-01', time: '09:00' })).body.errors).toMatchObject([
      { code: 'date.out-of-range' },
    ]);
    const [day, time] = inLondon(new Date());
    expect((await notify({ on: day, time })).body).toMatchObject({ status: 'closed', version: 3 });
    expect(await lastAct('breach.notify')).toMatchObject({ actor: kit, outcome: 'done' });
    expect((await breach('kit')).body).toMatchObject({ notifiedBy: kit, reference: 'IC-1', may: { assess: false } });
    expect(await lastAct('breach.view')).toMatchObject({ objects: [{ t: 'breach', id: ended.breach }] });
    // One that came to light otherwise.
    const otherwise = { account: 'A letter went to the wrong house.', on: day, time: '00:00' };
    const begun = await app.as('kit').post(BREACHES, otherwise);
    expect(begun).toMatchObject({ status: 201, body: { status: 'open' } });
    expect(await lastAct('breach.open')).toMatchObject({ objects: [{ t: 'breach', id: begun.body.id }] });
    expect((await app.as('amina').post(BREACHES, otherwise)).status).toBe(403);
    expect((await app.as('kit').get(`${BREACHES}?state=open`)).body.items).toMatchObject([{ id: begun.body.id }]);
    expect(await lastAct('breach.list')).toMatchObject({ objects: [{ t: 'breach', id: begun.body.id }] });
  });

  it('is refused unread when it is of ten megabytes, and told of parents in a circle and of versions that overlap', async () => {
    const id = await drafted();
    const { document, version } = await seen(id);
    const long = { document: { ...document, title: 'x'.repeat(10_000_000) } };
    const unread = await app.as('kit').put(`${AGREEMENTS}/${id}`, long, { version });
    expect(unread).toMatchObject({ status: 413, body: { code: 'request.too-large' } });
    for (const path of [`${AGREEMENTS}/imports`, DECISIONS])
      expect([path, (await app.as('kit').post(path, { content: 'x'.repeat(10_000_000) })).status]).toEqual([path, 413]);
    expect((await seen(id)).version).toBe(version);
    const told = async (of: string, check: string) =>
      (await seen(of)).findings
        .filter((f: { check: string }) => f.check === check)
        .map((f: { path: string; what: string }) => `${f.path} ${f.what}`);
    const own = await put(id, { ...document, parentId: document.id });
    expect([own.status, own.body.errors?.map((e) => e.field), (await seen(id)).version]).toEqual([
      ...[422, ['document'], version],
    ]);
    const parent = await active();
    const parentCode = await codeOf(parent);
    const child = await codeOf(await active({}, (terms) => ({ ...terms, parentId: parentCode })));
    const { body } = await app.as('kit').post(`${AGREEMENTS}/${parent}/successors`, { number: '1.1.0' });
    const next = body.id as string;
    const overlapping = { ...(await seen(next)).document, parentId: child, effectiveFrom: '2025-12-31' };
    expect((await put(next, overlapping)).status).toBe(200);
    expect(await told(next, 'S14')).toEqual(['parentId leads back to this agreement']);
    expect(await told(next, 'S13')).toEqual(['effectiveFrom does not come after that of 1.0.0']);
  });
});
