import { SharingModule } from '@concordat-app/sharing';
import { startApp, type TestApp } from '@concordat/testing';
import { AGREEMENTS, agreementsIn, DECISIONS } from '../agreements/agreements.testing';
import { COUNCIL, person, POLICE } from '../agreements/partnership.testing';

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
      (await app.freshlyAs('tomas').post(DECISIONS, { ...body, breakGlass: { ...breakGlass, ...more } })).body;
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
    expect((await review(put)).body).toMatchObject({ status: 'refused', decision: id });
    expect(await lastAct('question.answer')).toMatchObject({
      ...{ actor: kit, outcome: 'done', decision: 'NOT_JUSTIFIED', detail: { reason: finding.reason } },
      objects: expect.arrayContaining([{ t: 'decision', id }]),
    });
    expect((await review(put, 2)).body).toMatchObject({ status: 409, state: 'refused' });
    // What went, went; and whoever authorised one does not review it.
    expect((await app.as('tomas').get(`${DECISIONS}/${id}`)).body.decision.outcome).toBe('PERMIT');
    const own = await putFor((await broken({ authoriser: { userId: kit, orgId: COUNCIL } })).id);
    expect((await review(own)).body).toMatchObject({ status: 403, reasons: ['question.authorised'] });
    expect((await app.as('kit').get(`${QUESTIONS}/${own.id}`)).body.may).toEqual({ answer: false });
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
