import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabase {
  /** To this database, as the superuser that owns it. Row-level security does not bind it: serve with `as(…)`. */
  readonly url: string;
  /** The same as `url`, under the name that code which migrates expects. */
  readonly adminUrl: string;
  readonly name: string;
  /** To this database with another login role, such as the one that `prepare` made. */
  as(role: string, password: string): string;
  /** Ends whatever sessions are left and removes the database. Harmless when it is gone already. */
  drop(): Promise<void>;
}

/**
 * A database of its own for one test file, cloned from a template: `prepare` (migrations, say) runs once per jest run
 * and key, whichever worker comes first, and a clone takes about 20 ms. Roles belong to the server and not to the
 * database, so `prepare` MUST make them in a way that allows them to exist.
 *
 * @param prepare fills the template; it is given the template's own connection string and MUST close its connections
 * @param key names the template; left out, it is derived from the source of `prepare`, which does not see its closure
 */
export async function testDatabase(
  prepare?: (adminUrl: string) => Promise<void>,
  key: string = prepare?.toString() ?? '',
): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(server, async (admin) => {
    const template = prepare === undefined ? 'template1' : await templateFor(admin, server, prepare, key);
    // file_copy: 20 ms against 40 ms for wal_log, because a server without fsync checkpoints at no cost.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  });
  const url = urlFor(server, name);
  return {
    url,
    adminUrl: url,
    name,
    as: (role, password) => urlFor(server, name, role, password),
    drop: () =>
      asAdmin(server, async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/**
 * The name of the finished template, which is made first if it is missing. An advisory lock keeps other workers out
 * meanwhile; `datistemplate` says that it was finished, so one that a failure left half-made is made again.
 */
async function templateFor(
  admin: Client,
  server: string,
  prepare: (adminUrl: string) => Promise<void>,
  key: string,
): Promise<string> {
  const template = `template_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  await admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [template]);
  try {
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
    if (found.rowCount === 0) {
      await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${template} STRATEGY file_copy`);
      await prepare(urlFor(server, template));
      await admin.query(`ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
      // A clone is refused while anybody is connected to the template, and a closed connection lingers for a moment.
      await admin.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [template]);
    }
  } finally {
    await admin.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [template]);
  }
  return template;
}

function serverUrl(): string {
  const url = process.env['CONCORDAT_TEST_ADMIN_URL'];
  if (!url) {
    throw new Error(
      'There is no test database server here: only the jest projects with globalSetup (int, scenarios, web) have one. ' +
        'A test that needs PostgreSQL is a *.int.spec.ts.',
    );
  }
  return url;
}

function urlFor(server: string, database: string, role?: string, password?: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role !== undefined) url.username = encodeURIComponent(role);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
}

async function asAdmin<T>(url: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: url });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
