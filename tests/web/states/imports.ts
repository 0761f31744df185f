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
    error: then(at('amina', '/imports'), sendWrongly('Check the file')),
    filled: at('amina', async (world) => {
      await checkedFile(world);
      return '/imports';
    }),
  },
  'imports/one': {
    checked: one(checkedFile),
    wrong: one((world) => checkedFile(world, '')),
    running: one(running),
    done: one(done),
    lapsed: one(lapsed),
  },
};
