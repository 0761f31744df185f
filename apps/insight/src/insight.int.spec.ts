import { NotificationsModule } from '@concordat-app/notifications';
import { RecordsModule } from '@concordat-app/records';
import { ReferralsModule } from '@concordat-app/referrals';
import { ReviewsModule } from '@concordat-app/reviews';
import { RiskModule } from '@concordat-app/risk';
import { SharingModule } from '@concordat-app/sharing';
import { civilDate } from '@concordat/clocks';
import { newId, type Received } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { InsightModule } from './insight.module';
import { PacksRunner } from './packs/packs.runner';
import { financialYearOf } from './period';
import { disordered, storyOf } from './recount.testing';
import { arrive, numbersOf, publish } from './told.testing';

const EXAMPLE = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;
const THIS_YEAR = financialYearOf(civilDate(new Date()));
/** A financial year in which much of the story was told. */
const OF_THE_STORY = '2025';

interface Row {
  readonly code: string;
  readonly text: string | null;
  readonly now: number | string;
}
interface View {
  readonly period: { readonly over: boolean };
  readonly figures: {
    readonly totals: readonly Row[];
    readonly tables: readonly { readonly code: string; readonly rows: readonly Row[] | null }[];
  };
}

describe('insight', () => {
  let app: TestApp;
  const story = storyOf(41, 400);
  /** What the referral of the first test counts as. */
  let ofToday: Map<string, number>;

  beforeAll(async () => {
    const telling = [ReferralsModule, RecordsModule, SharingModule, RiskModule, ReviewsModule, NotificationsModule];
    app = await startApp([...telling, InsightModule]);
  });
  afterAll(() => app?.stop());

  const asGwen = (path: string) => app.as('gwen').get(`/api/insight${path}`);
  const figures = async (subject: string, query = ''): Promise<View> =>
    (await asGwen(`/figures/${subject}${query}`)).body;
  const rows = (view: View, table: string) =>
    Object.fromEntries(
      view.figures.tables.find(({ code }) => code === table)!.rows!.map(({ code, now }) => [code, now]),
    );
  /** Who somebody is, and for whom they act. */
  const who = async (username: string): Promise<{ id: string; orgId: string }> => {
    const [found] = await app.sql<{ id: string; orgId: string }>(
      'SELECT user_id AS id, org_id AS "orgId" FROM insight.member WHERE user_id = $1',
      [(await app.as(username).get('/api/identity/me')).body.id],
    );
    return found!;
  };
  const acts = async (action: string) => (await app.acts('insight')).filter((act) => act.action === action);

  it('counts what is told of a referral, as it is told, and shows one of it to nobody as one', async () => {
    const hana = app.as('hana');
    const made = await hana.post('/api/referrals', { content: EXAMPLE });
    expect(made.status).toBe(201);
    const { id, version } = made.body as { id: string; version: number };
    const amina = app.as('amina');
    await amina.post(`/api/referrals/${id}/ratings`, { colour: 'red' }, { version });
    await amina.post(
      `/api/referrals/${id}/decisions`,
      { outcome: 'accept', rationale: 'Needed.' },
      { version: version + 1 },
    );
    // The case is told of by another context, later than what was decided: what comes after is held against both.
    const told = await eventually(
      async () => {
        const codes = [...(await numbersOf(app)).keys()].map((key) => key.split('|'));
        const accepted = codes.some(([m, , , , , code]) => m === 'referral.outcome' && code === 'accepted');
        return accepted && codes.some(([measure]) => measure === 'case') && codes;
      },
      { timeoutMs: 20_000 },
    );
    const month = `${civilDate(new Date()).slice(0, 7)}-01`;
    expect(told.map(([measure, day, , kind, , code]) => [measure, day, kind, code])).toEqual(
      expect.arrayContaining([
        ['referral', month, 'domestic-abuse', ''],
        ['referral.colour', month, 'domestic-abuse', 'red'],
        ['referral.clock', month, 'domestic-abuse', 'in-time'],
        ['referral.wait', month, 'domestic-abuse', '1-day'],
      ]),
    );
    const view = await figures('referrals', `?period=${THIS_YEAR}`);
    expect([view.period.over, view.figures.totals[0]!.now]).toEqual([false, 'few']);
    ofToday = await numbersOf(app);
  });

  it('says so where something has no area, and tells of what was missed there only what has one', async () => {
    const areaId = newId();
    const of = async (subject: string) => (await figures(subject, `?area=${areaId}`)).figures;
    expect(await of('hand-overs')).toMatchObject({ chosen: { area: areaId }, unchosen: [] });
    expect(await of('asb')).toMatchObject({ chosen: { area: areaId }, unchosen: [] });
    expect(await of('agreements')).toMatchObject({ chosen: {}, unchosen: ['area'] });
    expect((await of('missed')).tables[0]!.rows!.map(({ code }) => code)).toEqual([
      ...['triage.late', 'actions.late', 'actions.overdue', 'hand-overs.expired'],
      ...['deadlines.meeting-research', 'deadlines.forum-flag', 'deadlines.review-clock'],
    ]);
    const { subjects } = (await app.as('gwen').get(`/api/insight/figures?area=${areaId}`)).body;
    expect(subjects.map((s: { subject: string; unchosen: string[] }) => [s.subject, s.unchosen.length])).toEqual([
      ...[
        ['referrals', 0],
        ['triage', 0],
        ['repeats', 0],
        ['actions', 0],
        ['forums', 0],
        ['hand-overs', 0],
      ],
      ...[
        ['asb', 0],
        ['agreements', 1],
        ['deadlines', 0],
      ],
    ]);
  });

  it('comes to the numbers of an independent count, told in any order and again, and shows none that is small', async () => {
    await arrive(app, disordered(story.events, 5));
    await arrive(app, disordered(story.events, 6).slice(0, 200));
    const expected = [...ofToday, ...story.numbers].sort();
    await eventually(async () => [...(await numbersOf(app))].length === expected.length, { timeoutMs: 20_000 });
    await eventually(async () => (await app.sql('SELECT 1 FROM insight.inbox')).length === 0, { timeoutMs: 20_000 });
    expect([...(await numbersOf(app))].sort()).toEqual(expected);
    const exact = (measure: string, code: string): number =>
      [...story.numbers].reduce((sum, [key, n]) => {
        const [m, day, , , , c] = key.split('|') as [string, string, string, string, string, string];
        return m === measure && c === code && day >= '2025-04-01' && day < '2026-04-01' ? sum + n : sum;
      }, 0);
    const colours = rows(await figures('referrals', `?period=${OF_THE_STORY}`), 'colour');
    for (const [code, now] of Object.entries(colours)) {
      const real = exact('referral.colour', code);
      if (typeof now === 'number') expect([code, now % 5, Math.abs(now - real) < 3]).toEqual([code, 0, true]);
      else expect([code, now === 'hidden' || real < 5]).toEqual([code, true]);
    }
    expect(Object.values(colours).some((now) => typeof now === 'number' && now > 0)).toBe(true);
  });

  it('counts open actions as overdue from the day after they were due, and missed deadlines as their subject does', async () => {
    const actions = rows(await figures('actions', `?period=${OF_THE_STORY}`), 'lateness');
    const all = rows(await figures('missed', `?period=${OF_THE_STORY}`), 'missed');
    expect([all['actions.late'], all['actions.overdue']]).toEqual([actions['late'], actions['overdue']]);
    expect(actions['open']).toBe(0); // the story is of the past
    expect(actions['overdue']).not.toBe(0);
    // What has no subject of its own, as the register tells it.
    const passed = rows(await figures('deadlines', `?period=${OF_THE_STORY}`), 'deadline');
    expect(all['deadlines.meeting-research']).toEqual(passed['meeting-research']);
    expect(passed['meeting-research']).not.toBe(0);
    const { body } = await asGwen(`/figures?period=${OF_THE_STORY}`);
    expect(body.subjects.map(({ subject }: { subject: string }) => subject)).toHaveLength(9);
  });

  it('is chosen by area, agency and pathway where a subject has them, and refuses what is none of its own', async () => {
    const [{ area, agency }] = (await app.sql<{ area: string; agency: string }>(
      `SELECT area, agency FROM insight.tally WHERE measure = 'referral' GROUP BY 1, 2 ORDER BY sum(n) DESC LIMIT 1`,
    )) as [{ area: string; agency: string }];
    const whole = await figures('referrals', `?period=${OF_THE_STORY}`);
    const some = await figures('referrals', `?period=${OF_THE_STORY}&area=${area}&agency=${agency}&kind=prevent`);
    expect(Object.keys(rows(some, 'pathway'))).toEqual(['prevent']);
    expect(rank(some.figures.totals[0]!.now)).toBeLessThan(rank(whole.figures.totals[0]!.now));
    expect((await asGwen('/figures/nothing')).status).toBe(404);
    const wrong = await asGwen('/figures/referrals?period=2026-Q5&area=here');
    expect([wrong.status, wrong.body.errors.map((e: { field: string }) => e.field).sort()]).toEqual([
      422,
      ['area', 'period'],
    ]);
  });

  it('is read by those who lead and by nobody else, which the database sees to as well; each look is an act', async () => {
    const refused = await app.as('dov').get('/api/insight/figures/referrals');
    expect([refused.status, refused.body.reasons]).toEqual([403, ['role.not-entitled']]);
    expect((await app.as('gwen').get('/api/insight/figures/asb/export?period=2025')).status).toBe(200);
    // Of the board: the figures and the packs, and nothing of anybody.
    const board = app.as('xanthe');
    const ofStory = `/api/insight/figures/referrals?period=${OF_THE_STORY}`;
    const [seen, ledBy] = [await board.get(ofStory), await app.as('gwen').get(ofStory)];
    expect(seen.status).toBe(200);
    // The database has its own list of who reads numbers: to anybody else they are all nought.
    expect(seen.body.figures.totals[0].now).toBeGreaterThan(0);
    expect(seen.body.figures).toEqual(ledBy.body.figures);
    expect((await board.get('/api/insight/quarterly-packs')).status).toBe(200);
    for (const list of ['records/cases', 'referrals', 'risk/conference-actions', 'sharing/agreements'])
      expect([list, (await board.get(`/api/${list}`)).status]).toEqual([list, 403]);
    expect((await acts('insight.read')).map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(['done', 'denied']),
    );
    expect((await acts('insight.export')).at(-1)).toMatchObject({ outcome: 'done', items: ['asb', '2025'] });
    const client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
    const seenBy = async (username: string) => {
      const { id, orgId } = await who(username);
      await client.query('BEGIN');
      await client.query('SET LOCAL ROLE concordat_insight');
      await client.query('SET LOCAL search_path = insight, public');
      await client.query(
        `SELECT set_config('concordat.scope', 'user', true), set_config('concordat.user', $1, true), set_config('concordat.org', $2, true)`,
        [id, orgId],
      );
      const { rows: found } = await client.query<{ tallies: number; records: number }>(
        'SELECT (SELECT count(*)::int FROM tally) AS tallies, (SELECT count(*)::int FROM counted_record) AS records',
      );
      await client.query('ROLLBACK');
      return [found[0]!.tallies > 0, found[0]!.records];
    };
    try {
      expect([await seenBy('gwen'), await seenBy('dov')]).toEqual([
        ...[
          [true, 0],
          [false, 0],
        ],
      ]);
    } finally {
      await client.end();
    }
  });

  it('is counted anew from what every context has ever told, with the same result, and told when it is not', async () => {
    await publish(app, story.events);
    const before = await numbersOf(app);
    // Somebody has meddled with one of the numbers: it is found, and put right.
    await app.sql(`UPDATE insight.tally SET n = n + 1 WHERE ctid = (SELECT ctid FROM insight.tally LIMIT 1)`);
    const lena = app.as('lena');
    expect((await app.as('gwen').post('/api/insight/rebuilds')).status).toBe(403);
    expect((await lena.post('/api/insight/rebuilds')).status).toBe(202);
    expect((await lena.post('/api/insight/rebuilds')).body.code).toBe('rebuild.running');
    const rebuilt = await eventually(
      async () => {
        const { rebuild } = (await lena.get('/api/insight/rebuilds/latest')).body;
        return rebuild.state === 'done' && (rebuild as { differs: number; events: number });
      },
      { timeoutMs: 30_000 },
    );
    expect([rebuilt.differs, rebuilt.events > story.events.length]).toEqual([1, true]);
    expect([...(await numbersOf(app))].sort()).toEqual([...before].sort());
    expect((await acts('insight.rebuild')).at(-1)).toMatchObject({ outcome: 'done' });
    expect((await acts('insight.rebuild')).map(({ items }) => items)).toEqual(expect.arrayContaining([['differs']]));
    const { items } = (await lena.get('/api/insight/work')).body;
    expect(items).toMatchObject([{ kind: 'rebuild', state: 'done', orgId: null, code: 'rebuild.differed' }]);
    expect((await acts('work.oversee')).at(-1)).toMatchObject({ outcome: 'done', actorRole: 'administrator' });
  });

  it('goes on counting while it is counted anew: what is told meanwhile is in both', async () => {
    await app.sql(
      'INSERT INTO insight.generation (number, filling) SELECT max(number) + 1, true FROM insight.generation',
    );
    const [event] = storyOf(99, 1).events as [Received];
    await arrive(app, [{ ...event, streamId: newId() }]);
    await eventually(
      async () =>
        (
          await app.sql('SELECT generation FROM insight.counted_record WHERE told @> $1', [
            JSON.stringify([{ id: event.id }]),
          ])
        ).length === 2,
    );
    await app.sql(
      'DELETE FROM insight.tally WHERE generation IN (SELECT number FROM insight.generation WHERE filling)',
    );
    await app.sql(
      'DELETE FROM insight.counted_record WHERE generation IN (SELECT number FROM insight.generation WHERE filling)',
    );
    await app.sql('DELETE FROM insight.generation WHERE filling');
  });

  it('makes a tagged PDF of a period, for whoever asked and nobody else, part by part in their name', async () => {
    const gwen = app.as('gwen');
    const early = await gwen.post('/api/insight/quarterly-packs', { period: '2090-Q1' });
    expect([early.status, early.body.errors[0].code]).toEqual([422, 'not-begun']);
    const { status, body } = await gwen.post('/api/insight/quarterly-packs', { period: '2025-Q4' });
    expect(status).toBe(202);
    const at = `/api/insight/quarterly-packs/${body.id}`;
    const pack = await eventually(
      async () => {
        const told = (await gwen.get(at)).body;
        return told.state === 'done' && told;
      },
      { timeoutMs: 20_000 },
    );
    expect([pack.written, pack.parts, pack.title]).toEqual([10, 10, 'October to December 2025']);
    const response = await fetch(`${app.url}${at}/file`, {
      headers: { authorization: `Bearer ${await app.tokenFor('gwen')}` },
    });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="figures-2025-Q4.pdf"');
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('latin1');
    expect([text.slice(0, 5), bytes.length, /\/StructTreeRoot/.test(text), /\/S \/TH/.test(text)]).toEqual([
      ...['%PDF-', pack.bytes, true, true],
    ]);
    // A chart under each table that has a number, read by its words.
    expect(text.match(/\/S \/Figure/g)?.length ?? 0).toBeGreaterThan(3);
    expect((await app.as('jo').get(at)).status).toBe(404);
    expect((await app.as('jo').get(`${at}/file`)).status).toBe(404);
    expect((await gwen.get('/api/insight/quarterly-packs')).body.items).toHaveLength(1);
    const parts = (await acts('insight.export')).filter(({ objects }) => objects.some(({ id }) => id === body.id));
    expect(parts.map(({ items }) => items?.[0])).toEqual([
      ...[
        'missed',
        'referrals',
        'triage',
        'repeats',
        'actions',
        'forums',
        'hand-overs',
        'asb',
        'agreements',
        'deadlines',
      ],
    ]);
    for (const action of ['quarterly-pack.request', 'quarterly-pack.view', 'quarterly-pack.download'])
      expect([action, (await acts(action)).some(({ outcome }) => outcome === 'done')]).toEqual([action, true]);

    await app.sql(`UPDATE insight.quarterly_pack SET expires_at = now() WHERE id = $1`, [body.id]);
    await app.running.app.get(PacksRunner, { strict: false }).sweep();
    expect([(await gwen.get(at)).body.state, (await gwen.get(`${at}/file`)).status]).toEqual(['expired', 404]);
    expect(await acts('quarterly-pack.end')).toMatchObject([{ outcome: 'done', items: ['expired'] }]);
  });

  it('ends a pack of somebody who may not read figures any more, without a file', async () => {
    const gwen = app.as('gwen');
    const { id, orgId } = await who('dov');
    await app.sql(
      `INSERT INTO insight.quarterly_pack (id, period, state, user_id, org_id, parts, correlation_id, purpose, path, requested_at)
       VALUES ($1, '2025-Q3', 'running', $2, $3, 9, $4, 'safeguarding', '/', now() - interval '1 minute')`,
      [newId(), id, orgId, newId()],
    );
    await app.running.app.get(PacksRunner, { strict: false }).sweep();
    const ended = await app.sql(`SELECT state, code FROM insight.quarterly_pack WHERE period = '2025-Q3'`);
    expect(ended).toEqual([{ state: 'failed', code: 'role.not-entitled' }]);
    const { items } = (await app.as('lena').get('/api/insight/work')).body;
    expect(items.filter((w: { kind: string }) => w.kind === 'quarterly-pack').length).toBeGreaterThan(1);
    expect((await gwen.get('/api/insight/quarterly-packs')).body.items).toHaveLength(1);
  });
});

const rank = (shown: number | string): number => (typeof shown === 'number' ? shown : 0);
