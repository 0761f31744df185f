import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { FiringService } from './deadlines/firing.service';
import { Happenings, org, staff } from './happenings.testing';
import { NotificationsModule } from './notifications.module';

const AT = '/api/notifications';
const NHS = 'eastvale-nhs';
const soon = (ms: number) => new Date(Date.now() + ms);
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('notifications', () => {
  let app: TestApp;
  let firing: FiringService;
  let tells: Happenings;
  beforeAll(async () => {
    app = await startApp([NotificationsModule]);
    firing = app.running.app.get(FiringService, { strict: false });
    tells = new Happenings(app);
  });
  afterAll(() => app?.stop());

  const get = async (who: string, path: string) => (await app.as(who).get(`${AT}${path}`)).body;
  const listed = async (who: string, query = ''): Promise<string[]> =>
    ((await get(who, `/deadlines?${query}`)).items as { recordId: string }[]).map((i) => i.recordId);
  const deadline = async (recordId: string) =>
    (
      await app.sql<{ id: string; version: number; status: string }>(
        'SELECT id, version, status FROM notifications.deadline WHERE record_id = $1',
        [recordId],
      )
    )[0]!;
  const acts = async (action: string, id?: string) =>
    (await app.acts('notifications')).filter(
      (a) => a.action === action && (id === undefined || a.objects.some((o) => o.id === id)),
    );
  const past = (recordId: string) =>
    app.sql(
      `UPDATE notifications.deadline SET due_at = clock_timestamp() - interval '1 second' WHERE record_id = $1 AND status = 'pending'`,
      [recordId],
    );
  const climbNow = async (recordId: string, n: number) => {
    const { id } = await deadline(recordId);
    await app.sql(
      `UPDATE notifications.deadline_rung SET at = clock_timestamp() - interval '1 second' WHERE deadline_id = $1 AND n = $2`,
      [id, n],
    );
    return firing.climb(id, n);
  };

  describe('deadlines', () => {
    it('fire once each and none early, however many at once tell them to, with half of the queue lost (D1 to D4)', async () => {
      const records = await Promise.all(
        Array.from({ length: 40 }, (_, i) => tells.rated('eastvale-council', soon(1_000 + 40 * i))),
      );
      await tells.heard();
      await app.sql(`DELETE FROM jobs._private_jobs WHERE id % 2 = 0`);
      const rows = await Promise.all(records.map(deadline));
      await eventually(
        async () => {
          await Promise.all([
            ...[firing.sweep(), firing.sweep()],
            ...rows.filter((_, i) => i % 3 === 0).map(({ id, version }) => firing.fire(id, version)),
          ]);
          const [{ n } = { n: 0 }] = await app.sql<{ n: number }>(
            `SELECT count(*)::int AS n FROM notifications.deadline WHERE id = ANY ($1) AND status = 'fired'`,
            [rows.map((r) => r.id)],
          );
          return n === rows.length;
        },
        { timeoutMs: 20_000 },
      );
      const [counted] = await app.sql<Record<string, number>>(
        `SELECT count(*) FILTER (WHERE d.fired_at < d.due_at)::int AS early,
                (SELECT count(*)::int FROM notifications.outbox o WHERE o.stream_id = ANY ($1)
                   AND convert_from(o.body, 'UTF8')::jsonb ->> 'type' = 'notifications.deadline-fired.v1') AS events
           FROM notifications.deadline d WHERE d.id = ANY ($1)`,
        [rows.map((r) => r.id)],
      );
      expect(counted).toEqual({ early: 0, events: rows.length });
      const fired = (await acts('deadline.fire')).map((a) => a.objects[0]!.id);
      expect(rows.map((r) => fired.filter((id) => id === r.id).length)).toEqual(rows.map(() => 1));
      const [beat] = await app.sql<{ fresh: boolean }>(
        `SELECT at > clock_timestamp() - interval '30 seconds' AS fresh FROM notifications.sweep_heartbeat`,
      );
      expect(beat).toEqual({ fresh: true });
    });

    it('go by the database’s clock and not by the host’s (D6)', async () => {
      const record = await tells.rated('eastvale-council', soon(3_600_000));
      await tells.heard();
      const { id, version } = await deadline(record);
      const ahead = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
      try {
        expect(await firing.fire(id, version)).toBe(false);
      } finally {
        ahead.mockRestore();
      }
    });

    it('begin anew with another time, end when it is done, and are the same when all is told again', async () => {
      const record = await tells.rated('eastvale-council', soon(3_600_000));
      await tells.heard();
      const first = await deadline(record);
      const due = soon(7_200_000);
      await tells.rated('eastvale-council', due, record);
      await tells.rated('eastvale-council', due, record);
      await tells.heard();
      const second = await deadline(record);
      expect([second.id, second.version, second.status]).toEqual([first.id, 2, 'pending']);
      await past(record);
      expect(await firing.fire(first.id, 1)).toBe(false);
      expect(await firing.fire(first.id, 2)).toBe(true);
      const header = { referralId: record, pathway: 'prevent', areaId: newId(), referringOrg: org(NHS) };
      await tells.send(record, 'referrals.referral-withdrawn', {
        ...{ ...header, receivingOrg: org('eastvale-council'), reason: 'mistake' },
      });
      await tells.heard();
      expect((await deadline(record)).status).toBe('cancelled');
      expect(await firing.fire(first.id, 2)).toBe(false);
      expect(await listed('farid', 'whose=agency&state=ended')).toContain(record);
    });

    it('of a case are seen by those who take part in it, and of a restricted one by nobody else but who is named', async () => {
      const { caseId, actionId } = await tells.action(NHS, dayIn(3), { with: ['harbour-housing'] });
      await tells.part(caseId, 'northbank-fire', 'preview');
      await tells.heard();
      const seen = async (who: string) => (await listed(who, 'whose=partnership')).includes(actionId);
      const all = (whos: string[]) => Promise.all(whos.map(seen));
      expect(await all(['bevan', 'una', 'dov', 'petra', 'rhys', 'lena'])).toEqual([
        true,
        true,
        true,
        false,
        false,
        false,
      ]);
      const before = (await get('idris', '/deadlines/overview')).items as {
        orgId: string;
        kind: string;
        open: number;
      }[];
      const { id, version } = await deadline(actionId);
      await tells.restrict(caseId, ['una']);
      await tells.part(caseId, NHS, 'contributor', { restricted: true });
      await tells.heard();
      expect(await all(['bevan', 'una', 'dov'])).toEqual([false, true, false]);
      const hidden = await app.as('bevan').post(`${AT}/deadlines/${id}/acknowledgement`, {}, { version });
      const absent = await app.as('bevan').post(`${AT}/deadlines/${newId()}/acknowledgement`, {}, { version });
      expect([hidden.status, hidden.body.code]).toEqual([absent.status, absent.body.code]);
      expect(hidden.status).toBe(404);
      const of = (items: typeof before) =>
        items.find((i) => i.orgId === org(NHS) && i.kind === 'conference-action')?.open ?? 0;
      expect(of((await get('idris', '/deadlines/overview')).items)).toBe(of(before) - 1);
      expect((await app.as('bevan').get(`${AT}/deadlines/overview`)).status).toBe(403);
      expect((await acts('deadline.oversee')).map((a) => a.outcome)).toEqual(['done', 'done', 'denied']);
      const [list] = (await acts('deadline.list', id)).slice(-1);
      expect(list).toMatchObject({ actor: staff('una'), outcome: 'done' });
    });

    it('are found by whose they are, kind, state and days, page by page', async () => {
      const triaged = await Promise.all([1, 2, 3].map((n) => tells.rated('northbank-council', soon(n * 3_600_000))));
      await tells.heard();
      expect(await listed('amina', 'whose=agency&kind=triage')).toEqual(triaged);
      expect(await listed('amina', 'whose=agency&sort=-due')).toEqual([...triaged].reverse());
      expect(await listed('jo', 'whose=agency')).toEqual([]); // triage is none of a review coordinator's work
      expect(await listed('amina', `whose=agency&from=${dayIn(3)}`)).toEqual([]);
      const late = await app.as('amina').get(`${AT}/deadlines?kind=nonsense`);
      expect([late.status, late.body.errors[0].field]).toEqual([422, 'kind']);
      await Promise.all(Array.from({ length: 26 }, () => tells.rated('northbank-council', soon(86_400_000))));
      await tells.heard();
      const first = await get('amina', '/deadlines?whose=agency');
      expect([first.items.length, first.count]).toEqual([25, { value: 29, more: false }]);
      const second = await get('amina', `/deadlines?whose=agency&cursor=${first.next}`);
      expect([second.items.length, second.next]).toEqual([4, null]);
      const month = await get(
        'amina',
        `/deadlines/month?whose=agency&month=${soon(3_600_000).toISOString().slice(0, 7)}`,
      );
      expect(month.items.map((i: { recordId: string }) => i.recordId)).toContain(triaged[0]);
      await past(triaged[0]!);
      expect(await listed('amina', 'whose=agency&state=overdue')).toEqual([triaged[0]]);
    });
  });

  it('whoever is to review an emergency opening is told of it at once, whether or not the case is open to them', async () => {
    const [useId, caseId] = [newId(), newId()];
    await tells.send(useId, 'records.glass-broken', {
      ...{ useId, caseId, leadOrg: org('northbank-council'), areaId: newId(), userId: staff('bevan'), orgId: org(NHS) },
      ...{ ground: 'life-at-risk', until: soon(3_600_000).toISOString(), reviewBy: soon(86_400_000).toISOString() },
    });
    await tells.heard();
    await eventually(async () => {
      await firing.sweep();
      return ((await get('kit', '/messages')).items as { recordId: string }[]).some((m) => m.recordId === useId);
    });
    expect((await get('kit', '/messages')).items[0]).toMatchObject({ kind: 'glass-review', recordId: useId, times: 1 });
    expect((await get('bevan', '/messages')).items).not.toContainEqual(expect.objectContaining({ recordId: useId }));
    await tells.send(useId, 'records.glass-reviewed', {
      useId,
      caseId,
      reviewedBy: staff('kit'),
      outcome: 'justified',
    });
    await tells.heard();
    expect(await deadline(useId)).toMatchObject({ status: 'met' });
  });

  describe('a ladder', () => {
    it('goes from the owner, or who stands in for them, to their manager; one message each, unread again when told again', async () => {
      const { caseId, actionId } = await tells.action(NHS, dayIn(20));
      await tells.send(caseId, 'records.case-owner-changed', {
        ...{ caseId, ownerId: staff('bevan'), orgId: org(NHS), previousOwnerId: staff('una'), previousOrg: org(NHS) },
        byId: staff('bevan'),
      });
      await tells.heard();
      expect(await listed('bevan')).toEqual([actionId]);
      expect(await listed('carys', 'whose=team')).toEqual([actionId]);
      expect(await climbNow(actionId, 1)).toBe(true);
      expect(await climbNow(actionId, 1)).toBe(false);
      expect((await get('bevan', '/messages')).items).toMatchObject([{ recordId: actionId, to: 'owner', times: 1 }]);
      const away = { toId: staff('una'), from: dayIn(-1), until: dayIn(5) };
      const named = await app.as('bevan').post(`${AT}/stand-ins`, away);
      expect(named.status).toBe(201);
      expect(await listed('una')).toContain(actionId);
      const [message] = (await get('bevan', '/messages')).items as { id: string }[];
      expect((await app.as('una').post(`${AT}/messages/${message!.id}/reading`, {})).status).toBe(404);
      expect((await app.as('bevan').post(`${AT}/messages/${message!.id}/reading`, {})).status).toBe(200);
      expect((await get('bevan', '/messages')).unread).toBe(0);
      expect(await climbNow(actionId, 2)).toBe(true); // told to who stands in
      expect([(await get('bevan', '/messages')).unread, (await get('una', '/messages')).unread]).toEqual([0, 1]);
      expect(await climbNow(actionId, 3)).toBe(true);
      expect((await get('carys', '/messages')).items).toMatchObject([{ recordId: actionId, to: 'team-lead' }]);
      const ends = await app.as('bevan').post(`${AT}/stand-ins/${named.body.id}/end`, {}, { version: 1 });
      expect(ends.status).toBe(200);
      const { id } = await deadline(actionId);
      expect((await acts('deadline.escalate', id)).map((a) => [a.decision, a.detail['people']])).toEqual([
        ['owner', [staff('bevan')]],
        ['owner', [staff('una')]],
        ['team-lead', [staff('carys')]],
      ]);
      for (const action of ['stand-in.name', 'stand-in.end', 'message.read', 'message.list'])
        expect((await acts(action)).some((a) => a.actor === staff('bevan') && a.outcome === 'done')).toBe(true);
      expect((await app.as('bevan').post(`${AT}/messages/reading`, {})).status).toBe(200);
    });

    it('stops when somebody sees to it, except where it is told all the same; once, and only by the agency', async () => {
      const { actionId } = await tells.action(NHS, dayIn(20), { with: ['harbour-housing'] });
      await tells.heard();
      const { id, version } = await deadline(actionId);
      const acknowledge = (who: string) => app.as(who).post(`${AT}/deadlines/${id}/acknowledgement`, {}, { version });
      expect((await acknowledge('dov')).status).toBe(403);
      expect((await acknowledge('bevan')).status).toBe(200);
      expect([(await acknowledge('una')).status, (await acknowledge('una')).body.code]).toEqual([
        422,
        'deadline.acknowledged',
      ]);
      expect((await acts('deadline.acknowledge', id)).map((a) => a.outcome)).toEqual([
        'denied',
        'done',
        'failed',
        'failed',
      ]);
      expect(await climbNow(actionId, 1)).toBe(false);
      expect(await climbNow(actionId, 2)).toBe(true);
      expect(await climbNow(actionId, 3)).toBe(false);
    });

    it('tells nobody of what is open to named staff only but them', async () => {
      const { caseId, actionId } = await tells.action(NHS, dayIn(20));
      await tells.restrict(caseId, ['bevan']);
      await tells.part(caseId, NHS, 'contributor', { restricted: true });
      await tells.heard();
      expect(await climbNow(actionId, 3)).toBe(true); // the leads of the agency, of whom none is named
      const { id } = await deadline(actionId);
      expect((await acts('deadline.escalate', id))[0]!.detail['people']).toEqual([]);
      expect(await climbNow(actionId, 2)).toBe(true);
      expect((await acts('deadline.escalate', id))[1]!.detail['people']).toEqual([staff('bevan')]);
    });
  });

  describe('a calendar to subscribe to', () => {
    it('shows by its secret what is due of its owner, opaquely, until it is revoked', async () => {
      const post = (path = '') => app.as('omar').post(`${AT}/calendar-feed${path}`, {});
      const { caseId, actionId } = await tells.action('northbank-probation', dayIn(4));
      await tells.send(caseId, 'records.case-owner-changed', {
        ...{ caseId, ownerId: staff('omar'), orgId: org('northbank-probation'), previousOwnerId: staff('amina') },
        ...{ previousOrg: org('northbank-council'), byId: staff('amina') },
      });
      await tells.heard();
      const first = (await post()).body.secret as string;
      const { secret } = (await post()).body as { secret: string };
      const read = (given: string) => app.asNobody().get<string>(`${AT}/calendars/${given}.ics`);
      const { status, headers, body } = await read(secret);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
      expect(body.replaceAll('\r\n ', '')).toContain(`UID:${(await deadline(actionId)).id}@concordat`);
      expect(body).not.toContain(actionId);
      expect(body).not.toContain(caseId);
      expect((await read(first)).status).toBe(404);
      expect((await read(newId())).status).toBe(404);
      const kept = await app.sql<{ kept: string }>('SELECT f::text AS kept FROM notifications.calendar_feed f');
      expect(kept.some(({ kept: row }) => row.includes(secret))).toBe(false);
      expect((await acts('calendar-feed.read')).map((a) => [a.actor, a.detail['path']])).toEqual([[staff('omar'), '']]);
      expect((await post('/revocation')).status).toBe(200);
      expect((await read(secret)).status).toBe(404);
      expect((await acts('calendar-feed.make')).length).toBe(2);
      expect((await acts('calendar-feed.revoke')).length).toBe(1);
      expect((await get('omar', '/stand-ins')).items).toEqual([]);
      expect((await acts('stand-in.view')).length).toBe(1);
    });
  });

  it('erases what it keeps of a case when that is erased', async () => {
    const { caseId, actionId } = await tells.action(NHS, dayIn(20));
    const useId = newId();
    await tells.send(useId, 'records.glass-broken', {
      ...{ useId, caseId, leadOrg: org('northbank-council'), areaId: newId(), userId: staff('bevan'), orgId: org(NHS) },
      ...{ ground: 'life-at-risk', until: soon(3_600_000).toISOString(), reviewBy: soon(86_400_000).toISOString() },
    });
    await tells.heard();
    const erased = { caseId, people: [], rule: 'last-involvement', ruleVersion: 1, decisionId: newId() };
    await tells.send(caseId, 'records.case-erased', { ...erased, unreviewedUses: [useId] });
    await tells.heard();
    // Nobody can review any more that it was opened in an emergency.
    expect(await deadline(useId)).toMatchObject({ status: 'cancelled' });
    const left = await app.sql(
      `SELECT 1 FROM notifications.deadline WHERE record_id = $1 UNION ALL SELECT 1 FROM notifications.case_access WHERE case_id = $2`,
      [actionId, caseId],
    );
    expect(left).toEqual([]);
  });
});
