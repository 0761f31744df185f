import { addDays, addMonths, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { org, RecordsTells, staff } from '../assessments/told.testing';
import { forumSetUp } from '../forums/northbank.testing';
import { RiskModule } from '../risk.module';
import { toldElsewhere } from '../flags/elsewhere.testing';
import { changesByQuery, loadPractice, loadYear, MEETINGS, TWICE } from './forum-year.testing';

const AT = '/api/risk';

describe('the return of a forum, and flags after it has heard a case', () => {
  let app: TestApp;
  let forumId: string;
  beforeAll(async () => {
    app = await startApp([RiskModule]);
    forumId = await forumSetUp(app);
    await loadYear(app, forumId);
  });
  afterAll(() => app.stop());

  const get = (who: string, path: string) => app.as(who).get(`${AT}/forums/${forumId}${path}`);
  const publish = (who: string, year: number) =>
    app.as(who).post(`${AT}/forums/${forumId}/published-figures`, { year }, { key: newId() });
  const lastAct = async (action: string) => (await app.acts('risk')).findLast((a) => a.action === action)!;
  const one = async (sql: string) => Number((await app.sql<{ n: string }>(`SELECT (${sql}) AS n`, [forumId]))[0]!.n);
  /** Counted in another way than the code does: from what was referred and heard, not by the function that it asks. */
  const HEARD = `FROM risk.forum_referral r WHERE r.forum_id = $1 AND r.heard_on BETWEEN '2025-04-01' AND '2026-03-31'`;

  it('is what an independent query counts, figure by figure', async () => {
    const { status, body } = await get('idris', '/statistics?to=2026-Q1');
    expect([status, body.code]).toEqual([200, undefined]);
    const { now, before, population, published } = body as unknown as {
      now: {
        quarters: { quarter: string; state: string; tally: { cases: number; repeats: number; children: number } }[];
        total: {
          cases: number;
          repeats: number;
          children: number;
          agencies: Record<string, number>;
          groups: Record<string, { yes: number; known: number }>;
        };
        rates: Record<string, number>;
      };
      before: { total: { cases: number }; quarters: { state: string }[] };
      population: { count: number; vintage: string; per: number };
      published: object;
    };
    const { total } = now;
    expect(total.cases).toBe(await one(`SELECT count(*) ${HEARD}`));
    expect(total.repeats).toBe(await one(`SELECT count(*) FILTER (WHERE repeat @> '{"repeat":true}') ${HEARD}`));
    expect(total.children).toBe(await one(`SELECT sum(array_length(child_ids, 1)) ${HEARD}`));
    expect(Object.values(total.agencies).reduce((a, b) => a + b)).toBe(total.cases);
    for (const code of ['northbank-police', 'eastvale-nhs', 'harbour-housing', 'safe-harbour', 'northbank-probation'])
      expect([code, total.agencies[org(code)]]).toEqual([
        code,
        await one(`SELECT count(*) ${HEARD} AND r.org_id = '${org(code)}'`),
      ]);
    for (const [code, { yes, known }] of Object.entries(total.groups)) {
      const answered = (answers: string) =>
        one(`SELECT count(*) ${HEARD} AND EXISTS (SELECT FROM risk.referral_characteristic c
              WHERE c.referral_id = r.id AND c.code = '${code}' AND c.answer IN (${answers}))`);
      expect([code, yes, known]).toEqual([code, await answered(`'yes'`), await answered(`'yes', 'no'`)]);
    }
    expect(now.quarters.map((q) => [q.quarter, q.state])).toEqual([
      ...['2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1'].map((quarter) => [quarter, 'counted']),
    ]);
    for (const { quarter, tally } of now.quarters) {
      const within = `AND to_char(r.heard_on, 'YYYY-"Q"Q') = '${quarter}'`;
      expect([quarter, tally.cases, tally.repeats, tally.children]).toEqual([
        quarter,
        await one(`SELECT count(*) ${HEARD} ${within}`),
        await one(`SELECT count(*) FILTER (WHERE repeat @> '{"repeat":true}') ${HEARD} ${within}`),
        await one(`SELECT sum(array_length(child_ids, 1)) ${HEARD} ${within}`),
      ]);
    }
    expect(population).toMatchObject({ count: 71_250, per: 10_000, vintage: 'demonstration, 2021' });
    const rate = (sql: string) => one(`SELECT round(${sql}, 1)`);
    expect(now.rates).toEqual({
      perPopulation: await rate(`(SELECT count(*) ${HEARD}) * 10000 / 71250.0`),
      repeatRate: await rate(
        `(SELECT 100.0 * count(*) FILTER (WHERE repeat @> '{"repeat":true}') / count(*) ${HEARD})`,
      ),
      childrenPerCase: await rate(`(SELECT 1.0 * sum(cardinality(child_ids)) / count(*) ${HEARD})`),
      recommended: 285,
      ofRecommended: await rate(`(SELECT count(*) ${HEARD}) * 100 * 10000 / (71250.0 * 40)`),
    });
    expect([before.total.cases, before.quarters.map((q) => q.state)]).toEqual([0, Array(4).fill('not-begun')]);
    expect(published).toEqual({ year: 2025, done: false, differs: false, waiting: 0 });
    expect(await lastAct('forum-statistics.view')).toMatchObject({
      ...{ items: ['figures.2026-Q1'], rule: 'marac@1', subjects: [] },
    });
    expect((await get('idris', '/statistics/export?to=2026-Q1')).body.now).toEqual(now);
    expect((await lastAct('forum-statistics.export')).objects).toEqual([{ t: 'forum', id: forumId }]);
  });

  it('counts what was in time, what became of actions and the staff that it needs, as an independent query does', async () => {
    await loadPractice(app, forumId);
    const { practice } = (await get('idris', '/statistics?to=2026-Q1')).body;
    const ACTIONS =
      'FROM risk.conference_action a WHERE a.meeting_id IN (SELECT id FROM risk.meeting WHERE forum_id = $1)';
    const acted = (states: string) => one(`SELECT count(*) ${ACTIONS} AND a.state IN (${states})`);
    const [done, all] = [await acted(`'done'`), await one(`SELECT count(*) ${ACTIONS}`)];
    expect(practice.actions).toEqual({
      ...{ done, notPossible: await acted(`'not-possible'`), notDone: await acted(`'not-done', 'escalated'`) },
      open: all - done - (await acted(`'not-possible', 'not-done', 'escalated'`)),
      ofAll: await one(`SELECT round(100.0 * count(*) FILTER (WHERE a.state = 'done') / count(*), 1) ${ACTIONS}`),
      ofPossible: await one(
        `SELECT round(100.0 * count(*) FILTER (WHERE a.state = 'done') / count(*), 1) ${ACTIONS} AND a.state <> 'not-possible'`,
      ),
    });
    expect([done, all, practice.actions.notPossible]).toEqual([100, 1800, 20]);
    expect(practice.clocks).toEqual([
      ...[
        { code: 'minutes', met: 7, missed: 5, running: 0, compliance: 58.3 },
        { code: 'research', met: 7, missed: 3, running: 0, compliance: 70 },
        { code: 'contact', met: 5, missed: 3, running: 0, compliance: 62.5 },
      ],
    ]);
    const inTime = 'FROM risk.meeting WHERE forum_id = $1 AND issued_at::date <= minutes_by';
    expect(await one(`SELECT count(*) ${inTime}`)).toBe(7);
    expect(practice.staff).toMatchObject([
      { actual: 3, recommended: 2.9 },
      { actual: 0.8, recommended: 0.7 },
    ]);
    // Whoever does not lead counts nothing, whatever asks.
    const rows = await app.sql<{ actions_open: number }>(
      `SELECT * FROM risk.practice_counts($1, '2025-04-01', '2026-03-31', '2026-11-01')`,
      [forumId],
    );
    expect(rows[0]!.actions_open).toBe(0);
  });

  it('says what share the police and their partners referred where the pack says who they are, as an independent query does', async () => {
    expect((await get('idris', '/statistics?to=2026-Q1')).body).toMatchObject({ sharesBy: null, now: { shares: [] } });
    const { now, before, change, sharesBy } = (await get('idris', '/statistics?to=2026-Q2')).body;
    await changesByQuery(one, { now, before, change });
    const [BY, NOT] = ['=', '<>'].map((is) => `FILTER (WHERE r.org_id ${is} '${org('northbank-police')}')`);
    const share = await one(`SELECT round(100.0 * count(*) ${NOT} / count(*), 1) ${TWICE}`);
    expect([sharesBy.force, ...now.shares]).toMatchObject([
      'unverified',
      { cases: await one(`SELECT count(*) ${BY} ${TWICE}`), share: Number((100 - share).toFixed(1)) },
      { cases: await one(`SELECT count(*) ${NOT} ${TWICE}`), share },
    ]);
  });

  it('reconciles with the list of cases, each as far as the reader may see it', async () => {
    const { items, hidden } = (await get('idris', '/statistics/cases?to=2026-Q1')).body;
    // The council takes part in every third of the twenty-five.
    expect([items.length, hidden]).toEqual([MEETINGS.length * 8, MEETINGS.length * 17]);
    expect(items.filter((i: { repeat: boolean }) => i.repeat)).toHaveLength(MEETINGS.length * 2);
    expect((await lastAct('forum-statistics.view')).objects).toHaveLength(items.length + 1);
  });

  it('is for whoever leads the forum, of quarters that are over, and nothing stands in for two that are missing', async () => {
    for (const path of ['/statistics', '/statistics/cases', '/statistics/export'])
      expect([path, (await get('bevan', path)).status, (await get('hana', path)).status]).toEqual([path, 403, 403]);
    expect((await publish('bevan', 2025)).status).toBe(403);
    const wrong = async (to: string) => (await get('idris', `/statistics?to=${to}`)).body.errors?.[0].field;
    expect([await wrong('2026-Q4'), await wrong('2026-Q5'), await wrong('2026')]).toEqual(['to', 'to', 'to']);
    const { now } = (await get('gwen', '/statistics?to=2026-Q3')).body;
    expect([now.total, now.quarters.map((q: { state: string }) => q.state)]).toEqual([
      null,
      ['counted', 'counted', 'missing', 'missing'],
    ]);
    const { now: one } = (await get('gwen', '/statistics?to=2026-Q2')).body;
    expect([one.quarters.at(-1).state, one.quarters.at(-1).tally]).toEqual(['proxied', one.quarters.at(-2).tally]);
    // What the owner of the function counts is for whoever leads alone, whatever asks.
    const rows = await app.sql('SELECT * FROM risk.counted_cases($1, $2, $3)', [forumId, '2025-01-01', '2026-12-31']);
    expect(rows).toEqual([]);
  });

  it('is published for a year once, without numbers that tell of few, and later corrections change nothing of it', async () => {
    expect((await publish('idris', 2026)).body.errors[0]).toMatchObject({ field: 'year', code: 'not-over' });
    expect((await publish('idris', 2024)).body.code).toBe('figures.none');
    const [waiting] = await app.sql<{ id: string }>(
      `UPDATE risk.meeting SET state = 'minutes-draft' WHERE forum_id = $1 AND held_on = '2026-03-18' RETURNING id`,
      [forumId],
    );
    expect((await publish('idris', 2025)).body.errors[0].code).toBe('minutes-not-issued');
    await app.sql(`UPDATE risk.meeting SET state = 'closed' WHERE id = $1`, [waiting!.id]);
    expect((await publish('idris', 2025)).status).toBe(201);
    expect(await lastAct('forum-statistics.publish')).toMatchObject({
      ...{ items: ['figures.2025'], rule: 'marac@1', decision: 'published' },
    });
    expect((await publish('idris', 2025)).status).toBe(409);

    const [year] = (await get('hana', '/published-figures')).body.items;
    expect(await lastAct('forum-statistics.show')).toMatchObject({ items: ['figures.2025'], subjects: [] });
    expect(year).toMatchObject({ year: 2025, population: { count: 71_250 }, figures: { limit: 5, cases: 300 } });
    const shown = Object.fromEntries(
      ['northbank-police', 'safe-harbour', 'northbank-probation'].map((code) => [
        code,
        year.figures.agencies[org(code)],
      ]),
    );
    // One case would be known from the total: the next smallest goes with it.
    expect(shown).toEqual({ 'northbank-police': 95, 'safe-harbour': 'hidden', 'northbank-probation': 'few' });
    expect(year.figures.groups).toMatchObject({ male: 0, lgbt: 'few', disabled: 60, minoritised: 'hidden' });
    const [raw] = await app.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_policies WHERE tablename = 'published_year_count' AND cmd = 'SELECT'
          AND qual LIKE '%leads_forum%'`,
    );
    expect(raw!.n).toBe(1);

    // Somebody is erased, whom the figures counted.
    await app.sql(
      `DELETE FROM risk.forum_referral WHERE id IN (SELECT id FROM risk.forum_referral WHERE forum_id = $1 LIMIT 4)`,
      [forumId],
    );
    const now = (await get('idris', '/statistics?to=2026-Q1')).body;
    expect([now.now.total.cases, now.published]).toEqual([296, { year: 2025, done: true, differs: true, waiting: 0 }]);
    expect((await get('hana', '/published-figures')).body.items).toEqual([year]);
  });

  it('flags files after a hearing: asked for, marked, on the twelve-month list, unmarked, and a repeat moves the end', async () => {
    const records = new RecordsTells(app);
    const forum = await forumSetUp(app);
    const today = civilDate(new Date());
    const at = await records.opened();
    const post = (who: string, path: string, body: object = {}, version?: number) =>
      app.as(who).post(AT + path, body, version === undefined ? { key: newId() } : { version, key: newId() });
    const flags = async (who: string) => {
      const { items } = (await app.as(who).get(`${AT}/forum-flags`)).body;
      return (items as { id: string; caseId: string; state: string; version: number; expiresOn: string }[]).filter(
        (flag) => flag.caseId === at.caseId,
      );
    };
    /** Refers the case, hears it at a meeting of its own, and ends that. */
    async function heard(heldOn: string, more: object): Promise<string> {
      const { id } = (await post('idris', `/forums/${forum}/meetings`, { heldOn })).body as { id: string };
      const refer = await post('hana', `/cases/${at.caseId}/forum-referrals`, {
        ...{ forumId: forum, subjectId: at.subject, otherIds: [at.other], childIds: [], consent: { answer: 'given' } },
        ...more,
      });
      expect([refer.status, refer.body.listed]).toEqual([201, true]);
      const step = async (who: string, what: string) => {
        const { meeting } = (await app.as('idris').get(`${AT}/meetings/${id}`)).body;
        const done = await post(who, `/meetings/${id}/steps`, { do: what, statementRead: true }, meeting.version);
        expect([what, done.status]).toEqual([what, 200]);
      };
      const [item] = (await app.as('idris').get(`${AT}/meetings/${id}`)).body.items;
      for (const what of ['close-referrals', 'issue-agenda']) await step('idris', what);
      await step('gwen', 'open-session');
      for (const who of ['gwen', 'idris', 'wren'])
        await post(who, `/meetings/${id}/signatures`, { agreed: true, noConflict: true });
      await post('gwen', `/agenda-items/${item.id}/openings`, {}, 1);
      const said = { decision: 'plan-agreed', rationale: 'All is in hand' };
      expect((await post('gwen', `/agenda-items/${item.id}/decisions`, said, 2)).status).toBe(200);
      await step('idris', 'end-session');
      return id;
    }
    const reason = { criteria: [{ code: 'professional-judgement', evidence: 'She is terrified of Friday' }] };
    await heard(today, reason);
    const [flag] = await flags('wren');
    expect(flag).toMatchObject({ state: 'requested', expiresOn: addMonths(today, 12), step: 'confirm' });
    expect((await lastAct('forum-flag.list')).subjects).toContain(at.subject);
    // Each agency's own, of the members that take part in the case: the fire service knows only that it exists.
    expect((await flags('gwen')).map((f) => f.id)).not.toContain(flag!.id);
    expect(await flags('nia')).toEqual([]);
    const step = (who: string, what: string, version: number) =>
      post(who, `/forum-flags/${flag!.id}/steps`, { do: what }, version);
    expect((await step('gwen', 'confirm', 1)).status).toBe(404);
    expect((await step('wren', 'remove', 1)).body).toMatchObject({ status: 409, state: 'requested' });
    expect((await step('wren', 'confirm', 1)).body).toMatchObject({ version: 2, status: 'confirmed' });
    expect((await step('wren', 'confirm', 1)).status).toBe(409);
    expect((await step('hana', 'confirm', 2)).body.code).toBe('forum-flag.step-not-open');
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [at.caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      ...{
        type: 'risk.forum-flag-changed.v1',
        data: { flagId: flag!.id, state: 'confirmed', orgId: org('harbour-housing') },
      },
    });
    const list = (await app.as('hana').get(`${AT}/cases/${at.caseId}/forum-referrals`)).body;
    expect(list.flags).toEqual([expect.objectContaining({ id: flag!.id, state: 'confirmed', otherIds: [at.other] })]);
    await toldElsewhere(app, records, { personId: at.subject, flagId: flag!.id });

    // It happens again: the end of what is marked moves with the repeat.
    await app.sql(`UPDATE risk.forum_referral SET at = at - interval '300 days' WHERE case_id = $1`, [at.caseId]);
    await app.sql(
      `UPDATE risk.forum_flag SET expires_on = expires_on - 300, anchor = anchor - 300 WHERE case_id = $1`,
      [at.caseId],
    );
    const later = await heard(addDays(today, 1), { criteria: [], incident: { kind: 'unwanted-contact', on: today } });
    expect(await flags('wren')).toEqual([
      expect.objectContaining({ id: flag!.id, state: 'confirmed', expiresOn: addMonths(today, 12), version: 3 }),
    ]);

    // Twelve months pass: it is on the list of the next meeting, and on that of the agency, even of one that has left the case.
    await app.sql(`UPDATE risk.forum_flag SET expires_on = $2 WHERE case_id = $1`, [at.caseId, addDays(today, -1)]);
    await app.sql(`UPDATE risk.meeting SET held_on = $2 WHERE id = $1`, [later, addDays(today, -3)]);
    await app.sql(`UPDATE risk.meeting SET held_on = $2 WHERE forum_id = $1 AND held_on = $3`, [
      ...[forum, addDays(today, -40), today],
    ]);
    const { id: next } = (await post('idris', `/forums/${forum}/meetings`, { heldOn: today })).body as { id: string };
    const lapsed = async (who: string) => (await app.as(who).get(`${AT}/meetings/${next}`)).body.lapsed;
    expect(await lapsed('idris')).toEqual([
      expect.objectContaining({ caseId: at.caseId, subjectId: at.subject, marked: 1, agencies: 3 }),
    ]);
    expect(await lapsed('nia')).toEqual([]);
    await records.tell(at.caseId, 'case-access-changed', {
      ...{ caseId: at.caseId, orgId: org('harbour-housing'), level: 'contributor', restricted: false },
      ...{ from: new Date().toISOString(), to: new Date().toISOString() },
    });
    expect((await app.as('wren').get(`${AT}/cases/${at.caseId}/forum-referrals`)).status).toBe(404);
    expect((await flags('wren')).map((f) => f.state)).toEqual(['to-remove']);
    expect((await step('wren', 'remove', 3)).body).toMatchObject({ status: 'removed' });
    expect(await lastAct('forum-flag.keep')).toMatchObject({ decision: 'removed', subjects: [at.subject] });
    expect(await flags('wren')).toEqual([]);
    expect((await lapsed('idris'))[0].marked).toBe(0);
  });

  it('is returned as incomplete and completed, or not accepted with advice, challenged, and decided by somebody else', async () => {
    const records = new RecordsTells(app);
    const forum = await forumSetUp(app, { chairs: [staff('gwen'), staff('moss')] });
    const today = civilDate(new Date());
    const at = await records.opened();
    const { id: meeting } = (
      await app.as('idris').post<{ id: string }>(`${AT}/forums/${forum}/meetings`, { heldOn: today }, { key: newId() })
    ).body;
    const agenda = async () => (await app.as('idris').get(`${AT}/meetings/${meeting}`)).body.items.length;
    const referred = await app.as('hana').post<{ id: string }>(
      `${AT}/cases/${at.caseId}/forum-referrals`,
      {
        ...{ forumId: forum, subjectId: at.subject, otherIds: [at.other], childIds: [], consent: { answer: 'given' } },
        criteria: [{ code: 'professional-judgement', evidence: 'She is terrified' }],
      },
      { key: newId() },
    );
    const { id } = referred.body;
    const step = (who: string, version: number, what: string, more: object = { words: 'Which assessment was it?' }) =>
      app.as(who).post(`${AT}/forum-referrals/${id}/steps`, { do: what, ...more }, { version, key: newId() });
    const seen = async (who: string) =>
      (
        (await app.as(who).get(`${AT}/cases/${at.caseId}/forum-referrals`)).body.items as {
          standing: string;
          may: string[];
          waiting: boolean;
        }[]
      )[0];
    expect([await agenda(), (await seen('idris'))!.may, (await seen('hana'))!.may]).toEqual([
      ...[1, ['return', 'not-accept'], ['withdraw']],
    ]);
    expect((await step('hana', 1, 'return')).status).toBe(403);
    expect((await step('bevan', 1, 'return')).status).toBe(404);
    expect((await step('idris', 1, 'return', {})).body.errors[0].field).toBe('words');
    expect((await step('idris', 1, 'return')).body).toMatchObject({ version: 2, status: 'returned' });
    expect((await step('idris', 1, 'return')).status).toBe(409);
    expect([await agenda(), await seen('hana')]).toEqual([
      0,
      expect.objectContaining({ standing: 'returned', waiting: false, may: ['complete', 'withdraw'] }),
    ]);
    // Completed, it is on the same agenda again: nobody is late by a month for it.
    const more = { words: 'The DASH of Tuesday came to 16' };
    expect((await step('hana', 2, 'complete', more)).body).toMatchObject({ status: 'submitted' });
    expect(await agenda()).toBe(1);
    const [item] = (await app.as('idris').get(`${AT}/meetings/${meeting}`)).body.items;
    expect((await app.as('idris').get(`${AT}/agenda-items/${item.id}`)).body.added).toEqual([more.words]);
    expect((await step('gwen', 3, 'not-accept')).body.errors[0].field).toBe('advice');
    const refusing = { words: 'No criterion is met', advice: 'Ask the IDVA service' };
    expect((await step('gwen', 3, 'not-accept', refusing)).body).toMatchObject({ status: 'not-accepted' });
    expect(await agenda()).toBe(0);
    // What was refused is no referral that another could repeat.
    const earlier = await app.sql(`SELECT 1 FROM risk.forum_referral WHERE id = $1 AND standing = 'submitted'`, [id]);
    expect(earlier).toEqual([]);
    expect((await step('hana', 4, 'challenge', { words: 'He was let out today' })).body.status).toBe('challenged');
    expect([(await seen('gwen'))!.may, (await seen('moss'))!.may]).toEqual([[], ['accept', 'uphold']]);
    expect((await step('gwen', 5, 'uphold')).status).toBe(403);
    expect((await lastAct('forum-referral.screen')).outcome).toBe('denied');
    expect((await step('moss', 5, 'accept', { words: 'It is met now' })).body.status).toBe('submitted');
    expect(await lastAct('forum-referral.screen')).toMatchObject({
      ...{ decision: 'submitted', subjects: [at.subject], recipients: [expect.objectContaining({ role: 'referrer' })] },
    });
    expect(await agenda()).toBe(1);
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [at.caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      ...{ type: 'risk.forum-referral-changed.v1', data: { referralId: id, standing: 'submitted' } },
    });
    const held = (await app.asService('records').get(`${AT}/held-about/${at.subject}`)).body.items as {
      text: string;
    }[];
    expect(held.some(({ text }) => text.includes('Ask the IDVA service'))).toBe(true);
    // Once the agenda is issued others prepare for it: it is put off, and not taken away.
    for (const what of ['close-referrals', 'issue-agenda']) {
      const now = (await app.as('idris').get(`${AT}/meetings/${meeting}`)).body.meeting;
      await app
        .as('idris')
        .post(`${AT}/meetings/${meeting}/steps`, { do: what }, { version: now.version, key: newId() });
    }
    expect((await step('idris', 6, 'return')).body).toMatchObject({ status: 409, code: 'forum-referral.on-agenda' });
  });

  it('asks with each referral what it counts; nobody reads it again but as a number, and whom it is about', async () => {
    const records = new RecordsTells(app);
    const at = await records.opened();
    const refer = (characteristics: object[]) =>
      app.as('hana').post(
        `${AT}/cases/${at.caseId}/forum-referrals`,
        {
          ...{ forumId, subjectId: at.subject, otherIds: [at.other], childIds: [], consent: { answer: 'given' } },
          criteria: [{ code: 'professional-judgement', evidence: 'She is terrified of Friday' }],
          characteristics,
        },
        { key: newId() },
      );
    const male = { code: 'male', answer: 'no' };
    for (const wrong of [[{ code: 'shoe-size', answer: 'yes' }], [male, male]])
      expect((await refer(wrong)).body.errors[0].field).toBe('characteristics');
    expect((await refer([{ code: 'male', answer: 'perhaps' }])).status).toBe(422);
    expect((await refer([male, { code: 'disabled', answer: 'declined' }])).status).toBe(201);
    const list = (await app.as('hana').get(`${AT}/cases/${at.caseId}/forum-referrals`)).body;
    expect(list.forums.find((f: { id: string }) => f.id === forumId).characteristics).toHaveLength(6);
    expect(JSON.stringify(list.items)).not.toContain('declined');
    const held = async (id: string) =>
      ((await app.asService('records').get(`${AT}/held-about/${id}`)).body.items as { title: string; text: string }[])
        .filter((item) => item.title.startsWith('Beside referrals'))
        .map((item) => item.text);
    expect(await held(at.subject)).toEqual([expect.stringMatching(/Disabled: declined\n.*Male: no$/)]);
    expect(await held(at.other)).toEqual([]);
  });
});
