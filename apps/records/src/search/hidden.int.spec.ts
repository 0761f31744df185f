import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { startApp, type TestApp } from '@concordat/testing';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { opened, org, PeersStandIn, staff, type Told } from '../opened.testing';
import { Searching } from './searched.testing';

const IN_A_MONTH = addDays(civilDate(new Date()), 30);
/** No two of them alike, so that each is found by itself. */
const SURNAMES = [
  ...['Ashgrove', 'Fernlow', 'Castellan', 'Thornwick', 'Halloway', 'Marlstead', 'Brackenbury', 'Quillam', 'Pellinore'],
  ...['Dunmorrow', 'Ivesleigh', 'Wexcombe', 'Yarrowby', 'Oakhanger', 'Zennorly', 'Larkmead'],
];
const [HOUSING, NHS] = [org('harbour-housing'), org('eastvale-nhs')];

describe('what a search finds of what is hidden', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  let searching: Searching;
  let n = 0;

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    searching = new Searching(app);
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  /** A case about somebody whom no other test has, in which something was written that stands nowhere else. */
  async function somebody(more: Told = {}) {
    const at = ++n;
    const family = SURNAMES[at % SURNAMES.length]!;
    const word = `zebra${[...String(at)].map((d) => 'bcdfghjklm'[Number(d)]).join('a')}`;
    const phone = `07700 900${String(at).padStart(3, '0')}`;
    const postcode = `ZZ${10 + at} 3XY`;
    const opening = await opened(app, referrals, {
      people: [
        {
          ...{ roles: ['subject'], name: { given: 'Ottoline', family }, phones: [phone] },
          addresses: [{ postcode, lines: [`${at} Kestrel Court`] }],
          ...more,
        },
      ],
    });
    const note = await app
      .as('amina')
      .post(`/api/records/cases/${opening.caseId}/notes`, { text: `She saw a ${word}.` });
    expect(note.status).toBe(201);
    const { reference } = (await app.as('amina').get(`/api/records/cases/${opening.caseId}`)).body as {
      reference: string;
    };
    await searching.indexed();
    return { ...opening, family, reference, probes: [`Ottoline ${family}`, family, phone, postcode, word, reference] };
  }

  async function restrict(at: string, kind: string, ...named: string[]) {
    const { version } = (await app.as('amina').get(`/api/records${at}`)).body as { version: number };
    const terms = { named: named.map(staff), reviewOn: IN_A_MONTH, reason: 'A colleague is in it' };
    const made = await app.as('amina').post(`/api/records${at}/restrictions`, { kind, ...terms }, { version });
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    return (made.body as { id: string }).id;
  }

  async function joins(caseId: string, level: string) {
    const { version } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body as { version: number };
    const body = { orgId: NHS, level };
    expect((await app.as('amina').post(`/api/records/cases/${caseId}/participations`, body, { version })).status).toBe(
      200,
    );
  }

  /** An answer without what names this very search. */
  const told = async (who: string, q: string): Promise<string> => {
    const { status, body } = await searching.answer(who, q, '?limit=100');
    return JSON.stringify({ status, ...body, terms: '' });
  };
  const NOBODY = ['Ottoline Quxyzzle', 'Quxyzzle', '07700 900999', 'ZZ99 9ZZ', 'zebraxyzzy', 'C-0000-0000'];

  it.each(['/cases', '/people'])(
    '%s that are open to named staff only are answered like what is not there',
    async (what) => {
      const made = await somebody();
      for (const q of made.probes) expect([q, (await searching.found('tomas', q)).length]).toEqual([q, 1]);
      const id = await restrict(
        what === '/cases' ? `/cases/${made.caseId}` : `/people/${made.subject}`,
        'colleague',
        'amina',
        'hana',
      );
      for (const who of ['tomas', 'idris', 'dov', 'carys'])
        for (const [i, q] of made.probes.entries())
          expect([who, q, await told(who, q)]).toEqual([who, q, await told(who, NOBODY[i]!)]);
      for (const who of ['amina', 'hana'])
        for (const q of made.probes) expect([who, q, (await searching.found(who, q)).length]).toEqual([who, q, 1]);
      const acts = (await app.acts('records')).filter(
        (a) => a.action === 'record.search' && a.actor === staff('tomas'),
      );
      expect(JSON.stringify(acts.slice(-6).map(({ subjects, objects }) => ({ subjects, objects })))).not.toContain(
        made.subject,
      );
      const lifted = await app
        .as('amina')
        .post(`/api/records/restrictions/${id}/lifting`, { reason: 'x' }, { version: 1 });
      expect(lifted.status).toBe(200);
      for (const q of made.probes) expect([q, (await searching.found('tomas', q)).length]).toEqual([q, 1]);
    },
  );

  it('RES-1: a restriction that leaves a stub in lists leaves nothing in a search', async () => {
    const made = await somebody();
    await restrict(`/cases/${made.caseId}`, 'conflict-of-interest', 'amina');
    for (const q of made.probes) expect([q, await searching.found('tomas', q)]).toEqual([q, []]);
  });

  it('RES-4: whoever may read restricted records finds them, and it is on record by what', async () => {
    const made = await somebody();
    await restrict(`/cases/${made.caseId}`, 'protected-person', 'amina');
    const set = (sql: string) =>
      app.sql(`UPDATE records.member SET roles = ${sql} WHERE user_id = $1`, [staff('idris')]);
    await set(`array_append(roles, 'restricted-records')`);
    try {
      for (const q of made.probes) {
        expect([q, (await searching.found('idris', q)).length]).toEqual([q, 1]);
        const act = (await app.acts('records')).findLast((a) => a.action === 'record.search')!;
        expect(act.reasons).toEqual(['qualification.restricted-records']);
      }
    } finally {
      await set(`array_remove(roles, 'restricted-records')`);
    }
  });

  it('an agency that a case was only offered to finds its reference, and neither the name nor a word of it', async () => {
    const made = await somebody();
    await joins(made.caseId, 'preview');
    await searching.indexed();
    const [hit, ...more] = await searching.found('carys', made.reference);
    expect([hit, more]).toEqual([
      expect.objectContaining({ kind: 'case', subjectName: 'Not shown', level: 'preview' }),
      [],
    ]);
    const act = (await app.acts('records')).findLast((a) => a.action === 'record.search')!;
    expect(act.subjects).toEqual([]);
    for (const q of made.probes.slice(0, -1)) expect([q, await searching.found('carys', q)]).toEqual([q, []]);
  });

  it('a confidential address leads to somebody only those who are told it', async () => {
    const at = n + 1;
    const refuge = { postcode: `ZZ${10 + at} 3XY`, lines: ['A refuge'], confidential: true };
    const made = await somebody({ addresses: [refuge] });
    await joins(made.caseId, 'reader');
    await searching.indexed();
    for (const q of [refuge.postcode, `ZZ${10 + at}`]) {
      expect(await searching.why('amina', q, made.subject)).not.toBeNull(); // leads the case
      expect(await searching.why('hana', q, made.subject)).not.toBeNull(); // recorded it
      expect(await told('carys', q)).toEqual(await told('carys', 'ZZ99 9ZZ'));
    }
    expect(await searching.why('carys', made.family, made.subject)).toEqual(['name.same']);
  });

  it('is behind the second wall as well: the index is read by nobody, but by what asks who may see', async () => {
    const made = await somebody();
    await restrict(`/cases/${made.caseId}`, 'colleague', 'amina');
    const client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
    try {
      await client.query('SET ROLE concordat_records; SET search_path = records');
      const seen = async (who: string, orgId: string): Promise<number[]> => {
        await client.query(
          "SELECT set_config('concordat.user', $1, false), set_config('concordat.org', $2, false), set_config('concordat.scope', 'user', false)",
          [who, orgId],
        );
        const all = [
          `SELECT 1 FROM search_person WHERE person_id = '${made.subject}'`,
          `SELECT 1 FROM search_text WHERE case_id = '${made.caseId}'`,
          `SELECT 1 FROM people_found('''w:${made.family.toLowerCase()}'''::tsquery, 10)`,
          `SELECT 1 FROM texts_found(plainto_tsquery('english', '${made.probes[4]}'), NULL, NULL, 10)`,
        ];
        const counts: number[] = [];
        for (const sql of all) counts.push((await client.query(sql)).rows.length);
        return counts;
      };
      expect(await seen(staff('amina'), org('northbank-council'))).toEqual([0, 0, 1, 1]);
      expect(await seen(staff('tomas'), org('northbank-council'))).toEqual([0, 0, 0, 0]);
      expect(await seen(staff('carys'), NHS)).toEqual([0, 0, 0, 0]);
      expect(await seen('', '')).toEqual([0, 0, 0, 0]);
    } finally {
      await client.end();
    }
  });

  it('is never somebody who is closed to the searcher, whatever is searched and however who may see changes', async () => {
    const all = [await somebody(), await somebody(), await somebody(), await somebody()];
    const closed = new Map<string, readonly string[]>(); // by case: to whom it stays open
    const step = fc.record({
      which: fc.nat(all.length - 1),
      what: fc.constantFrom('case', 'person', 'housing-leaves', 'correct', 'note'),
      named: fc.subarray(['hana', 'tomas', 'idris']),
    });
    const left = new Set<string>();
    await fc.assert(
      fc.asyncProperty(step, fc.boolean(), async ({ which, what, named }, isWaiting) => {
        const made = all[which]!;
        const { version, ...view } = (await app.as('amina').get(`/api/records/cases/${made.caseId}`)).body as {
          version: number;
          people: { name: { family: string } }[];
        };
        if (what === 'case' || what === 'person') {
          const open = named.filter((name) => name !== 'hana' || !left.has(made.caseId));
          await restrict(
            what === 'case' ? `/cases/${made.caseId}` : `/people/${made.subject}`,
            'colleague',
            'amina',
            ...open,
          );
          const before = closed.get(made.caseId) ?? ['amina', 'hana', 'tomas', 'idris'];
          closed.set(
            made.caseId,
            before.filter((b) => b === 'amina' || open.includes(b)),
          );
        } else if (what === 'housing-leaves' && !left.has(made.caseId)) {
          left.add(made.caseId);
          await app
            .as('amina')
            .post(`/api/records/cases/${made.caseId}/participations/${HOUSING}/ending`, {}, { version });
        } else if (what === 'correct') {
          const { version: of } = (await app.as('amina').get(`/api/records/people/${made.subject}`)).body as {
            version: number;
          };
          const { family } = view.people[0]!.name;
          const name = { given: `Ottoline${of}`, family };
          await app.as('amina').post(`/api/records/people/${made.subject}/corrections`, { name }, { version: of });
        } else
          await app.as('amina').post(`/api/records/cases/${made.caseId}/notes`, { text: `Another ${made.probes[4]}.` });
        if (isWaiting) await searching.indexed();
        for (const each of all) {
          const open = closed.get(each.caseId) ?? ['amina', 'hana', 'tomas', 'idris'];
          for (const who of ['amina', 'hana', 'tomas', 'idris', 'carys']) {
            const may = open.includes(who) && !(who === 'hana' && left.has(each.caseId));
            for (const q of each.probes) {
              const { body } = await searching.answer(who, q, '?limit=100');
              const shows = [each.subject, each.caseId].some((id) => JSON.stringify(body).includes(id));
              if (shows && !may) throw new Error(`${who} finds ${q}`);
              if (!shows && may && isWaiting) throw new Error(`${who} does not find ${q}`);
              if (!may) expect([body.count, body.items]).toEqual([expect.anything(), []]);
            }
          }
        }
      }),
      { numRuns: 10, seed: 20261128, endOnFailure: true },
    );
    expect(closed.size + left.size).toBeGreaterThan(1);
  }, 180_000);
});
