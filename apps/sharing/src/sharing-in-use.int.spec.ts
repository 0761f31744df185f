import { SharingModule } from '@concordat-app/sharing';
import { addDays, civilDate } from '@concordat/clocks';
import { Databases } from '@concordat/platform';
import { startApp, type TestApp } from '@concordat/testing';
import { createHash } from 'node:crypto';
import { AGREEMENTS, agreementsIn, DECISIONS } from './agreements/agreements.testing';
import { ClockService } from './agreements/clock.service';
import { COUNCIL, NHS, POLICE } from './agreements/partnership.testing';

const today = civilDate(new Date());
const inDays = (days: number): string => addDays(today, days);

describe('sharing in use: agreements', () => {
  let app: TestApp;
  let clock: ClockService;
  beforeAll(async () => {
    app = await startApp([SharingModule]);
    clock = app.running.app.get(ClockService, { strict: false });
  });
  afterAll(() => app?.stop());
  const { seen, put, step, sign, drafted, active, ask, codeOf, pid } = agreementsIn(() => app);

  const actsOn = async (action: string, id: string) =>
    (await app.acts('sharing')).filter((a) => a.action === action && a.objects.some((o) => o.id === id));
  const eventsOf = async (id: string) =>
    (
      await app.sql<{ body: Buffer }>('SELECT body FROM sharing.outbox WHERE stream_id = $1 ORDER BY stream_version', [
        id,
      ])
    ).map(({ body }) => JSON.parse(body.toString()) as { type: string; data: Record<string, unknown> });
  /** The next version, changed, as a draft. */
  const changed = async (id: string, change: object): Promise<string> => {
    const { body } = await app.as('kit').post(`${AGREEMENTS}/${id}/successors`, { number: '2.0.0' });
    const next = body.id as string;
    expect((await put(next, { ...(await seen(next)).document, ...change })).status).toBe(200);
    return next;
  };
  /** A draft is signed by all three and activated. */
  const begun = async (next: string): Promise<string> => {
    await step(next, 'submit');
    await step(next, 'assure', 'yusuf');
    for (const username of ['kit', 'yusuf', 'ines']) await sign(next, username);
    expect((await step(next, 'activate')).body.status).toBe('ACTIVE');
    return next;
  };
  const renewed = async (id: string, change: object): Promise<string> => begun(await changed(id, change));
  const attention = async (username: string) =>
    (await app.as(username).get(`${AGREEMENTS}/attention`)).body.items as { id: string; what: string; on: string }[];
  const needs = async (username: string, id: string) =>
    (await attention(username)).filter((a) => a.id === id).map(({ what, on }) => `${what} ${on}`);

  it('expire when their last day is over: refused before and after the step, once; renewed, allowed again', async () => {
    const past = { effectiveFrom: inDays(-30), reviewBy: inDays(-2), expiresOn: inDays(-1) };
    const over = await active(past);
    const last = await active({ ...past, expiresOn: today });
    const code = await codeOf(over);
    expect((await ask(code)).decision.reasons).toEqual(['AGREEMENT_EXPIRED']);
    expect((await ask(await codeOf(last))).decision.outcome).toBe('PERMIT');
    await Promise.all([clock.sweep(), clock.sweep()]);
    await clock.sweep();
    const view = await seen(over);
    expect([view.document.status, (await seen(last)).document.status]).toEqual(['EXPIRED', 'ACTIVE']);
    expect(view.history.at(-1)).toMatchObject({ what: 'expire', orgId: null });
    expect(await actsOn('agreement.expire', over)).toEqual([
      expect.objectContaining({ outcome: 'done', actorRole: 'system', rule: `${code}@1.0.0` }),
    ]);
    expect((await eventsOf(over)).filter((e) => e.data['status'] === 'EXPIRED')).toHaveLength(1);
    const refused = await ask(code);
    expect(refused.decision).toMatchObject({ outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'] });
    expect(await needs('kit', over)).toEqual([`expired ${inDays(-1)}`]);

    await renewed(over, { effectiveFrom: today, reviewBy: inDays(200), expiresOn: inDays(365) });
    expect((await ask(code)).decision).toMatchObject({ outcome: 'PERMIT', isa: `${code}@2.0.0` });
    expect((await app.as('amina').get(`${DECISIONS}/${refused.id}`)).body.replayed.same).toBe(true);
    expect(await needs('kit', over)).toEqual([]);
  });

  it('are superseded on the first day of the version that takes over; what was decided stays decided', async () => {
    const id = await active({ effectiveFrom: inDays(-30) });
    const code = await codeOf(id);
    const before = await ask(code);
    expect(before.decision.isa).toBe(`${code}@1.0.0`);
    const next = await renewed(id, { effectiveFrom: today });
    await clock.sweep();
    expect([(await seen(id)).document.status, (await seen(next)).document.status]).toEqual(['SUPERSEDED', 'ACTIVE']);
    expect(await actsOn('agreement.supersede', id)).toEqual([expect.objectContaining({ outcome: 'done' })]);
    expect((await ask(code)).decision).toMatchObject({ outcome: 'PERMIT', isa: `${code}@2.0.0` });
    expect((await app.as('amina').get(`${DECISIONS}/${before.id}`)).body.replayed.same).toBe(true);
    expect((await seen(id)).versions.map((v: { number: string }) => v.number)).toEqual(['1.0.0', '2.0.0']);
  });

  it('tell of a review and of their end once for each lead, to other contexts and to whoever governs a party', async () => {
    const id = await active({ reviewBy: inDays(5), expiresOn: inDays(20) });
    await clock.sweep();
    await Promise.all([clock.sweep(), clock.sweep()]);
    const told = (await eventsOf(id)).filter((e) => e.type === 'sharing.agreement-fell-due.v1').map((e) => e.data);
    expect(told).toEqual([
      expect.objectContaining({
        recordId: id,
        what: 'review',
        on: inDays(5),
        lead: 7,
        parties: [COUNCIL, POLICE, NHS],
      }),
      expect.objectContaining({ what: 'expiry', on: inDays(20), lead: 30 }),
    ]);
    expect((await actsOn('agreement.remind', id)).map((a) => a.decision)).toEqual(['review', 'expiry']);
    const due = [`review ${inDays(5)}`, `expiry ${inDays(20)}`];
    expect([await needs('kit', id), await needs('ines', id), await needs('amina', id)]).toEqual([due, due, []]);
    expect(await attention('hana')).toEqual([]);
    await step(id, 'review');
    expect(await needs('kit', id)).toEqual([due[1]]);
  });

  it('ask each party that has not signed for its signature', async () => {
    const id = await drafted();
    expect(await needs('yusuf', id)).toEqual([]);
    const signed = await active();
    expect((await attention('yusuf')).map((a) => a.id)).not.toContain(signed);
    await step(id, 'submit');
    await step(id, 'assure', 'yusuf');
    expect([await needs('yusuf', id), await needs('kit', id)]).toEqual([['to-sign null'], ['to-sign null']]);
    expect(await actsOn('agreement.list', id)).not.toEqual([]);
  });

  it('tell what a version would change before it is activated, by what was decided; activated, it does', async () => {
    // A purpose of its own: none of the other agreements here allows it.
    const purpose = 'CAREFUL';
    const id = await active({ effectiveFrom: inDays(-30) }, (document) =>
      JSON.parse(JSON.stringify(document).replaceAll('"MARAC"', `"${purpose}"`)),
    );
    const code = await codeOf(id);
    const name = { purpose, items: ['NAME'] };
    const health = { purpose, items: ['HEALTH'] };
    await ask(code, name);
    const last = await ask(code, name);
    const refused = await ask(code, health);
    expect([last.decision.outcome, refused.decision.reasons]).toEqual(['PERMIT', ['ITEM_NOT_IN_SCOPE']]);
    const flows = (await seen(id)).document.flows.map((flow) =>
      flow.id === 'F1' ? { ...flow, items: [...flow.items.filter((item) => item !== 'NAME'), 'HEALTH'] } : flow,
    );
    const next = await changed(id, { effectiveFrom: today, flows });
    const previewed = (username: string, which = next) => app.as(username).get(`${AGREEMENTS}/${which}/preview`);
    const lost = { ...{ sender: COUNCIL, recipients: [POLICE] }, ...name, count: 2, exampleId: last.id };
    const { body } = await previewed('kit');
    expect(body).toMatchObject({ number: '2.0.0', days: 90, more: false, untold: 0 });
    expect(body.replayed).toBeGreaterThanOrEqual(3);
    expect(body.effects).toEqual([
      {
        ...{ ...lost, words: expect.stringContaining('2.0.0') },
        was: { outcome: 'PERMIT', reasons: [], isa: `${code}@1.0.0` },
        would: { outcome: 'DENY', reasons: ['ITEM_NOT_IN_SCOPE'], isa: `${code}@2.0.0` },
      },
      expect.objectContaining({
        ...{ ...health, count: 1, exampleId: refused.id },
        would: { outcome: 'PERMIT', reasons: [], isa: `${code}@2.0.0` },
      }),
    ]);
    expect(JSON.stringify(body)).not.toContain(pid);
    // The other end governs as well; an agency at neither end is told of nothing that was between others.
    expect((await previewed('yusuf')).body.effects).toHaveLength(2);
    expect((await previewed('ines')).body).toMatchObject({ replayed: 0, effects: [] });
    expect((await previewed('amina')).status).toBe(403);
    expect((await previewed('dov')).status).toBe(404);
    expect((await previewed('kit', id)).body).toMatchObject({ status: 409, code: 'agreement.activated' });
    const acts = await actsOn('agreement.preview', next);
    expect(acts.map((a) => a.outcome).sort()).toEqual(['denied', 'denied', 'done', 'done', 'done']);
    expect(acts.find((a) => a.outcome === 'done')).toMatchObject({
      objects: expect.arrayContaining([expect.objectContaining({ t: 'decision', id: last.id })]),
    });

    await begun(next);
    const now = [await ask(code, name), await ask(code, health)].map(({ decision }) => [
      decision.outcome,
      decision.isa,
    ]);
    expect(now).toEqual([
      ['DENY', `${code}@2.0.0`],
      ['PERMIT', `${code}@2.0.0`],
    ]);
  });

  it('are compared version by version, to whoever sees both', async () => {
    const id = await active({ effectiveFrom: inDays(-30) });
    const { body: next } = await app.as('kit').post(`${AGREEMENTS}/${id}/successors`, { number: '1.1.0' });
    const { document } = await seen(next.id);
    await put(next.id, { ...document, title: 'Another', flows: document.flows.slice(0, 1) });
    const compare = (from: string, username = 'kit') =>
      app.as(username).get(`${AGREEMENTS}/${next.id}/changes?from=${from}`);
    const { body } = await compare(id);
    expect([body.before.number, body.after.number]).toEqual(['1.0.0', '1.1.0']);
    expect(body.changes).toEqual([
      { section: 'about', rows: [], changes: [{ path: 'title', before: 'Northbank MARAC', after: 'Another' }] },
      expect.objectContaining({ section: 'flows', rows: [expect.objectContaining({ row: 'F2', what: 'removed' })] }),
    ]);
    const [seenBoth] = (await actsOn('agreement.view', id)).filter((a) => a.objects.some((o) => o.id === next.id));
    expect(seenBoth).toMatchObject({ outcome: 'done' });
    expect((await compare(await drafted())).body.code).toBe('agreement.not-same');
    expect((await compare('nonsense')).body.errors).toEqual([expect.objectContaining({ field: 'from' })]);
    expect((await compare(crypto.randomUUID())).status).toBe(404);
    expect((await compare(id, 'dov')).status).toBe(404);
  });

  it('are given as the very bytes that were signed', async () => {
    const id = await active();
    const copied = await app.as('amina').get(`${AGREEMENTS}/${id}/copy`);
    const { contentHash, document } = await seen(id);
    const given = await fetch(`${app.running.url}${AGREEMENTS}/${id}/copy`, {
      headers: { authorization: `Bearer ${await app.tokenFor('amina')}` },
    });
    const text = await given.text();
    expect(createHash('sha256').update(text).digest('hex')).toBe(contentHash);
    expect(copied.headers.get('repr-digest')).toBe(`sha-256=:${Buffer.from(contentHash, 'hex').toString('base64')}:`);
    expect(copied.headers.get('content-disposition')).toBe(`attachment; filename="${document.id}-1.0.0.json"`);
    expect(JSON.parse(text)).not.toHaveProperty('events');
    expect((await actsOn('agreement.take-copy', id))[0]).toMatchObject({ outcome: 'done', actorOrg: COUNCIL });
    expect((await app.as('dov').get(`${AGREEMENTS}/${id}/copy`)).status).toBe(404);
  });

  it('are drawn as who may send what to whom, of the visitor’s own agreements', async () => {
    const code = await codeOf(await active());
    const picture = async (username: string, query = '') =>
      (await app.as(username).get(`/api/sharing/picture${query}`)).body.arrows.filter(
        (a: { isa: string }) => a.isa === `${code}@1.0.0`,
      ) as { from: string; to: string; items: { code: string }[] }[];
    const all = await picture('amina');
    expect(all.filter((a) => a.from === COUNCIL && a.to === POLICE)).toHaveLength(1);
    expect(all.every((a) => a.from !== a.to)).toBe(true);
    const special = await picture('amina', '?category=SPECIAL&purpose=MARAC');
    expect(special.map((a) => `${a.from} ${a.to} ${a.items.map((i) => i.code).join()}`).sort()).toEqual(
      [`${NHS} ${POLICE} HEALTH`, `${NHS} ${COUNCIL} HEALTH`].sort(),
    );
    expect(await picture('amina', '?purpose=CCM')).toEqual([]);
    expect(await picture('hana')).toEqual([]);
    expect((await app.as('amina').get('/api/sharing/picture?category=SECRET')).status).toBe(422);
  });

  it('tell whom to turn to at each party, and where nobody is named, by the visitor’s own agreements', async () => {
    const id = await active();
    const isa = `${await codeOf(id)}@1.0.0`;
    const { body } = await app.as('amina').get('/api/sharing/picture/liaison');
    const council = body.items.find((entry: { orgId: string }) => entry.orgId === COUNCIL);
    expect(council.contacts.map((c: { role: string }) => c.role)).toEqual(['dlo', 'spoc', 'dpo']);
    const contact = { name: 'Information governance', email: 'governance@example.org' };
    expect(council.contacts[0]).toMatchObject({ contact, under: expect.arrayContaining([isa]) });
    expect(council.gaps).toEqual([]);
    expect((await actsOn('agreement.view', id)).at(-1)).toMatchObject({ outcome: 'done', actorOrg: COUNCIL });
    const parties = (await seen(id)).document.parties.map((party) =>
      party.orgId === POLICE ? { ...party, dlo: undefined } : party,
    );
    await begun(await changed(id, { effectiveFrom: today, parties }));
    const { items } = (await app.as('amina').get('/api/sharing/picture/liaison')).body;
    const gaps = [{ code: 'not-named', role: 'dlo', under: [`${await codeOf(id)}@2.0.0`] }];
    expect(items).toContainEqual(expect.objectContaining({ orgId: POLICE, gaps }));
    expect((await app.as('hana').get('/api/sharing/picture/liaison')).body.items).toEqual([]);
  });

  it('are published while in force, to anybody, with no member of staff in them', async () => {
    const shown = await active();
    const hidden = await active();
    await step(hidden, 'suspend', 'kit', { reason: 'A breach' });
    const [code, suspended] = [await codeOf(shown), await codeOf(hidden)];
    const published = () => app.asNobody().get('/api/sharing/published');
    const { status, body } = await published();
    expect(status).toBe(200);
    const ids = body.agreements.map((a: { id: string }) => a.id);
    expect(ids).toContain(code);
    expect(ids).not.toContain(suspended);
    const one = await app.asNobody().get(`/api/sharing/published/${code}`);
    expect(one.body).toMatchObject({ id: code, version: '1.0.0', contentHash: (await seen(shown)).contentHash });
    expect(one.body.parties.map((p: { name: string }) => p.name)).toContain('Northbank Council');
    expect(Object.keys(one.body.sections).sort()).toEqual(['flows', 'purposes']);
    expect(JSON.stringify(body)).not.toMatch(/Signatory|governance@|Information governance/);
    expect((await app.asNobody().get(`/api/sharing/published/${suspended}`)).status).toBe(404);
    // However many ask, it is read and put on record once while it is fresh.
    await Promise.all(Array.from({ length: 5 }, published));
    expect((await actsOn('agreement.publish', shown)).map((a) => [a.outcome, a.actorRole])).toEqual([
      ['done', 'system'],
    ]);
  });

  it('REF-24: what the rules leave to a person is put to governance, once; the answer is a decision, and holds', async () => {
    const code = await codeOf(await active());
    const pid = crypto.randomUUID();
    const unsure = { subjects: [{ pid, about: 'VICTIM', match: 'POSSIBLE', deceased: false }] };
    const first = await ask(code, unsure);
    expect(first).toMatchObject({ asked: true, decision: { outcome: 'REVIEW', reasons: ['SUBJECT_AMBIGUOUS'] } });
    await ask(code, unsure);
    const box = async (username: string, which: string) =>
      (await app.as(username).get(`/api/sharing/questions?box=${which}`)).body.items as {
        id: string;
        decisionId: string;
        state: string;
        news: boolean;
      }[];
    const [question, ...more] = (await box('kit', 'to-answer')).filter((q) => q.decisionId === first.id);
    expect([question?.state, more]).toEqual(['open', []]);
    const id = question!.id;
    expect((await box('amina', 'asked')).find((q) => q.id === id)).toMatchObject({ state: 'open', news: false });
    expect((await box('yusuf', 'to-answer')).some((q) => q.id === id)).toBe(false);
    const at = `/api/sharing/questions/${id}`;
    const answer = (username: string, body: object, version = 1) =>
      app.as(username).post(`${at}/answer`, body, { version });
    const allow = { answer: 'allow', ground: 'agreement', reason: 'The date of birth was checked by telephone.' };
    expect((await app.as('amina').get('/api/sharing/questions?box=to-answer')).status).toBe(403);
    for (const username of ['yusuf', 'dov']) expect((await app.as(username).get(at)).status).toBe(404);
    expect((await app.as('amina').get(at)).body).toMatchObject({ may: { answer: false } });
    expect((await app.as('kit').get(at)).body).toMatchObject({
      ...{ may: { answer: true }, explanation: { reasons: [{ code: 'SUBJECT_AMBIGUOUS' }] } },
    });
    expect((await answer('amina', allow)).status).toBe(403);
    expect((await answer('kit', allow, 7)).status).toBe(409);
    const wrong = (await answer('kit', { answer: 'allow' })).body.errors.map((e: { field: string }) => e.field);
    expect([...new Set(wrong)].sort()).toEqual(['ground', 'reason']);

    const { body: done } = await answer('kit', allow);
    expect(done).toMatchObject({ status: 'allowed', version: 2 });
    expect((await answer('kit', allow, 2)).body).toMatchObject({ status: 409, state: 'allowed' });
    const decided = (await app.as('kit').get(`${DECISIONS}/${done.decision}`)).body;
    expect(decided).toMatchObject({
      ...{ answer: 'allow', questionId: id, decision: { outcome: 'PERMIT' }, replayed: { same: true } },
    });
    const answers = await actsOn('question.answer', id);
    expect(answers[0]).toMatchObject({ outcome: 'denied', reasons: expect.arrayContaining(['role.not-entitled']) });
    expect(answers.filter((a) => a.outcome === 'done')).toHaveLength(1);
    expect(answers.find((a) => a.outcome === 'done')).toMatchObject({
      ...{ decision: 'PERMIT', rule: `${code}@1.0.0`, subjects: [pid], actorOrg: COUNCIL },
    });
    for (const action of ['question.list', 'question.view'])
      expect((await actsOn(action, id)).some((a) => a.outcome === 'done')).toBe(true);
    expect((await eventsOf(id)).map((e) => [e.type, e.data['state']])).toEqual([
      ['sharing.question-changed.v1', 'open'],
      ['sharing.question-changed.v1', 'allowed'],
    ]);
    expect(JSON.stringify(await eventsOf(id))).not.toContain('telephone');

    // Whoever asked is told, until they have looked; and what they asked is allowed now.
    expect((await box('amina', 'asked')).find((q) => q.id === id)).toMatchObject({ state: 'allowed', news: true });
    expect((await app.as('amina').get(at)).body).toMatchObject({ state: 'allowed', reason: allow.reason });
    expect((await app.as('amina').get(`${DECISIONS}/${done.decision}`)).status).toBe(200);
    expect((await box('amina', 'asked')).find((q) => q.id === id)).toMatchObject({ news: false });
    const again = await ask(code, unsure);
    expect(again).toMatchObject({ asked: false, decision: { outcome: 'PERMIT', flowId: 'F1' } });
    expect((await app.as('amina').get(`${DECISIONS}/${again.id}`)).body.replayed.same).toBe(true);
    // It answers nothing else.
    expect((await ask(code, { ...unsure, items: ['NAME', 'CONTACT'] })).decision.outcome).toBe('REVIEW');
  });

  it('REF-24: what was refused stays refused, and an agreement that was suspended since is not allowed by an answer', async () => {
    const agreement = await active();
    const code = await codeOf(agreement);
    const unsure = (pid: string) => ({ subjects: [{ pid, about: 'VICTIM', match: 'POSSIBLE', deceased: false }] });
    const [one, other] = [unsure(crypto.randomUUID()), unsure(crypto.randomUUID())];
    const asks = async (more: object) => {
      const { id } = await ask(code, more);
      const { items } = (await app.as('kit').get('/api/sharing/questions?box=to-answer')).body;
      return (items as { id: string; decisionId: string }[]).find((q) => q.decisionId === id)!.id;
    };
    const answer = (id: string, body: object) =>
      app.as('kit').post(`/api/sharing/questions/${id}/answer`, body, { version: 1 });
    const refused = await answer(await asks(one), { answer: 'refuse', reason: 'It is somebody else.' });
    expect(refused.body.status).toBe('refused');
    expect((await ask(code, one)).decision).toMatchObject({ outcome: 'DENY', reasons: ['SUBJECT_AMBIGUOUS'] });
    const open = await asks(other);
    await step(agreement, 'suspend', 'kit', { reason: 'A breach' });
    const allow = { answer: 'allow', ground: 'other', reason: 'Her life is at risk.' };
    expect((await answer(open, allow)).body).toMatchObject({ status: 422, code: 'question.overtaken' });
    expect((await answer(open, { ...allow, answer: 'refuse' })).body.status).toBe('refused');
    expect((await ask(code, other)).decision).toMatchObject({ outcome: 'DENY', reasons: ['AGREEMENT_SUSPENDED'] });
  });

  const DROPS = '/api/sharing/drops';
  const CRIMES = 'day,area,kind,crimes\n2026-07-01,E01000001,burglary,3\n';
  const send = (username: string, content: string, more: object = {}) =>
    app.as(username).post(DROPS, { set: 'police-crimes', quarter: '2026-07-01', content, ...more });

  it('depersonalised sets are checked and recorded, and nothing that was in them is kept', async () => {
    const { body: accepted } = await send('yusuf', CRIMES);
    expect(accepted).toMatchObject({ verdict: 'accepted', rows: 1, findings: [], counts: {} });
    const { body: refused } = await send('yusuf', `${CRIMES}1990-05-01,NB1 1AA,Robin Marsh,1\n`);
    expect(refused).toMatchObject({ verdict: 'refused', rows: 2 });
    expect(refused.counts).toEqual({ 'possible-date-of-birth': 1, 'full-postcode': 1, 'possible-name': 1 });
    expect(refused.findings[1]).toEqual({ code: 'full-postcode', line: 3, column: 2 });
    const [act] = await actsOn('drop.check', refused.id);
    expect(act).toMatchObject({ outcome: 'done', decision: 'refused', actorOrg: POLICE, rule: 'england-wales@1.19.0' });
    expect(act!.reasons).toEqual(expect.arrayContaining(['full-postcode', 'possible-name']));
    const told = (await eventsOf(refused.id)).map((e) => [e.type, e.data['verdict']]);
    expect(told).toEqual([['sharing.drop-received.v1', 'refused']]);
    const kept = await app.sql(`SELECT to_jsonb(d)::text AS row FROM sharing.depersonalised_drop d`);
    expect(JSON.stringify([kept, act, await eventsOf(refused.id)])).not.toMatch(/NB1 1AA|Robin|1990|E01000001/);

    const { body: list } = await app.as('kit').get(`${DROPS}?set=police-crimes`);
    expect(list.items.map((d: { id: string }) => d.id)).toEqual([refused.id, accepted.id]);
    expect(list.items[1]).toMatchObject({ senderOrg: POLICE, quarter: '2026-07-01', dueOn: '2026-12-31' });
    expect((await app.as('kit').get(`${DROPS}?set=fire-incidents`)).body.items).toEqual([]);
    const { body: owed } = await app.as('kit').get(`${DROPS}/owed?quarter=2026-07-01`);
    const states = Object.fromEntries(owed.items.map((o: { set: string; state: string }) => [o.set, o.state]));
    expect(`${states['police-crimes']} ${states['police-incidents']}`).toMatch(/^(sent|late) (due|missing)$/);
    expect((await actsOn('drop.list', accepted.id)).map((a) => a.items)).toEqual([undefined, ['owed.2026-07-01']]);
    expect((await app.as('amina').get(`${DROPS}/owed`)).status).toBe(403);
  });

  it('depersonalised sets are taken from who owes them, about a quarter that is over', async () => {
    expect((await send('kit', CRIMES)).body.code).toBe('drop.not-owed');
    expect((await send('amina', CRIMES)).status).toBe(403);
    expect((await app.as('amina').get(DROPS)).status).toBe(403);
    for (const [more, field] of [
      [{ quarter: '2026-08-01' }, 'quarter'],
      [{ quarter: '2099-01-01' }, 'quarter'],
      [{ quarter: 'soon' }, 'quarter'],
      [{ set: 'everything' }, 'set'],
      [{ content: '', quarter: '2006-01-01' }, 'quarter'],
      [{ content: 'x'.repeat(800_001) }, 'content'],
    ] as const)
      expect((await send('yusuf', CRIMES, more)).body).toMatchObject({ status: 422, errors: [{ field }] });
  });

  it('depersonalised sets are written for nobody else, and never changed (row-level security)', async () => {
    const client = await app.running.app.get(Databases).pool('sharing').connect();
    try {
      await client.query(`SELECT set_config('concordat.scope', 'none', false)`);
      expect((await client.query('SELECT 1 FROM depersonalised_drop')).rowCount).toBe(0);
      expect((await client.query('SELECT 1 FROM agreement_reminder')).rowCount).toBe(0);
      const changes = [`UPDATE depersonalised_drop SET verdict = 'accepted'`, 'DELETE FROM depersonalised_drop'];
      for (const change of [...changes, 'DELETE FROM agreement_reminder'])
        await expect(client.query(change)).rejects.toThrow('permission denied');
    } finally {
      client.release();
    }
  });
});
