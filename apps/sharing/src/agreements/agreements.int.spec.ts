import { SharingModule } from '@concordat-app/sharing';
import { addDays, civilDate } from '@concordat/clocks';
import { newEventId, newId } from '@concordat/contracts';
import { Databases } from '@concordat/platform';
import type { Agreement } from '@concordat/sharing';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { AGREEMENTS, agreementsIn, DECISIONS } from './agreements.testing';
import { COUNCIL, mended, org, person, POLICE } from './partnership.testing';

describe('agreements', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([SharingModule])));
  afterAll(() => app?.stop());

  const { beginning, seen, drafted, put, step, sign, signedIn, active, question, pid, ask, codeOf, lastAct } =
    agreementsIn(() => app);

  it('begins from a template, with findings that say what is wrong, where, why and how to mend it', async () => {
    const { body: offered } = await app.as('kit').get(`${AGREEMENTS}/templates`);
    expect(offered.templates.map((t: { code: string }) => t.code)).toEqual(
      expect.arrayContaining(['marac', 'community-safety', 'depersonalised-sets']),
    );
    const id = await drafted();
    const view = await seen(id);
    expect(view).toMatchObject({ version: 1, ownerOrg: COUNCIL, document: { status: 'DRAFT', version: '1.0.0' } });
    expect(view.findings.map((f: { check: string }) => f.check)).toEqual(expect.arrayContaining(['S10', 'S15', 'S21']));
    for (const finding of view.findings)
      for (const told of ['path', 'what', 'why', 'mend'] as const) expect(finding[told]).toBeTruthy();
    expect(view.may).toMatchObject({ edit: true, discard: true, sign: false, steps: ['submit', 'withdraw'] });
    expect(await lastAct('agreement.draft')).toMatchObject({
      outcome: 'done',
      rule: expect.stringMatching(/@1\.0\.0$/),
    });
  });

  it('is saved whole or not at all, and says of each wrong place what is wrong', async () => {
    const id = await drafted();
    const { document, version } = await seen(id);
    const wrong = { ...document, tier: 'WISH', flows: [{ ...document.flows[0], maxRecipients: 0 }], secret: 1 };
    const refused = await app.as('kit').put(`${AGREEMENTS}/${id}`, { document: wrong }, { version });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((e: { field: string }) => e.field)).toEqual(
      expect.arrayContaining(['document.tier', 'document.flows.0.maxRecipients']),
    );
    const stranger = await put(id, {
      ...document,
      parties: [...document.parties, { ...document.parties[0], orgId: 'elsewhere' }],
    });
    expect(stranger.body.errors).toEqual([expect.objectContaining({ code: 'organisation.unknown' })]);
    expect((await put(id, { ...document, id: 'another' })).body.errors).toEqual([
      expect.objectContaining({ field: 'document.id' }),
    ]);
    expect((await seen(id)).version).toBe(1);
    const late = await app.as('kit').put(`${AGREEMENTS}/${id}`, { document }, { version: 7 });
    expect(late).toMatchObject({ status: 409, body: { code: 'agreement.changed', currentVersion: 1 } });
  });

  it('claims no signature, event or status for anybody', async () => {
    const id = await drafted();
    const { document } = await seen(id);
    const at = '2026-01-01T00:00:00Z';
    const forged = {
      ...mended(document),
      status: 'ACTIVE',
      events: [{ type: 'ACTIVATED', at, by: 'somebody' }],
    } as unknown as { parties: object[] };
    forged.parties = forged.parties.map((party) => ({ ...party, signedAt: at, joinedAt: at }));
    expect((await put(id, forged)).status).toBe(200);
    const kept = (await seen(id)).document;
    expect([kept.status, kept.events, kept.parties[0]!.signedAt]).toEqual(['DRAFT', [], undefined]);
    for (const action of ['agreement.view', 'agreement.save'])
      expect(await lastAct(action)).toMatchObject({
        outcome: 'done',
        objects: [expect.objectContaining({ t: 'agreement', id })],
      });
  });

  it('cannot be activated with a finding that blocks, nor assured by its author', async () => {
    const id = await drafted();
    await step(id, 'submit');
    expect((await step(id, 'assure')).body).toMatchObject({
      code: 'agreement.forbidden',
      reasons: ['agreement.own-work'],
    });
    await step(id, 'assure', 'yusuf');
    const unsignable = await sign(id, 'kit');
    expect(unsignable).toMatchObject({ status: 422, body: { code: 'agreement.no-signatory' } });
    expect((await step(id, 'activate')).body).toMatchObject({ code: 'agreement.step-not-open', state: 'ASSURED' });
    expect(await lastAct('agreement.advance')).toMatchObject({ outcome: 'failed' });
  });

  it('stays inactive, though all have signed, while a finding blocks', async () => {
    const id = await drafted();
    await put(id, { ...mended((await seen(id)).document), apdRefs: [] });
    await step(id, 'submit');
    await step(id, 'assure', 'yusuf');
    for (const username of ['kit', 'yusuf', 'ines']) expect((await sign(id, username)).status).toBe(200);
    const refused = await step(id, 'activate');
    expect(refused).toMatchObject({ status: 422, body: { code: 'agreement.findings-block' } });
    expect((await seen(id)).document.status).toBe('SIGNED');
    expect((await ask(await codeOf(id))).decision).toMatchObject({
      outcome: 'DENY',
      reasons: ['AGREEMENT_NOT_ACTIVE'],
    });
  });

  it('is signed by each party for itself: the terms that it has read, once', async () => {
    const id = await drafted();
    await put(id, mended((await seen(id)).document));
    await step(id, 'submit');
    await step(id, 'assure', 'yusuf');
    const { version } = await seen(id);
    const other = await app
      .freshlyAs('kit')
      .post(`${AGREEMENTS}/${id}/signatures`, { contentHash: 'a'.repeat(64) }, { version });
    expect(other).toMatchObject({ status: 409, body: { code: 'agreement.content-mismatch' } });
    const before = signedIn(() => Date.now() - 6 * 60_000);
    const late = await sign(id, 'kit');
    before.mockRestore();
    expect([late.status, late.body.code]).toEqual([401, 'sign-in.not-fresh']);
    expect(late.headers.get('www-authenticate')).toContain('error="insufficient_user_authentication"');
    expect(late.headers.get('www-authenticate')).toContain('max_age=300');
    expect(await lastAct('agreement.sign')).toMatchObject({ outcome: 'denied', reasons: ['sign-in.not-fresh'] });
    expect((await sign(id, 'kit')).body.status).toBe('ASSURED');
    expect((await sign(id, 'kit')).body.code).toBe('agreement.already-signed');
    expect((await sign(id, 'yusuf')).body.status).toBe('SIGNED');
    expect(await lastAct('agreement.sign')).toMatchObject({ outcome: 'done', decision: 'sign', actorOrg: POLICE });
  });

  it('decides disclosures from its activation on; suspended, refuses every one; resumed, allows them again', async () => {
    const id = await active();
    const code = await codeOf(id);
    const permitted = await ask(code);
    expect(permitted.decision).toMatchObject({
      outcome: 'PERMIT',
      isa: `${code}@1.0.0`,
      flowId: 'F1',
      lineIds: ['S-COUNCIL', 'R-POLICE'],
    });
    expect(await lastAct('disclosure.decide')).toMatchObject({
      ...{ outcome: 'done', decision: 'PERMIT', rule: `${code}@1.0.0`, subjects: [pid], items: ['NAME'] },
      recipients: [{ org: POLICE }],
    });
    await step(id, 'suspend', 'kit', { reason: 'A breach is being looked into' });
    expect((await ask(code)).decision).toMatchObject({ outcome: 'DENY', reasons: ['AGREEMENT_SUSPENDED'] });
    expect(await lastAct('disclosure.decide')).toMatchObject({ decision: 'DENY', reasons: ['AGREEMENT_SUSPENDED'] });
    await step(id, 'resume');
    expect((await ask(code)).decision.outcome).toBe('PERMIT');
  });

  it('decides whether it may be told that somebody is known, and names whom to turn to at the agency that was asked', async () => {
    const code = await codeOf(await active());
    const known = { kind: 'ASK_KNOWN', sender: POLICE, recipients: [COUNCIL] };
    const certain = await ask(code, known);
    expect([certain.decision.outcome, certain]).toEqual([
      'PERMIT',
      expect.objectContaining({ contact: { name: 'Information governance', email: 'governance@example.org' } }),
    ]);
    const of = async (match: string) => {
      const { decision } = await ask(code, { ...known, subjects: [{ pid, about: 'OTHER', match, deceased: false }] });
      return [decision.outcome, decision.reasons, decision.obligations];
    };
    expect(await of('NONE')).toEqual(['PERMIT', [], ['ANSWER_MATCH_FALSE_ONLY']]);
    expect(await of('POSSIBLE')).toEqual(['REVIEW', ['SUBJECT_AMBIGUOUS'], []]);
    expect(await ask(code, { ...known, kind: 'CONSULT' })).not.toHaveProperty('contact');
  });

  it('refuses with a reason in plain words, and what may go alone', async () => {
    const code = await codeOf(await active());
    const refused = await ask(code, { items: ['NAME', 'HEALTH'] });
    expect(refused.decision).toMatchObject({
      outcome: 'DENY',
      reasons: ['ITEM_NOT_IN_SCOPE'],
      permittedItems: ['NAME'],
    });
    expect(refused.explanation.summary).toContain('Northbank MARAC');
    expect((await ask('no-such-agreement')).decision.reasons).toEqual(['AGREEMENT_UNKNOWN']);
    expect((await ask(code, { sender: POLICE, recipients: [COUNCIL] })).decision.reasons).toEqual([
      'ACTOR_NOT_OF_PARTY',
    ]);
  });

  it('decides what is said at a meeting by who signed there, in whichever order the two become known', async () => {
    const id = await active();
    const code = await codeOf(id);
    const meetingId = newId();
    const at = { setting: 'MEETING', meetingId };
    const amina = person('amina');
    /** Lets sharing receive that Amina signed, exactly as a transport would, and waits until it has. */
    const told = async (signedAt: string, more: object = {}) => {
      const [stream, event] = [newId(), newEventId()];
      const type = 'risk.meeting-statement-signed.v1';
      const body = {
        ...{ specversion: '1.0', id: event, source: 'risk', subject: stream, type, time: signedAt, caseversion: '1' },
        ...{ datacontenttype: 'application/json', dataschema: `urn:concordat:schema:${type}`, partitionkey: stream },
        correlationid: newEventId(),
        data: { meetingId, forumId: newId(), userId: amina, orgId: COUNCIL, purpose: 'MARAC', signedAt, ...more },
      };
      await app.sql(
        'INSERT INTO sharing.inbox (source, stream_id, stream_version, event_id, body) VALUES ($1, $2, 1, $3, $4)',
        [...['risk', stream, event, Buffer.from(JSON.stringify(body))]],
      );
      await eventually(
        async () => (await app.sql('SELECT 1 FROM sharing.inbox WHERE stream_id = $1', [stream])).length === 0,
      );
    };
    const same = async (decisionId: string) =>
      (await app.as('amina').get(`${DECISIONS}/${decisionId}`)).body.replayed.same;
    const unsigned = await ask(code, at);
    expect(unsigned.decision).toMatchObject({ outcome: 'DENY', reasons: ['DECLARATION_MISSING'] });
    const signedAt = new Date().toISOString();
    await told(signedAt);
    await told(signedAt); // published once more by its owner
    expect(
      await app.sql('SELECT org_id FROM sharing.meeting_signature WHERE meeting_id = $1', [meetingId]),
    ).toHaveLength(1);
    const permitted = await ask(code, at);
    expect(permitted.decision.outcome).toBe('PERMIT');
    expect((await ask(code, at, 'tomas')).decision.reasons).toEqual(['DECLARATION_MISSING']);
    expect((await ask(code, { ...at, meetingId: newId() })).decision.reasons).toEqual(['DECLARATION_MISSING']);
    // An id is an id however it is written; what is none names no meeting.
    expect((await ask(code, { ...at, meetingId: meetingId.toUpperCase() })).decision.outcome).toBe('PERMIT');
    expect((await ask(code, { ...at, meetingId: 'M1' })).decision.reasons).toEqual(['DECLARATION_MISSING']);
    // What was decided before it was known is decided the same again.
    expect([await same(unsigned.id), await same(permitted.id)]).toEqual([true, true]);

    // Another version asks for another signature: one of before does not count, even where it becomes known late.
    const before = new Date().toISOString();
    const { body } = await app.as('kit').post(`${AGREEMENTS}/${id}/successors`, { number: '2.0.0' });
    const next = body.id as string;
    await put(next, { ...(await seen(next)).document, effectiveFrom: civilDate(new Date()) });
    await step(next, 'submit');
    await step(next, 'assure', 'yusuf');
    for (const username of ['kit', 'yusuf', 'ines']) await sign(next, username);
    expect((await step(next, 'activate')).body.status).toBe('ACTIVE');
    await told(before);
    expect((await ask(code, at)).decision).toMatchObject({ isa: `${code}@2.0.0`, reasons: ['DECLARATION_MISSING'] });
    await told(new Date().toISOString());
    expect((await ask(code, at)).decision).toMatchObject({ isa: `${code}@2.0.0`, outcome: 'PERMIT' });
    expect([await same(unsigned.id), await same(permitted.id)]).toEqual([true, true]);
    const direct = app.running.app
      .get(Databases)
      .pool('sharing')
      .query('UPDATE meeting_signature SET signed_at = now()');
    await expect(direct).rejects.toThrow('permission denied');
  });

  it('REF-24: an answer holds until its last day, and for whichever agreement would ask the same of the same lead', async () => {
    // A purpose of its own, so that no other agreement here has a say.
    const purpose = 'CAREFUL';
    const own = (document: Agreement): Agreement =>
      JSON.parse(JSON.stringify(document).replaceAll('"MARAC"', `"${purpose}"`)) as Agreement;
    const first = await codeOf(await active({}, own));
    const unsure = { purpose, subjects: [{ pid: newId(), about: 'VICTIM', match: 'POSSIBLE', deceased: false }] };
    const asked = async () => {
      const body = {
        ...question(first, unsure),
        agreementId: undefined,
        actor: { userId: person('amina'), orgId: COUNCIL },
      };
      const answer = await app.asService('records').post(DECISIONS, body);
      expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
      return answer.body as { id: string; asked: boolean; decision: { outcome: string; isa: string } };
    };
    const box = async () =>
      (await app.as('kit').get('/api/sharing/questions?box=to-answer')).body.items as {
        id: string;
        decisionId: string;
      }[];
    const left = await asked();
    expect([left.decision.outcome, left.decision.isa]).toEqual(['REVIEW', `${first}@1.0.0`]);
    const { id } = (await box()).find((q) => q.decisionId === left.id)!;
    const at = `/api/sharing/questions/${id}`;
    const today = civilDate(new Date());
    expect((await app.as('kit').get(at)).body.holdsAtMost).toBe(addDays(today, 90));
    const answer = (holdsUntil: string) =>
      app
        .as('kit')
        .post(`${at}/answer`, { answer: 'allow', ground: 'agreement', reason: 'Checked.', holdsUntil }, { version: 1 });
    for (const day of [addDays(today, -1), addDays(today, 91)])
      expect((await answer(day)).body.errors).toMatchObject([{ field: 'holdsUntil', code: 'date.out-of-range' }]);
    expect((await answer(today)).body.status).toBe('allowed');
    expect((await app.as('kit').get(at)).body).toMatchObject({ holdsUntil: today, state: 'allowed' });
    const allowed = await asked();
    expect([allowed.decision.outcome, allowed.decision.isa, allowed.asked]).toEqual([
      'PERMIT',
      `${first}@1.0.0`,
      false,
    ]);

    // Another agreement of a lower id would ask the same: nobody is asked again.
    const code = `a-${first}`;
    await active({ id: code }, own);
    const among = await asked();
    expect([among.decision.outcome, among.decision.isa]).toEqual(['PERMIT', `${first}@1.0.0`]);
    // Its last day is over: it is asked anew, of the agreement that answers best.
    await app.sql('UPDATE sharing.question SET holds_until = holds_until - 1 WHERE id = $1', [id]);
    const anew = await asked();
    expect([anew.decision.outcome, anew.decision.isa, anew.asked]).toEqual(['REVIEW', `${code}@1.0.0`, true]);
    expect((await box()).some((q) => q.decisionId === anew.id)).toBe(true);
    for (const decision of [allowed, among])
      expect((await app.as('amina').get(`${DECISIONS}/${decision.id}`)).body.replayed.same).toBe(true);
  });

  it('is given as an ODRL policy of its own terms, to whoever sees it', async () => {
    const id = await active();
    const { status, headers, body } = await app.as('amina').get(`${AGREEMENTS}/${id}/odrl`);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('application/ld+json')]);
    expect(JSON.stringify(body)).toContain(`sha256:${(await seen(id)).contentHash}`);
    expect(await lastAct('agreement.take-copy')).toMatchObject({ outcome: 'done', items: ['odrl'], actorOrg: COUNCIL });
    expect((await app.as('dov').get(`${AGREEMENTS}/${id}/odrl`)).status).toBe(404);
  });

  it('expired, refuses; and what was decided before is decided the same again', async () => {
    const id = await active({ effectiveFrom: '2020-01-01', reviewBy: '2020-06-01', expiresOn: '2020-12-31' });
    const { id: decisionId, decision } = await ask(await codeOf(id));
    expect(decision).toMatchObject({ outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'] });
    const { status, body } = await app.as('amina').get(`${DECISIONS}/${decisionId}`);
    expect([status, body.replayed.same]).toEqual([200, true]);
    await step(id, 'suspend', 'kit', { reason: 'Later' });
    expect((await app.as('amina').get(`${DECISIONS}/${decisionId}`)).body.replayed.same).toBe(true);
  });

  it('shows decisions to whoever made them and to governance at both ends, and to nobody else', async () => {
    const code = await codeOf(await active());
    const { id } = await ask(code);
    const statuses = await Promise.all(
      ['amina', 'kit', 'yusuf', 'ines', 'hana', 'erin'].map(
        async (u) => (await app.as(u).get(`${DECISIONS}/${id}`)).status,
      ),
    );
    expect(await lastAct('decision.view')).toMatchObject({ objects: [{ t: 'decision', id }] });
    // erin audits the council; ines governs the NHS, which is no end of it.
    expect(statuses).toEqual([200, 200, 200, 404, 404, 200]);
    const { body } = await app.as('yusuf').get(`${DECISIONS}?agreement=${code}&outcome=PERMIT`);
    expect(body.items.map((d: { id: string }) => d.id)).toEqual([id]);
    expect(await lastAct('decision.list')).toMatchObject({ objects: [{ t: 'decision', id }] });
  });

  it('takes questions strictly: who asks and when is not theirs to say', async () => {
    const code = await codeOf(await active());
    const send = (more: object) => app.as('amina').post(DECISIONS, question(code, more));
    for (const more of [
      { actor: { userId: 'x', orgId: COUNCIL, permissions: ['BREAK_GLASS'] } },
      { at: '2020-01-01T00:00:00Z' },
    ])
      expect((await send(more)).body).toMatchObject({ status: 422, errors: [{ code: 'unknown-field' }] });
    expect((await send({ items: [] })).status).toBe(422);
    expect((await app.as('amina').post(DECISIONS, 'nonsense')).status).toBe(400);
    expect((await app.as('erin').post(DECISIONS, question(code))).status).toBe(403);
    expect(await lastAct('disclosure.decide')).toMatchObject({ outcome: 'denied' });
  });

  it('lets a party leave, and refuses what would have gone to it from then on', async () => {
    const id = await active();
    const code = await codeOf(id);
    const { version } = await seen(id, 'yusuf');
    const left = await app.as('yusuf').post(`${AGREEMENTS}/${id}/departures`, { reason: 'Reorganised' }, { version });
    expect([left.status, (await ask(code)).decision.reasons]).toEqual([200, ['PARTY_WITHDRAWN']]);
    expect(await lastAct('agreement.leave')).toMatchObject({ outcome: 'done', actorOrg: POLICE });
  });

  it('has a next version with the same terms, unsigned, that takes over when it is activated', async () => {
    const id = await active();
    const succeed = (number: string) => app.as('kit').post(`${AGREEMENTS}/${id}/successors`, { number });
    expect((await succeed('1.0.0')).body.code).toBe('agreement.version-not-higher');
    const { body: next } = await succeed('1.1.0');
    const view = await seen(next.id);
    expect(view.document).toMatchObject({ version: '1.1.0', status: 'DRAFT', events: [] });
    expect(view.document.parties[0]!.signedAt).toBeUndefined();
    expect(view.findings.map((f: { check: string }) => f.check)).toContain('S13');
    expect((await succeed('1.1.0')).body.code).toBe('agreement.id-taken');
  });

  it('can be thrown away while it is a draft, and not after', async () => {
    const id = await drafted();
    const { version } = await seen(id);
    expect((await app.as('yusuf').delete(`${AGREEMENTS}/${id}`, { version })).status).toBe(403);
    expect((await app.as('kit').delete(`${AGREEMENTS}/${id}`, { version })).status).toBe(204);
    expect((await app.as('kit').get(`${AGREEMENTS}/${id}`)).status).toBe(404);
    expect(await lastAct('agreement.discard')).toMatchObject({ outcome: 'done' });
    const used = await active();
    expect((await app.as('kit').delete(`${AGREEMENTS}/${used}`, { version: (await seen(used)).version })).status).toBe(
      409,
    );
  });

  it('is for its owner and its parties, in the list too', async () => {
    const id = await drafted();
    expect((await app.as('dov').get(`${AGREEMENTS}/${id}`)).status).toBe(404);
    expect((await app.as('hana').get(AGREEMENTS)).body.items).toEqual([]);
    const { body } = await app.as('ines').get(`${AGREEMENTS}?status=DRAFT&limit=100`);
    expect(body.items.map((a: { id: string }) => a.id)).toContain(id);
    expect(await lastAct('agreement.list')).toMatchObject({ outcome: 'done', objects: expect.any(Array) });
    expect((await step(id, 'withdraw', 'ines', { reason: 'No' })).body).toMatchObject({
      reasons: ['organisation.not-owner'],
    });
    expect((await app.as('amina').post(`${AGREEMENTS}/from-template`, beginning())).status).toBe(403);
    const taken = await app.as('yusuf').post(`${AGREEMENTS}/from-template`, beginning({ id: await codeOf(id) }));
    expect(taken.body.code).toBe('agreement.id-taken');
  });

  it('cannot be written past the waist, nor a decision changed (row-level security)', async () => {
    const id = await active();
    const pool = app.running.app.get(Databases).pool('sharing');
    const client = await pool.connect();
    try {
      const as = (scope: string, orgId = '') =>
        client.query(`SELECT set_config('concordat.scope', $1, false), set_config('concordat.org', $2, false)`, [
          scope,
          orgId,
        ]);
      await as('none');
      expect((await client.query('SELECT 1 FROM agreement')).rowCount).toBe(0);
      await as('user', org('harbour-housing'));
      expect((await client.query('SELECT 1 FROM agreement WHERE id = $1', [id])).rowCount).toBe(0);
      expect((await client.query(`UPDATE agreement SET status = 'WITHDRAWN' WHERE id = $1`, [id])).rowCount).toBe(0);
      await expect(client.query('UPDATE register_revision SET revision = 0')).rejects.toThrow('permission denied');
      await expect(client.query(`UPDATE decision SET outcome = 'PERMIT'`)).rejects.toThrow('permission denied');
      await as('none');
    } finally {
      client.release();
    }
  });
});
