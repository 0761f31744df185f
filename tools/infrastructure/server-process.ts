import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import type { Certificates } from './certificates';

/** How to run one server program, and how to tell that it serves. */
export interface ServerSpec {
  /** For messages and file names, such as `kafka-1`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** The log and the pid file go here. */
  readonly dir: string;
  /** Resolves to whether the server answers as a server of its kind would. */
  readonly ready: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** Its whole environment; that of this process unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Hears that the server has ended, asked or not. */
  readonly ended?: () => void;
}

/** What runs now. One listener for all of them: Node takes more than ten for a leak, and says so. */
const children = new Set<ChildProcess>();
let listening = false;

function killAtExit(child: ChildProcess): void {
  children.add(child);
  if (listening) return;
  listening = true;
  process.once('exit', () => {
    for (const each of children) each.kill('SIGKILL');
  });
}

/**
 * One server program as a child process that can be started, killed and started again. It runs in a session of its
 * own, so Ctrl-C in the terminal does not reach it and it can be stopped last; it is killed when this process ends in
 * any way that Node notices, and by the next start on the same folder after a way that it does not (`kill -9`).
 */
export class ServerProcess {
  private child: ChildProcess | undefined;

  constructor(private readonly spec: ServerSpec) {}

  get running(): boolean {
    return this.child !== undefined;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resident memory in MB, as Linux tells it; undefined elsewhere, or when the server does not run. */
  get residentMb(): number | undefined {
    try {
      const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
      return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
    } catch {
      return undefined;
    }
  }

  /** Resolves when the server serves. @throws Error with the end of its log when it ends or stays silent instead */
  async start(): Promise<void> {
    if (this.child !== undefined) return;
    mkdirSync(this.spec.dir, { recursive: true });
    await this.killLeftover();
    const log = openSync(this.logFile, 'a');
    const env = this.spec.env === undefined ? {} : { env: this.spec.env };
    const child = spawn(this.spec.file, this.spec.args, { detached: true, stdio: ['ignore', log, log], ...env });
    closeSync(log);
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    child.once('exit', () => this.forget(child));
    child.unref();
    this.child = child;
    killAtExit(child);
    if (child.pid !== undefined) writeFileSync(this.pidFile, `${child.pid} ${process.pid}`);
    const deadline = performance.now() + this.spec.readyWithinMs;
    while (!(await this.spec.ready())) {
      if (failure !== undefined || this.child !== child) throw this.failed('ended at once', failure);
      if (performance.now() > deadline) {
        await this.kill('SIGKILL');
        throw this.failed(`did not answer within ${this.spec.readyWithinMs / 1000} s`);
      }
      await delay(20);
    }
  }

  /** Sends the signal and waits until the process is gone. Nothing happens when it is not running. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (child === undefined) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    // Otherwise Node would not wait for it: a running server alone must not keep this process going.
    child.ref();
    child.kill(signal);
    await gone;
  }

  /** An orderly stop (SIGTERM), and after ten seconds one that does not ask. */
  async stop(): Promise<void> {
    const patience = setTimeout(() => this.child?.kill('SIGKILL'), 10_000);
    await this.kill('SIGTERM').finally(() => clearTimeout(patience));
  }

  private get logFile(): string {
    return join(this.spec.dir, `${this.spec.name}.log`);
  }

  private get pidFile(): string {
    return join(this.spec.dir, `${this.spec.name}.pid`);
  }

  private forget(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = undefined;
    children.delete(child);
    rmSync(this.pidFile, { force: true });
    this.spec.ended?.();
  }

  private async killLeftover(): Promise<void> {
    const pid = existsSync(this.pidFile) ? readPidFile(this.pidFile).pid : undefined;
    if (pid !== undefined && isOurs(pid, this.spec.dir)) process.kill(pid, 'SIGKILL');
    while (pid !== undefined && isOurs(pid, this.spec.dir)) await delay(10);
    rmSync(this.pidFile, { force: true });
  }

  private failed(what: string, cause?: Error): Error {
    const log = existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').split('\n').slice(-20).join('\n') : '';
    return new Error(`${this.spec.name} ${what}. The end of ${this.logFile}:\n${log}`, { cause });
  }
}

/**
 * Kills the servers under `dir` whose starter is gone, for it can only have been killed itself. Returns whether
 * everything there is abandoned, so that the folder may go.
 */
export function killAbandoned(dir: string): boolean {
  const pidFiles = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pid'));
  return pidFiles.every((name) => {
    const { pid, starter } = readPidFile(join(dir, name));
    if (isRunning(starter)) return false;
    if (isOurs(pid, dir)) process.kill(pid, 'SIGKILL');
    return true;
  });
}

function readPidFile(path: string): { pid: number; starter: number } {
  const [pid = NaN, starter = NaN] = readFileSync(path, 'utf8').split(' ').map(Number);
  return { pid, starter };
}

/** A pid alone may be another program's by now; one whose command line names our folder is ours. */
function isOurs(pid: number, dir: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Below what systems give to outgoing connections (Linux from 32,768 on): none of those takes a port before it is used. */
const [LOWEST_PORT, HIGHEST_PORT] = [10_240, 32_767];

/** `count` different free ports on 127.0.0.1, all held until all are known. */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, holdPort));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

async function holdPort(): Promise<Server> {
  for (;;) {
    const server = createServer();
    const listening = new Promise<boolean>((done, fail) => {
      server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)));
      server.listen(randomInt(LOWEST_PORT, HIGHEST_PORT + 1), '127.0.0.1', () => done(true));
    });
    if (await listening) return server;
  }
}

/** Sends `request` to 127.0.0.1 and resolves to whether what comes back satisfies `isAnswer`; false on any trouble. */
export function answers(
  port: number,
  request: Uint8Array,
  isAnswer: (bytes: Buffer) => boolean,
  certificates?: Certificates,
): Promise<boolean> {
  return new Promise((done) => {
    const ask = (): unknown => socket.write(request);
    const socket = certificates
      ? connectTls({ host: '127.0.0.1', port, ca: readFileSync(certificates.authority) }, ask)
      : connect(port, '127.0.0.1', ask);
    let received = Buffer.alloc(0);
    const finish = (yes: boolean): void => {
      socket.destroy();
      done(yes);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      if (isAnswer(received)) finish(true);
    });
  });
}
