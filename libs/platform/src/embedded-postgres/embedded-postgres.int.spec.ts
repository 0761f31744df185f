import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '@concordat/testing';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from '.';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A Node process of its own that starts the database and then does nothing, to be killed. */
async function ownerProcess(dataDir: string): Promise<{ child: ChildProcess; adminUrl: string; pid: number }> {
  const child = fork(join(__dirname, 'owner-process.testing.cjs'), [dataDir]);
  const started = await new Promise<{ adminUrl: string; pid: number }>((done, fail) => {
    child.once('message', (message) => done(message as { adminUrl: string; pid: number }));
    child.once('exit', (code) => fail(new Error(`owner process ended with ${code}`)));
  });
  return { child, ...started };
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

describe('embedded PostgreSQL', () => {
  let dir: string;
  let running: EmbeddedPostgres[];
  const start = async (more: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> => {
    const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), ...more });
    running.push(postgres);
    return postgres;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'concordat-embedded-'));
    // mkdtemp makes it 0700, which PostgreSQL's user could not pass through when the tests run as root.
    chmodSync(dir, 0o711);
    running = [];
  });
  afterEach(async () => {
    for (const postgres of running) await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('starts fresh, durable, in UTF-8 and UTC, and keeps data and port for the second start', async () => {
    const first = await start();
    expect(first).toMatchObject({ fresh: true, attached: false, socketless: true });
    expect(
      await ask(
        first.adminUrl,
        `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
           current_setting('synchronous_commit') AS commit, current_setting('TimeZone') AS zone,
           current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS host,
           (SELECT datlocale FROM pg_database WHERE datname = 'postgres') AS locale`,
      ),
    ).toEqual([
      { fsync: 'on', pages: 'on', commit: 'on', zone: 'UTC', encoding: 'UTF8', host: '127.0.0.1', locale: 'C.UTF-8' },
    ]);
    await ask(first.adminUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    await first.stop();
    await first.stop();

    const second = await start();
    expect(second).toMatchObject({ fresh: false, attached: false, port: first.port, adminUrl: first.adminUrl });
    expect(await ask(second.adminUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('keeps its password from other users and asks everybody for it', async () => {
    const { adminUrl } = await start();
    expect(statSync(join(dir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(adminUrl);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('takes over the running server, data intact, when its Node process was killed', async () => {
    const { child, adminUrl, pid } = await ownerProcess(join(dir, 'postgres'));
    await ask(adminUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    await killed(child);

    const next = await start();
    expect(next).toMatchObject({ fresh: false, attached: true, pid });
    expect(await ask(next.adminUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await next.stop();
    await expect(ask(next.adminUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('recovers when Node and the server were both killed', async () => {
    const { child, adminUrl, pid } = await ownerProcess(join(dir, 'postgres'));
    await ask(adminUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    await killed(child);
    process.kill(pid, 'SIGKILL');

    const next = await start();
    expect(next).toMatchObject({ fresh: false, attached: false });
    expect(await ask(next.adminUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('brings the server back on its port, data intact, when only the server was killed', async () => {
    const heard: string[] = [];
    const postgres = await start({ revive: true, log: (message) => heard.push(message) });
    await ask(postgres.adminUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    for (let times = 1; times <= 2; times++) {
      const { pid } = postgres;
      process.kill(pid, 'SIGKILL');
      await eventually(
        async () => postgres.pid !== pid && (await ask(postgres.adminUrl, 'SELECT n FROM kept')).length,
        {
          timeoutMs: 20_000,
        },
      );
      expect(heard.filter((message) => message.includes('has died'))).toHaveLength(times);
    }
    await postgres.stop();
    await expect(ask(postgres.adminUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('stops a left-behind server that runs with other settings, and starts its own', async () => {
    const { child, pid } = await ownerProcess(join(dir, 'postgres'));
    await killed(child);
    const said: string[] = [];
    const next = await start({ settings: { work_mem: '8MB', fsync: 'off' }, log: (message) => said.push(message) });
    expect(next.attached).toBe(false);
    expect(next.pid).not.toBe(pid);
    expect(said.join()).toContain(`Stopping the PostgreSQL (process ${pid})`);
    expect(await ask(next.adminUrl, `SELECT current_setting('work_mem') AS m, current_setting('fsync') AS f`)).toEqual([
      { m: '8MB', f: 'on' },
    ]);
  });

  it('says who has the folder while another Concordat runs on it', async () => {
    const { child } = await ownerProcess(join(dir, 'postgres'));
    await expect(start()).rejects.toMatchObject({
      code: 'folder-taken',
      message: expect.stringMatching(
        new RegExp(`in use by another running Concordat \\(process ${child.pid}, .*CONCORDAT_DATA`),
      ),
    });
    await killed(child);
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'folder-taken' });
  });

  it('says so when the port asked for is taken, and starts nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1`),
    });
    await new Promise((done) => other.close(done));
    expect((await start({ port })).port).toBe(port);
  });

  it('as root under a folder nobody can pass through, keeps the cluster where it can', async () => {
    if (process.getuid?.() !== 0) return;
    const closed = join(dir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const first = await start({ dataDir: join(closed, 'postgres') });
    expect(first.clusterDir.startsWith(closed)).toBe(false);
    await ask(first.adminUrl, 'CREATE TABLE kept (n int)');
    await first.stop();
    const second = await start({ dataDir: join(closed, 'postgres') });
    expect(second).toMatchObject({ fresh: false, clusterDir: first.clusterDir });
    await ask(second.adminUrl, 'SELECT n FROM kept');
    await second.stop();
    rmSync(join(first.clusterDir, '..'), { recursive: true, force: true });
    expect(existsSync(first.clusterDir)).toBe(false);
  });
});
