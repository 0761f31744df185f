import { ReviewsModule } from '@concordat-app/reviews';
import { addDays, addMonths } from '@concordat/clocks';
import { Databases } from '@concordat/platform';
import { startApp, type TestApp } from '@concordat/testing';
import { chronologyTests, DecisionsStandIn } from '../chronology/chronology.testing';
import { cspTests } from '../duties/csp.testing';
import { familyTests } from '../family/family.testing';
import { answersTests } from '../asb/answers.testing';
import { asbTests } from '../asb/asb.testing';
import { recommendationTests } from '../recommendations/recommendations.testing';
import { releaseTests } from '../release/release.testing';
import { lifeOf } from './life.testing';
import { managementTests } from './management.testing';
import { oversightTests } from './oversight.testing';
import { panelTests } from './panel.testing';
import { ago, deskOf, org, person, REVIEWS, TODAY } from './desk.testing';

describe('reviews', () => {
  let app: TestApp;
  const decisions = new DecisionsStandIn();
  beforeAll(async () => void (app = await startApp([ReviewsModule], { CONCORDAT_URLS: await decisions.start() })));
  afterAll(async () => {
    await app?.stop();
    await decisions.stop();
  });

  const desk = deskOf(() => app);
  const { tested, scoped, seen, lastAct, take, done, step, confirm, notification, registered } = desk;
  const record = (more: object = {}) => ({
    ...{ outcome: 'REVIEW', legalBasis: 'DVCVA_s9', decider: 'Chair of the partnership', deciderRole: 'Chair' },
    ...{ decidedOn: ago(250), rationale: 'All criteria are met', conflicts: 'None were declared' },
    criteria: ['age', 'cause', 'by-whom', 'suicide'].map((code) => ({
      code,
      answer: 'yes',
      evidence: 'Police summary',
    })),
    consulted: [
      { code: 'section-9-bodies', view: 'All agree' },
      { code: 'specialists', noReply: true },
    ],
    ...more,
  });
  /** Screened and decided. */
  const decided = async (more: object = {}): Promise<string> => {
    const id = await registered();
    await tested(id);
    await scoped(id);
    expect((await step(id, 'SCREENING')).status).toBe(200);
    await done(id, 'decisions', record(more));
    expect((await step(id, 'DECIDED')).body).toMatchObject({ state: 'DECIDED' });
    return id;
  };

  it('is registered with the dates that its clocks begin with, pinned to a version of its kind', async () => {
    const id = await registered();
    const view = await seen(id);
    expect(view).toMatchObject({ version: 1, state: 'REFERRED', ownerOrg: org('northbank-council') });
    expect(view.reference).toMatch(/^SR-\d{4}-\d{4}$/);
    expect(view.kind).toMatchObject({ code: 'domestic-homicide-review', version: 9 });
    expect(view.clocks[0]).toMatchObject({
      ...{ code: 'DHR-1', force: 'unverified', status: 'overdue', due: { latest: addMonths(ago(280), 1) } },
    });
    expect(await lastAct('review.register')).toMatchObject({ outcome: 'done', rule: 'domestic-homicide-review@9' });
    expect(await lastAct('review.view')).toMatchObject({ objects: [{ t: 'review', id, ver: '1' }] });
    const [pin] = await app.sql<{ digest: string }>(
      `SELECT digest FROM reviews.kind_pin WHERE code = 'domestic-homicide-review'`,
    );
    const [row] = await app.sql<{ kind_digest: string }>('SELECT kind_digest FROM reviews.review WHERE id = $1', [id]);
    expect(row?.kind_digest).toBe(pin?.digest);
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM reviews.outbox WHERE stream_id = $1`,
      [id],
    );
    expect(event?.body).toContain('"what":"registered"');
    expect(event?.body).not.toContain('A death at home');
  });

  it('is not registered without them, nor with dates to come or of nobody', async () => {
    const refused = async (more: object) =>
      (await app.as('jo').post(REVIEWS, notification(more))).body.errors?.map((e: { field: string }) => e.field);
    expect(await refused({ dates: [] })).toEqual(['dates.notice', 'dates.aware']);
    expect(await refused({ dates: [{ code: 'aware', date: addDays(TODAY, 1) }] })).toEqual(['dates.0.date']);
    expect(await refused({ dates: [{ code: 'aware', date: '1979' }] })).toEqual(['dates.0.date']);
    expect(await refused({ dates: [{ code: 'no-such', date: TODAY }] })).toEqual(['dates.0.code']);
    expect(await refused({ kind: 'no-such' })).toEqual(['kind']);
    expect(await refused({ about: ' ', notifier: '' })).toEqual(expect.arrayContaining(['about', 'notifier']));
    expect(await refused({ parties: [org('northbank-police')] })).toEqual(['parties']);
    for (const username of ['amina', 'gwen', 'lena'])
      expect((await app.as(username).post(REVIEWS, notification())).status).toBe(403);
  });

  it('is seen by its coordinators and by those named, and to everybody else is not there', async () => {
    const id = await registered();
    for (const username of ['amina', 'gwen', 'hana', 'viktor'])
      expect((await app.as(username).get(`${REVIEWS}/${id}`)).body).toMatchObject({ code: 'review.not-found' });
    expect((await app.as('gwen').get(`${REVIEWS}/${crypto.randomUUID()}`)).body).toMatchObject({
      code: 'review.not-found',
    });
    expect((await app.as('gwen').post(`${REVIEWS}/${id}/confirmations`, {}, { version: 1 })).status).toBe(404);
    await done(id, 'members', { userId: person('gwen'), seat: 'Police' });
    expect(await lastAct('review.name-member')).toMatchObject({ recipients: [{ org: org('northbank-police') }] });
    expect((await take(id, 'members', { userId: person('gwen'), seat: 'Police' })).body.code).toBe(
      'review.member-named',
    );
    expect(await seen(id, 'gwen')).toMatchObject({ id, may: { coordinate: false, confirm: true, seeRelease: false } });
    expect((await app.as('gwen').get(REVIEWS)).body.items.map((r: { id: string }) => r.id)).toEqual([id]);
    expect(await lastAct('review.list')).toMatchObject({ objects: [{ t: 'review', id }] });
    expect((await step(id, 'SCREENING')).status).toBe(422);
    expect((await take(id, 'steps', { to: 'SCREENING' }, 'gwen')).body).toMatchObject({ code: 'review.forbidden' });
    // The software knows whether every kind was tested: nobody confirms it.
    expect((await take(id, 'confirmations', { guard: 'tested', evidence: 'x' }, 'gwen')).body.errors[0].field).toBe(
      'guard',
    );
    await confirm(id, 'fact-check', 'gwen');
    expect(await lastAct('review.confirm')).toMatchObject({ actor: person('gwen'), items: ['fact-check'] });
    const released = await app
      .as('jo')
      .delete(`${REVIEWS}/${id}/members/${person('gwen')}`, { version: (await seen(id)).version });
    expect(released.status).toBe(200);
    expect((await app.as('gwen').get(`${REVIEWS}/${id}`)).status).toBe(404);
    expect(await lastAct('review.release-member')).toMatchObject({ outcome: 'done' });
  });

  it('takes no step while something is missing, and names it', async () => {
    const id = await registered();
    const refused = await step(id, 'SCREENING');
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'review.guards-missing', reasons: ['tested', 'scoped'] },
    });
    expect(await lastAct('review.advance')).toMatchObject({
      outcome: 'failed',
      reasons: expect.arrayContaining(['tested']),
    });
    expect((await step(id, 'PUBLISHED')).body).toMatchObject({ code: 'review.step-not-open', state: 'REFERRED' });
    const { version } = await seen(id);
    const late = await app.as('jo').post(`${REVIEWS}/${id}/steps`, { to: 'SCREENING' }, { version: version + 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'review.changed', currentVersion: version } });
    expect((await seen(id)).state).toBe('REFERRED');
  });

  it('keeps decisions for ever: a later one supersedes, and the database lets nothing be changed', async () => {
    const id = await decided();
    const incomplete = await take(id, 'decisions', record({ consulted: [], criteria: [] }));
    expect(incomplete.body.errors.map((e: { field: string }) => e.field)).toEqual(
      expect.arrayContaining(['criteria.age.answer', 'consulted.specialists.view']),
    );
    expect((await take(id, 'decisions', record({ legalBasis: 'DVCVA_s8A' }))).body.errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'legalBasis', code: 'not-in-force' })]),
    );
    const heard = { code: 'section-9-bodies', view: 'No', person: 'Chief officers', on: ago(260) };
    const more = { consulted: [heard, { code: 'specialists', noReply: true }], reviewOn: ago(-1), challenge: 'Hers' };
    await done(id, 'decisions', record({ outcome: 'NO_REVIEW', ...more }));
    // The first gave the date of the review, from which its clocks are counted.
    const { decisions, document } = await seen(id);
    expect([decisions[1], document.facts.at(-1)]).toMatchObject([more, { code: 'decision', date: ago(250) }]);
    expect(
      (await seen(id)).decisions.map((d: { number: number; outcome: string; supersedes: number }) => [
        d.number,
        d.outcome,
        d.supersedes,
      ]),
    ).toEqual([
      [1, 'REVIEW', null],
      [2, 'NO_REVIEW', 1],
    ]);
    expect(await lastAct('review.decide')).toMatchObject({ items: ['NO_REVIEW'], justification: 'DVCVA_s9' });
    const [may] = await app.sql<{ may: boolean }>(
      `SELECT has_table_privilege('concordat_reviews', 'reviews.review_decision', 'UPDATE')
           OR has_table_privilege('concordat_reviews', 'reviews.review_decision', 'DELETE')
           OR has_table_privilege('concordat_reviews', 'reviews.kind_pin', 'UPDATE') AS may`,
    );
    expect(may?.may).toBe(false);
  });

  it('tells a “no” as it tells a “yes”', async () => {
    const id = await decided({ outcome: 'NO_REVIEW' });
    const told = (body: object) => take(id, 'notices', body);
    expect((await told({ code: 'home-office' })).body.errors[0]).toMatchObject({ field: 'sentOn' });
    expect((await told({ code: 'home-office', sentOn: ago(251), receipt: 'x' })).body.errors[0]).toMatchObject({
      code: 'before-decision',
    });
    expect((await told({ code: 'home-office', sentOn: ago(240) })).body.errors[0]).toMatchObject({ field: 'receipt' });
    expect((await told({ code: 'other-area', sentOn: ago(240), receipt: 'x' })).body.errors[0]).toMatchObject({
      field: 'code',
    });
    await done(id, 'notices', { code: 'home-office', sentOn: ago(240), how: 'Secure mail', receipt: 'HO-1' });
    expect((await step(id, 'NOTIFIED')).body.reasons).toEqual(['told']);
    await done(id, 'notices', { code: 'family', reason: 'Nobody could be found' });
    expect(await lastAct('review.keep-notice')).toMatchObject({ outcome: 'done', items: ['family'] });
    expect((await step(id, 'NOTIFIED')).status).toBe(200);
    expect((await step(id, 'SET_UP')).body.reasons).toEqual(['go']);
    expect((await step(id, 'NO_REVIEW')).status).toBe(200);
    expect((await step(id, 'SCREENING')).body.reasons).toEqual(['central-asked']);
  });

  it('is paused without its date moving; a late extension moves it, and the gap stays overdue', async () => {
    const id = await decided();
    const pause = { reason: 'criminal', askedBy: 'Senior investigating officer', agreedBy: 'The chair' };
    await done(id, 'pauses', { ...pause, from: ago(200), reviewOn: ago(100) });
    expect((await take(id, 'pauses', { ...pause, from: ago(150), reviewOn: ago(100) })).body.code).toBe(
      'review.paused-already',
    );
    expect(await lastAct('review.pause')).toMatchObject({ outcome: 'failed' });
    const old = addMonths(ago(250), 6);
    const clock = async () => (await seen(id)).clocks.find((c: { code: string }) => c.code === 'DHR-2');
    expect(await clock()).toMatchObject({ status: 'overdue', paused: true, due: { latest: old } });
    const [listed] = (await app.as('jo').get(REVIEWS)).body.items;
    expect(listed).toMatchObject({
      id,
      overdue: 1,
      pauses: [{ reason: 'criminal', lookAgain: true }],
      duty: { code: 'DHR-2' },
    });
    expect(listed.next).toMatchObject({
      to: 'NOTIFIED',
      missing: [expect.stringContaining('Not yet: Home Office, The family')],
    });

    const extension = {
      clock: 'DHR-2',
      to: addDays(TODAY, 30),
      agreedOn: TODAY,
      approvers: ['panel', 'csp'],
      reason: 'The trial',
    };
    const refused = async (more: object) => (await take(id, 'extensions', { ...extension, ...more })).body;
    expect((await refused({ approvers: ['panel'] })).errors[0]).toMatchObject({
      field: 'approvers',
      code: 'approvers-missing',
    });
    expect((await refused({ to: addMonths(TODAY, 121) })).errors[0]).toMatchObject({ field: 'to', code: 'too-late' });
    expect((await refused({ to: old })).errors[0]).toMatchObject({ field: 'to' });
    expect(await refused({ clock: 'DHR-3' })).toMatchObject({ code: 'review.not-extended-law' });
    await done(id, 'extensions', extension);
    expect(await lastAct('review.extend')).toMatchObject({ items: ['DHR-2'], reasons: ['extension.late-agreed'] });
    expect(await clock()).toMatchObject({ status: 'running', lateAgreed: true, dates: [old, addDays(TODAY, 30)] });
    expect((await clock()).gaps).toEqual([expect.objectContaining({ from: addDays(old, 1), to: TODAY })]);

    const [running] = (await seen(id)).document.pauses;
    const resume = (body: object) => take(id, `pauses/${running.id}/end`, body);
    expect((await resume({ on: ago(200), ending: 'verdict' })).body.errors[0]).toMatchObject({ field: 'on' });
    expect((await resume({ on: ago(10), ending: 'hung-jury' })).body.errors[0]).toMatchObject({ field: 'ending' });
    expect((await resume({ on: ago(10), ending: 'verdict' })).status).toBe(200);
    expect((await resume({ on: ago(9), ending: 'verdict' })).body.code).toBe('review.not-paused');
    expect((await app.acts('reviews')).filter((a) => a.action === 'review.resume').map((a) => a.outcome)).toEqual([
      ...['failed', 'failed', 'done', 'failed'],
    ]);
    expect(await clock()).toMatchObject({ paused: false });
  });

  it('says which dates are out of order, stops until somebody gives a reason, and changes none', async () => {
    // A notification is not lost because its dates are odd.
    const odd = await registered({
      dates: ['notice', 'aware', 'death'].map((code, i) => ({ code, date: ago(90 - i) })),
    });
    expect((await seen(odd)).dates).toEqual([
      expect.objectContaining({ level: 'error', earlier: 'death', later: 'aware' }),
    ]);

    const id = await registered();
    await tested(id);
    await scoped(id);
    expect((await take(id, 'dates', { code: 'death', date: ago(270) })).body.errors[0]).toMatchObject({
      field: 'reason',
    });
    await done(id, 'dates', { code: 'death', date: ago(270), reason: 'The certificate says so' });
    expect(await lastAct('review.keep-date')).toMatchObject({ outcome: 'done', items: ['death'] });
    expect((await step(id, 'SCREENING')).body.reasons).toEqual(['dates']);
    const pair = { earlier: 'death', later: 'aware' };
    expect((await take(id, 'allowed-dates', { ...pair, reason: '' })).status).toBe(422);
    await done(id, 'allowed-dates', { ...pair, reason: 'Found later than they were missed' });
    expect(await lastAct('review.allow-dates')).toMatchObject({ outcome: 'done', items: ['death', 'aware'] });
    expect((await take(id, 'allowed-dates', { ...pair, reason: 'Again' })).body.code).toBe('review.dates-in-order');
    expect((await step(id, 'SCREENING')).status).toBe(200);
    const { document, dates } = await seen(id);
    expect(
      document.facts.filter((f: { code: string }) => f.code === 'death').map((f: { date: string }) => f.date),
    ).toEqual([ago(300), ago(270)]);
    expect(dates).toEqual([expect.objectContaining({ level: 'error', allowed: 'Found later than they were missed' })]);
  });

  it('runs each partner’s own clock, and an area’s own kind, by data alone', async () => {
    const [police, nhs] = [org('northbank-police'), org('eastvale-nhs')];
    const id = await registered({
      ...{ kind: 'offensive-weapons-homicide-review', parties: [police, nhs] },
      dates: [
        { code: 'notice', date: ago(20) },
        { code: 'aware', date: ago(20), party: police },
      ],
    });
    const own = async () =>
      (await seen(id)).clocks
        .filter((c: { code: string }) => c.code === 'OWHR-1')
        .map((c: { party: string; status: string }) => [c.party, c.status]);
    expect(await own()).toEqual([
      [police, 'running'],
      [nhs, 'unanchored'],
    ]);
    expect((await take(id, 'dates', { code: 'duty-notice', date: ago(1) })).body.errors[0]).toMatchObject({
      field: 'party',
    });
    await done(id, 'dates', { code: 'duty-notice', date: ago(1), party: police });
    expect(await own()).toEqual([
      [police, 'met'],
      [nhs, 'unanchored'],
    ]);

    const asb = await registered({ kind: 'northbank-asb-case-review', dates: [{ code: 'application', date: ago(1) }] });
    const view = await seen(asb);
    expect(view).toMatchObject({ state: 'APPLICATION', next: 'ACKNOWLEDGED' });
    expect(view.clocks.find((c: { code: string }) => c.code === 'ASB-acknowledge')).toMatchObject({
      force: 'local',
      value: 3,
      status: 'running',
    });
    await done(asb, 'pauses', {
      reason: 'family',
      askedBy: 'The applicant',
      agreedBy: 'The chair',
      from: TODAY,
      reviewOn: addDays(TODAY, 20),
    });
    expect((await seen(asb)).clocks.find((c: { code: string }) => c.code === 'ASB-acknowledge')).toMatchObject({
      paused: true,
    });
  });

  it.each([
    ...['safeguarding-adults-review', 'child-safeguarding-practice-review', 'mappa-serious-case-review'],
    ...['offensive-weapons-homicide-review', 'single-unified-safeguarding-review'],
  ])('%s goes from its notification to its publication by the same commands, by pack data alone', async (kind) => {
    const partner = { party: org('northbank-police') };
    const own = kind === 'offensive-weapons-homicide-review' ? partner : {};
    const id = await registered({
      ...{ kind, parties: Object.values(own) },
      dates: [
        { code: 'notice', date: ago(280) },
        { code: 'aware', date: ago(280), ...own },
      ],
    });
    await lifeOf(() => app).lead(id, 'PUBLISHED');
    const { document, definition, history } = await seen(id);
    expect(document.chronologies).toMatchObject([{ number: 1, items: 1 }]);
    expect((document.copies ?? []).map((c: { code: string }) => c.code)).toEqual(
      (definition.copies ?? []).map((c: { code: string }) => c.code),
    );
    expect(history.filter((h: { what: string }) => h.what === 'step').length).toBeGreaterThan(7);
    // The report of one is given by being sent: nobody recorded that day again. Of the others a step asks for it.
    const given = document.facts.filter((f: { code: string }) => f.code === 'report');
    expect(given.map((f: { date: string }) => f.date)).toEqual([
      kind === 'offensive-weapons-homicide-review' ? ago(5) : ago(40),
    ]);
  });

  it('follows the version that it is pinned to, and none begins with a version that was changed since', async () => {
    const mappa = { kind: 'mappa-serious-case-review' };
    const id = await registered(mappa);
    // As if the pack had said something else when this review began.
    await app.sql(
      `UPDATE reviews.kind_pin SET digest = 'former', definition = jsonb_set(definition, '{states,0,title}', '"As it was"')
        WHERE code = 'mappa-serious-case-review'`,
    );
    await app.sql(`UPDATE reviews.review SET kind_digest = 'former' WHERE id = $1`, [id]);
    expect(await seen(id)).toMatchObject({ stateTitle: 'As it was' });
    await done(id, 'confirmations', { guard: 'fact-check', evidence: 'Minutes' });
    const another = await app.as('jo').post(REVIEWS, notification(mappa));
    expect(another).toMatchObject({ status: 422, body: { code: 'review-kind.changed' } });
  });

  it('has a second wall: the database shows a review to nobody else, whatever is asked of it', async () => {
    const id = await registered();
    const pool = app.running.app.get(Databases).pool('reviews');
    const visible = async (username: string | null, scope: string): Promise<number> => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const user = username ? person(username) : '';
        const at = username === 'gwen' ? org('northbank-police') : org('northbank-council');
        await client.query(
          `SELECT set_config('concordat.user', $1, true), set_config('concordat.org', $2, true), set_config('concordat.scope', $3, true)`,
          [user, at, scope],
        );
        const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM review WHERE id = $1', [id]);
        return Number(rows[0]?.n);
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    };
    expect(await visible('jo', 'user')).toBe(1);
    for (const [username, scope] of [
      ['amina', 'user'],
      ['gwen', 'user'],
      ['jo', 'none'],
      [null, 'user'],
      ['jo', 'service'],
    ] as const)
      expect([username, scope, await visible(username, scope)]).toEqual([username, scope, 0]);
  });

  panelTests(() => app);
  oversightTests(() => app);
  managementTests(() => app);
  familyTests(() => app);
  chronologyTests(() => app, decisions);
  asbTests(() => app);
  answersTests(() => app);
  cspTests(() => app);
  releaseTests(() => app);
  recommendationTests(() => app);

  it('shows kinds to those who work with them', async () => {
    const { body } = await app.as('lena').get('/api/reviews/kinds');
    expect(body.kinds).toHaveLength(9);
    const { body: dhr } = await app.as('jo').get('/api/reviews/kinds/domestic-homicide-review');
    expect(dhr).toMatchObject({ label: 'Domestic abuse related death review', version: 9 });
    expect((await app.as('jo').get('/api/reviews/kinds/no-such')).status).toBe(404);
    expect(await lastAct('review-kind.view')).toMatchObject({ outcome: 'denied' });
  });
});
