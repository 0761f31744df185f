import { addDays } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, org, person, TODAY } from './desk.testing';

const NHS = org('eastvale-nhs');

/** Individual management reviews over HTTP with the acts that they leave, on the app that the context's own tests have started. */
export function managementTests(running: () => TestApp): void {
  describe('individual management reviews', () => {
    const { lastAct, done, registered, seen, take } = deskOf(running);
    const asking = { agencies: [NHS], from: '2020-01-01', to: ago(300), dueOn: addDays(TODAY, 30) };
    const submission = {
      ...{ author: 'A nurse', independent: true, signer: 'A director', signedOn: TODAY, records: 'Community records' },
      ...{ from: '2020-01-01', to: ago(300), staffSeen: 2, terms: 1, goodPractice: true, recommendations: 1 },
    };

    it('are submitted by the agency, read by somebody outside it, and returned while they lack something', async () => {
      const id = await registered();
      await done(id, 'terms', { text: 'From 2020 to the death' });
      expect((await take(id, 'management-reviews', { ...asking, dueOn: TODAY })).body.errors[0]).toMatchObject({
        ...{ field: 'dueOn', code: 'too-early' },
      });
      await done(id, 'management-reviews', asking);
      expect(await lastAct('review.ask-management-review')).toMatchObject({ recipients: [{ org: NHS }] });
      const [imr] = (await seen(id)).managementReviews;
      expect(imr).toMatchObject({ orgId: NHS, state: 'requested', late: false });
      const at = `management-reviews/${imr.id}`;
      await done(id, 'members', { userId: person('carys'), seat: 'health' });
      await done(id, 'members', { userId: person('gwen'), seat: 'police' });
      const submit = (body: object, who = 'carys') => take(id, `${at}/submissions`, body, who);
      const judge = (body: object, who = 'gwen') => take(id, `${at}/judgements`, body, who);
      expect((await submit({ move: 'start' }, 'gwen')).body.code).toBe('review.forbidden');
      expect((await judge({ move: 'accept' })).body.code).toBe('management-review.move-not-open');
      await done(id, `${at}/submissions`, { move: 'start' }, 'carys');
      expect((await submit({ move: 'submit' })).body.errors[0]).toMatchObject({ field: 'author' });
      expect((await submit({ move: 'submit', submission: { ...submission, signer: 'A nurse' } })).body.errors).toEqual([
        expect.objectContaining({ field: 'signer', code: 'own-signature' }),
      ]);
      await done(id, `${at}/submissions`, { move: 'submit', submission }, 'carys');
      expect(await lastAct('review.submit-management-review')).toMatchObject({
        ...{ actor: person('carys'), items: ['submit'] },
      });
      expect((await judge({ move: 'accept', analysis: true, smart: true }, 'carys')).body.code).toBe(
        'management-review.own-agency',
      );
      // The terms that it answers are not approved.
      expect((await judge({ move: 'accept', analysis: true, smart: true })).body.errors[0]).toMatchObject({
        code: 'not-acceptable',
      });
      expect((await judge({ move: 'waive', reason: 'x' })).body.code).toBe('review.forbidden');
      expect((await judge({ move: 'return' })).body.errors[0]).toMatchObject({ field: 'reason' });
      await done(id, `${at}/judgements`, { move: 'return', reason: 'The terms are not approved' }, 'gwen');
      expect(await lastAct('review.judge-management-review')).toMatchObject({
        actor: person('gwen'),
        items: ['return'],
      });
      expect((await seen(id)).managementReviews[0]).toMatchObject({ state: 'returned' });
      await done(id, `${at}/submissions`, { move: 'refuse', reason: 'No one can write it' }, 'carys');
      await done(id, `${at}/judgements`, { move: 'escalate', reason: 'To its chief executive' });
      const checks = (await running().as('erin').get(`/api/reviews/checks/${id}`)).body.checks;
      expect(checks.find((c: { code: string }) => c.code === 'management-reviews')).toMatchObject({
        ...{ result: 'met', evidence: [{ text: 'Review 1: refused and escalated' }] },
      });
    });

    it('is not read by whoever recorded what came', async () => {
      const id = await registered();
      await done(id, 'terms', { text: 'From 2020 to the death' });
      await done(id, 'management-reviews', asking);
      const [imr] = (await seen(id)).managementReviews;
      await done(id, `management-reviews/${imr.id}/submissions`, { move: 'submit', submission });
      const own = await take(id, `management-reviews/${imr.id}/judgements`, { move: 'return', reason: 'x' });
      expect(own.body.code).toBe('management-review.own-submission');
    });
  });
}
