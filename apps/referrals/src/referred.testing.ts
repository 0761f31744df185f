import type { Act, Caller, TestApp } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEMO = join(__dirname, '../../../packs/demo');

/** Content of a referral, loosely: a test changes what it likes. */
export interface Content {
  [part: string]: unknown;
  people: Record<string, unknown>[];
}
const read = (file: string): Content => JSON.parse(readFileSync(join(DEMO, file), 'utf8')) as Content;
/** A referral in which everything is right; a fresh copy each time. */
export const example = (): Content => read('referral.example.json');
/** One in which a dozen things are wrong. */
export const invalid = (): Content => read('referral.invalid.json');

/** People, organisations and areas of the demonstration partnership, by id. */
export const AMINA = '70e30f01-5677-48ad-b963-31ce6738bbf2';
export const BEVAN = '3774c7ee-4534-4ce5-9d47-ff055bd101af';
export const NORTHBANK_COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
export const HARBOUR_HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
export const EASTVALE = '77ceae52-0843-4867-a25a-f380a2539516';

/** A step of triage: who, which, and with what. */
export type StepTaken = readonly [who: Caller, step: string, body: object];

/** Makes a referral (by Hana, to Amina's council) and takes it along some steps. */
export async function referred(app: TestApp, steps: readonly StepTaken[] = [], content: object = example()) {
  const made = await app.as('hana').post<{ id: string; version: number }>('/api/referrals', { content });
  if (made.status !== 201) throw new Error(`not made: ${JSON.stringify(made.body)}`);
  const { id } = made.body;
  let { version } = made.body;
  for (const [who, step, body] of steps) {
    const done = await who.post<{ version: number }>(`/api/referrals/${id}/${step}`, body, { version });
    if (done.status >= 300) throw new Error(`${step}: ${JSON.stringify(done.body)}`);
    version = done.body.version;
  }
  return { id, path: `/api/referrals/${id}`, version };
}

/** The audit acts about one record, oldest first. */
export async function actsAbout(app: TestApp, id: string): Promise<Act[]> {
  return (await app.acts('referrals')).filter((act) => act.objects.some((o) => o.id === id));
}

/** The events of one referral, in order. */
export async function eventsOf(app: TestApp, id: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const rows = await app.sql<{ body: Buffer }>(
    'SELECT body FROM referrals.outbox WHERE stream_id = $1 ORDER BY stream_version',
    [id],
  );
  return rows.map(({ body }) => JSON.parse(body.toString()) as { type: string; data: Record<string, unknown> });
}
