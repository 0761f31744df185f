import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** pgbench from the path or from a Debian server package; null when the machine has none. */
export function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [
    ...versions.map((v) => join(debian, v, 'bin/pgbench')),
    '/usr/bin/pgbench',
    '/usr/local/bin/pgbench',
  ];
  return candidates.find((c) => existsSync(c)) ?? null;
}

/** The limit: the same three inserts, of rows of the same size, in one transaction, and nothing else. */
const TABLES = `
CREATE TABLE IF NOT EXISTS bench_state (id uuid PRIMARY KEY, org uuid, status text, content jsonb, at timestamptz DEFAULT now());
CREATE TABLE IF NOT EXISTS bench_outbox (event_id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, stream_id uuid, version bigint, body bytea, published_at timestamptz, UNIQUE (stream_id, version));
CREATE INDEX IF NOT EXISTS bench_outbox_open ON bench_outbox (seq) WHERE published_at IS NULL;
CREATE TABLE IF NOT EXISTS bench_act (event_id uuid PRIMARY KEY, body bytea, published_at timestamptz);
TRUNCATE bench_state, bench_outbox, bench_act;`;

/** Transactions per second of pgbench with `clients` clients for `seconds`, in a schema of its own on the same server. */
export async function pgbench(
  binary: string,
  adminUrl: string,
  clients: number,
  seconds: number,
  content: string,
): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(TABLES);
  await client.end();
  const json = content.replaceAll("'", "''").replaceAll(':', '\\u003a'); // pgbench would read :name as a variable
  return pgbenchOf(
    { binary, adminUrl, clients, seconds },
    `BEGIN;
INSERT INTO bench_state (id, org, status, content) VALUES (gen_random_uuid(), gen_random_uuid(), 'received', '${asText(json)}');
INSERT INTO bench_outbox (event_id, stream_id, version, body) VALUES (gen_random_uuid(), gen_random_uuid(), 1, decode(repeat('7b', 700), 'hex'));
INSERT INTO bench_act (event_id, body) VALUES (gen_random_uuid(), decode(repeat('7b', 1100), 'hex'));
COMMIT;
`,
  );
}

/** How pgbench presses, and where. */
export interface Pgbench {
  readonly binary: string;
  readonly adminUrl: string;
  readonly clients: number;
  readonly seconds: number;
}

/** How often a second pgbench gets through a script of its own language. */
export function pgbenchOf({ binary, adminUrl, clients, seconds }: Pgbench, script: string): number {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-pgbench-'));
  try {
    const file = join(dir, 'script.sql');
    writeFileSync(file, script);
    const url = new URL(adminUrl);
    const how = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '1', '-T', String(seconds), '-f', file];
    const where = ['-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)];
    const out = execFileSync(binary, [...how, ...where], {
      env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return Number(/tps = ([\d.]+)/.exec(out)?.[1] ?? 0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The state row's content as JSON text of the same length, without colons that pgbench would take for variables. */
const asText = (json: string): string => JSON.stringify(['x'.repeat(json.length)]);
