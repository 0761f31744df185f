import { addDays } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, org, person, TODAY } from './desk.testing';
import { lifeOf } from './life.testing';

/** Panel, meetings, terms of reference and the asking of agencies, with the acts that they leave, on the app that the context's own tests have started. */
export function panelTests(running: () => TestApp): void {
  describe('the panel', () => {
    const { seen, lastAct, take, done, registered } = deskOf(running);
    const panel = async (id: string): Promise<{ id: string; seat: string }[]> => (await seen(id)).document.panel ?? [];
    const appoint = (id: string, seat: string, more: object) => done(id, 'panel', { seat, role: 'member', ...more });
    const declare = async (id: string, seat: string, username = 'jo', conflict = false) => {
      const { id: member } = (await panel(id)).find((m) => m.seat === seat)!;
      return take(id, `panel/${member}/declarations`, { statement: 'No part in it', conflict }, username);
    };
    const missing = async (id: string, guard: string): Promise<string | undefined> => {
      const { kind_code: kind, state } = (
        await running().sql<{ kind_code: string; state: string }>(
          'SELECT kind_code, state FROM reviews.review WHERE id = $1',
          [id],
        )
      )[0]!;
      expect([kind, state]).toEqual(['domestic-homicide-review', 'SET_UP']);
      const { ways } = await seen(id);
      return ways
        .find((w: { to: string }) => w.to === 'EVIDENCE')
        .missing.find((m: { code: string }) => m.code === guard)?.text;
    };
    const settingUp = async (): Promise<string> => {
      const id = await registered();
      await lifeOf(running).lead(id, 'SET_UP');
      return id;
    };

    it('is appointed seat by seat, declares for itself, and meets quorate or agrees nothing', async () => {
      const id = await settingUp();
      expect(await missing(id, 'chair')).toContain('nobody chairs it');
      await appoint(id, 'independent chair', { role: 'chair', name: 'An independent chair' });
      expect((await take(id, 'panel', { seat: 'x', role: 'chair', name: 'Another' })).body.code).toBe(
        'review.chaired-already',
      );
      expect((await take(id, 'panel', { seat: 'x', role: 'member' })).body.errors[0]).toMatchObject({
        field: 'userId',
      });
      expect((await running().as('gwen').get(`/api/reviews/reviews/${id}`)).status).toBe(404);
      await appoint(id, 'police', { userId: person('gwen') });
      expect(await lastAct('review.appoint')).toMatchObject({ recipients: [{ org: org('northbank-police') }] });
      await appoint(id, 'council', { userId: person('amina') });
      await appoint(id, 'health', { name: 'A nurse', orgId: org('eastvale-nhs') });

      // Whoever has an account declares for themselves, and nobody for them.
      expect((await declare(id, 'police')).body).toMatchObject({ reasons: ['review.not-own-declaration'] });
      expect((await declare(id, 'council', 'gwen')).status).toBe(403);
      expect((await declare(id, 'police', 'gwen', true)).status).toBe(200);
      expect(await lastAct('review.declare-independence')).toMatchObject({
        actor: person('gwen'),
        items: ['conflict'],
      });
      expect(await missing(id, 'panel')).toMatch(/specialist domestic abuse service.*police has declared a conflict/);
      expect((await declare(id, 'police', 'gwen')).status).toBe(200);
      expect((await declare(id, 'council', 'amina')).status).toBe(200);
      for (const seat of ['independent chair', 'health']) expect((await declare(id, seat)).status).toBe(200);
      expect(await missing(id, 'chair')).toBeUndefined();

      await done(id, 'terms', { text: 'From 2020 to the death' });
      expect(await lastAct('review.draft-terms')).toMatchObject({ items: ['terms.1'] });
      const meet = async (agreed: string[], more: object = {}) =>
        take(id, 'meetings', {
          ...{ on: ago(1), agreed, minute: 'The terms were read' },
          present: (await panel(id)).map((m) => m.id),
          ...more,
        });
      const early = await meet(['terms']);
      expect(early.body.errors[0]).toMatchObject({ field: 'agreed', code: 'not-quorate' });
      expect(early.body.errors[0].message).toContain('specialist domestic abuse service');
      expect((await meet([])).status).toBe(200);
      expect(await lastAct('review.keep-meeting')).toMatchObject({ reasons: ['meeting.not-quorate'] });
      await appoint(id, 'specialist domestic abuse service', { userId: person('nia') });
      expect((await declare(id, 'specialist domestic abuse service', 'nia')).status).toBe(200);
      expect(await missing(id, 'panel')).toBeUndefined();
      expect((await meet(['imrs'])).body.errors[0]).toMatchObject({ code: 'not-in-list' });
      expect((await meet(['terms'], { present: [crypto.randomUUID()] })).body.errors[0].field).toBe('present');
      expect(await missing(id, 'terms')).toContain('no quorate meeting has approved version 1');
      expect((await meet(['terms'])).status).toBe(200);
      expect(await missing(id, 'terms')).toBeUndefined();
      const { document } = await seen(id);
      expect(document.facts.find((f: { code: string }) => f.code === 'terms')).toMatchObject({ date: ago(1) });
      await done(id, 'terms', { text: 'From 2018 to the death' });
      expect(await missing(id, 'terms')).toContain('version 2');

      const { id: police } = (await panel(id)).find((m) => m.seat === 'police')!;
      await done(id, `panel/${police}/end`, { on: TODAY, reason: 'Another post' });
      expect(await lastAct('review.end-appointment')).toMatchObject({ items: ['member'] });
      expect(await missing(id, 'panel')).toContain('nobody for police');
    });

    it('no reply is not nil: an agency that is asked answers itself, or its silence is seen', async () => {
      const id = await registered();
      const [police, nhs] = [org('northbank-police'), org('eastvale-nhs')];
      expect((await take(id, 'scoping', { agencies: [police], dueOn: TODAY })).body.errors[0].field).toBe('dueOn');
      await done(id, 'scoping', { agencies: [police, nhs], dueOn: addDays(TODAY, 10) });
      expect(await lastAct('review.ask-agencies')).toMatchObject({ recipients: [{ org: police }, { org: nhs }] });
      expect((await take(id, 'scoping', { agencies: [nhs], dueOn: addDays(TODAY, 9) })).body.code).toBe(
        'review.asked-already',
      );
      await done(id, 'members', { userId: person('gwen'), seat: 'Police' });
      const [forPolice, forNhs] = (await seen(id)).scoping.map((s: { id: string }) => s.id) as [string, string];
      const answer = (request: string, body: object, username = 'jo') =>
        take(id, `scoping/${request}/returns`, body, username);
      expect((await answer(forNhs, { answer: 'nil' }, 'gwen')).body).toMatchObject({
        reasons: ['organisation.not-asked'],
      });
      expect((await answer(forPolice, { answer: 'no-reply' }, 'gwen')).body.errors[0].field).toBe('answer');
      expect((await answer(forPolice, { answer: 'known' }, 'gwen')).body.errors[0]).toMatchObject({ field: 'text' });
      expect((await answer(forPolice, { answer: 'known', text: 'Three calls' }, 'gwen')).status).toBe(200);
      expect(await lastAct('review.return-scoping')).toMatchObject({ actor: person('gwen'), items: ['known'] });
      expect((await answer(forNhs, { answer: 'no-reply' })).body.errors[0]).toMatchObject({ code: 'too-early' });
      const lacks = async () =>
        (await seen(id)).ways[0].missing.find((m: { code: string }) => m.code === 'scoped')?.text as string | undefined;
      expect(await lacks()).toContain('1 of them has not answered');
      // As if their time had passed.
      await running().sql(
        `UPDATE reviews.review SET document = jsonb_set(document, '{scoping,1,dueOn}', to_jsonb($2::text)) WHERE id = $1`,
        [id, ago(1)],
      );
      expect((await seen(id)).scoping.map((s: { status: string }) => s.status)).toEqual(['met', 'overdue']);
      expect((await answer(forNhs, { answer: 'no-reply' })).status).toBe(200);
      expect(await lacks()).toContain('1 of them has not answered');

      // It is reminded, those who lead it are asked, and only then does the review go on without it.
      const chase = (move: string, text = 'By letter', who = 'Head of safeguarding') =>
        take(id, `scoping/${forNhs}/moves`, { move, who, text });
      const moves = async (): Promise<string[]> => (await seen(id)).scoping[1].moves;
      expect((await chase('go-on')).body.code).toBe('review.not-chased-not-reminded');
      expect((await chase('remind')).status).toBe(200);
      expect(await moves()).toEqual(['remind', 'escalate']);
      expect((await chase('escalate', 'By telephone', 'Chief executive')).status).toBe(200);
      expect((await chase('go-on')).body.code).toBe('review.not-chased-too-early');
      await running().sql(
        `UPDATE reviews.review SET document = jsonb_set(document, '{scopingSteps,1,on}', to_jsonb($2::text)) WHERE id = $1`,
        [id, ago(20)],
      );
      const why = { who: 'The chair', text: 'It cannot wait any longer' };
      expect((await chase('go-on', why.text, why.who)).status).toBe(200);
      expect(await lastAct('review.chase-agency')).toMatchObject({
        ...{
          items: ['go-on'],
          objects: expect.arrayContaining([expect.objectContaining({ t: 'organisation', id: nhs })]),
        },
      });
      expect(await lacks()).toBeUndefined();
      await lifeOf(running).lead(id, 'DECIDED');
      const unanswered = { orgId: nhs, dueOn: ago(1), decider: why.who, reason: why.text };
      const known = async () => {
        const { decisions, unanswered: now, scoping } = await seen(id);
        return [decisions[0].unanswered, now, scoping[1].status];
      };
      expect(await known()).toEqual([[unanswered], [unanswered], 'goneOn']);
      const check = async () =>
        (await running().as('erin').get(`/api/reviews/checks/${id}`)).body.checks.find(
          (c: { code: string }) => c.code === 'scoping',
        );
      expect(await check()).toMatchObject({
        ...{ result: 'to-judge', evidence: [{ text: '1 of 2 answered' }, { on: TODAY }] },
      });
      // A late answer is taken, and what was decided without it still says so.
      expect((await answer(forNhs, { answer: 'not-known' })).status).toBe(200);
      expect(await known()).toEqual([[unanswered], [], 'metLate']);
      expect(await check()).toMatchObject({ result: 'met' });
    });

    it('meets as it was planned: an agenda, apologies in one’s own name, and a calendar that says nothing of it', async () => {
      const id = await registered();
      await appoint(id, 'independent chair', { role: 'chair', userId: person('gwen') });
      await appoint(id, 'council', { userId: person('amina') });
      const [chair, council] = (await panel(id)).map((m) => m.id) as [string, string];
      const meeting = { on: addDays(TODAY, 9), time: '14:30', place: 'Town hall; room 2' };
      const plan = (more: object = {}) => take(id, 'planned-meetings', { ...meeting, agenda: ['The terms'], ...more });
      expect((await plan({ time: '25:00', agenda: [] })).body.errors.map((e: { field: string }) => e.field)).toEqual([
        ...['time', 'agenda'],
      ]);
      expect((await plan({ on: ago(1) })).body.errors[0]).toMatchObject({ field: 'on', code: 'too-early' });
      for (const on of [TODAY, meeting.on]) expect((await plan({ on })).status).toBe(200);
      expect(await lastAct('review.plan-meeting')).toMatchObject({ outcome: 'done', actor: person('jo') });
      const [first, second] = (await seen(id)).openMeetings.map((m: { id: string }) => m.id) as [string, string];
      // Whoever coordinates it is told of the day, as of any other that is due.
      const due = async () =>
        (
          await running().sql<{ d: { clock?: string; dueOn?: string } }>(
            `SELECT convert_from(body, 'UTF8')::jsonb->'data' AS d FROM reviews.outbox WHERE stream_id = $1 ORDER BY seq DESC LIMIT 1`,
            [id],
          )
        )[0]!.d;
      expect(await due()).toMatchObject({ clock: 'PANEL-MEETING', dueOn: TODAY });

      const sorry = (memberId: string, who: string, at = first) =>
        take(id, `planned-meetings/${at}/apologies`, { memberId, instead: 'A colleague' }, who);
      expect((await sorry(chair, 'amina')).body.reasons).toEqual(['review.not-own-apology']);
      expect((await sorry(council, 'amina')).status).toBe(200);
      expect(await lastAct('review.send-apology')).toMatchObject({ actor: person('amina') });
      const calendar = (
        await running().as('amina').get(`/api/reviews/reviews/${id}/planned-meetings/${second}/calendar`)
      ).body;
      expect(calendar).toMatchObject({ method: 'REQUEST', text: expect.stringContaining('SUMMARY:Meeting\r\n') });
      expect(calendar.text).not.toMatch(/SR-|terms/i);

      const held = { on: TODAY, present: [chair], agreed: [], minute: 'The terms were read', planned: first };
      const keep = (more: object = {}) => take(id, 'meetings', { ...held, decisions: ['To ask the family'], ...more });
      expect((await keep({ apologies: [chair] })).body.errors[0]).toMatchObject({
        field: 'apologies',
        code: 'was-there',
      });
      expect((await keep()).status).toBe(200);
      expect((await seen(id)).document.meetings).toMatchObject([
        { planned: first, apologies: [council], decisions: ['To ask the family'], present: [chair] },
      ]);
      expect((await keep()).body.code).toBe('meeting.over');
      await done(id, `planned-meetings/${second}/call-off`, { reason: 'The chair is ill' });
      expect((await seen(id)).openMeetings).toEqual([]);
      expect((await sorry(council, 'amina', second)).body.code).toBe('meeting.over');
      const off = `/api/reviews/reviews/${id}/planned-meetings/${second}/calendar`;
      expect((await running().as('amina').get(off)).body).toMatchObject({ method: 'CANCEL' });
    });
  });
}
