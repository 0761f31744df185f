import { randomUUID } from 'node:crypto';
import { eventually } from '@concordat/testing';
import { accepted, at, sendWrongly, staffId, then } from '../stories';
import type { Drives, World } from '../world';

/** A file that amina has checked: of one entry, which is wrong when `fact` is nothing. */
export async function checkedFile(world: World, fact = 'Rang the duty desk.'): Promise<string> {
  const { caseId } = await accepted(world);
  const { reference } = (await world.app.as('amina').get(`/api/records/cases/${caseId}`)).body as { reference: string };
  const rows = [{ record: '0042', case: reference, starts: '2019-03', category: 'contact', fact, author: 'A worker' }];
  const asked = { format: 'json', content: JSON.stringify(rows) };
  const { status, body } = await world.app.as('amina').post('/api/records/imports', asked);
  expect(status).toBe(201);
  return body.id as string;
}

/** A file that amina has checked, of which one entry was brought in before and said something else. */
async function otherwise(world: World): Promise<string> {
  const { caseId } = await accepted(world);
  const { reference } = (await world.app.as('amina').get(`/api/records/cases/${caseId}`)).body as { reference: string };
  const check = async (fact: string): Promise<string> => {
    const rows = [{ record: '0042', case: reference, starts: '2019-03', category: 'contact', fact }];
    const asked = { format: 'json', content: JSON.stringify(rows) };
    return (await world.app.as('amina').post('/api/records/imports', asked)).body.id as string;
  };
  await ended(world, await check('Rang the duty desk.'));
  return check('Wrote to the duty desk.');
}

/** An area that amina covers. */
const HARBOURSIDE = '021623d7-8c46-4daf-826f-8d83f4133408';

/** A file of cases or people that amina has checked, once that is over; each from a system of its own unless said. */
async function checkedRecords(world: World, kind: 'cases' | 'people', rows: object[], source: string): Promise<string> {
  const asked = { kind, source, areaId: HARBOURSIDE, format: 'json', content: JSON.stringify(rows) };
  const { status, body } = await world.app.as('amina').post('/api/records/imports', asked);
  expect([status, body.errors]).toEqual([201, undefined]);
  const at = `/api/records/imports/${body.id}`;
  await eventually(async () => (await world.app.as('amina').get(at)).body.state === 'checked', { timeoutMs: 20_000 });
  return body.id as string;
}

async function ended(world: World, id: string): Promise<void> {
  const at = `/api/records/imports/${id}`;
  const { version } = (await world.app.as('amina').get(at)).body as { version: number };
  expect((await world.app.as('amina').post(`${at}/start`, {}, { version })).status).toBe(202);
  await eventually(async () => (await world.app.as('amina').get(at)).body.state === 'done', { timeoutMs: 20_000 });
}

/** A case of another system that amina has brought in; answers with the system, and its id here. */
export async function broughtInCase(world: World): Promise<{ source: string; caseId: string }> {
  const source = `old ${randomUUID().slice(0, 8)}`;
  const row = { record: 'CW-1', kind: 'domestic-abuse', opened: '2019-03', closed: '2020-11-30', author: 'R. Vale' };
  const id = await checkedRecords(world, 'cases', [{ ...row, agencies: 'Harbour Housing' }], source);
  await ended(world, id);
  const { items } = (await world.app.as('amina').get(`/api/records/imports/${id}`)).body as {
    items: { caseId: string }[];
  };
  return { source, caseId: items[0]!.caseId };
}

const FAMILIES = ['Quillam', 'Brackenbury', 'Thornwick', 'Marlsteade', 'Castellan', 'Fernlow'];
let peopleSoFar = 0;

