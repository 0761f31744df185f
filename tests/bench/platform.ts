import { localSecrets } from '@concordat/platform';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** An all-in-one in a process of its own, on a throw-away data folder, with the demonstration partnership. */
export interface Platform {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** Superuser of the embedded database, for counting what is there. */
  readonly adminUrl: string;
  token(persona: string): Promise<string>;
  stop(): Promise<void>;
}

const READY_MS = 60_000;

export async function startPlatform(
  env: Record<string, string> = {},
  dataDir = mkdtempSync(join(tmpdir(), 'concordat-bench-')),
): Promise<Platform> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [resolve('dist/apps/all-in-one/src/main.js')], {
    env: { ...process.env, PORT: String(port), CONCORDAT_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilSaysReady(child);
  const stop = async (): Promise<void> => {
    const ended = new Promise((r) => child.once('exit', r));
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url,
    pid: child.pid!,
    dataDir,
    adminUrl: adminUrlOf(dataDir),
    token: (persona) => personaToken(url, `http://localhost:${port}`, dataDir, persona),
    stop,
  };
}

/** Ready when it has printed its welcome: the demonstration is loaded by then. */
function untilSaysReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('the all-in-one was not ready in time')), READY_MS);
    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (!/http:\/\/localhost:\d+/.test(text)) return;
      clearTimeout(timer);
      done();
    });
    child.once('exit', (code) => fail(new Error(`the all-in-one ended with ${code}\n${text}`)));
  });
}

/** The embedded database's address: its port from postmaster.pid (fourth line), its password from the data folder. */
function adminUrlOf(dataDir: string): string {
  const home = join(dataDir, 'postgres');
  const port = readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8')
    .split('\n')[3]!
    .trim();
  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  return `postgres://concordat:${encodeURIComponent(password)}@127.0.0.1:${port}/concordat`;
}

async function personaToken(url: string, publicUrl: string, dataDir: string, persona: string): Promise<string> {
  const secret = localSecrets(dataDir).of('persona-client');
  const response = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`concordat-persona:${secret}`).toString('base64')}`,
      host: new URL(publicUrl).host,
    },
    body: new URLSearchParams({ grant_type: 'urn:concordat:params:oauth:grant-type:persona', persona }),
  });
  if (!response.ok) throw new Error(`no token for ${persona}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
