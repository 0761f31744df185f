import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { startKafka, startPostgres, startRedis } from '../../../tools/infrastructure';
import type { Target } from '../fault';
import type { Part } from './platform';
import { postmasterOf, sendTo, signalAll } from './postgres-processes';
import type { Reaper } from './reaper';

/** Kafka, Redis and PostgreSQL as child processes, which can be killed, stopped and woken up one by one. */
export interface Ground {
  readonly parts: ReadonlyMap<Target, Part>;
  readonly adminUrl: string;
  readonly clusterDir: string;
  readonly brokers: readonly string[];
  readonly redisUrl: string;
  flushRedis(): Promise<void>;
  /** Logs and data files in which nothing personal may be. */
  files(): string[];
  stop(): Promise<void>;
}

/** Starts them under `dir`. What started is stopped again when one does not. */
export async function startGround(dir: string, brokers: 1 | 3, reaper: Reaper): Promise<Ground> {
  const at = (name: string): string => join(dir, name);
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const starting = [
    startKafka({ dir: at('kafka'), brokers }),
    startRedis({ dir: at('redis') }),
    startPostgres({ dir: at('postgres') }),
  ] as const;
  const settled = await Promise.allSettled(starting);
  const failed = settled.find((s) => s.status === 'rejected');
  if (failed) {
    for (const each of settled) if (each.status === 'fulfilled') await each.value.stop();
    throw failed.reason;
  }
  const [kafka, redis, postgres] = await Promise.all(starting);
  const clusterDir = clusterIn(at('postgres'));
  const parts = new Map<Target, Part>();
  const add = (target: Target, pid: () => number | undefined, server: Server): void => {
    const watch = (): void => {
      const now = pid();
      if (now !== undefined) reaper.watch(now);
    };
    watch();
    parts.set(target, {
      end: (signal) => server.kill(signal),
      start: async () => {
        await server.start();
        watch();
      },
      pause: () => sendTo(pid(), 'SIGSTOP'),
      resume: () => sendTo(pid(), 'SIGCONT'),
    });
  };
  kafka.brokers.forEach((_, i) =>
    add(`kafka-${i}`, () => pidIn(join(at('kafka'), `broker-${i + 1}`, `kafka-${i + 1}.pid`)), {
      kill: (signal) => kafka.kill(i, signal),
      start: () => kafka.start(i),
    }),
  );
  add('redis', () => pidIn(join(at('redis'), 'redis.pid')), redis);
  add('postgres', () => postmasterOf(clusterDir), postgres);
  reaper.watchCluster(clusterDir);
  const whole = parts.get('postgres')!;
  parts.set('postgres', {
    ...whole,
    pause: () => void signalAll(clusterDir, 'SIGSTOP'),
    resume: () => void signalAll(clusterDir, 'SIGCONT'),
  });
  return {
    parts,
    adminUrl: postgres.adminUrl,
    clusterDir,
    brokers: kafka.brokers,
    redisUrl: redis.url,
    flushRedis: () => flush(redis.url),
    files: () => [at('kafka'), at('redis'), join(clusterDir, '..')].flatMap(writtenIn),
    stop: async () => {
      for (const part of parts.values()) part.resume();
      await Promise.allSettled([kafka.stop(), redis.stop()]);
      await postgres.stop();
    },
  };
}

interface Server {
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

function clusterIn(dataDir: string): string {
  const moved = join(dataDir, 'moved-to');
  return join(existsSync(moved) ? readFileSync(moved, 'utf8').trim() : dataDir, 'cluster');
}

/** Logs, segments of topics and the append-only file. PostgreSQL's own files are where personal data belongs. */
const writtenIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('cluster') && /[.](log|aof|rdb|1)$/.test(name))
    .map((name) => join(dir, name));

function pidIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]) || undefined;
  } catch {
    return undefined;
  }
}

async function flush(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 2_000 } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.flushAll();
  } finally {
    client.destroy();
  }
}
