import { addDays } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, person, REVIEWS, TODAY } from '../reviews/desk.testing';
import { lifeOf } from '../reviews/life.testing';

/** A day to come on which nobody is to contact them. */
const HURTS = addDays(TODAY, 100);

/** The family log over HTTP with the acts that it leaves, on the app that the context's own tests have started. */
export function familyTests(running: () => TestApp): void {
  describe('the family log', () => {
    const { lastAct, done, registered, seen, take } = deskOf(running);
    const decided = async (): Promise<string> => {
      const id = await registered();
      await lifeOf(running).lead(id, 'DECIDED');
      return id;
    };
    const sister = {
      ...{ name: 'Nia Sorrow', relationship: 'Her sister', safeWay: 'By text, after six, and never at home' },
      ...{ advocate: 'An advocate', wishes: 'To be told before anybody else', sensitiveDays: [HURTS.slice(5)] },
    };
    const contact = { on: ago(3), channel: 'in-person', spoke: 'The chair', topic: 'terms', outcome: 'answered' };

    it('is kept and seen by those who coordinate or draft the review, and by nobody else who sees it', async () => {
      const id = await registered();
      await done(id, 'panel', { role: 'chair', seat: 'chair', userId: person('gwen') });
      await done(id, 'panel', { role: 'member', seat: 'council', userId: person('amina') });
      expect((await take(id, 'family/people', { ...sister, safeWay: ' ' })).body.errors[0].field).toBe('safeWay');
      expect((await take(id, 'family/people', { ...sister, sensitiveDays: ['02-30'] })).body.errors[0]).toMatchObject({
        ...{ field: 'sensitiveDays', code: 'not-a-day' },
      });
      expect((await take(id, 'family/people', { ...sister, id: newId() })).status).toBe(404);
      await done(id, 'family/people', sister, 'gwen');
      const log = async (username: string) => running().as(username).get(`${REVIEWS}/${id}/family`);
      const [nia] = (await log('jo')).body.people;
      expect(nia).toMatchObject({ ...sister, number: 1 });
      expect(await lastAct('review.keep-family-person')).toMatchObject({ actor: person('gwen'), subjects: [nia.id] });
      expect(await lastAct('review.view-family')).toMatchObject({ outcome: 'done', subjects: [nia.id] });
      await done(id, 'family/people', { ...sister, id: nia.id, language: 'Welsh' });
      expect((await log('gwen')).body.people).toMatchObject([{ id: nia.id, number: 2, language: 'Welsh' }]);

      const refused = async (more: object) =>
        (await take(id, 'family/contacts', { ...contact, personId: nia.id, said: 'x', ...more })).body.errors[0];
      expect(await refused({ nextOn: HURTS })).toMatchObject({ field: 'nextOn', code: 'sensitive-day' });
      expect(await refused({ personId: undefined })).toMatchObject({ field: 'personId' });
      await done(id, 'family/contacts', {
        ...contact,
        personId: nia.id,
        said: 'SecretWords',
        nextOn: addDays(TODAY, 400),
      });
      expect(await lastAct('review.keep-family-contact')).toMatchObject({
        ...{ outcome: 'done', subjects: [nia.id], items: ['terms', 'answered'] },
      });
      // The panel knows that she was asked and answered, and not a word of it.
      expect((await log('amina')).body).toMatchObject({ code: 'review.forbidden', reasons: ['review.not-drafting'] });
      expect((await log('viktor')).status).toBe(404);
      const panel = await seen(id, 'amina');
      expect(panel.document.family).toMatchObject([{ topic: 'terms', outcome: 'answered', on: ago(3) }]);
      expect(JSON.stringify(panel)).not.toMatch(/SecretWords|Nia Sorrow|never at home/);
      const [event] = await running().sql<{ n: string }>(
        `SELECT count(*) AS n FROM reviews.outbox WHERE convert_from(body, 'UTF8') ~ 'Sorrow|SecretWords'`,
      );
      expect(Number(event!.n)).toBe(0);
      const check = (await running().as('erin').get(`/api/reviews/checks/${id}`)).body.checks.find(
        (c: { code: string }) => c.code === 'family',
      );
      expect(check.evidence.filter((e: { on: string | null }) => e.on)).toHaveLength(1);
      const [may] = await running().sql<{ may: boolean }>(
        `SELECT has_table_privilege('concordat_reviews', 'reviews.family_contact', 'UPDATE')
             OR has_table_privilege('concordat_reviews', 'reviews.family_person', 'DELETE') AS may`,
      );
      expect(may?.may).toBe(false);
    });

    it('a family that asked for time is sent and shown nothing, unless they come themselves', async () => {
      const id = await decided();
      await done(id, 'panel', { role: 'chair', seat: 'chair', userId: person('gwen') });
      await done(id, 'family/people', { ...sister, reach: 'advocate' });
      await done(id, 'pauses', {
        ...{ reason: 'family', askedBy: 'Her advocate', agreedBy: 'The chair', from: ago(5), reviewOn: ago(-15) },
      });
      const log = (await running().as('jo').get(`${REVIEWS}/${id}/family`)).body;
      expect(log).toMatchObject({ timeUntil: ago(-15), people: [{ reach: 'advocate' }] });
      const spoken = (more: object) =>
        take(id, 'family/contacts', { ...contact, personId: log.people[0].id, said: 'x', ...more });
      const refused = async (more: object) => (await spoken(more)).body.errors[0];
      const despite = 'She was in danger';
      expect(await refused({})).toMatchObject({ field: 'on', code: 'paused' });
      expect(await refused({ topic: 'reading', change: 'x', despite })).toMatchObject({
        field: 'topic',
        code: 'paused',
      });
      expect(await refused({ on: ago(6) })).toMatchObject({ field: 'channel', code: 'advocate-only' });
      expect((await spoken({ begunBy: 'family' })).status).toBe(200);
      expect((await spoken({ topic: 'other', despite })).status).toBe(200);
      expect(await lastAct('review.keep-family-contact')).toMatchObject({ reasons: ['family.against-their-wish'] });
      const notice = { code: 'family', how: 'Letter', receipt: 'R-1' };
      expect((await take(id, 'notices', { ...notice, sentOn: ago(2) })).body.errors[0]).toMatchObject({
        ...{ field: 'sentOn', code: 'paused', message: expect.stringContaining('or enter why they were not told') },
      });
      await done(id, 'notices', { code: 'family', reason: 'They had asked for time' });
      // Those who look on know that it was so, and not why.
      const { document } = await seen(id);
      expect(document.family.map((c: { against?: boolean }) => c.against ?? false)).toEqual([false, true]);
      expect(JSON.stringify(document)).not.toContain(despite);
    });
  });
}
