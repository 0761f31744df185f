import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { archiving, type Archive } from './archiving';
import { locateBinaries } from './binaries';
import { ADMIN, clusterDir, ensureCluster, ensurePassword } from './cluster';
import { EmbeddedPostgresError } from './errors';
import { takeFolder } from './owner-lock';
import { choosePort, rememberPort } from './port';
import {
  commandLine,
  healthy,
  lastCommandLine,
  launch,
  readPostmaster,
  removeZombiesPidFile,
  stopPostmaster,
} from './postmaster';
import type { Postmaster } from './postmaster';
import { poll } from './process';
import { Revival } from './revival';
import { settingsOf } from './settings';
import { makePassable, reachable, runAs, standIn } from './unprivileged';

export interface EmbeddedPostgresOptions {
  /** Everything of this database lives here: the cluster, its password, its log, the owner's lock. Made if missing. */
  readonly dataDir: string;
  /** On 127.0.0.1. Left out: the port of last time, or a free one. */
  readonly port?: number;
  /** Further `postgres -c name=value`; the durability settings cannot be changed this way (W5). */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * For a database that lives for one test run only: gives up durability for speed (fsync, full_page_writes and
   * synchronous_commit off). The product refuses to serve from such a database (W5).
   */
  readonly forTests?: boolean;
  /** Brings the server back, on the same port, when it dies while this process lives. */
  readonly revive?: boolean;
  /** Keeps what is needed to bring a base backup to any later moment. */
  readonly archive?: Archive;
  /** How long a start may take; a minute unless given. Bringing a backup forward takes as long as there is to bring. */
  readonly readyWithinMs?: number;
  /** Hears what a person might want to know, such as a recovery or a data folder that had to be elsewhere. */
  readonly log?: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** As the superuser, to the database `postgres`: for migrations and roles, never for serving. Holds the password. */
  readonly adminUrl: string;
  readonly port: number;
  /** No unix socket exists: the only way in is 127.0.0.1 with the password. */
  readonly socketless: true;
  /** Of the server as it runs now. */
  readonly pid: number;
  /** The cluster was made by this very start. */
  readonly fresh: boolean;
  /** A server left behind by a killed process was still running, and was taken over as it was. */
  readonly attached: boolean;
  /** Where the cluster really is: inside `dataDir`, except for root under a folder that nobody can pass through. */
  readonly clusterDir: string;
  /** Ends all sessions, stops the server and gives the folder back. Call it last; calling it twice is harmless. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that Concordat brings along, or takes over the one that an earlier process, killed before it
 * could stop it, left running on the same folder.
 *
 * @throws EmbeddedPostgresError with a message fit for the person at the terminal
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const giveBack = take(dataDir);
  try {
    const home = homeOf(dataDir, options.log);
    const { fresh, attached, postmaster } = await serve(home, options);
    const again = async (): Promise<Postmaster> =>
      (await serve(home, { ...options, port: postmaster.port })).postmaster;
    const revival =
      options.revive === true ? new Revival(postmaster, again, options.log ?? (() => undefined)) : undefined;
    let stopped: Promise<void> | undefined;
    return {
      adminUrl: urlOf(home, postmaster.port),
      port: postmaster.port,
      socketless: true,
      get pid() {
        return revival?.postmaster.pid ?? postmaster.pid;
      },
      fresh,
      attached,
      clusterDir: clusterDir(home),
      stop: () => (stopped ??= (revival?.stop() ?? stopPostmaster(postmaster.pid)).finally(giveBack)),
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

function take(dataDir: string): () => void {
  try {
    makePassable(dataDir);
    return takeFolder(dataDir);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
    throw new EmbeddedPostgresError(
      'folder-not-ours',
      `The data folder ${dataDir} cannot be written to by this user (${code}). ` +
        'Run as the user who made it (as root, if it was made by root), or choose another with CONCORDAT_DATA.',
      { cause: error },
    );
  }
}

interface Served {
  readonly fresh: boolean;
  readonly attached: boolean;
  readonly postmaster: Postmaster;
}

async function serve(home: string, options: EmbeddedPostgresOptions): Promise<Served> {
  const cluster = clusterDir(home);
  const who = runAs(cluster);
  const binaries = locateBinaries(who);
  const settings = settingsOf(binaries.version, {
    ...options,
    settings: { ...(options.archive ? archiving(options.archive, home, who) : {}), ...options.settings },
  });
  const argsFor = (port: number): string[] => ['-D', cluster, ...settings, '-p', String(port)];

  const running = readPostmaster(cluster);
  if (running !== undefined) {
    const same = lastCommandLine(cluster) === commandLine(binaries.postgres, argsFor(options.port ?? running.port));
    if (same && (await comesReady(home, cluster))) {
      options.log?.(`Took over the PostgreSQL (process ${running.pid}) that an earlier run left running.`);
      return { fresh: false, attached: true, postmaster: running };
    }
    options.log?.(`Stopping the PostgreSQL (process ${running.pid}) that an earlier run left running.`);
    await stopPostmaster(running.pid);
  }

  const fresh = await ensureCluster(home, binaries, who, options.forTests !== true);
  for (let tries = 1; ; tries++) {
    const port = await choosePort(home, options.port);
    removeZombiesPidFile(cluster);
    try {
      const at = { cluster, logFile: join(home, 'postgres.log'), who, timeoutMs: options.readyWithinMs ?? 60_000 };
      const postmaster = await launch(binaries.postgres, argsFor(port), at);
      rememberPort(home, port);
      return { fresh, attached: false, postmaster };
    } catch (error) {
      if (tries === 10 || !mayPass(error, options.port)) throw error;
      await delay(tries * 50);
    }
  }
}

/**
 * What is a matter of time: between finding a free port and listening on it somebody else took it; or the server
 * itself was killed, and is not quite gone from the process table, or its children have not all noticed and still hold
 * the old shared memory.
 */
function mayPass(error: unknown, askedPort: number | undefined): boolean {
  if (!(error instanceof EmbeddedPostgresError)) return false;
  if (error.code === 'port-taken') return askedPort === undefined;
  return /pre-existing shared memory|lock file "postmaster.pid" already exists/.test(error.message);
}

/** A server that was killed over may be in recovery still; one that answers wrongly will not get better by waiting. */
async function comesReady(home: string, cluster: string): Promise<boolean> {
  const ready = await poll(() => {
    const now = readPostmaster(cluster);
    return now === undefined || now.status === 'ready' ? (now ?? 'gone') : undefined;
  }, 30_000);
  return ready !== undefined && ready !== 'gone' && healthy(urlOf(home, ready.port), cluster);
}

/** Where the database lives: the data folder, unless PostgreSQL may not run as us and could not reach it there. */
function homeOf(dataDir: string, log: ((message: string) => void) | undefined): string {
  const note = join(dataDir, 'moved-to');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  const who = runAs(join(dataDir, 'cluster'));
  if (who === undefined || reachable(dataDir, who)) return realpathSync(dataDir);
  // A name of its own each time: when the data folder is deleted, the next one starts empty.
  const home = standIn(dataDir, `data-${randomUUID()}`);
  writeFileSync(note, `${home}\n`);
  log?.(`PostgreSQL may not run as root and nobody else can reach ${dataDir}: the database is in ${home}.`);
  return home;
}

function urlOf(home: string, port: number): string {
  return `postgres://${ADMIN}:${encodeURIComponent(ensurePassword(home))}@127.0.0.1:${port}/postgres`;
}
