import { addDays, civilDate } from '@concordat/clocks';
import { type TestApp } from '@concordat/testing';
import { problemsOf } from '../handed.testing';
import { opened, org, staff, type PeersStandIn } from '../opened.testing';
import { Calculating } from '../retention/calculating';
import { Erasing } from '../retention/erasing';
import { Searching } from '../search/searched.testing';
import { bringing, CASES, PEOPLE } from './brought.testing';
import { ImportsRunner } from './imports.runner';

const NORTHBANK = 'ffaa4d18-4a4f-4a12-9a4e-3f2e0f8a5f01';

/** What is asked of cases and people that are brought in. */
export function describeBringingIn(started: () => { app: TestApp; referrals: PeersStandIn }): void {
  const {
    app,
    system,
    check,
    view,
    reached,
    checked,
    start,
    brought,
    told,
    acts,
    events,
    caseOf,
    oneCase,
    matches,
    decide,
  } = bringing(started);

  describe('cases and people of another system', () => {
    it('a dry run of cases tells what is wrong by column and code, repeats nothing, and adds nothing', async () => {
      const source = system();
      const before = [await events(), (await app().sql('SELECT 1 FROM records.case_file')).length];
      const rows = [
        'CW-1,domestic-abuse,2019-03,2020,,R. Vale,2019-03-04,,,',
        'CW-2,gossip,2019-02-30,2018,,,2090-01-01,,,terrible',
        'CW-1,domestic-abuse,2090,,,,,,,',
        'CW-3,domestic-abuse,2019-03-02,2019-02,,,,,,',
      ];
      const { body } = await check('cases', source, [CASES, ...rows].join('\n'));
      expect(told(await view(body.id as string))).toEqual([
        [2, 'ready', null, []],
        [3, 'wrong', null, ['opened not-a-date', 'staffRisk not-in-list']],
        [4, 'wrong', null, ['opened date.in-future', 'record import.repeated']],
        [5, 'wrong', null, ['closed date.before-start']],
      ]);
      expect(JSON.stringify(await view(body.id as string))).not.toMatch(/gossip|terrible|Vale/);
      expect((await start(await view(body.id as string))).body.code).toBe('import.has-errors');
      expect([await events(), (await app().sql('SELECT 1 FROM records.case_file')).length]).toEqual(before);
      const csv = `${CASES}\n${rows[0]}`;
      const refused = async (more: object) => problemsOf((await check('cases', source, csv, more)).body);
      expect(await refused({ source: undefined })).toEqual(['source required']);
      expect(await refused({ source: 'Old System!' })).toEqual(['source wrong-form']);
      expect(await refused({ areaId: NORTHBANK })).toEqual(['areaId area.unknown']);
      expect((await check('cases', source, csv, {}, 'hana')).status).toBe(403);
    });

    it('keeps original dates, reference and author; agencies that it names take no part; a second run changes nothing', async () => {
      const source = system();
      const row =
        'CW-7/19,domestic-abuse,2019-03,2020-11-30,2020-12,R. Vale,2019-03-04,Harbour Housing; Eastvale NHS,Text first,known';
      const first = await brought('cases', source, `${CASES}\n${row}`);
      expect(told(first)).toEqual([[2, 'added', null, []]]);
      const caseId = first.items[0]!.caseId!;
      const { body } = await caseOf(caseId);
      expect(body).toMatchObject({
        ...{
          status: 'closed',
          kind: 'domestic-abuse',
          referralId: null,
          leadOrg: org('northbank-council'),
          people: [],
        },
        broughtIn: {
          ...{ source, record: 'CW-7/19', orgId: org('northbank-council') },
          said: {
            opened: '2019-03',
            closed: '2020-11-30',
            author: 'R. Vale',
            agencies: 'Harbour Housing; Eastvale NHS',
          },
        },
        keyFacts: { safeContact: { notes: 'Text first' }, staffRisk: { level: 'known' } },
        participants: [expect.objectContaining({ orgId: org('northbank-council'), level: 'lead', to: null })],
      });
      for (const other of ['hana', 'bevan', 'farid']) expect((await caseOf(caseId, other)).status).toBe(404);
      const published = await app().sql<{ body: string }>(
        `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version`,
        [caseId],
      );
      expect(published.map((e) => JSON.parse(e.body) as { type: string; data: object })).toEqual([
        expect.objectContaining({
          type: 'records.case-brought-in.v1',
          data: expect.objectContaining({ caseId, openedOn: '2019-03', closed: true, kind: 'domestic-abuse' }),
        }),
        expect.objectContaining({ type: 'records.case-access-changed.v1' }),
      ]);
      expect(published[0]!.body).not.toMatch(/Vale|CW-7|Harbour/);
      expect(await acts(first.id, 'case.bring-in')).toEqual([
        expect.objectContaining({ actor: staff('amina'), outcome: 'done' }),
      ]);
      const searching = new Searching(app());
      expect(await searching.why('amina', 'cw-7/19', caseId)).toEqual(['reference.elsewhere']);
      expect(await searching.why('hana', 'CW-7/19', caseId)).toBeNull();

      const before = await events();
      expect(told(await brought('cases', source, `${CASES}\n${row}`))).toEqual([[2, 'unchanged', null, []]]);
      expect(await events()).toBe(before);
      // A corrected file adds what is new and tells what differs; what is there stands.
      const corrected = [CASES, row.replace('2020-11-30', '2020-11-29'), 'CW-8,domestic-abuse,2021,,,,,,,'].join('\n');
      const dry = await checked('cases', source, corrected);
      const differs = [2, 'ready', 'import.already-otherwise', ['closed import.differs']];
      expect(told(dry)).toEqual([differs, [3, 'ready', null, []]]);
      await start(dry);
      expect(told(await reached(dry.id, 'done'))).toEqual([
        [2, 'refused', 'import.already-otherwise', ['closed import.differs']],
        [3, 'added', null, []],
      ]);
      expect((await caseOf(caseId)).body.broughtIn.said.closed).toBe('2020-11-30');
    });

    it('people are validated as at intake and join their cases; somebody in two cases is one person; chronologies follow', async () => {
      const source = system();
      const [one, two] = [await oneCase(source, 'CW-1'), await oneCase(source, 'CW-2')];
      const wrong = [
        'P-1,CW-1,subject,Ottilie,Fernsby,1980-13,female,home | 1 Test Row | NOWHERE,999 000 0001,,',
        'P-2,CW-404,boss,,,,,,,,',
      ];
      const { body } = await check('people', source, [PEOPLE, ...wrong].join('\n'));
      expect(
        told(await view(body.id as string)).map(([n, state, , problems]) => [n, state, (problems as string[]).sort()]),
      ).toEqual([
        [2, 'wrong', ['addresses wrong-form', 'born not-a-date', 'nhsNumber not-an-nhs-number']],
        [3, 'wrong', ['case case.unknown', 'role not-in-list']],
      ]);
      const rows = [
        'P-1,CW-1,subject,Ottilie,Fernsby,1980-02,female,home | 1 Test Row | ZZ99 3ZZ | 2019; previous | 2 Test Row | ZZ99 4ZZ,999 123 4500,Tilly | Fernsby | nickname,R. Vale',
        'P-1,CW-2,witness,Ottilie,Fernsby,1980-02,female,home | 1 Test Row | ZZ99 3ZZ | 2019; previous | 2 Test Row | ZZ99 4ZZ,999 123 4500,Tilly | Fernsby | nickname,R. Vale',
      ];
      const content = [PEOPLE, ...rows].join('\n');
      const done = await brought('people', source, content);
      expect(told(done)).toEqual([
        [2, 'added', null, []],
        [3, 'added', null, []],
      ]);
      const [first, second] = done.items.map((r) => r.entryId);
      expect(first).toBe(second);
      const person = (await app().as('amina').get(`/api/records/people/${first}`)).body;
      expect(person.content ?? person).toMatchObject({
        name: { given: 'Ottilie', source: { orgId: org('northbank-council') } },
        aliases: [{ given: 'Tilly', kind: 'nickname' }],
        datesOfBirth: [{ value: '1980-02' }],
        identifiers: [{ kind: 'nhs-number', value: '9991234500' }],
        addresses: [{ kind: 'home', postcode: 'ZZ99 3ZZ', from: '2019' }, { kind: 'previous' }],
      });
      expect((await caseOf(one)).body).toMatchObject({
        subjectName: 'Ottilie Fernsby',
        people: [{ id: first, roles: ['subject'] }],
      });
      expect((await caseOf(two)).body.people).toEqual([expect.objectContaining({ id: first, roles: ['witness'] })]);
      expect(await acts(done.id, 'person.bring-in')).toHaveLength(2);
      const before = await events();
      expect((await brought('people', source, content)).counts).toMatchObject({ unchanged: 2, added: 0 });
      expect(await events()).toBe(before);
      const otherwise = await checked('people', source, content.replace('1980-02', '1980-03'));
      expect(told(otherwise)[0]).toEqual([2, 'ready', 'import.already-otherwise', ['born import.differs']]);
      expect(await new Searching(app()).why('amina', 'p-1', first!)).toEqual(['reference.elsewhere']);

      const entry = 'record,case,starts,category,fact\nE-1,CW-1,2019-04,contact,Rang.';
      const { body: chronology } = await check('chronology', source, entry);
      expect(await view(chronology.id as string)).toMatchObject({ counts: { ready: 1 }, items: [{ caseId: one }] });
    });

    it('somebody who is almost certainly on record waits for a person; the same is merged, and can be undone; nobody restricted is offered', async () => {
      const { referrals } = started();
      const source = system();
      const caseId = await oneCase(source);
      const told_ = (given: string, family: string, day: string, place: string) => ({
        ...{ roles: ['subject'], name: { given, family }, datesOfBirth: [{ value: day }], sex: 'female' },
        addresses: [{ lines: ['7 Plover Court'], postcode: place }],
      });
      const here = await opened(app(), referrals, {
        people: [told_('Isaura', 'Wintermute', '1977-04-03', 'ZZ97 1AA')],
      });
      const also = await opened(app(), referrals, {
        people: [told_('Leocadia', 'Marchbanks', '1981-09-12', 'ZZ97 2BB')],
      });
      // Led by another agency, as no case is closed to all safeguarding leads of the one that leads it.
      const hidden = await opened(app(), referrals, {
        leadOrg: org('eastvale-council'),
        participants: [org('eastvale-council'), org('northbank-council')],
        people: [told_('Perpetua', 'Thistlewood', '1969-01-30', 'ZZ97 3CC')],
      });
      const closing = {
        kind: 'colleague',
        reason: 'A colleague is in it',
        reviewOn: addDays(civilDate(new Date()), 30),
        named: [staff('farid')],
      };
      expect((await app().as('amina').get(`/api/records/people/${hidden.subject}`)).status).toBe(200);
      const restricted = await app()
        .as('farid')
        .post(`/api/records/cases/${hidden.caseId}/restrictions`, closing, { version: 1 });
      expect([restricted.status, restricted.body.errors]).toEqual([201, undefined]);
      expect((await app().as('amina').get(`/api/records/people/${hidden.subject}`)).status).toBe(404);
      const row = (record: string, given: string, family: string, day: string, place: string) =>
        `${record},CW-1,other,${given},${family},${day},female,home | 7 Plover Court | ${place},,,`;
      const report = await checked(
        'people',
        source,
        [
          PEOPLE,
          row('P-1', 'Isaura', 'Wintermute', '1977-04-03', 'ZZ97 1AA'),
          row('P-2', 'Leocadia', 'Marchbanks', '1981-09-12', 'ZZ97 2BB'),
          row('P-3', 'Perpetua', 'Thistlewood', '1969-01-30', 'ZZ97 3CC'),
        ].join('\n'),
      );
      expect([report.undecided, report.items.map((r) => r.undecided)]).toEqual([2, [true, true, false]]);
      expect((await start(report)).body).toMatchObject({ status: 422, code: 'import.undecided' });
      const offered = await matches(report.id);
      expect(offered.map((m) => [m.number, m.candidates.map((c) => [c.id, c.band])])).toEqual([
        [2, [[here.subject, 'near-certain']]],
        [3, [[also.subject, 'near-certain']]],
      ]);
      expect(offered[0]!.person.name!.family).toBe('Wintermute');
      expect(offered[0]!.candidates[0]!.reasons.length).toBeGreaterThan(1);
      expect(problemsOf((await decide(report.id, 2, { personId: hidden.subject })).body)).toEqual([
        'personId person.unknown',
      ]);
      expect(problemsOf((await decide(report.id, 2, {})).body)).toEqual(['personId required']);
      expect((await decide(report.id, 4, { personId: null })).status).toBe(404);
      expect((await decide(report.id, 2, { personId: here.subject })).status).toBe(200);
      expect((await decide(report.id, 3, { personId: null })).status).toBe(200);
      expect(
        (await acts(report.id, 'import.decide')).filter((a) => a.outcome === 'done').map((a) => a.decision),
      ).toEqual(['same-person', 'different-people']);
      expect((await start(await view(report.id))).status).toBe(202);
      const done = await reached(report.id, 'done');
      expect(done.items.map((r) => [r.state, r.code])).toEqual(Array(3).fill(['added', null]));
      expect(done.items[0]!.entryId).toBe(here.subject);
      const ids = ((await caseOf(caseId)).body.people as { id: string }[]).map((p) => p.id);
      expect(ids).toEqual([here.subject, done.items[1]!.entryId, done.items[2]!.entryId]);
      const { body: kept } = await app().as('amina').get(`/api/records/people/${here.subject}/merges`);
      expect(kept.items).toEqual([expect.objectContaining({ undoneAt: null })]);
      const undone = await app()
        .as('amina')
        .post(
          `/api/records/people/${here.subject}/merges/${kept.items[0].id}/undoing`,
          { reason: 'It was her sister' },
          { version: kept.version },
        );
      expect(undone.status).toBe(200);
      expect((await caseOf(caseId)).body.people[0].id).toBe(kept.items[0].mergedId);
      const left = (await app().as('amina').get(`/api/records/people/${done.items[1]!.entryId}/candidates`)).body.items;
      expect(left).toEqual([]);
      // The second run knows them, and asks nothing again.
      expect((await acts(report.id, 'person.merge')).length).toBe(1);
    });

    it('goes on after it was killed between two rows, and adds nobody twice', async () => {
      const source = system();
      const caseId = await oneCase(source);
      const rows = Array.from({ length: 5 }, (_, i) => `P-${i},CW-1,child,Kin${i},Quellby,201${i},,,,,`);
      const report = await checked('people', source, [PEOPLE, ...rows].join('\n'));
      await app().sql('CREATE TABLE records.kept_rows AS SELECT * FROM records.import_row WHERE import_id = $1', [
        report.id,
      ]);
      await start(report);
      const done = await reached(report.id, 'done');
      // As a crash leaves it after three rows were added, of which none is noted and the reply of one was never kept.
      const beyond = done.items.slice(3).map((r) => r.entryId);
      for (const table of ['person_origin', 'case_person'])
        await app().sql(`DELETE FROM records.${table} WHERE person_id = ANY ($1)`, [beyond]);
      const replies = done.items.slice(2).map((r) => `${report.id}-${r.number}`);
      expect(
        await app().sql('DELETE FROM records.idempotency WHERE key = ANY ($1) RETURNING 1', [replies]),
      ).toHaveLength(3);
      await app().sql(
        `UPDATE records.import_row r SET state = 'ready', code = NULL, content = k.content, candidates = k.candidates FROM records.kept_rows k
          WHERE r.import_id = k.import_id AND r.row_number = k.row_number`,
      );
      await app().sql(`UPDATE records.import_work SET state = 'running', claimed_until = NULL WHERE id = $1`, [
        report.id,
      ]);
      await app().sql('DROP TABLE records.kept_rows');
      await app()
        .running.app.get(ImportsRunner, { strict: false })
        .job({ payload: { id: report.id, version: 3 } } as never);
      const again = await view(report.id);
      expect([again.state, again.items.map((r) => r.state)]).toEqual([
        'done',
        ['added', 'added', 'unchanged', 'added', 'added'],
      ]);
      expect((await caseOf(caseId)).body.people).toHaveLength(5);
    });

    it('is kept from the days that the file names, can be restricted, and does not come back once it was erased', async () => {
      const source = system();
      const caseId = await oneCase(source, 'CW-9', '2012-03,2013-05-02,2013-06,,,,,');
      await brought('people', source, `${PEOPLE}\nP-1,CW-9,subject,Emeric,Tallowby,1950,,,,,`);
      await brought('chronology', source, 'record,case,starts,category,fact\nE-1,CW-9,2012-04,contact,Rang.');
      const calculating = app().running.app.get(Calculating, { strict: false });
      await app().sql(`UPDATE records.retention SET calculated_at = '-infinity' WHERE case_id = $1`, [caseId]);
      await calculating.sweep();
      const keeping = async () => (await app().as('kit').get(`/api/records/retention/${caseId}`)).body;
      expect((await keeping()).ends[0]).toMatchObject({ rule: 'last-involvement', from: '2013-06-30' });

      const terms = {
        kind: 'colleague',
        reason: 'A colleague',
        reviewOn: addDays(civilDate(new Date()), 30),
        named: [staff('amina')],
      };
      const version = (await caseOf(caseId)).body.version as number;
      const { status, body } = await app()
        .as('amina')
        .post(`/api/records/cases/${caseId}/restrictions`, terms, { version });
      expect([status, body.errors]).toEqual([201, undefined]);
      expect((await caseOf(caseId, 'tomas')).status).toBe(404);
      const lifted = await app()
        .as('amina')
        .post(`/api/records/restrictions/${body.id}/lifting`, { reason: 'No more' }, { version: 1 });
      expect(lifted.status).toBe(200);

      // Restricting is something that was done here: from that day it would be kept. As if it had been long ago:
      await app().sql("UPDATE records.timeline SET at = '2013-06-30' WHERE case_id = $1", [caseId]);
      const step = async (who: string, path: string) =>
        app()
          .as(who)
          .post(
            `/api/records/retention/${caseId}${path}`,
            { reason: 'Nobody needs it' },
            { version: (await keeping()).version },
          );
      expect((await step('kit', '/erasure')).status).toBe(200);
      expect((await step('yusuf', '/erasure/confirmation')).status).toBe(200);
      await app().running.app.get(Erasing, { strict: false }).sweep();
      expect((await caseOf(caseId)).status).toBe(404);
      const left = await app().sql('SELECT referral_id FROM records.erasure WHERE case_id = $1', [caseId]);
      expect(left).toEqual([{ referral_id: null }]);
      for (const table of ['case_origin', 'person_origin', 'import_row'])
        expect(await app().sql(`SELECT 1 FROM records.${table} WHERE case_id = $1`, [caseId])).toEqual([]);
      const { body: again } = await check('cases', source, `${CASES}\nCW-9,domestic-abuse,2012-03,,,,,,,`);
      expect(told(await view(again.id as string))).toEqual([[2, 'wrong', null, ['record import.erased']]]);
    });
  });
}
