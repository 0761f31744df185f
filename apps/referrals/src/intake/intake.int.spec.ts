import { startApp, type Caller, type TestApp } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import { actsAbout as aboutIn, example, HARBOUR_HOUSING, invalid, NORTHBANK_COUNCIL } from '../referred.testing';
import { ReferralsModule } from '../referrals.module';

describe('intake', () => {
  let app: TestApp;
  let hana: Caller;
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    hana = app.as('hana');
  });
  afterAll(() => app?.stop());

  const actsAbout = (id: string) => aboutIn(app, id);

  describe('a whole referral at once', () => {
    it('is received by the agency that triages for its area, with its event and one act naming everybody in it', async () => {
      const made = await hana.post('/api/referrals', { content: example() });
      expect(made.status).toBe(201);
      expect(made.body).toEqual({
        id: expect.any(String),
        reference: expect.stringMatching(/^R-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
        status: 'received',
        version: 1,
        receipt: { auditId: expect.any(String), streamId: made.body.id, version: 1, digest: expect.any(String) },
      });
      expect(made.headers.get('concordat-audit-entry')).toBe(made.body.receipt.auditId);
      const [row] = await app.sql(`SELECT * FROM referrals.referral WHERE id = $1`, [made.body.id]);
      expect(row).toMatchObject({
        receiving_org: NORTHBANK_COUNCIL,
        referring_org: HARBOUR_HOUSING,
        people: [expect.anything(), expect.anything(), expect.anything()],
      });
      const [event] = await app.sql<{ body: Buffer }>(`SELECT body FROM referrals.outbox WHERE stream_id = $1`, [
        made.body.id,
      ]);
      expect(JSON.parse(event!.body.toString())).toMatchObject({
        type: 'referrals.referral-submitted.v1',
        data: { referralId: made.body.id, pathway: 'domestic-abuse', receivingOrg: NORTHBANK_COUNCIL },
      });
      expect(await actsAbout(made.body.id)).toEqual([
        expect.objectContaining({
          id: made.body.receipt.auditId,
          action: 'referral.submit',
          outcome: 'done',
          subjects: row!['people'],
          recipients: [{ org: NORTHBANK_COUNCIL }],
        }),
      ]);
    });

    it('keeps names out of the event, the reply and the idempotency key', async () => {
      const made = await hana.post('/api/referrals', { content: example() });
      const [kept] = await app.sql(
        `SELECT (SELECT string_agg(convert_from(body, 'utf8'), ' ') FROM referrals.outbox) || (SELECT string_agg(reply::text, ' ') FROM referrals.idempotency)
             || (SELECT string_agg(convert_from(body, 'utf8'), ' ') FROM referrals.act) AS text`,
      );
      expect(kept!['text']).toContain(made.body.id);
      expect(kept!['text']).not.toMatch(/Halloway|Nerys|07700 900456|9998198178/);
    });

    it('answers the same key with the same reply, and refuses it for another body', async () => {
      const key = randomUUID();
      const content = example();
      const first = await hana.post('/api/referrals', { content }, { key });
      const again = await hana.post('/api/referrals', { content }, { key });
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      const other = await hana.post('/api/referrals', { content: { ...content, wishes: 'Another wish' } }, { key });
      expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key.reused' } });
    });

    it('takes an id that the caller chose: once, and again for the same content, but not for another (REC-1)', async () => {
      const id = randomUUID();
      const first = await hana.post('/api/referrals', { id, content: example() });
      expect(first).toMatchObject({ status: 201, body: { id } });
      const again = await hana.post('/api/referrals', { id, content: example() });
      expect(again).toMatchObject({ status: 201, body: { id, reference: first.body.reference, version: 1 } });
      const other = await hana.post('/api/referrals', { id, content: { ...example(), urgency: 'routine' } });
      expect(other).toMatchObject({ status: 409, body: { code: 'referral.id-taken' } });
      const [{ n } = { n: 0 }] = await app.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM referrals.outbox WHERE stream_id = $1`,
        [id],
      );
      expect(n).toBe(1);
    });

    it('names every field that is wrong, with a code', async () => {
      const refused = await hana.post('/api/referrals', { content: invalid() });
      expect(refused.status).toBe(422);
      const codes = Object.fromEntries(
        refused.body.errors.map((e: { field: string; code: string }) => [e.field, e.code]),
      );
      expect(codes).toEqual({
        area: 'not-an-id',
        urgency: 'not-in-list',
        'people.0.datesOfBirth.0.value': 'not-a-date',
        'people.0.addresses.0.postcode': 'wrong-form',
        'people.0.nhsNumber': 'not-an-nhs-number',
        'people.1.roles': 'not-in-list',
        'relationships.0.to': 'person.unknown',
        'concerns.happened.0.on': 'not-a-date',
        'concerns.summary': 'required',
        people: 'required',
        'criteria.professionalJudgement.evidence': 'required',
        'consent.override.ground': 'required',
        'consent.override.reason': 'required',
        'answers.idva-contact': 'wrong-answer',
        'answers.favourite-colour': 'wrong-answer',
        'answers.children-in-home': 'required',
        status: 'unknown-field',
      });
      expect(JSON.stringify(refused.body)).not.toMatch(/Halloway|NOT A POSTCODE/);
    });

    it.each([
      ['a pathway that there is not', { pathway: 'romance' }, 'pathway', 'not-in-list'],
      ['an area that there is not', { area: randomUUID() }, 'area', 'area.unknown'],
      ['no pathway', { pathway: null }, 'pathway', 'required'],
      [
        'a birth to come',
        { people: [{ ...example()['people'][0], datesOfBirth: [{ value: '2199-01-01' }] }] },
        'people.0.datesOfBirth.0.value',
        'in-the-future',
      ],
      [
        'two people of one ref',
        { people: [...example()['people'], example()['people'][0]] },
        'people.3.ref',
        'not-unique',
      ],
      ['a status of the caller’s (TRI-21)', { status: 'accepted' }, 'status', 'unknown-field'],
      [
        'an id of the caller’s for a person',
        { people: [{ ...example()['people'][0], id: randomUUID() }] },
        'people.0.id',
        'unknown-field',
      ],
      ['a list where a group belongs', { concerns: [] }, 'concerns', 'is-object'],
      ['nothing where a person belongs', { people: [null] }, 'people', 'is-object'],
      [
        'a ground that there is not',
        { consent: { ...(example()['consent'] as object), override: { ground: 'because' } } },
        'consent.override.ground',
        'not-in-list',
      ],
    ])('refuses %s', async (_, change, field, code) => {
      const refused = await hana.post('/api/referrals', { content: { ...example(), ...change } });
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toContainEqual(expect.objectContaining({ field, code }));
    });

    it.each([
      ['a NUL', 'a\u0000b'],
      ['half a character', 'a\ud800b'],
      ['the other half', '\udc00'],
    ])('refuses %s in a text rather than fail', async (_, text) => {
      const inText = await hana.post('/api/referrals', { content: { ...example(), wishes: text } });
      expect(inText).toMatchObject({ status: 422, body: { errors: [expect.objectContaining({ field: 'wishes' })] } });
      const inName = await hana.post('/api/referrals', { content: { ...example(), answers: { [text]: 'yes' } } });
      expect(inName.status).toBe(422);
    });

    it.each([
      [[]],
      ['text'],
      [null],
      [{}],
      [{ content: 'x' }],
      [{ content: [] }],
      [{ content: {} }],
      [{ id: 5, content: {} }],
    ])('refuses %j', async (body) => {
      expect((await hana.post('/api/referrals', JSON.stringify(body))).status).toBe(422);
    });

    it('refuses in the order of the house: nobody 401, no key 400, not entitled 403 before the body is looked at', async () => {
      expect((await app.asNobody().post('/api/referrals', {})).status).toBe(401);
      expect((await hana.post('/api/referrals', { content: example() }, { key: null })).status).toBe(400);
      const erin = await app.as('erin').post('/api/referrals', {});
      expect(erin).toMatchObject({ status: 403, body: { code: 'referral.forbidden', reasons: ['role.not-entitled'] } });
      const denied = (await app.acts('referrals')).at(-1);
      expect(denied).toMatchObject({
        action: 'referral.submit',
        outcome: 'denied',
        reasons: ['referral.forbidden', 'role.not-entitled'],
      });
    });
  });

  describe('drafts', () => {
    const start = async (content: object = { pathway: 'other', wishes: 'To be left alone' }) =>
      (await hana.post('/api/referrals/drafts', { content })).body as { id: string; version: number };

    it('are saved as one goes, with an act each and no event', async () => {
      const { id, version } = await start();
      const saved = await hana.put(
        `/api/referrals/drafts/${id}`,
        { content: { pathway: 'other', wishes: 'Sleep' } },
        { version },
      );
      expect(saved).toMatchObject({ status: 200, body: { id, version: 2, status: 'draft' } });
      expect((await hana.get(`/api/referrals/drafts/${id}`)).body).toMatchObject({
        version: 2,
        content: { wishes: 'Sleep' },
      });
      expect((await actsAbout(id)).map((a) => a.action)).toEqual(['referral.draft', 'referral.draft', 'referral.view']);
      expect(await app.sql(`SELECT 1 FROM referrals.outbox WHERE stream_id = $1`, [id])).toEqual([]);
    });

    it('are no new version when nothing differs (AUD-8)', async () => {
      const { id, version } = await start();
      const same = await hana.put(
        `/api/referrals/drafts/${id}`,
        { content: { wishes: 'To be left alone', pathway: 'other' } },
        { version },
      );
      expect(same).toMatchObject({ status: 200, body: { version: 1 } });
    });

    it('may lack anything, but hold nothing wrong', async () => {
      expect((await hana.post('/api/referrals/drafts', { content: {} })).status).toBe(201);
      const wrong = await hana.post('/api/referrals/drafts', {
        content: { people: [{ ref: 'p1', roles: [], nhsNumber: '1' }] },
      });
      expect(wrong).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'people.0.nhsNumber', code: 'not-an-nhs-number' }] },
      });
    });

    it('show what another window changed when saved over', async () => {
      const { id, version } = await start();
      const path = `/api/referrals/drafts/${id}`;
      await hana.put(path, { content: { pathway: 'other', wishes: 'Sleep' } }, { version });
      const late = await hana.put(path, { content: { pathway: 'other', urgency: 'routine' } }, { version });
      expect(late).toMatchObject({
        status: 409,
        body: { code: 'referral.changed', currentVersion: 2, differing: ['urgency', 'wishes'] },
      });
      expect((await hana.put(path, { content: {} })).status).toBe(400);
    });

    it('are their author’s alone (RES-7)', async () => {
      const { id } = await start();
      for (const who of ['amina', 'dov', 'carys', 'erin']) {
        for (const answer of [
          await app.as(who).get(`/api/referrals/drafts/${id}`),
          await app.as(who).put(`/api/referrals/drafts/${id}`, { content: {} }, { version: 1 }),
          await app.as(who).delete(`/api/referrals/drafts/${id}`),
          await app.as(who).post(`/api/referrals/drafts/${id}/submission`, {}, { version: 1 }),
        ])
          expect(answer).toMatchObject({ status: 404, body: { code: 'referral.not-found' } });
      }
      const other = await app.as('dov').get('/api/referrals/drafts');
      expect(other.body).toEqual({ items: [], next: null, previous: null, count: { value: 0, more: false } });
    });

    it('are listed a page at a time, both ways, every one of them audited', async () => {
      const bevan = app.as('bevan');
      const ids: string[] = [];
      for (let i = 0; i < 5; i++)
        ids.unshift((await bevan.post('/api/referrals/drafts', { content: { pathway: 'other' } })).body.id);
      const first = await bevan.get('/api/referrals/drafts?limit=2');
      expect(first.body).toMatchObject({ previous: null, count: { value: 5, more: false } });
      const second = await bevan.get(`/api/referrals/drafts?limit=2&cursor=${first.body.next}`);
      const third = await bevan.get(`/api/referrals/drafts?limit=2&cursor=${second.body.next}`);
      const shown = [first, second, third].map((page) => page.body.items.map((i: { id: string }) => i.id));
      expect(shown.flat()).toEqual(ids);
      expect(third.body.next).toBeNull();
      const back = await bevan.get(`/api/referrals/drafts?limit=2&cursor=${third.body.previous}`);
      expect(back.body.items).toEqual(second.body.items);
      const first2 = await bevan.get(`/api/referrals/drafts?limit=2&cursor=${back.body.previous}`);
      expect(first2.body).toMatchObject({ items: first.body.items, previous: null });
      const act = (await app.acts('referrals')).filter((a) => a.action === 'referral.list').at(-1);
      expect(act!.objects.map((o) => o.id)).toEqual(ids.slice(0, 2));
      expect((await bevan.get('/api/referrals/drafts?cursor=nonsense')).body).toMatchObject({
        status: 422,
        errors: [{ field: 'cursor' }],
      });
      expect((await bevan.get('/api/referrals/drafts?limit=0')).status).toBe(422);
    });

    it('are sent when they are complete, and not before', async () => {
      const { concerns: _, ...part } = example();
      const { id } = await start(part);
      const path = `/api/referrals/drafts/${id}`;
      const early = await hana.post(`${path}/submission`, {}, { version: 1 });
      expect(early).toMatchObject({ status: 422, body: { errors: [{ field: 'concerns.summary', code: 'required' }] } });
      await hana.put(path, { content: example() }, { version: 1 });
      expect((await hana.post(`${path}/submission`, {}, { version: 1 })).status).toBe(409);
      const sent = await hana.post(`${path}/submission`, {}, { version: 2 });
      expect(sent).toMatchObject({
        status: 201,
        body: { id, status: 'received', version: 3, reference: expect.any(String) },
      });
      expect(sent.body.receipt).toMatchObject({ streamId: id, version: 1 });
      expect((await hana.get(path)).status).toBe(404);
      const again = await hana.post(`${path}/submission`, {}, { version: 3 });
      expect(again).toMatchObject({ status: 409, body: { code: 'referral.step-not-open', state: 'received' } });
    });

    it('are thrown away once: 204, then 200 and nothing more on record (TRI-20)', async () => {
      const { id } = await start(example());
      const path = `/api/referrals/drafts/${id}`;
      expect((await hana.delete(path)).status).toBe(204);
      expect(await hana.delete(path)).toMatchObject({ status: 200, body: { id, status: 'discarded' } });
      expect((await actsAbout(id)).map((a) => a.action)).toEqual(['referral.draft', 'referral.discard']);
      expect((await hana.get(path)).status).toBe(404);
      expect((await hana.put(path, { content: {} }, { version: 1 })).status).toBe(404);
      expect((await hana.delete(`/api/referrals/drafts/${randomUUID()}`)).status).toBe(404);
      const [row] = await app.sql('SELECT content, subject_name FROM referrals.referral WHERE id = $1', [id]);
      expect(row).toEqual({ content: {}, subject_name: null });
    });

    it('take an id that the caller chose, as whole referrals do', async () => {
      const id = randomUUID();
      const content = { pathway: 'other' };
      expect((await hana.post('/api/referrals/drafts', { id, content })).status).toBe(201);
      expect((await hana.post('/api/referrals/drafts', { id, content })).status).toBe(201);
      expect((await hana.post('/api/referrals/drafts', { id, content: {} })).status).toBe(409);
      expect((await hana.post('/api/referrals', { id, content: example() })).status).toBe(409);
    });
  });

  it('tells what the pack asks, to whoever is signed in', async () => {
    const { body } = await hana.get('/api/referrals/pathways');
    expect(body).toMatchObject({ pack: expect.stringMatching(/^england-wales@/), pathways: expect.any(Array) });
    expect(body.pathways.map((p: { code: string }) => p.code)).toContain('weapon-or-knife');
    expect((await hana.get('/api/referrals/pathways/prevent')).body.destinations[0]).toHaveProperty('title');
    expect((await hana.get('/api/referrals/pathways/romance')).status).toBe(404);
    const reasons = await hana.get('/api/referrals/reasons');
    expect(reasons.body.colours).toContainEqual(expect.objectContaining({ code: 'red', clock: 'within 4 hours' }));
    expect((await app.asNobody().get('/api/referrals/reasons')).status).toBe(401);
  });
});