/** A file of two people, of whom one is almost certainly on record. */
export async function checkedPeople(world: World): Promise<string> {
  const { source } = await broughtInCase(world);
  // Nobody whom another page state has as well.
  const n = ++peopleSoFar;
  const [family, born] = [FAMILIES[n % FAMILIES.length]! + 'aeiou'[n % 5]!, `19${50 + n}-0${1 + (n % 9)}-1${n % 10}`];
  const known = {
    given: 'Ottilie',
    family,
    born,
    sex: 'female',
    addresses: `home | ${n} Test Row | ZZ${n} ${n % 10}ZZ`,
  };
  const row = (record: string, more: object) => ({ record, case: 'CW-1', role: 'subject', ...more });
  await ended(world, await checkedRecords(world, 'people', [row('P-1', known)], source));
  return checkedRecords(world, 'people', [row('P-2', known), row('P-3', { family: 'Somebody Else' })], source);
}

/** One whose people are being compared, by somebody who comes no further. */
async function matching(world: World): Promise<string> {
  const id = await checkedPeople(world);
  await world.app.sql('UPDATE records.import_row SET candidates = NULL WHERE import_id = $1 AND row_number = 2', [id]);
  await world.app.sql(
    "UPDATE records.import_work SET state = 'matching', claimed_until = now() + interval '1 hour' WHERE id = $1",
    [id],
  );
  return id;
}

/** One that somebody is at, who comes no further. */
async function running(world: World): Promise<string> {
  const id = randomUUID();
  const { caseId } = await accepted(world);
  await world.app.sql(
    `INSERT INTO records.import_work (id, state, user_id, org_id, correlation_id, purpose, path, made_at, started_at, claimed_until)
     SELECT $1, 'running', $2, lead_org, 'test', 'safeguarding', '/', now(), now(), now() + interval '1 hour' FROM records.case_file WHERE id = $3`,
    [id, await staffId(world, 'amina'), caseId],
  );
  await world.app.sql(
    "INSERT INTO records.import_row (import_id, row_number, case_id, entry_id, state, content) VALUES ($1, 2, $2, $3, 'ready', '{}')",
    [id, caseId, randomUUID()],
  );
  return id;
}

async function done(world: World): Promise<string> {
  const id = await checkedFile(world);
  const started = await world.app.as('amina').post(`/api/records/imports/${id}/start`, {}, { version: 1 });
  expect(started.status).toBe(202);
  await eventually(async () => (await world.app.as('amina').get(`/api/records/imports/${id}`)).body.state === 'done', {
    timeoutMs: 20_000,
  });
  return id;
}

async function lapsed(world: World): Promise<string> {
  const id = await checkedFile(world);
  await world.app.sql('UPDATE records.import_row SET content = NULL WHERE import_id = $1', [id]);
  await world.app.sql("UPDATE records.import_work SET state = 'lapsed' WHERE id = $1", [id]);
  return id;
}

const one = (made: (world: World) => Promise<string>) => at('amina', async (world) => `/imports/${await made(world)}`);

export const drives: Drives = {
  'imports/list': {
    empty: at('carys', '/imports'),
    error: then(at('amina', '/imports'), async (page) => {
      await sendWrongly('Check the file')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('Select what is in the file');
      // What belongs to this kind of file is shown with it, and what is wrong there beside it.
      await page.check('input[value="relationships"]');
      await sendWrongly('Check the file')(page);
      expect(await page.innerText('.govuk-error-summary')).toMatch(/short name for the system[^]*Select a file/);
      expect(await page.isVisible('[id="relationships.source"]')).toBe(true);
      expect(await page.isVisible('[id="case"]')).toBe(false);
    }),
    filled: at('amina', async (world) => {
      await checkedFile(world);
      return '/imports';
    }),
  },
  'imports/one': {
    checked: one(checkedFile),
    matching: one(matching),
    undecided: one(checkedPeople),
    wrong: one((world) => checkedFile(world, '')),
    otherwise: one(otherwise),
    error: then(one(otherwise), sendWrongly('Add these entries')),
    running: one(running),
    done: one(done),
    lapsed: one(lapsed),
  },
  'imports/people': {
    filled: at('amina', async (world) => `/imports/${await checkedPeople(world)}/people`),
    error: then(
      at('amina', async (world) => `/imports/${await checkedPeople(world)}/people`),
      sendWrongly('Save and go on'),
    ),
    none: at('amina', async (world) => `/imports/${await checkedFile(world)}/people`),
  },
};
