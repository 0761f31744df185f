import { newId } from '@concordat/contracts';
import { addDays } from '@concordat/clocks';
import type { TestApp } from '@concordat/testing';
import { ago, deskOf, org, person, REVIEWS, TODAY } from '../reviews/desk.testing';
import { lifeOf } from '../reviews/life.testing';
import { heavyPdf } from './heavy-pdf.testing';

/** Who is protected, files before they leave and what is published, with the acts that they leave, on the app that the context's own tests have started. */
export function releaseTests(running: () => TestApp): void {
  describe('what leaves a review', () => {
    const { seen, lastAct, take, done, step, registered } = deskOf(running);
    const view = async (id: string, username = 'jo') =>
      (await running().as(username).get(`${REVIEWS}/${id}/release`)).body;
    const uploaded = async (id: string, text: string | Uint8Array, username = 'jo') => {
      const answer = await fetch(`${running().url}${REVIEWS}/${id}/release/uploads`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await running().tokenFor(username)}`,
          ...{ 'content-type': 'application/octet-stream', 'idempotency-key': newId() },
        },
        body: typeof text === 'string' ? Buffer.from(text) : Buffer.from(text),
      });
      return { status: answer.status, body: (await answer.json()) as { id: string; errors?: { code: string }[] } };
    };
    const file = async (id: string, text: string, artefact = 'overview-report', name = 'report.txt') => {
      const { body } = await uploaded(id, text);
      await done(id, 'release/files', { uploadId: body.id, artefact, name });
      return body.id;
    };
    const mapped = (id: string, more: object = {}) =>
      done(id, 'release/people', {
        ...{ pseudonym: 'Alice', chosenBy: 'Her sister', why: 'A name that she liked' },
        identifiers: [
          { kind: 'full-name', value: 'Mira Kestle' },
          { kind: 'surname', value: 'Kestle' },
          { kind: 'death-date', value: '2025-02-03' },
        ],
        ...more,
      });
    const chaired = async (id: string) => {
      await done(id, 'panel', { role: 'chair', seat: 'chair', userId: person('gwen') });
      await done(id, 'panel', { role: 'member', seat: 'council', userId: person('amina') });
    };
    const lacks = async (id: string, to: string, code: string): Promise<string | undefined> =>
      (await seen(id)).ways
        .find((w: { to: string }) => w.to === to)
        .missing.find((m: { code: string }) => m.code === code)?.text;
    const { lead, ready } = lifeOf(running);

    it('is looked through up to 25 MB, pictures and all, and refused by one byte more; what is too heavy for whom is told', async () => {
      const id = await registered();
      await mapped(id);
      const most = 25 * 1024 * 1024;
      const padded = (bytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.4\n')], bytes);
      expect((await uploaded(id, padded(most))).status).toBe(201);
      expect((await uploaded(id, padded(most + 1))).body.errors?.[0]).toMatchObject({ code: 'too-large' });
      const report = await uploaded(id, heavyPdf('The report about Mira Kestle', 24 * 1024 * 1024));
      await done(id, 'release/files', { uploadId: report.body.id, artefact: 'overview-report', name: 'report.pdf' });
      const { files, weights } = await view(id);
      expect(files[0].scan.hits.map((h: { text: string }) => h.text)).toEqual(['Mira Kestle']);
      expect(files[0].scan.warnings).toMatchObject([{ kind: 'picture', where: 'page 1' }]);
      expect(weights).toEqual([{ to: 'Home Office', force: 'unverified', megabytes: 20 }]);
    });

    it('is held while it identifies somebody, and is released by a second person and never by whoever brought it', async () => {
      const id = await registered();
      await chaired(id);
      await lead(id, 'SIGN_OFF');
      expect(await lacks(id, 'CENTRAL_QA', 'released')).toMatch(/nobody is in the map.*overview-report is not in it/);
      expect((await take(id, 'release/people', { pseudonym: 'Kestle', chosenBy: 'x', why: 'x' })).body.code).toBe(
        'pseudonym.nothing-known',
      );
      await mapped(id);
      expect(await lastAct('review.map-person')).toMatchObject({ items: ['full-name', 'surname', 'death-date'] });

      expect((await uploaded(id, new Uint8Array([1, 2, 3]))).body.errors?.[0]).toMatchObject({ code: 'not-taken' });
      expect(await lastAct('release-file.upload')).toMatchObject({ outcome: 'done' });
      expect(
        (await take(id, 'release/files', { uploadId: newId(), artefact: 'summary', name: 'a' })).body.errors[0],
      ).toMatchObject({
        code: 'upload.unknown',
      });
      const report = await file(id, 'Alice, that is Mira Kestle, died on 3 February 2025. Chaired by Gwen Harding.');
      expect(await lastAct('release-file.scan')).toMatchObject({
        ...{ objects: expect.arrayContaining([{ t: 'release-file', id: report }]) },
        items: ['overview-report', 'full-name', 'death-date'],
      });
      const [held] = (await view(id)).files;
      expect(held).toMatchObject({ state: 'scanned', current: true, scan: { exempted: [{ name: 'Gwen Harding' }] } });
      expect(held.scan.hits.map((h: { text: string }) => h.text)).toEqual(['Mira Kestle', '3 February 2025']);

      // A member of the panel does not see who is who; the chair does, by the database as well.
      expect((await running().as('amina').get(`${REVIEWS}/${id}/release`)).body).toMatchObject({
        ...{ code: 'review.forbidden', reasons: ['review.not-drafting'] },
      });
      expect((await running().as('viktor').get(`${REVIEWS}/${id}/release`)).status).toBe(404);
      expect(await lastAct('review.view-release')).toMatchObject({ outcome: 'denied' });
      expect((await view(id, 'gwen')).people).toHaveLength(1);

      const at = `release/files/${report}`;
      const [name, day] = held.open as [string, string];
      const clear = (key: string, username: string) =>
        take(id, `${at}/clearings`, { key, reason: 'Of another matter' }, username);
      expect((await clear(name, 'jo')).body.code).toBe('release-file.own');
      expect((await take(id, `${at}/release`, { looked: true }, 'gwen')).body.code).toBe('release-file.held');
      expect((await take(id, `${at}/clearings`, { key: name, reason: ' ' }, 'gwen')).body.errors[0].field).toBe(
        'reason',
      );
      for (const key of [name, day]) expect((await clear(key, 'gwen')).status).toBe(200);
      expect(await lastAct('release-file.clear-hit')).toMatchObject({ actor: person('gwen'), items: ['death-date'] });
      expect((await clear(name, 'gwen')).body.errors[0]).toMatchObject({ code: 'not-in-list' });
      expect((await take(id, `${at}/release`, { looked: true })).body.code).toBe('release-file.own');
      expect((await take(id, `${at}/release`, { looked: false }, 'gwen')).body.errors[0].field).toBe('looked');
      expect((await take(id, `${at}/release`, { looked: true }, 'gwen')).status).toBe(200);
      expect(await lastAct('release-file.release')).toMatchObject({ outcome: 'done', actor: person('gwen') });
      expect(await lacks(id, 'CENTRAL_QA', 'released')).not.toContain('overview-report');

      // Somebody else is protected: every file is looked through again.
      await mapped(id, { pseudonym: 'Bryn', identifiers: [{ kind: 'forename', value: 'Chaired' }] });
      expect(await lacks(id, 'CENTRAL_QA', 'released')).toContain('overview-report was scanned before');
      expect((await take(id, `${at}/release`, { looked: true }, 'gwen')).body.code).toBe('release-file.stale');
      await done(id, `${at}/scans`, {});
      const [again] = (await view(id)).files;
      expect([again.state, again.open.length, again.scan.hits.length]).toEqual(['scanned', 1, 3]);
      await done(id, `${at}/withdrawal`, { reason: 'A better one comes' });
      expect(await lastAct('release-file.withdraw')).toMatchObject({ outcome: 'done' });
      expect((await take(id, `${at}/release`, { looked: true }, 'gwen')).status).toBe(404);
      expect(await lacks(id, 'CENTRAL_QA', 'released')).toContain('overview-report is not in it');
      const opened = await running().as('gwen').get(`${REVIEWS}/${id}/${at}/content`);
      expect(opened.status).toBe(200);
      expect(await lastAct('release-file.open')).toMatchObject({ items: ['overview-report'] });
      const [event] = await running().sql<{ n: string }>(
        `SELECT count(*) AS n FROM reviews.outbox WHERE convert_from(body, 'UTF8') LIKE '%Kestle%'`,
      );
      expect(Number(event!.n)).toBe(0);
      await expect(
        running().sql(
          `INSERT INTO reviews.release_verdict SELECT id, 1, by_id, now() FROM reviews.release_file WHERE id = $1`,
          [report],
        ),
      ).rejects.toThrow('somebody else must look');
    });

    it('is said to be taken in by another before it is joined, and neither takes in the other', async () => {
      const [id, other] = [await registered(), await registered()];
      await lead(id, 'SET_UP');
      const { reference } = await seen(other);
      const link = (more: object, from = id) =>
        take(from, 'links', { relation: 'joinedTo', note: 'One chair for both', ...more });
      expect(await lacks(id, 'JOINED', 'joined-to')).toContain('it is not said which');
      for (const more of [{}, { reference, outside: 'x' }, { reference: 'SR-1999-0001' }])
        expect((await link(more)).body.errors[0]).toMatchObject({ field: 'reference' });
      expect((await link({ reference: (await seen(id)).reference })).body.errors[0].code).toBe('review.unknown');
      expect((await link({ reference: reference.toLowerCase() })).status).toBe(200);
      expect(await lastAct('review.link')).toMatchObject({
        ...{ outcome: 'done', items: ['joinedTo'], objects: expect.arrayContaining([{ t: 'review', id: other }]) },
      });
      expect(await lacks(id, 'JOINED', 'joined-to')).toBeUndefined();
      expect((await link({ reference })).body.code).toBe('review.linked-already');
      expect((await link({ reference: (await seen(id)).reference }, other)).body.code).toBe('review.joined-circle');
      expect((await link({ relation: 'alongside', outside: 'An adults review of Eastvale' })).status).toBe(200);
      expect((await seen(other)).linkedFrom).toMatchObject([{ id, relation: 'joinedTo' }]);
    });

    it('answers each point of the quality letter, is decided on with reasons, and shows anybody what was released', async () => {
      const id = await registered();
      await chaired(id);
      await lead(id, 'SIGN_OFF');
      const submission = { sentOn: TODAY, how: 'Secure mail', receipt: 'QA-7' };
      expect((await take(id, 'submissions', submission)).body.code).toBe('submission.package-open');
      await mapped(id);
      for (const artefact of ['overview-report', 'summary', 'action-plan', 'data-form']) {
        const released = await file(id, `The ${artefact} about Alice`, artefact);
        expect((await take(id, `release/files/${released}/release`, { looked: true }, 'gwen')).status).toBe(200);
      }
      expect(await lacks(id, 'CENTRAL_QA', 'released')).toBeUndefined();
      await lead(id, 'CENTRAL_QA');
      expect(await lacks(id, 'REVISION', 'letter-changes')).toContain('there is no letter');
      expect(await lacks(id, 'REVISION', 'submitted')).toContain('nothing was sent');
      expect((await take(id, 'submissions', { ...submission, sentOn: addDays(TODAY, 1) })).body.errors[0].field).toBe(
        'sentOn',
      );
      await done(id, 'submissions', submission);
      const submitted = await lastAct('review.keep-submission');
      expect(submitted?.items).toEqual(['submission.1']);
      expect(submitted?.objects.filter((o) => o.t === 'release-file')).toHaveLength(4);
      expect(await lacks(id, 'REVISION', 'submitted')).toBeUndefined();
      const letter = {
        receivedOn: TODAY,
        verdict: 'publishAfterChanges',
        points: ['Explain the delay', 'Name no street'],
      };
      expect((await take(id, 'quality-letters', { ...letter, points: [] })).body.errors[0].field).toBe('points');
      await done(id, 'quality-letters', letter);
      expect(await lastAct('review.keep-quality-letter')).toMatchObject({ items: ['letter.1', 'publishAfterChanges'] });
      expect(await lacks(id, 'PUBLICATION_DECISION', 'letter-publish')).toContain('says otherwise');
      expect((await step(id, 'REVISION')).status).toBe(200);
      expect(await lacks(id, 'PUBLICATION_DECISION', 'qa-done')).toContain('point 1, 2 of letter 1');
      const answer = { letter: 1, response: 'As asked' };
      const refused = async (more: object) =>
        (await take(id, 'quality-answers', { ...answer, ...more })).body.errors[0];
      expect(await refused({ point: 1, done: true })).toMatchObject({ field: 'location' });
      expect(await refused({ point: 1, done: false })).toMatchObject({ field: 'reason' });
      expect(await refused({ point: 3, done: false, reason: 'x' })).toMatchObject({ field: 'point' });
      await done(id, 'quality-answers', { ...answer, point: 1, done: true, location: 'Paragraph 12' });
      await done(id, 'quality-answers', { ...answer, point: 2, done: false, reason: 'There is none' });
      expect(await lastAct('review.answer-quality-point')).toMatchObject({ items: ['letter.1.point.2', 'not-done'] });
      expect(await lacks(id, 'PUBLICATION_DECISION', 'qa-done')).toBeUndefined();

      expect(await lacks(id, 'PUBLICATION_DECISION', 'answered')).toBeUndefined();
      expect((await step(id, 'PUBLICATION_DECISION')).status).toBe(200);
      const decision = { decision: 'withheld', reasons: ['family-wishes'], decider: 'The chair', decidedOn: TODAY };
      expect(
        (await take(id, 'publication-decisions', decision)).body.errors.map((e: { field: string }) => e.field),
      ).toEqual(['reasons', 'text', 'reviewOn', 'heldBack', 'learning']);
      await done(id, 'publication-decisions', {
        ...{ ...decision, reasons: ['safety'], text: 'A child', heldBack: 'All of it', learning: 'Ask alone' },
        reviewOn: addDays(TODAY, 90),
      });
      expect(await lacks(id, 'PUBLISHED', 'publication-decided')).toContain('withheld');
      expect(await lacks(id, 'WITHHELD', 'withholding-decided')).toBeUndefined();
      await done(id, 'publication-decisions', { ...decision, decision: 'full', reasons: [] });
      expect(await lastAct('review.decide-publication')).toMatchObject({ items: ['full'] });
      expect(await lacks(id, 'PUBLISHED', 'copies')).toMatch(
        /Home Office.*Domestic Abuse Commissioner has had no copy/,
      );
      expect((await take(id, 'copies', { code: 'nobody', sentOn: TODAY, receipt: 'x' })).body.errors[0].field).toBe(
        'code',
      );
      const register = async (what: string, username = 'jo') =>
        (await running().as(username).get(`/api/reviews/registers/${what}`)).body;
      const copiesOf = async (query = '') =>
        (await register(`copies${query}`)).items
          .filter((c: { id: string }) => c.id === id)
          .map((c: { code: string; standing: string; days: number | null }) => [c.code, c.standing, c.days]);
      expect(await copiesOf('?only=open')).toEqual([
        ...[
          // Owed since its report was complete.
          ['commissioner', 'to-send', 40],
          ['home-office', 'to-send', 0],
        ],
      ]);
      for (const code of ['home-office', 'commissioner'])
        await done(id, 'copies', { code, sentOn: ago(1), how: 'Secure mail', receipt: 'R-1', acknowledgeBy: ago(1) });
      expect(await lastAct('review.keep-central-copy')).toMatchObject({ items: ['commissioner'] });
      expect(await lacks(id, 'PUBLISHED', 'copies')).toBeUndefined();
      const acknowledged = { copy: 2, on: TODAY, reference: 'DAC-1' };
      for (const [more, field] of [
        [{ copy: 3 }, 'copy'],
        [{ on: ago(2) }, 'on'],
        [{ on: addDays(TODAY, 1) }, 'on'],
      ] as const)
        expect((await take(id, 'copies/acknowledgements', { ...acknowledged, ...more })).body.errors[0].field).toBe(
          field,
        );
      await done(id, 'copies/acknowledgements', acknowledged);
      expect(await lastAct('review.acknowledge-copy')).toMatchObject({ outcome: 'done', items: ['commissioner'] });
      expect(await copiesOf('?only=unanswered')).toEqual([['home-office', 'unanswered', 1]]);
      expect(await copiesOf('?only=acknowledged')).toEqual([['commissioner', 'acknowledged', null]]);
      expect((await seen(id)).document.facts).toContainEqual(
        expect.objectContaining({ code: 'commissioner-copy', date: ago(1) }),
      );
      expect((await register('copies?only=colour')).code).toBe('request.invalid');
      expect((await register('copies', 'hana')).items).toEqual([]);
      expect((await register('publications?decision=full&only=to-publish')).items).toContainEqual(
        expect.objectContaining({ id, decision: 'full', decisions: 2, toPublish: true, shown: null }),
      );

      const words = { title: 'Review into the death of “Alice”', learning: 'Ask everybody when they are alone' };
      expect((await take(id, 'publications', words)).body.code).toBe('publication.not-open');
      await ready(id, 'PUBLISHED');
      expect((await step(id, 'PUBLISHED')).status).toBe(200);
      // A family that asks for time has it: what is decided waits, until they are ready.
      const asked = { reason: 'family', askedBy: 'Her sister', agreedBy: 'The chair', from: ago(1) };
      await done(id, 'pauses', { ...asked, reviewOn: ago(-20) });
      expect((await take(id, 'publications', words)).body.code).toBe('publication.family-time');
      const [{ id: pause }] = (await seen(id)).document.pauses;
      await done(id, `pauses/${pause}/end`, { on: ago(0), ending: 'ready' });
      expect((await take(id, 'publications', { ...words, title: 'Mira Kestle' })).body.errors[0]).toMatchObject({
        ...{ field: 'title', code: 'identifies' },
      });
      const anybody = async (path = '') => fetch(`${running().url}/api/reviews/published-reviews${path}`);
      await done(id, 'publications', words);
      expect(await lastAct('review.publish')).toMatchObject({ outcome: 'done', items: ['full'] });
      expect((await seen(id)).document.facts).toContainEqual(
        expect.objectContaining({ code: 'publication', date: TODAY }),
      );
      const { publications } = (await (await anybody()).json()) as {
        publications: { id: string; title: string; name: string; files: { artefact: string }[] }[];
      };
      expect(await lastAct('publication.show')).toMatchObject({ outcome: 'done' });
      expect(publications).toMatchObject([{ title: words.title, whole: true, ownerOrg: org('northbank-council') }]);
      expect(publications[0]!.files.map((f) => f.artefact)).toEqual(['overview-report', 'summary', 'action-plan']);
      expect((await register('publications/export?only=shown')).items).toMatchObject([
        { id, decision: 'full', toPublish: false, shown: { id: publications[0]!.id, edition: 1, whole: true } },
      ]);
      expect(await lastAct('review.export-register')).toMatchObject({
        ...{ outcome: 'done', actor: person('jo'), objects: [{ t: 'review', id }] },
      });
      expect((await register('publications/export', 'gwen')).code).toBe('review.forbidden');
      const got = await anybody(`/${publications[0]!.id}/files/1`);
      expect([await got.text(), got.headers.get('content-disposition')]).toEqual([
        'The overview-report about Alice',
        'attachment; filename="overview-report-1.txt"',
      ]);
      expect(await lastAct('publication.open')).toMatchObject({ items: ['overview-report'] });
      for (const path of ['/x/files/1', `/${newId()}/files/1`, `/${publications[0]!.id}/files/4`])
        expect((await anybody(path)).status).toBe(404);
    });
  });
}
