import type { TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ago, deskOf, org, person, TODAY } from './desk.testing';

const BOARD = '/api/reviews/board';
const CHECKS = '/api/reviews/checks';
type Listed = { id: string };

/** The board and auditors' checks over HTTP, on the app that the context's own tests have started. */
export function oversightTests(running: () => TestApp): void {
  describe('oversight', () => {
    const { lastAct, done, registered, seen, take } = deskOf(running);

    it('shows on the board what its reader may see, filtered, and puts on record what is taken out', async () => {
      const id = await registered();
      await done(id, 'pauses', {
        ...{ reason: 'criminal', askedBy: 'The officer', agreedBy: 'The chair', from: ago(20), reviewOn: ago(1) },
      });
      const jo = running().as('jo');
      const all = (await jo.get(`${BOARD}?only=look-again&kind=domestic-homicide-review`)).body;
      expect(all.items.map((r: Listed) => r.id)).toContain(id);
      expect(all.items[0]).toMatchObject({ stateTitle: 'Referred', duty: { code: 'DHR-1', force: 'unverified' } });
      expect((await lastAct('review.list'))?.objects).toContainEqual(expect.objectContaining({ t: 'review', id }));
      expect((await jo.get(`${BOARD}?sort=colour`)).status).toBe(422);
      expect((await running().as('gwen').get(BOARD)).body.items.map((r: Listed) => r.id)).not.toContain(id);
      expect((await running().as('gwen').get(`${BOARD}/export`)).status).toBe(403);
      expect((await jo.get(`${BOARD}/export?only=look-again`)).body.items.map((r: Listed) => r.id)).toContain(id);
      expect(await lastAct('review.export-board')).toMatchObject({ outcome: 'done', actor: person('jo') });
    });

    it('has on its board, in its registers and in its checks every review, a page at a time', async () => {
      const [id, jo] = [await registered(), running().as('jo')];
      const total = async () => (await jo.get('/api/reviews/registers/copies')).body;
      const board = async (asked: string) => (await jo.get(`${BOARD}${asked}`)).body;
      const checks = async (page: number) => (await jo.get(`${CHECKS}?page=${page}`)).body;
      const [before, onBoard, checked] = [await total(), (await board('')).total, (await checks(1)).total];
      const reference = `reference LIKE 'SR-1999-%'`;
      await running().sql(
        `INSERT INTO reviews.review SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),
           'reference', 'SR-1999-' || n, 'changed_at', now() + interval '1 day'))).* FROM reviews.review r, generate_series(1, 501) n WHERE r.id = $1`,
        [id],
      );
      const after = await total();
      // Two central bodies are to have a copy of each.
      expect(after.total).toBe(before.total + 2 * 501);
      const last = (await jo.get(`/api/reviews/registers/copies?page=${after.pages}`)).body;
      expect([last.items.length > 0, last.page]).toEqual([true, after.pages]);

      // Sorted by what the database has, by what is computed as of today, and narrowed by either: the same reviews, each once.
      const references = ({ items }: { items: { reference: string }[] }) => items.map(({ reference }) => reference);
      for (const asked of ['', '?sort=reference', '?sort=-state', '?only=overdue', '?sort=-missing&state=REFERRED']) {
        const and = asked === '' ? '?' : `${asked}&`;
        const whole = references(await board(`/export${asked}`));
        const { total: counted, pages } = await board(asked);
        expect([asked, counted, new Set(whole).size, pages]).toEqual([
          ...[asked, whole.length, whole.length, Math.ceil(whole.length / 25)],
        ]);
        expect(whole.filter((r) => r.startsWith('SR-1999-'))).toHaveLength(501);
        for (const page of [2, pages])
          expect(references(await board(`${and}page=${page}`))).toEqual(whole.slice((page - 1) * 25, page * 25));
      }
      expect([(await board('')).total, (await board('?sort=reference')).total]).toEqual([onBoard + 501, onBoard + 501]);
      expect(references(await board('?sort=reference'))[0]).toBe('SR-1999-1');
      expect((await board(`?page=${after.pages + 100}`)).items).toEqual([]);
      expect((await lastAct('review.list'))?.objects).toEqual([]);

      const sheet = await checks(21);
      expect([sheet.total, sheet.items.length]).toEqual([checked + 501, Math.min(25, checked + 501 - 500)]);
      expect(references(await checks(1)).every((r) => r.startsWith('SR-1999-'))).toBe(true);
      await running().sql(`DELETE FROM reviews.review WHERE ${reference}`);
      expect((await total()).total).toBe(before.total);
    });

    it('tests every kind with an answer to each question, keeps it, and confirms what wanted it', async () => {
      const id = await registered();
      const jo = running().as('jo');
      const { questions } = (await jo.get('/api/reviews/kinds/checklist')).body as { questions: Listed[] };
      const answers = questions.map((q) => ({
        ...{ question: q.id, answer: q.id.startsWith('domestic-homicide-review.') ? 'yes' : 'no' },
      }));
      const refused = await take(id, 'kind-tests', { nation: 'england', answers: answers.slice(1) });
      expect(refused.body.errors).toMatchObject([{ field: questions[0]!.id, code: 'required' }]);
      await done(id, 'kind-tests', { nation: 'england', answers });
      const { document } = await seen(id);
      const found = (code: string) => document.kindTests[0].findings.find((f: { code: string }) => f.code === code);
      expect(found('domestic-homicide-review')).toMatchObject({ verdict: 'candidate', toCome: ['DVCVA_s8A'] });
      expect(found('offensive-weapons-homicide-review')).toMatchObject({ verdict: 'not-met' });
      expect(document.confirmations).toEqual([]);
      expect((await seen(id)).ways[0].missing.map((m: { code: string }) => m.code)).not.toContain('tested');
      expect((await lastAct('review.test-kinds'))?.items).toContain('domestic-homicide-review@9:candidate');
      const asked = answers.map((a) => `${a.question}:${a.answer}`).join(',');
      const tried = await jo.get(`/api/reviews/kinds/checklist/findings?nation=england&answers=${asked}`);
      expect(tried.body.findings).toEqual(document.kindTests[0].findings);
      expect(await lastAct('review-kind.test')).toMatchObject({ outcome: 'done' });
      expect((await jo.get('/api/reviews/kinds/checklist/findings?nation=england')).status).toBe(422);
    });

    it('moves on to the version of its kind that is in force, approved, on record, and to no other', async () => {
      const id = await registered();
      const approved = {
        approver: 'Chair of the partnership',
        approvedOn: TODAY,
        reason: 'It may be published after all',
      };
      const move = (more = {}) => take(id, 'kind', { version: 9, ...approved, ...more });
      expect((await move()).body.code).toBe('review.kind-not-later');
      const published = parse(readFileSync('packs/england-wales/review-kinds/published.yaml', 'utf8')) as {
        kinds: { code: string; version: number; digest: string }[];
      };
      const was = published.kinds.find((k) => k.code === 'domestic-homicide-review' && k.version === 7)!;
      // As one that began before: pinned to the version of that time.
      await running().sql(
        `INSERT INTO reviews.kind_pin SELECT code, $1::int, $2, definition, pinned_at FROM reviews.kind_pin WHERE code = $3 AND version = 9`,
        [was.version, was.digest, was.code],
      );
      await running().sql(`UPDATE reviews.review SET kind_version = $1, kind_digest = $2 WHERE id = $3`, [
        ...[was.version, was.digest, id],
      ]);
      expect(await seen(id)).toMatchObject({ kind: { version: 7 }, laterKind: 9 });
      expect((await move({ version: 10 })).body.code).toBe('review.kind-not-later');
      expect((await move({ approvedOn: ago(-1) })).body.errors).toMatchObject([{ field: 'approvedOn' }]);
      expect((await take(id, 'kind', { version: 9, ...approved }, 'erin')).status).toBe(404);
      await done(id, 'kind', { version: 9, ...approved });
      const after = await seen(id);
      expect(after).toMatchObject({ kind: { version: 9 }, laterKind: null, state: 'REFERRED' });
      expect(after.document.kindMoves).toMatchObject([{ from: 7, to: 9, ...approved, by: person('jo') }]);
      expect(after.history.at(-1)).toMatchObject({ what: 'kind-moved' });
      expect(await lastAct('review.move-kind')).toMatchObject({
        ...{ outcome: 'done', items: ['domestic-homicide-review@7', 'domestic-homicide-review@9'] },
      });
    });

    it('shows auditors of its agency the checks of a review, without a word that anybody wrote', async () => {
      const id = await registered();
      await done(id, 'confirmations', { guard: 'fact-check', evidence: 'SecretEvidence' });
      await done(id, 'panel', { role: 'chair', seat: 'chair', userId: person('gwen') });
      const erin = running().as('erin');
      const { body } = await erin.get(`${CHECKS}/${id}`);
      expect(body).toMatchObject({ id, ownerOrg: org('northbank-council') });
      const told = (code: string) => body.checks.find((c: { code: string }) => c.code === code);
      expect(told('history')).toMatchObject({ result: 'met' });
      expect(told('independence').evidence[1].text).toContain('has not declared independence');
      expect(JSON.stringify(body)).not.toMatch(/SecretEvidence|A death at home/);
      expect(await lastAct('review.audit')).toMatchObject({ actor: person('erin'), objects: [{ t: 'review', id }] });
      const listed = (await erin.get(CHECKS)).body.items.find((r: Listed) => r.id === id);
      expect(listed.counts['not-yet']).toBeGreaterThan(0);
      // Nothing else of it: an auditor opens no review.
      expect((await erin.get(`/api/reviews/reviews/${id}`)).status).toBe(404);
      expect((await running().as('jo').get(`${CHECKS}/${id}`)).status).toBe(200);
      for (const username of ['gwen', 'amina'])
        expect((await running().as(username).get(`${CHECKS}/${id}`)).status).toBe(404);
      await running().sql(`UPDATE reviews.member SET active = false WHERE user_id = $1`, [person('erin')]);
      expect((await erin.get(`${CHECKS}/${id}`)).status).not.toBe(200);
      await running().sql(`UPDATE reviews.member SET active = true WHERE user_id = $1`, [person('erin')]);
      // The database itself leaves the words out.
      const [row] = await running().sql<{ prosrc: string }>(
        `SELECT prosrc FROM pg_proc WHERE proname = 'audited_reviews'`,
      );
      expect(row?.prosrc).not.toMatch(/'rationale'|'minute'|'statement'|'receipt'/);
    });
  });
}
