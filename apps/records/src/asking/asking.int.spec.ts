import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { problemsOf } from '../handed.testing';
import { AskingService } from './asking.service';
import { CONTACT, opened, org, PeersStandIn, staff, type Told } from '../opened.testing';

describe('is this person known to you?', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const [council, nhs] = [org('northbank-council'), org('eastvale-nhs')];
  const KNOWN = '/api/records/known-questions';
  let made = 0;
  /** Somebody in a case that Eastvale NHS Trust leads, and how they are asked about. */
  const known = async (more: Told = {}, opening: object = {}) => {
    const n = ++made;
    const who = {
      given: 'Isolde',
      family: `Wintermere${'abcdefghij'[n]}`,
      dateOfBirth: `19${60 + n}-03-0${n}`,
      postcode: `ZZ${n} 4QD`,
    };
    const told = {
      ...{ roles: ['subject'], name: { given: who.given, family: who.family } },
      ...{
        datesOfBirth: [{ value: who.dateOfBirth }],
        addresses: [{ lines: ['1 Invented Row'], postcode: who.postcode }],
        ...more,
      },
    };
    const { caseId, subject } = await opened(app, referrals, {
      leadOrg: nhs,
      participants: [nhs],
      people: [told],
      ...opening,
    });
    return { who, caseId, subject };
  };
  const ask = (person: object, more: object = {}, username = 'amina') =>
    app.as(username).post(KNOWN, { toOrg: nhs, purpose: 'safeguarding-adult', person, ...more });
  const see = async (id: string, username = 'amina') => (await app.as(username).get(`${KNOWN}/${id}`)).body;
  const actsOf = async (action: string, id: string) =>
    (await app.acts('records')).filter((a) => a.action === action && a.objects.some((o) => o.id === id));

  it('answers a match with a contact, or none and nothing else; it is decided first, and logged at both ends', async () => {
    const { who, caseId, subject } = await known();
    referrals.questions.length = 0;
    const { status, body } = await ask(who);
    expect([status, body.state]).toEqual([201, 'known']);
    expect(referrals.questions).toMatchObject(
      ['EXACT', 'EXACT'].map((match) => ({
        ...{
          kind: 'ASK_KNOWN',
          sender: nhs,
          recipients: [council],
          actor: { userId: staff('amina'), orgId: council },
        },
        ...{
          items: ['IDENTITY', 'NAME'],
          purpose: 'safeguarding-adult',
          subjects: [{ pid: body.id, match, deceased: false }],
        },
      })),
    );
    expect(await see(body.id)).toMatchObject({ answer: { match: true, contact: CONTACT }, who, side: 'asked' });
    const other = await ask({
      ...who,
      given: 'Corwin',
      family: 'Tallowby',
      dateOfBirth: '1931-12-30',
      postcode: 'ZZ98 1AA',
    });
    const nobody = await see(other.body.id);
    expect([nobody.answer, nobody.matches]).toEqual([{ match: false }, undefined]);
    expect(JSON.stringify([nobody, await see(body.id)])).not.toMatch(new RegExp(`${subject}|${caseId}`));
    expect(referrals.questions.map((q) => (q['subjects'] as { match: string }[])[0]!.match)).toEqual([
      'EXACT',
      'EXACT',
      'EXACT',
      'NONE',
    ]);

    await eventually(async () => (await actsOf('person.tell-known', other.body.id)).length === 1);
    const [told] = await actsOf('person.tell-known', body.id);
    expect(told).toMatchObject({
      actorRole: 'system',
      subjects: [subject],
      recipients: [{ org: council }],
      decision: 'match',
    });
    expect(await actsOf('person.tell-known', other.body.id)).toMatchObject([{ subjects: [], decision: 'no-match' }]);
    const [asked] = await actsOf('person.ask-known', body.id);
    // Both ends name the one disclosure, under the same agreement and flow; that nobody is known is none.
    const named = (act: typeof told) => act?.objects.filter(({ t }) => t === 'disclosure');
    expect([named(told)?.length, named(told)]).toEqual([1, named(asked)]);
    expect(told?.detail['disclosure']).toEqual(asked?.detail['disclosure']);
    expect((await actsOf('person.ask-known', other.body.id)).map(named)).toEqual([[]]);
    expect(asked).toMatchObject({
      actor: staff('amina'),
      subjects: [],
      rule: 'stand-in@1.0.0',
      detail: { terms: who },
    });
    const events = await app.sql<{ body: Buffer }>('SELECT body FROM records.outbox WHERE stream_id = $1', [body.id]);
    expect(events.map((e) => e.body.toString()).join()).not.toMatch(/Wintermere|ZZ\d/);

    // At the agency that was asked: whom it knows, and of others not even whom it was about.
    expect(await see(body.id, 'carys')).toMatchObject({
      side: 'received',
      who,
      matches: [{ id: subject, band: 'near-certain' }],
    });
    expect(await see(other.body.id, 'carys')).toMatchObject({ who: null, matches: [] });
    for (const username of ['tomas', 'bevan', 'dov']) expect((await see(body.id, username)).status).toBe(404);
    const boxes = async (username: string, box: string) =>
      ((await app.as(username).get(`${KNOWN}?box=${box}`)).body.items as { id: string }[]).map((q) => q.id);
    expect(await boxes('amina', 'asked')).toContain(body.id);
    expect(await boxes('carys', 'received')).toContain(body.id);
    expect([await boxes('amina', 'received'), (await actsOf('known-question.view', body.id)).length > 1]).toEqual([
      [],
      true,
    ]);
    expect(await actsOf('known-question.list', body.id)).not.toEqual([]);
  });

  it('does not know whoever is restricted, by the same way; nor whom it was only let in on', async () => {
    const { who, caseId } = await known();
    const named = { named: [staff('carys')], reviewOn: addDays(civilDate(new Date()), 30), reason: 'Protected' };
    const made = await app
      .as('carys')
      .post(`/api/records/cases/${caseId}/restrictions`, { kind: 'protected-person', ...named }, { version: 1 });
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    const shared = await known({}, { leadOrg: council, participants: [council] });
    const joined = { orgId: nhs, level: 'contributor' };
    const part = await app
      .as('amina')
      .post(`/api/records/cases/${shared.caseId}/participations`, joined, { version: 1 });
    expect(part.status).toBe(200);
    referrals.questions.length = 0;
    const answers = [await ask(who), await ask(shared.who, {}, 'amina')];
    expect(answers.map(({ body }) => body.state)).toEqual(['not-known', 'not-known']);
    expect(referrals.questions.map((q) => (q['subjects'] as { match: string }[])[0]!.match)).toEqual([
      'EXACT',
      'NONE',
      'EXACT',
      'NONE',
    ]);
    expect((await see(answers[0]!.body.id, 'carys')).matches).toEqual([]);
  });

  it('leaves to a person there whoever may be somebody else; their answer decides, once it is asked again', async () => {
    const again = (id: string, version: number) => app.as('amina').post(`${KNOWN}/${id}/again`, {}, { version });
    const { who, subject } = await known();
    const unclear = { ...who, dateOfBirth: who.dateOfBirth.slice(0, 4), postcode: 'ZZ97 8XX' };
    const first = await ask(unclear);
    expect(first.body.state).toBe('waiting');
    const second = (await ask(unclear)).body.id as string;
    expect(await see(first.body.id)).toMatchObject({ answer: null, may: { again: true } });
    expect(await see(first.body.id, 'carys')).toMatchObject({
      who: unclear,
      matches: [{ id: subject }],
      may: { again: false },
    });
    expect((await again(first.body.id, 1)).body.state).toBe('waiting');
    expect((await again(first.body.id, 1)).body.code).toBe('known-question.changed');
    referrals.ambiguous = null;
    expect((await again(first.body.id, 2)).body).toMatchObject({ state: 'known', version: 3 });
    referrals.ambiguous = { outcome: 'DENY', reasons: ['SUBJECT_AMBIGUOUS'] };
    expect((await again(second, 1)).body.state).toBe('not-known');
    referrals.ambiguous = { outcome: 'REVIEW', reasons: ['SUBJECT_AMBIGUOUS'] };
    expect((await see(second)).answer).toEqual({ match: false });
    expect((await again(second, 2)).body).toMatchObject({ status: 409, code: 'known-question.answered' });
    // What may not be answered at all is refused before anybody is looked for, whoever it is about.
    referrals.questions.length = 0;
    referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_SUSPENDED'] };
    const refused = [await ask(who), await ask(unclear)].map(({ body }) => [body.status, body.code, body.reasons]);
    referrals.refuses = null;
    expect(refused).toEqual(Array(2).fill([403, 'sharing.refused', ['AGREEMENT_SUSPENDED']]));
    expect(referrals.questions.map((q) => (q['subjects'] as { match: string }[])[0]!.match)).toEqual([
      'EXACT',
      'EXACT',
    ]);
    await expect(app.sql("UPDATE records.known_question SET state = 'known' WHERE id = $1", [second])).rejects.toThrow(
      'never changed',
    );
  });

  it('is asked by FHIR as well: a match with a contact, or none and nothing else; a person has to look first', async () => {
    const { who } = await known();
    const query = (family: string, more: object = {}) =>
      app.as('amina').post<string>(`${KNOWN}/fhir/Patient/$person-info-query?agency=${nhs}`, {
        resourceType: 'Parameters',
        parameter: [
          { name: 'reason', valueUri: 'https://www.legislation.gov.uk/ukpga/2014/23/section/42' },
          {
            name: 'resource',
            resource: {
              ...{ resourceType: 'Patient', name: [{ family, given: [who.given] }], birthDate: who.dateOfBirth },
              ...{ address: [{ postalCode: who.postcode }], ...more },
            },
          },
        ],
      });
    const told = ({ status, headers, body }: Awaited<ReturnType<typeof query>>) => ({
      ...{ status, type: headers.get('content-type')?.split(';')[0] },
      ...(JSON.parse(typeof body === 'string' ? body : JSON.stringify(body)) as { parameter?: object[] }),
    });
    const found = await query(who.family);
    expect(told(found)).toMatchObject({
      ...{ status: 200, type: 'application/fhir+json', resourceType: 'Parameters' },
      parameter: [
        { name: 'match', valueBoolean: true },
        { name: 'contact', resource: { resourceType: 'Organization', name: 'Eastvale NHS Trust' } },
      ],
    });
    const id = found.headers.get('concordat-known-question')!;
    expect(await actsOf('person.ask-known', id)).toMatchObject([{ outcome: 'done', items: ['fhir'] }]);
    const none = told(await query('Quxyzzle', { birthDate: '1901-01-01', address: [{ postalCode: 'ZZ99 9ZZ' }] }));
    expect(none.parameter).toEqual([{ name: 'match', valueBoolean: false }]);
    const wrong = await query(who.family, { birthDate: 'May' });
    expect([wrong.status, problemsOf(wrong.body as never)[0]]).toEqual([
      ...[422, 'parameter.1.resource.birthDate request.form-wrong'],
    ]);
    referrals.refuses = { outcome: 'DENY', reasons: ['NO_FLOW'] };
    const refused = await query(who.family);
    referrals.refuses = null;
    expect([refused.status, (refused.body as unknown as { reasons: string[] }).reasons]).toEqual([403, ['NO_FLOW']]);
  });

  it('is asked as another system says it, on the agreements that it names, and given to one: decided as what it discloses', async () => {
    const { who } = await known();
    const said = {
      Identifier: { value: 'Q-1', System: 'urn:example:requests' },
      DateStamp: '2026-11-29T10:00:00Z',
      RequesterIdentifier: { value: `urn:concordat:organisation:${council}`, system: 'urn:concordat:organisation' },
      RequestedData: {
        Query: {
          name: [{ familyName: [who.family], givenName: [who.given] }],
          dateOfBirth: { date: who.dateOfBirth, accuracyIndicator: 'AAA' },
        },
      },
      AssertedPurpose: 'https://www.legislation.gov.uk/ukpga/2014/23/section/42',
      SharingPolicy: ['stand-in@1.0.0', 'another'].map((value) => ({ Identifier: { value, System: 'urn:x:y' } })),
    };
    const send = (request: object, username = 'amina') =>
      app.as(username).post(`${KNOWN}/requests`, { toOrg: nhs, content: JSON.stringify(request) });
    referrals.questions.length = 0;
    const { status, body } = await send(said);
    expect([status, body.state]).toEqual([201, 'known']);
    expect(referrals.questions).toMatchObject(
      ['EXACT', 'EXACT'].map(() => ({ purpose: 'safeguarding-adult', policies: ['stand-in@1.0.0', 'another'] })),
    );
    expect(problemsOf((await send({ ...said, DateStamp: 'now', SharingPolicy: [] })).body)).toEqual([
      'content.DateStamp request.time-wrong',
      'content.SharingPolicy request.too-few',
    ]);
    const other = { value: `urn:concordat:organisation:${nhs}`, system: 'urn:x:y' };
    expect(problemsOf((await send({ ...said, RequesterIdentifier: other })).body)).toEqual([
      'content.RequesterIdentifier.value request.requester-other',
    ]);

    referrals.questions.length = 0;
    const given = await app.as('amina').get(`${KNOWN}/${body.id}/request`);
    const { Identifier: _, DateStamp: __, ...same } = said;
    const System = 'urn:concordat:agreement';
    expect(given.body).toMatchObject({
      ...{ ...same, Identifier: { value: body.id }, 'concordat:notSaid': [] },
      SharingPolicy: ['stand-in@1.0.0', 'another'].map((value) => ({ Identifier: { value, System } })),
    });
    expect(referrals.questions).toMatchObject([
      {
        kind: 'DISCLOSE',
        sender: council,
        recipients: [nhs],
        items: ['IDENTITY', 'NAME'],
        policies: ['stand-in@1.0.0', 'another'],
      },
    ]);
    const exports = () => actsOf('known-question.export', body.id as string);
    expect(await exports()).toMatchObject([{ outcome: 'done', items: ['mais'], recipients: [{ org: nhs }] }]);
    expect((await app.as('carys').get(`${KNOWN}/${body.id}/request`)).status).toBe(404);
    referrals.refuses = { outcome: 'DENY', reasons: ['NO_FLOW'] };
    const refused = await app.as('amina').get(`${KNOWN}/${body.id}/request`);
    referrals.refuses = null;
    expect([refused.status, refused.body.reasons]).toEqual([403, ['NO_FLOW']]);
    expect((await exports()).map(({ outcome }) => outcome)).toContain('denied');
  });

  it('says what is missing, asks only so often, and keeps nobody longer than it must', async () => {
    const wrong = async (person: object, more: object = {}) => problemsOf((await ask(person, more)).body);
    expect(await wrong({ given: 'Isolde' })).toEqual(['person.family required', 'person.dateOfBirth required']);
    expect(await wrong({ nhsNumber: '999 000 0018' }, { toOrg: council })).toEqual(['toOrg organisation.own']);
    const full = { given: 'A', family: 'B', postcode: 'ZZ1 1AA' };
    expect(await wrong(full, { toOrg: newId() })).toEqual(['toOrg organisation.unknown']);
    expect(await wrong(full, { purpose: 'curiosity' })).toEqual(['purpose not-in-list']);
    expect((await ask(full, {}, 'erin')).body.code).toBe('person.forbidden');
    const asked = (await ask(full)).body.id as string;
    await app.sql(
      `INSERT INTO records.known_question (id, state, asked_by, asked_org, asked_at, to_org, purpose, pack, who, forget_at, decision_id)
       SELECT gen_random_uuid(), 'waiting', asked_by, asked_org, asked_at, to_org, purpose, pack, who, now(), decision_id
         FROM records.known_question, generate_series(1, 30) WHERE id = $1`,
      [asked],
    );
    referrals.questions.length = 0;
    expect((await ask(full)).body).toMatchObject({ status: 429, code: 'known-question.too-many' });
    expect(referrals.questions).toEqual([]);
    await app.running.app.get(AskingService, { strict: false }).forget();
    const kept = await app.sql('SELECT who FROM records.known_question WHERE forget_at <= now()');
    expect(kept).toEqual(Array(30).fill({ who: null }));
    expect(await see(asked)).toMatchObject({ who: full, answer: { match: false } });
  });
});
