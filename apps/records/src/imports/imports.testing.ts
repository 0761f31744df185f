import { eventually, type TestApp } from '@concordat/testing';
import { problemsOf } from '../handed.testing';
import { opened, org, staff, type PeersStandIn } from '../opened.testing';
import { ImportsRunner } from './imports.runner';

type Row = {
  number: number;
  reference: string;
  state: string;
  code: string | null;
  entryId: string;
  problems: object[];
};
type Problems = { field: string; code: string }[];
type Report = { version: number; state: string; counts: Record<string, number>; items: Row[] };

/** What is asked of imports, of an application that other tests of the chronology have started. */
export function describeImports(started: () => { app: TestApp; referrals: PeersStandIn }): void {
  const HEAD = 'record,case,starts,ends,about,category,fact,comment,thirdParty,sensitive,author,recordedOn';
  const aCase = async () => {
    const { app, referrals } = started();
    const { caseId, subject } = await opened(app, referrals);
    const { reference } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body as { reference: string };
    return { caseId, subject, reference };
  };
  const check = (who: string, content: string, format = 'csv') =>
    started().app.as(who).post('/api/records/imports', { format, content });
  const view = async (who: string, id: string) =>
    (await started().app.as(who).get(`/api/records/imports/${id}`)).body as Report;
  const start = (who: string, id: string, version = 1) =>
    started().app.as(who).post(`/api/records/imports/${id}/start`, {}, { version });
  const ended = (who: string, id: string) =>
    eventually(
      async () => {
        const report = await view(who, id);
        return report.state === 'done' && report;
      },
      { timeoutMs: 20_000 },
    );
  const brought = async (content: string, format = 'csv') => {
    const { status, body } = await check('amina', content, format);
    expect([status, body.status]).toEqual([201, 'checked']);
    expect((await start('amina', body.id)).status).toBe(202);
    return { id: body.id as string, ...(await ended('amina', body.id)) };
  };
  const entries = async (caseId: string) =>
    (await started().app.as('amina').get(`/api/records/cases/${caseId}/chronology`)).body.items as object[];
  const acts = async (id: string, action: string) =>
    (await started().app.acts('records')).filter((a) => a.action === action && a.objects.some((o) => o.id === id));

  describe('brought in from another system', () => {
    it('tells a long file a hundred rows at a time, those that are wrong apart', async () => {
      const { reference } = await aCase();
      const rows = Array.from({ length: 205 }, (_, i) => {
        const category = i % 2 === 0 ? 'contact' : 'gossip';
        return `p${i},${reference},2019-03,,,${category},Rang the duty desk.,,no,no,,`;
      });
      const { body } = await check('amina', [HEAD, ...rows].join('\n'));
      const page = async (query: string) =>
        (await started().app.as('amina').get(`/api/records/imports/${body.id}?${query}`)).body as Report & {
          page: number;
          pages: number;
        };
      const numbers = async (query: string) => {
        const { items, page: n, pages } = await page(query);
        return [items.length, items[0]?.number, items.at(-1)?.number, n, pages];
      };
      expect(await numbers('')).toEqual([100, 2, 101, 1, 3]);
      expect(await numbers('page=3')).toEqual([5, 202, 206, 3, 3]);
      expect(await numbers('page=4')).toEqual([0, undefined, undefined, 4, 3]);
      const wrong = await page('only=wrong&page=2');
      expect([wrong.items.length, wrong.pages, new Set(wrong.items.map((r) => r.state))]).toEqual([
        2,
        2,
        new Set(['wrong']),
      ]);
      expect(wrong.counts).toMatchObject({ ready: 103, wrong: 102 });
      for (const query of ['page=0', 'only=ready'])
        expect((await started().app.as('amina').get(`/api/records/imports/${body.id}?${query}`)).status).toBe(422);
    });

    it('a dry run names what is wrong by row and column, repeats nothing of it, and adds nothing', async () => {
      const { caseId, reference } = await aCase();
      const { reference: other, caseId: hidden } = await aCase();
      const { app } = started();
      await app.sql('UPDATE records.participation SET until = now() WHERE case_id = $1', [hidden]);
      const rows = [
        `1,${reference},2019-03,2019-04,yes,contact,Rang the duty desk.,,no,no,Former worker,2019-04-02`,
        `2,C-0,2019-02-30,,,gossip,Zebra,,maybe,,,`,
        `3,${other},2019,,,contact,Rang again.,,,,,`,
        `1,${reference},2090,,,contact,,,,,,2090-01-01`,
      ];
      const { status, body } = await check('amina', [HEAD, ...rows].join('\n'));
      expect(status).toBe(201);
      const report = await view('amina', body.id);
      expect(report).toMatchObject({ state: 'checked', counts: { ready: 1, wrong: 3, added: 0 } });
      const found = report.items.map((r) => [r.number, r.state, problemsOf({ errors: r.problems as never }).sort()]);
      expect(found).toEqual([
        [2, 'ready', []],
        [3, 'wrong', ['case case.unknown', 'starts not-a-date', 'thirdParty is-boolean']],
        [4, 'wrong', ['case case.unknown']], // one that is closed to her, as one that is not there
        [5, 'wrong', ['fact required', 'record import.repeated']],
      ]);
      expect(JSON.stringify(report)).not.toMatch(/Zebra|gossip|Former worker/);
      expect(await entries(caseId)).toEqual([]);
      const refused = await start('amina', body.id);
      expect([refused.status, refused.body.code]).toEqual([422, 'import.has-errors']);
      expect((await acts(body.id, 'import.check'))[0]).toMatchObject({ actor: staff('amina'), outcome: 'done' });
      expect(await acts(body.id, 'import.start')).toEqual([expect.objectContaining({ outcome: 'failed' })]);
      expect((await acts(body.id, 'import.view')).length).toBeGreaterThan(0);
    });

    it('keeps original dates and authors, in the name of whoever starts it; the same file twice changes nothing', async () => {
      const [one, two] = [await aCase(), await aCase()];
      const row = (record: string, of: { reference: string }) =>
        `${record},${of.reference},2019-03,,yes,contact,"Rang, and ""left"".",He sounded drunk.,no,yes,Former worker,2019-04-02`;
      const content = [HEAD, row('0042', one), row('0042', two), row('0043', two)].join('\r\n');
      const first = await brought(content);
      expect(first.counts).toMatchObject({ added: 3, unchanged: 0, refused: 0, ready: 0 });
      expect(await entries(one.caseId)).toEqual([
        expect.objectContaining({
          ...{ starts: '2019-03', about: true, category: 'contact', fact: 'Rang, and "left".', sensitive: true },
          ...{ comment: 'He sounded drunk.', sourceRef: '0042', orgId: org('northbank-council'), by: staff('amina') },
          original: { author: 'Former worker', recordedOn: '2019-04-02' },
        }),
      ]);
      const added = await acts(first.id, 'chronology.import');
      expect(added.map((a) => [a.actor, a.outcome])).toEqual(Array(3).fill([staff('amina'), 'done']));
      expect(added.some((a) => a.subjects.includes(one.subject))).toBe(true);
      expect((await acts(first.id, 'import.advance')).length).toBeGreaterThan(0);
      const { app } = started();
      const kept = await app.sql('SELECT 1 FROM records.import_row WHERE content IS NOT NULL AND import_id = $1', [
        first.id,
      ]);
      expect(kept).toEqual([]);

      const told = () =>
        app.sql('SELECT count(*)::int AS n FROM records.outbox WHERE stream_id = ANY ($1)', [[one.caseId, two.caseId]]);
      const before = [await told(), await entries(two.caseId)];
      expect((await brought(content)).counts).toMatchObject({ added: 0, unchanged: 3, refused: 0 });
      expect([await told(), await entries(two.caseId)]).toEqual(before);

      // A correction keeps who wrote it down first, and the file is then known to have said it as it was.
      const { items } = await view('amina', first.id);
      const at = `/api/records/cases/${one.caseId}/chronology/${items[0]!.entryId}`;
      const correction = { starts: '2019-03', category: 'contact', fact: 'Rang.', reason: 'Misheard' };
      expect((await app.as('amina').post(`${at}/corrections`, correction, { version: 1 })).status).toBe(200);
      expect((await app.as('amina').get(at)).body).toMatchObject({
        original: { author: 'Former worker' },
        fact: 'Rang.',
      });
      expect((await brought(content)).counts).toMatchObject({ added: 0, unchanged: 3 });
      const otherwise = await brought(content.replace('drunk', 'tired'));
      expect(otherwise.counts).toMatchObject({ added: 0, unchanged: 2, refused: 1 });
      expect(otherwise.items[0]).toMatchObject({ state: 'refused', code: 'import.already-otherwise' });
    });

    it('corrects an entry as a corrected file says, when whoever starts it says so: what it said before stays, and what was changed here', async () => {
      const { app } = started();
      const { caseId, reference } = await aCase();
      const file = (fact: string, comment: string, author = 'Former worker') =>
        `${HEAD}\n0042,${reference},2019-03,,,contact,${fact},${comment},,,${author},2019-04-02`;
      const { items } = await brought(file('Rang.', 'He sounded drunk.'));
      const at = `/api/records/cases/${caseId}/chronology/${items[0]!.entryId}`;
      const told = ({ state, code, problems }: Row) => [state, code, problemsOf({ errors: problems as Problems })];
      const corrected = async (content: string, corrections = true) => {
        const { body } = await check('amina', content);
        const dry = await view('amina', body.id);
        const begun = await app
          .as('amina')
          .post(`/api/records/imports/${body.id}/start`, { corrections }, { version: 1 });
        expect(begun.status).toBe(202);
        return { id: body.id as string, dry, done: (await ended('amina', body.id)).items[0]! };
      };
      const wrote = await corrected(file('Wrote.', 'He sounded drunk.', 'A. Former Worker'));
      expect(wrote.dry).toMatchObject({ otherwise: 1 });
      const differs = ['fact import.differs', 'author import.differs'];
      expect(told(wrote.dry.items[0]!)).toEqual(['ready', 'import.already-otherwise', differs]);
      expect(told(wrote.done)).toEqual(['corrected', 'import.corrected', differs]);
      const entry = (await app.as('amina').get(at)).body;
      expect(entry).toMatchObject({ fact: 'Wrote.', version: 2, original: { author: 'A. Former Worker' } });
      expect(entry.versions).toEqual([
        expect.objectContaining({ version: 2, what: 'corrected' }),
        expect.objectContaining({ version: 1, fact: 'Rang.' }),
      ]);
      expect(await acts(wrote.id, 'chronology.correct')).toMatchObject([
        { actor: staff('amina'), outcome: 'done', items: ['fact', 'author'] },
      ]);
      // The same once more changes nothing.
      expect((await brought(file('Wrote.', 'He sounded drunk.', 'A. Former Worker'))).counts).toMatchObject({
        unchanged: 1,
      });
      // What was corrected here since is not undone by a file that says something else of it; of another part it may.
      const here = {
        starts: '2019-03',
        category: 'contact',
        fact: 'Wrote.',
        comment: 'He was tired.',
        sourceRef: '0042',
      };
      expect(
        (await app.as('amina').post(`${at}/corrections`, { ...here, reason: 'Asked him' }, { version: 2 })).status,
      ).toBe(200);
      const refused = await corrected(file('Wrote.', 'He was ill.', 'A. Former Worker'));
      expect(told(refused.done)).toEqual(['refused', 'import.changed-here', ['comment import.differs']]);
      const other = await corrected(file('Called.', 'He sounded drunk.', 'A. Former Worker'));
      expect(other.done.state).toBe('corrected');
      expect((await app.as('amina').get(at)).body).toMatchObject({ fact: 'Called.', comment: 'He was tired.' });
    });

    it('lists the files that somebody has checked a page at a time', async () => {
      const { app } = started();
      const { reference } = await aCase();
      for (const n of [1, 2])
        await check('amina', `record,case,starts,category,fact\n${n},${reference},2019,contact,x`);
      const page = async (n: number) => (await app.as('amina').get(`/api/records/imports?limit=1&page=${n}`)).body;
      const [first, second] = [await page(1), await page(2)];
      expect([first.items.length, second.items.length, first.page, second.page]).toEqual([1, 1, 1, 2]);
      expect(first.items[0].id).not.toBe(second.items[0].id);
      expect(first.pages).toBeGreaterThan(1);
      expect((await page(first.pages + 1)).items).toEqual([]);
      expect((await app.as('amina').get('/api/records/imports?limit=500')).status).toBe(422);
    });

    it('goes on where it stopped: what was added before a crash and not noted is not added again', async () => {
      const { caseId, reference } = await aCase();
      const rows = Array.from({ length: 25 }, (_, i) => ({
        ...{ record: String(i), case: reference, starts: '2019', category: 'contact', fact: `Call ${i}` },
      }));
      const { app } = started();
      const { body } = await check('amina', JSON.stringify(rows), 'json');
      // As a crash after the third row leaves it: three are there, none is noted, and nobody is at it any more.
      await app.sql('CREATE TABLE records.kept_rows AS SELECT * FROM records.import_row WHERE import_id = $1', [
        body.id,
      ]);
      await start('amina', body.id);
      const done = await ended('amina', body.id);
      expect(done.counts).toMatchObject({ added: 25 });
      const beyond = done.items.slice(3).map((r) => r.entryId);
      await app.sql('DELETE FROM records.chronology_entry WHERE id = ANY ($1)', [beyond]);
      const replies = done.items.slice(3).map((r) => `${body.id}-${r.number}`);
      const forgotten = await app.sql('DELETE FROM records.idempotency WHERE key = ANY ($1) RETURNING 1', [replies]);
      expect(forgotten).toHaveLength(22);
      await app.sql(
        `UPDATE records.import_row r SET state = 'ready', content = k.content FROM records.kept_rows k
          WHERE r.import_id = k.import_id AND r.row_number = k.row_number`,
      );
      await app.sql(`UPDATE records.import_work SET state = 'running', claimed_until = NULL WHERE id = $1`, [body.id]);
      await app.sql('DROP TABLE records.kept_rows');
      await app.running.app
        .get(ImportsRunner, { strict: false })
        .job({ payload: { id: body.id, version: 2 } } as never);
      const again = await view('amina', body.id);
      expect([again.state, again.counts]).toEqual(['done', expect.objectContaining({ added: 25, ready: 0 })]);
      expect((await entries(caseId)).length).toBe(25);
      const of = [body.id, 'chronology.import'] as const;
      expect(await acts(...of)).toHaveLength(25 + 22);
    });

    it('is for safeguarding leads, each their own; by the rights that they have while it runs', async () => {
      const { reference, caseId } = await aCase();
      const file = `record,case,starts,category,fact\n1,${reference},2019,contact,Rang.`;
      for (const who of ['tomas', 'hana']) expect((await check(who, file)).status).toBe(403);
      const { body } = await check('amina', file);
      expect((await started().app.as('petra').get(`/api/records/imports/${body.id}`)).status).toBe(404);
      expect((await started().app.as('amina').get('/api/records/imports')).body.items[0].id).toBe(body.id);
      expect((await start('amina', body.id, 7)).status).toBe(409);
      const { app } = started();
      await app.sql("UPDATE records.participation SET level = 'reader' WHERE case_id = $1 AND level = 'lead'", [
        caseId,
      ]);
      await start('amina', body.id);
      expect(await ended('amina', body.id)).toMatchObject({ counts: { added: 0, refused: 1 } });
      expect(await acts(body.id, 'chronology.import')).toEqual([expect.objectContaining({ outcome: 'denied' })]);
      expect(await entries(caseId)).toEqual([]);
      expect((await start('amina', body.id, 2)).body).toMatchObject({ status: 409, code: 'import.not-checked' });
    });

    it('what was read and is not started is forgotten after a day', async () => {
      const { reference } = await aCase();
      const { body } = await check('amina', `record,case,starts,category,fact\n1,${reference},2019,contact,Rang.`);
      const { app } = started();
      await app.sql("UPDATE records.import_work SET made_at = made_at - interval '25 hours' WHERE id = $1", [body.id]);
      await app.running.app.get(ImportsRunner, { strict: false }).sweep();
      expect((await view('amina', body.id)).state).toBe('lapsed');
      expect((await start('amina', body.id, 2)).status).toBe(409);
      expect(
        await app.sql('SELECT 1 FROM records.import_row WHERE import_id = $1 AND content IS NOT NULL', [body.id]),
      ).toEqual([]);
    });

    it('is records of Social Care Data, each with what is wrong with it; those that are no entries are left out and said so', async () => {
      const { caseId, reference } = await aCase();
      const id = (value: string, system = 'https://example.org/Id') => ({ value, system });
      const about = (nhs: string) => [{ person: id(nhs, 'https://fhir.nhs.uk/Id/nhs-number'), involvement: 'SBJ' }];
      const event = {
        ...{ '@type': 'LifeEvent', identifier: [id('L-1')], type: ['missing-person'], location: ['Town centre'] },
        ...{
          subjectPerson: [{ person: id('P-9'), involvement: 'SBJ' }],
          timeInformation: { startDateTime: '2026-05-31T23:30:00Z' },
        },
      };
      const episode = {
        ...{
          '@type': 'ServiceEpisode',
          identifier: [id('E-1')],
          type: ['early-help'],
          subjectPerson: event.subjectPerson,
        },
        ...{ timeInformation: [{ startDateTime: '2026-03-01T00:00:00', endDateTime: '2026-04-01T00:00:00' }] },
        ...{ location: ['Family centre'], relatedService: [id('S')], episodeOutcome: 'continuation' },
        finding: [{ text: ['Settled.'], measurement: [{ value: '12', unit: 'pct', type: 'Attendance' }] }],
      };
      const service = {
        ...{ '@type': 'Service', identifier: [id('S')], name: 'Front door', type: ['social-care'] },
        ...{ contact: [{ email: ['desk@example.org'] }], costFrequency: 'none' },
      };
      const file = (...graph: object[]) => JSON.stringify({ '@graph': graph });
      const checkRecords = (content: string, of: string | undefined = reference) =>
        started().app.as('amina').post('/api/records/imports', { format: 'mais', content, case: of });
      const wrong = await checkRecords(
        file(
          event,
          { ...episode, episodeOutcome: 'gone' },
          { ...event, timeInformation: undefined },
          { ...event, subjectPerson: about('9990000018') },
          { '@type': 'Person' },
        ),
      );
      const report = await view('amina', wrong.body.id as string);
      expect(
        report.items.map((row) => [row.number, row.state, ...problemsOf({ errors: row.problems as Problems })]),
      ).toEqual([
        [1, 'ready'],
        [2, 'wrong', 'episodeOutcome record.code-unknown'],
        [3, 'wrong', 'timeInformation required'],
        [4, 'wrong', 'record import.repeated', 'subjectPerson record.subject-unknown'],
        [5, 'wrong', '@type record.type-unknown'],
      ]);
      expect((await start('amina', wrong.body.id as string)).body.code).toBe('import.has-errors');
      expect(problemsOf((await checkRecords('{')).body)).toEqual(['content record.not-json']);
      const caseless = await started().app.as('amina').post('/api/records/imports', { format: 'mais', content: '{}' });
      expect([...new Set(problemsOf(caseless.body).map((p) => p.split(' ')[0]))]).toEqual(['case']);
      const elsewhere = await view('amina', (await checkRecords(file(event), 'C-NONE')).body.id as string);
      expect(elsewhere.items.map(({ problems }) => problemsOf({ errors: problems as Problems }))).toEqual([
        ['case case.unknown'],
      ]);

      const { body } = await checkRecords(file(event, episode, service));
      expect((await start('amina', body.id as string)).status).toBe(202);
      const done = await ended('amina', body.id as string);
      expect(done.items.map(({ state, code }) => [state, code])).toEqual([
        ['added', null],
        ['added', null],
        ['refused', 'import.no-entry'],
      ]);
      expect(await entries(caseId)).toMatchObject([
        {
          ...{ starts: '2026-03-01', ends: '2026-04-01', category: 'service' },
          fact: 'Episode: early-help\nAt: Family centre\nOutcome: continuation\nFound: Attendance: 12 pct\nFound: Settled.',
        },
        // Half past eleven in Greenwich is the next day in London's summer.
        { starts: '2026-06-01', category: 'incident', fact: 'Life event: missing-person\nAt: Town centre' },
      ]);
      const again = await checkRecords(file(event, episode));
      expect((await start('amina', again.body.id as string)).status).toBe(202);
      expect((await ended('amina', again.body.id as string)).counts).toMatchObject({ unchanged: 2, added: 0 });
    });

    it('and given to another: by the agency that leads the case alone, once it is decided, and counted what is not in it', async () => {
      const { app, referrals } = started();
      const { caseId, subject } = await aCase();
      const record = (username: string, fact: string) =>
        app
          .as(username)
          .post(`/api/records/cases/${caseId}/chronology`, { starts: '2026-03-01', category: 'referral', fact });
      for (const username of ['amina', 'hana']) expect((await record(username, 'Referred.')).status).toBe(201);
      const sharing = { purpose: 'safeguarding-adult', consent: { answer: 'given' } };
      const give = (username: string, more: object = {}) =>
        app
          .as(username)
          .post(`/api/records/cases/${caseId}/records`, { toOrg: org('eastvale-nhs'), ...sharing, ...more });
      referrals.questions.length = 0;
      const { status, body } = await give('amina');
      expect([status, body['@graph']]).toEqual([
        200,
        [expect.objectContaining({ '@type': 'LifeEvent', type: ['referral'] })],
      ]);
      expect(body['concordat:notSaid']).toEqual({ episode: 1, whatEventsSay: 1, entriesOfOtherAgencies: 1 });
      expect(JSON.stringify(body)).not.toMatch(/Ashgrove|Referred/);
      expect(referrals.questions).toMatchObject([
        {
          kind: 'DISCLOSE',
          sender: org('northbank-council'),
          recipients: [org('eastvale-nhs')],
          items: expect.arrayContaining(['HISTORY']),
        },
      ]);
      const given = async () => acts(caseId, 'case.give-records');
      expect(await given()).toMatchObject([
        { outcome: 'done', items: ['mais'], subjects: expect.arrayContaining([subject]) },
      ]);
      expect((await give('hana')).status).toBe(403);
      expect(problemsOf((await give('amina', { toOrg: org('northbank-council') })).body)).toEqual([
        'toOrg organisation.unknown',
      ]);
      referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'] };
      const refused = await give('amina');
      referrals.refuses = null;
      expect([refused.status, refused.body.reasons]).toEqual([403, ['AGREEMENT_EXPIRED']]);
      expect((await given()).map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['done', 'denied']));
    });
  });
}
