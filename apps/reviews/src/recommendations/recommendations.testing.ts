import { addDays } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, org, person, REVIEWS, TODAY } from '../reviews/desk.testing';

/** Recommendations over HTTP, on the app that the context's own tests have started: acts, events, refusals. */
export function recommendationTests(running: () => TestApp): void {
  describe('recommendations', () => {
    const { seen, lastAct, done, registered } = deskOf(running);
    const R = '/api/reviews/recommendations';
    const nhs = org('eastvale-nhs');
    const one = async (id: string, username = 'jo') => (await running().as(username).get(`${R}/${id}`)).body;
    const put = async (id: string, what: string, body: object, username = 'jo') =>
      running()
        .as(username)
        .post(`${R}/${id}/${what}`, body, { version: (await one(id)).version });
    const putDone = async (id: string, what: string, body: object, username = 'jo') => {
      const answer = await put(id, what, body, username);
      expect([what, answer.status, answer.body.errors ?? answer.body.code]).toEqual([what, 200, undefined]);
    };
    const proposal = {
      ...{ text: 'Midwives ask every patient when she is alone', source: 'panel', level: 'local', theme: 'Asking' },
      ...{ ownerOrg: nhs, smart: ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'] },
    };
    const proposed = async (review: string, more: object = {}): Promise<string> => {
      const { version } = await seen(review);
      const made = await running()
        .as('jo')
        .post(`${REVIEWS}/${review}/recommendations`, { ...proposal, ...more }, { version });
      expect([made.status, made.body.errors]).toEqual([201, undefined]);
      return made.body.id as string;
    };
    const action = { text: 'Train all midwives', leadId: person('bevan'), due: addDays(TODAY, 30) };

    it('go to verified closure, by a second person outside the line, with dates that are only added', async () => {
      const review = await registered();
      const id = await proposed(review);
      expect(await lastAct('recommendation.propose')).toMatchObject({
        objects: expect.arrayContaining([{ t: 'review', id: review }]),
      });
      expect((await put(id, 'actions', action)).body.code).toBe('recommendation.not-accepted');
      expect((await put(id, 'answers', { response: 'partly' })).body.errors[0]).toMatchObject({ field: 'reason' });
      await putDone(id, 'answers', { response: 'accepted' });
      expect(await lastAct('recommendation.answer')).toMatchObject({ outcome: 'done', items: ['accepted'] });
      expect((await running().as('bevan').get(`${R}/${id}`)).body.code).toBe('recommendation.not-found');
      expect((await put(id, 'actions', { ...action, due: ago(1) })).body.errors[0]).toMatchObject({ code: 'in-past' });
      await putDone(id, 'actions', action);
      expect(await lastAct('review-action.add')).toMatchObject({ recipients: [{ org: nhs }] });

      // Whoever leads an action sees its recommendation, and not the review.
      const [{ id: actionId }] = (await one(id, 'bevan')).actions;
      expect((await running().as('bevan').get(`${REVIEWS}/${review}`)).status).toBe(404);
      expect((await running().as('bevan').get(R)).body.items.map((i: { id: string }) => i.id)).toEqual([id]);
      expect((await running().as('carys').get(R)).body.items).toEqual([]);
      const at = `actions/${actionId}`;
      expect((await put(id, `${at}/targets`, { due: TODAY, reason: 'x', approver: 'x' }, 'bevan')).status).toBe(403);
      expect(
        (await put(id, `${at}/progress`, { move: 'claim', outcome: 'x', evidence: 'x' }, 'bevan')).body,
      ).toMatchObject({ code: 'review-action.move-not-open', state: 'PROPOSED' });
      await putDone(id, `${at}/progress`, { move: 'accept' }, 'bevan');
      await putDone(id, `${at}/progress`, { move: 'start' }, 'bevan');
      await putDone(id, `${at}/targets`, { due: addDays(TODAY, 60), reason: 'Staff', approver: 'The board' });
      expect(await lastAct('review-action.retarget')).toMatchObject({ outcome: 'done' });
      expect((await put(id, `${at}/progress`, { move: 'claim', outcome: 'All' }, 'bevan')).body.errors[0].field).toBe(
        'evidence',
      );
      await putDone(id, `${at}/progress`, { move: 'claim', outcome: 'All trained', evidence: 'The register' }, 'bevan');
      expect(await lastAct('review-action.progress')).toMatchObject({ actor: person('bevan'), items: ['claim'] });

      const verify = (username: string) => put(id, `${at}/checks`, { move: 'verify', finding: 'Seen' }, username);
      expect((await verify('bevan')).body.code).toBe('review-action.own-claim');
      await done(review, 'members', { userId: person('carys'), seat: 'Health' });
      expect((await verify('carys')).body.code).toBe('review-action.own-line');
      await putDone(id, `${at}/checks`, { move: 'return', finding: 'One is missing' });
      await putDone(id, `${at}/progress`, { move: 'start' }, 'bevan');
      await putDone(id, `${at}/progress`, { move: 'claim', outcome: 'Now all', evidence: 'The register' }, 'bevan');
      expect((await verify('jo')).body).toMatchObject({ state: 'VERIFIED' });
      expect(await lastAct('review-action.verify')).toMatchObject({ actor: person('jo'), items: ['verify'] });
      await putDone(id, `${at}/end`, { move: 'close' });
      expect(await lastAct('review-action.end')).toMatchObject({ items: ['close'] });
      const [closed] = (await one(id)).actions;
      expect(closed).toMatchObject({
        ...{ state: 'CLOSED', may: [], lateness: { due: addDays(TODAY, 60), original: addDays(TODAY, 30) } },
        checks: [{ verified: false }, { verified: true }],
      });
      expect(closed.targets.map((t: { due: string }) => t.due)).toEqual([addDays(TODAY, 30), addDays(TODAY, 60)]);
      const [may] = await running().sql<{ may: boolean }>(
        `SELECT has_table_privilege('concordat_reviews', 'reviews.action_target', 'UPDATE')
             OR has_table_privilege('concordat_reviews', 'reviews.action_target', 'DELETE') AS may`,
      );
      expect(may?.may).toBe(false);
      const events = await running().sql<{ body: string }>(
        `SELECT convert_from(body, 'UTF8') AS body FROM reviews.outbox WHERE stream_id = $1 ORDER BY seq`,
        [id],
      );
      expect(events).toHaveLength((await one(id)).version);
      expect(events.at(-1)?.body).toContain('"actionState":"CLOSED"');
      expect(events.map(({ body }) => body).join()).not.toMatch(/Midwives|trained|register/);
    });

    it('are answered by the agency that owns them, which sees them from the day on which it is asked', async () => {
      const review = await registered();
      const id = await proposed(review);
      const carys = running().as('carys');
      const answering = (username: string, version: number, body: object = { response: 'accepted' }) =>
        running().as(username).post(`${R}/${id}/answers`, body, { version });
      expect((await answering('carys', 1)).status).toBe(404);
      expect((await put(id, 'requests', { dueOn: TODAY })).body.errors[0]).toMatchObject({ code: 'too-early' });
      await putDone(id, 'requests', { dueOn: addDays(TODAY, 14) });
      expect(await lastAct('recommendation.ask-owner')).toMatchObject({ recipients: [{ org: nhs }] });
      expect((await carys.get(`${R}?only=to-answer`)).body.items.map((i: { id: string }) => i.id)).toEqual([id]);
      const view = (await carys.get(`${R}/${id}`)).body;
      expect(view).toMatchObject({
        may: { answer: true, coordinate: false, seeReview: false },
        request: { status: 'running' },
      });
      expect((await carys.get(`${REVIEWS}/${review}`)).status).toBe(404);
      // Others of that agency, and leads of other agencies, do not see it; nobody but its coordinator does more.
      for (const username of ['bevan', 'amina', 'farid'])
        expect((await running().as(username).get(`${R}/${id}`)).status).toBe(404);
      expect((await carys.post(`${R}/${id}/requests`, { dueOn: addDays(TODAY, 20) }, { version: 2 })).status).toBe(403);
      expect((await carys.post(`${R}/${id}/actions`, action, { version: 2 })).status).toBe(403);
      expect((await answering('carys', 2, { response: 'rejected' })).body.errors[0]).toMatchObject({ field: 'reason' });
      expect((await answering('carys', 1)).status).toBe(409);
      expect((await answering('carys', 2)).status).toBe(200);
      expect(await lastAct('recommendation.answer')).toMatchObject({ actor: person('carys'), items: ['accepted'] });
      expect((await one(id)).request).toMatchObject({ status: 'met' });
      expect((await one(id)).document.answers).toMatchObject([
        { response: 'accepted', orgId: nhs, by: person('carys') },
      ]);
    });

    it('are tracked across reviews, by whoever may see them, and no further', async () => {
      const [first, second] = [await registered(), await registered()];
      const old = await proposed(first, { theme: 'Housing' });
      const again = await proposed(second, { theme: 'Housing', smart: ['specific'] });
      await putDone(again, 'repeats', { earlier: old });
      expect(await lastAct('recommendation.link-repeat')).toMatchObject({
        objects: expect.arrayContaining([expect.objectContaining({ t: 'recommendation', id: old })]),
      });
      expect((await put(old, 'repeats', { earlier: again })).body.code).toBe('recommendation.repeats-this');
      expect(await one(old)).toMatchObject({ later: [{ id: again, number: 1 }] });
      expect(await lastAct('recommendation.view')).toMatchObject({ outcome: 'done' });
      expect((await put(again, 'answers', { response: 'accepted' })).body.errors[0]).toMatchObject({
        code: 'not-smart',
      });
      await putDone(again, 'answers', { response: 'rejected', reason: 'It is done already' });
      const track = async (query: string, username = 'jo') =>
        (await running().as(username).get(`${R}?theme=Housing&${query}`)).body;
      const ids = async (query: string) => (await track(query)).items.map((i: { id: string }) => i.id).sort();
      expect(await ids('')).toEqual([old, again].sort());
      expect(await ids('only=repeat')).toEqual([again]);
      expect(await ids('only=unanswered')).toEqual([old]);
      expect(await ids(`review=${first}`)).toEqual([old]);
      expect(await ids('level=national')).toEqual([]);
      expect(await track('')).toMatchObject({ figures: [{ state: null, count: 2, overdue: 0 }] });
      expect((await track('', 'amina')).items).toEqual([]);
      const taken = (await running().as('jo').get(`${R}/export?theme=Housing`)).body;
      expect(taken.items).toHaveLength(2);
      expect(await lastAct('recommendation.export')).toMatchObject({
        objects: expect.arrayContaining([{ t: 'recommendation', id: old, ver: '1' }]),
      });
      expect(await lastAct('recommendation.list')).toMatchObject({ outcome: 'done' });
    });

    it('of national level are to a department, and settled when its response is recorded', async () => {
      const review = await registered();
      const { version } = await seen(review);
      const refused = await running()
        .as('jo')
        .post(`${REVIEWS}/${review}/recommendations`, { ...proposal, level: 'national' }, { version });
      expect(refused.body.errors[0]).toMatchObject({ field: 'department' });
      const id = await proposed(review, { level: 'national', department: 'Home Office' });
      const note = (step: string, on: string, more: object = {}) => put(id, 'central', { step, on, ...more });
      expect((await note('responded', ago(1), { text: 'x' })).body.errors[0]).toMatchObject({ code: 'not-sent' });
      expect((await note('sent', ago(5))).status).toBe(200);
      expect((await note('responded', ago(6), { text: 'x' })).body.errors[0]).toMatchObject({ code: 'too-early' });
      expect((await note('responded', ago(1))).body.errors[0]).toMatchObject({ field: 'text' });
      expect((await note('responded', ago(1), { text: 'It will be considered' })).status).toBe(200);
      expect(await lastAct('recommendation.note-central')).toMatchObject({ items: ['responded'] });
      const { body } = await running().as('jo').get(`${REVIEWS}/${review}/recommendations`);
      expect(body.items).toMatchObject([{ number: 1, department: 'Home Office', ownerOrg: null }]);
    });
  });
}
