import { createReadStream, existsSync } from 'node:fs';
import type { Client } from 'pg';
import { services } from '../fault';
import type { Canaries } from '../load/canaries';
import type { Searched } from './evidence';

/** Tables that carry events, acts, replies and jobs: copies that may hold ids and codes only (events.md P1, P5). */
const CARRIERS: readonly (readonly [table: string, text: string])[] = [
  ['outbox', `convert_from(body, 'UTF8')`],
  ['act', `convert_from(body, 'UTF8')`],
  ['inbox', `convert_from(body, 'UTF8')`],
  ['idempotency', 'reply::text'],
  ['job_outbox', 'payload::text'],
];

/** searchEverywhere looks for canaries where none may be: logs, topics and queues, and the tables that carry events. */
export async function searchEverywhere(
  canaries: Canaries,
  files: readonly string[],
  database: Client,
): Promise<Searched[]> {
  const searched: Searched[] = [];
  for (const path of files) if (existsSync(path)) searched.push(await searchFile(canaries, path));
  for (const context of services)
    for (const [table, text] of CARRIERS)
      searched.push(await searchTable(canaries, database, `${context}.${table}`, text));
  const { rows } = await database.query<{ there: boolean }>(
    `SELECT to_regclass('jobs._private_jobs') IS NOT NULL AS there`,
  );
  if (rows[0]?.there) {
    const text = `concat_ws(' ', payload::text, key, last_error)`;
    searched.push(await searchTable(canaries, database, 'jobs._private_jobs', text));
  }
  return searched;
}

async function searchFile(canaries: Canaries, path: string): Promise<Searched> {
  const found: string[] = [];
  let bytes = 0;
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const text = rest + String(piece);
    bytes += String(piece).length;
    found.push(...canaries.foundIn(text.slice(0, -OVERLAP)));
    rest = text.slice(-OVERLAP); // what lies over the edge of two pieces is found with the next
  }
  found.push(...canaries.foundIn(rest));
  return { place: path, bytes, found: found.slice(0, 20) };
}

const OVERLAP = 64;
const AT_ONCE = 2_000;

async function searchTable(canaries: Canaries, database: Client, table: string, text: string): Promise<Searched> {
  const found: string[] = [];
  let bytes = 0;
  const cursor = `search_${table.replace('.', '_')}`;
  await database.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${text} AS text FROM ${table}`);
  for (;;) {
    const { rows } = await database.query<{ text: string | null }>(`FETCH ${AT_ONCE} FROM ${cursor}`);
    if (rows.length === 0) break;
    const all = rows.map((r) => r.text ?? '').join('\n');
    bytes += all.length;
    found.push(...canaries.foundIn(all));
  }
  await database.query(`CLOSE ${cursor}`);
  return { place: table, bytes, found: found.slice(0, 20) };
}
