import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { ENVIRONMENT } from './cluster';
import { EmbeddedPostgresError } from './errors';
import { poll, startTimeOf } from './process';
import type { RunAs } from './unprivileged';

/** A PostgreSQL server process, ours or found running. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** From the pid file: `ready` once it takes connections. */
  readonly status: string;
}

/**
 * Reads `postmaster.pid` (lines: pid, data directory, start, port, socket directory, address, shared memory, status).
 * Undefined when there is no such file, when its process is gone, or when that pid is by now something else's.
 */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || lines[1] !== cluster || startTimeOf(pid) === undefined) return undefined;
  if (!isPostgresOn(pid, cluster)) return undefined;
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

/**
 * Removes the pid file of a killed server that nobody has reaped: PostgreSQL takes such a zombie for a running server
 * and would not start for as long as the zombie's parent lives, which in a container may be for ever. Before that it
 * makes the check that PostgreSQL would have made: nothing may still be attached to the old server's shared memory,
 * since a child that has not noticed the end yet could go on writing.
 */
export function removeZombiesPidFile(cluster: string): void {
  const path = join(cluster, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(path)) return;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = lines[0]?.trim() ?? '';
  if (!existsSync(`/proc/${pid}`) || startTimeOf(Number(pid)) !== undefined) return;
  const [key, id] = (lines[6] ?? '').trim().split(/\s+/);
  const segments = readFileSync('/proc/sysvipc/shm', 'utf8').split('\n').slice(1);
  const attached = segments
    .map((line) => line.trim().split(/\s+/))
    .some((columns) => columns[0] === key && columns[1] === id && columns[6] !== '0');
  if (!attached) rmSync(path, { force: true });
}

function isPostgresOn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster);
  } catch {
    return false;
  }
}

/** The command line with which the server on this cluster was started last, as PostgreSQL recorded it. */
export function lastCommandLine(cluster: string): string | undefined {
  const path = join(cluster, 'postmaster.opts');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** As PostgreSQL writes it, to compare with `lastCommandLine`. */
export function commandLine(file: string, args: readonly string[]): string {
  return [file, ...args.map((arg) => `"${arg}"`)].join(' ');
}

/**
 * Starts `postgres` in a session of its own, so that Ctrl-C in the terminal reaches Node alone and the database can
 * be stopped last. Resolves when it takes connections.
 *
 * @throws EmbeddedPostgresError `start-failed` with the end of the server's log; `port-taken`
 */
export async function launch(
  file: string,
  args: readonly string[],
  at: { cluster: string; logFile: string; who: RunAs | undefined; timeoutMs: number },
): Promise<Postmaster> {
  // One log per start, the one before kept beside it: what is read back below is then about this start alone.
  if (existsSync(at.logFile)) renameSync(at.logFile, `${at.logFile}.1`);
  const log = openSync(at.logFile, 'a', 0o600);
  const child = spawn(file, args, {
    ...at.who,
    cwd: '/',
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: unknown;
  child.once('error', (error) => (failure = error));
  child.unref();
  const outcome = await poll(
    () => {
      if (failure !== undefined || child.exitCode !== null || child.signalCode !== null) return 'gone';
      const found = readPostmaster(at.cluster);
      return found?.pid === child.pid && found?.status === 'ready' ? found : undefined;
    },
    at.timeoutMs,
    2,
  );
  if (outcome !== undefined && outcome !== 'gone') return outcome;
  if (child.pid !== undefined && outcome === undefined) await stopPostmaster(child.pid);
  const tail = existsSync(at.logFile) ? readFileSync(at.logFile, 'utf8').split('\n').slice(-15).join('\n') : '';
  const code = /could not bind|Address already in use/.test(tail) ? 'port-taken' : 'start-failed';
  throw new EmbeddedPostgresError(code, `The embedded PostgreSQL did not start. The end of ${at.logFile}:\n${tail}`, {
    cause: failure,
  });
}

/** Whether the server answers to our password and serves that very folder. */
export async function healthy(adminUrl: string, cluster: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ dir: string }>(`SELECT current_setting('data_directory') AS dir`);
    return rows[0]?.dir === cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Stops the server: SIGINT ends sessions and checkpoints ("fast"); after 20 s SIGQUIT, from which it recovers at the
 * next start. Never SIGKILL, which would leave its children and shared memory behind.
 *
 * @throws EmbeddedPostgresError `stop-failed`
 */
export async function stopPostmaster(pid: number): Promise<void> {
  const started = startTimeOf(pid);
  if (started === undefined) return;
  const gone = (): true | undefined => (startTimeOf(pid) === started ? undefined : true);
  for (const [signal, patience] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw new EmbeddedPostgresError('stop-failed', `PostgreSQL (process ${pid}) cannot be stopped.`, {
        cause: error,
      });
    }
    if (await poll(gone, patience, 3)) return;
  }
  throw new EmbeddedPostgresError('stop-failed', `PostgreSQL (process ${pid}) did not stop within 30 seconds.`);
}
