import type { TestApp } from '@concordat/testing';
import { ago, deskOf, org, person, REVIEWS } from '../reviews/desk.testing';

/** Letters, appeals and the end of keeping over HTTP, on the app that the context's own tests have started. */
export function answersTests(running: () => TestApp): void {
  describe('whoever asks for an ASB case review', () => {
    const { seen, lastAct, take, done, step, confirm, scoped } = deskOf(running);
    const letter = (about: string, more: object = {}) => ({
      ...{
        about,
        to: 'Ms Tenant',
        decided: 'A plan was agreed',
        why: 'It goes on',
        contact: 'The team, 01632 960 001',
      },
      ...more,
    });
    const went = async (id: string, to: string) =>
      expect([to, (await step(id, to, { reason: 'As the appeal asks' })).body.reasons]).toEqual([to, undefined]);
    /** Held, with a plan that is agreed. */
    const planned = async (): Promise<string> => {
      const { body } = await running()
        .as('jo')
        .post(REVIEWS, {
          ...{ kind: 'northbank-asb-case-review', about: 'Noise and threats', notifier: 'The applicant' },
          dates: [{ code: 'application', date: ago(60) }],
        });
      const id = body.id as string;
      await done(id, 'panel', { role: 'chair', seat: 'chair', userId: person('gwen') });
      await done(id, 'members', { userId: person('amina'), seat: 'Who decides appeals' });
      await done(id, 'dates', { code: 'acknowledged', date: ago(58) });
      await went(id, 'ACKNOWLEDGED');
      await confirm(id, 'shared');
      for (const to of ['SHARED', 'RETURNS']) await went(id, to);
      await scoped(id);
      await done(id, 'decisions', {
        ...{ outcome: 'MET_DISCRETIONARY', legalBasis: 'ASBCPA_s104', decider: 'The bodies', deciderRole: 'Panel' },
        ...{ decidedOn: ago(50), rationale: 'As the ledger shows', conflicts: 'None' },
        criteria: ['qualifying-complaints', 'persistence', 'harm', 'response'].map((code) => ({
          ...{ code, answer: 'no', evidence: 'The ledger' },
        })),
        consulted: [{ code: 'relevant-bodies', view: 'All agree' }],
      });
      await went(id, 'THRESHOLD');
      await done(id, 'notices', { code: 'applicant', sentOn: ago(49), receipt: 'Letter 1' });
      await confirm(id, 'victim-invited');
      await went(id, 'PANEL');
      await done(id, 'dates', { code: 'panel', date: ago(30) });
      await went(id, 'PLAN');
      await confirm(id, 'plan-agreed');
      await went(id, 'OUTCOME');
      return id;
    };
    /** Written by Jo, released by Gwen, sent. Its id. */
    const written = async (id: string, about: string): Promise<string> => {
      await done(id, 'letters', letter(about));
      const last = (await seen(id)).document.outcomeLetters.at(-1).id as string;
      await done(id, `release/files/${last}/release`, { looked: true }, 'gwen');
      await done(id, `letters/${last}/sending`, { sentOn: ago(0), how: 'Post', receipt: 'P-1' });
      return last;
    };

    it('has a letter that a second person released, and an appeal that somebody else decides', async () => {
      const id = await planned();
      await done(id, 'release/people', {
        ...{ pseudonym: 'A neighbour', chosenBy: 'Jo', why: 'Nobody else is named' },
        identifiers: [{ kind: 'full-name', value: 'Odo Brack' }],
      });
      expect((await step(id, 'MONITORED')).body.reasons).toEqual(['outcome-told']);
      expect((await take(id, 'letters', letter('outcome', { to: ' ' }))).body.errors[0].field).toBe('to');
      expect((await take(id, 'letters', letter('outcome'))).body.code).toBe('letter.nothing-to-tell');
      await done(id, 'dates', { code: 'outcome', date: ago(20) });

      await done(id, 'letters', letter('outcome', { why: 'Odo Brack was warned', next: 'A visit each week' }));
      expect(await lastAct('review.write-letter')).toMatchObject({ items: ['letters', 'full-name'] });
      const good = (await seen(id)).document.outcomeLetters[0].id as string;
      const sending = (sentOn: string) => take(id, `letters/${good}/sending`, { sentOn, how: 'Post', receipt: 'P-2' });
      const release = (username: string) => take(id, `release/files/${good}/release`, { looked: true }, username);
      expect((await release('gwen')).body.code).toBe('release-file.held');
      expect((await sending(ago(0))).body.code).toBe('letter.not-released');
      const { files } = (await running().as('gwen').get(`${REVIEWS}/${id}/release`)).body;
      await done(
        id,
        `release/files/${good}/clearings`,
        { key: files[0].open[0], reason: 'He told her himself' },
        'gwen',
      );
      expect((await release('jo')).body.code).toBe('release-file.own');
      expect((await release('gwen')).status).toBe(200);
      const at = `${REVIEWS}/${id}/letters/${good}`;
      const paper = (await running().as('gwen').get(at)).body;
      expect(paper).toMatchObject({ title: 'Outcome of your ASB case review', to: 'Ms Tenant', released: true });
      expect(paper.parts.map((p: { heading: string }) => p.heading)).toContain('If you do not agree');
      expect(await lastAct('review.view-letter')).toMatchObject({ actor: person('gwen'), items: ['outcome'] });
      expect((await running().as('amina').get(at)).status).toBe(403);
      const pdf = await running().as('jo').get(`${REVIEWS}/${id}/release/files/${good}/content`);
      expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect((await sending(ago(1))).body.errors[0]).toMatchObject({ field: 'sentOn', code: 'too-early' });
      expect((await sending(ago(0))).status).toBe(200);
      expect(await lastAct('review.send-letter')).toMatchObject({ outcome: 'done', items: ['outcome'] });
      expect((await sending(ago(0))).body.code).toBe('letter.sent-already');
      await went(id, 'MONITORED');

      const appeal = { against: 'outcome', receivedOn: ago(0), grounds: 'Nobody came' };
      expect((await take(id, 'appeals', { ...appeal, receivedOn: ago(9) })).body.errors[0].code).toBe('too-early');
      await done(id, 'appeals', appeal);
      expect(await lastAct('review.keep-appeal')).toMatchObject({ items: ['appeal.1', 'outcome'] });
      expect((await take(id, 'appeals', appeal)).body.code).toBe('appeal.open');
      const deciding = (username: string, result = 'upheld') => {
        const body = {
          result,
          decidedOn: ago(0),
          role: 'Head of housing',
          independence: 'Not involved',
          reasons: 'So',
        };
        return take(id, 'appeal-decisions', body, username);
      };
      expect((await deciding('amina')).body.code).toBe('appeal.not-taken-up');
      await went(id, 'APPEAL');
      for (const username of ['jo', 'gwen']) expect((await deciding(username)).body.code).toBe('appeal.own');
      expect((await deciding('amina', 'won')).body.errors[0].field).toBe('result');
      expect((await deciding('amina')).status).toBe(200);
      expect(await lastAct('review.decide-appeal')).toMatchObject({
        actor: person('amina'),
        items: ['appeal.1', 'upheld'],
      });
      expect((await step(id, 'CLOSED', { reason: 'x' })).body.reasons).toEqual(['appeal-settled', 'appeal-told']);
      expect((await step(id, 'PLAN', { reason: 'x' })).body.reasons).toEqual(['appeal-told']);
      await written(id, 'appeal');
      await went(id, 'PLAN');
      expect((await seen(id)).appeals).toMatchObject([{ decision: { result: 'upheld' }, clock: { status: 'met' } }]);
      const [events] = await running().sql<{ n: string }>(
        `SELECT count(*) AS n FROM reviews.outbox WHERE convert_from(body, 'UTF8') ~ 'Tenant|Brack|Nobody came'`,
      );
      expect(Number(events!.n)).toBe(0);
    });

    it('has what they sent erased once the rule of the pack says that it need not be kept', async () => {
      const at = '/api/reviews/asb-applications';
      const jo = running().as('jo');
      const { body } = await jo.post(at, {
        ...{ appliesFor: 'self', name: 'A lodger', contact: '01632 960 002', about: 'Shouting', complaints: [] },
      });
      const id = body.id as string;
      const erase = (version: number, username = 'jo') =>
        running().as(username).post(`${at}/${id}/erasure`, {}, { version });
      expect((await erase(1)).status).toBe(404);
      await jo.post(`${at}/${id}/set-aside`, { reason: 'Told twice by A lodger' }, { version: 1 });
      expect((await erase(2)).body.code).toBe('asb-application.kept');
      const listed = async () =>
        (await jo.get(`${at}/kept?limit=100`)).body.items.find((i: { id: string }) => i.id === id);
      expect(await listed()).toMatchObject({ due: false, erasedAt: null });
      // As if it had been set aside long ago.
      await running().sql(`UPDATE reviews.asb_application SET settled_at = now() - interval '400 days' WHERE id = $1`, [
        id,
      ]);
      expect(await listed()).toMatchObject({ due: true });
      expect(await lastAct('asb-application.list-kept')).toMatchObject({ outcome: 'done' });
      expect((await erase(2, 'gwen')).status).toBe(404);
      expect((await erase(2)).status).toBe(200);
      expect(await lastAct('asb-application.erase')).toMatchObject({ outcome: 'done', rule: 'asb-application@1' });
      expect((await erase(3)).body.code).toBe('asb-application.erased');
      const [row] = await running().sql('SELECT document, set_aside FROM reviews.asb_application WHERE id = $1', [id]);
      expect(row).toEqual({ document: {}, set_aside: '' });
      const [other] = await running().sql<{ id: string }>(
        'SELECT id FROM reviews.asb_application WHERE owner_org = $1 AND erased_at IS NULL LIMIT 1',
        [org('northbank-council')],
      );
      await expect(
        running().sql(`UPDATE reviews.asb_application SET document = '{"about":"Other"}' WHERE id = $1`, [other!.id]),
      ).rejects.toThrow('not changed');
    });
  });
}
