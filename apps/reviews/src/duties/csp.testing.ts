import { addMonths } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, person, REVIEWS } from '../reviews/desk.testing';

/** Duties of the partnership, and what central bodies ask, over HTTP on the app that the context's own tests have started. */
export function cspTests(running: () => TestApp): void {
  describe('what the partnership owes', () => {
    const { lastAct, take, done, registered } = deskOf(running);

    it('is a register of duties, each due again from the day on which it was done', async () => {
      const at = '/api/reviews/partnership-duties';
      const jo = running().as('jo');
      const plan = async (username = 'jo') =>
        (await running().as(username).get(at)).body.items.find((d: { code: string }) => d.code === 'partnership-plan');
      expect(await plan()).toMatchObject({ force: 'law', clock: { status: 'unanchored' }, missing: [] });
      const copy = { code: 'police-and-crime-commissioner', sentOn: ago(390), receipt: 'PCC-1' };
      expect((await jo.post(`${at}/partnership-plan/copies`, copy)).body.code).toBe('partnership-duty.never-done');
      const record = (more: object = {}) =>
        jo.post(`${at}/partnership-plan/records`, {
          ...{ doneOn: ago(400), title: 'Plan', kept: 'On the site', approvedBy: 'The board' },
          ...{ parts: [{ code: 'delivery', text: 'By groups' }], ...more },
        });
      const fields = async (more: object) =>
        (await record(more)).body.errors.map((e: { field: string }) => e.field) as string[];
      expect(await fields({ doneOn: ago(-1), parts: [{ code: 'no-such', text: 'x' }] })).toEqual([
        ...['doneOn', 'parts.0.code'],
      ]);
      expect((await record()).body).toMatchObject({ version: 1, dueOn: addMonths(ago(400), 12) });
      expect(await lastAct('partnership-duty.record')).toMatchObject({ outcome: 'done', items: ['partnership-plan'] });
      const [event] = await running().sql<{ body: string }>(
        `SELECT convert_from(body, 'UTF8') AS body FROM reviews.outbox WHERE convert_from(body, 'UTF8') LIKE '%partnership-duty-done%'`,
      );
      expect(event!.body).toContain(`"dueOn":"${addMonths(ago(400), 12)}"`);
      expect(await plan()).toMatchObject({
        clock: { status: 'overdue' },
        missing: [
          ...['Nothing is said of: Resources', 'Nothing is said of: Measures'],
          'No copy: Police and crime commissioner',
        ],
      });
      expect((await jo.post(`${at}/partnership-plan/copies`, { ...copy, sentOn: ago(401) })).body.errors[0].field).toBe(
        'sentOn',
      );
      expect((await jo.post(`${at}/partnership-plan/copies`, copy)).status).toBe(200);
      expect(await lastAct('partnership-duty.send-copy')).toMatchObject({ items: ['partnership-plan', copy.code] });
      expect((await record({ doneOn: ago(2) })).status).toBe(200);
      // A new one wants a copy of its own; auditors of the agency see it, and nobody else does.
      expect((await plan('erin')).missing.at(-1)).toBe('No copy: Police and crime commissioner');
      expect((await plan('erin')).clock.status).toBe('running');
      expect(await lastAct('partnership-duty.list')).toMatchObject({ actor: person('erin') });
      for (const username of ['amina', 'gwen']) expect((await running().as(username).get(at)).status).toBe(403);
      expect((await jo.post(`${at}/no-such/records`, {})).status).toBe(404);
    });

    it('has what the Home Office asks of a review answered once, with what is missing, and taken out as a table', async () => {
      const id = await registered();
      await done(id, 'members', { userId: person('amina'), seat: 'Council' });
      const answer = (group: string, ordinal: number, answers: Record<string, string>) =>
        take(id, 'data', {
          ...{ group, ordinal },
          answers: Object.entries(answers).map(([code, value]) => ({ code, value })),
        });
      const problems = async (...given: Parameters<typeof answer>) =>
        (await answer(...given)).body.errors.map((e: { field: string }) => e.field) as string[];
      expect(await problems('incident', 1, { partner: 'perhaps', death: '2026-03-02', 'no-such': 'x' })).toEqual([
        ...['answers.partner', 'answers.death', 'answers.no-such'],
      ]);
      expect(await problems('victim', 2, { age: '20-24' })).toEqual(['group']);
      expect((await answer('incident', 1, { partner: 'not-known', familial: 'yes', death: '2026-03' })).status).toBe(
        200,
      );
      expect(await lastAct('review.keep-data')).toMatchObject({ items: ['home-office@1', 'incident'] });
      expect((await answer('victim', 1, { age: '20-24', sex: 'female', pregnancy: ' ' })).status).toBe(200);
      expect((await answer('victim', 1, { age: '25-34', sex: 'female' })).status).toBe(200);
      const view = (await running().as('jo').get(`${REVIEWS}/${id}/data`)).body;
      expect(await lastAct('review.view-data')).toMatchObject({ outcome: 'done' });
      const open = (group: string) => view.missing.find((m: { group: string }) => m.group === group).fields as string[];
      expect(open('incident')).not.toContain('By a present or past partner');
      expect(open('victim')).toContain('Was pregnant, or had been within a year');
      expect(open('perpetrator')).toContain('Verdict');
      const { rows } = (await running().as('jo').get(`${REVIEWS}/${id}/data/export`)).body;
      const of = (title: string) => rows[1][rows[0].indexOf(title)];
      expect([rows.length, of('By a present or past partner'), of('Age band'), of('Stalking')]).toEqual([
        ...[2, 'not-known', '25-34', ''],
      ]);
      expect(await lastAct('review.export-data')).toMatchObject({ outcome: 'done', actor: person('jo') });
      // Named to see the review is not enough, and the wall of the database says the same.
      expect((await running().as('amina').get(`${REVIEWS}/${id}/data`)).status).toBe(403);
      const sar = { kind: 'safeguarding-adults-review' };
      const other = await registered(sar);
      expect((await running().as('jo').get(`${REVIEWS}/${other}/data`)).body.code).toBe('review-data.not-asked');
    });
  });
}
