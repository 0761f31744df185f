import { contexts, type ContextName } from '@concordat/contracts';
import { prepareTopics } from '@concordat/messaging';
import { createLogger, localSecrets, provision } from '@concordat/platform';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../infrastructure/server-process';
import type { KafkaServers, PostgresServer, RedisServer } from '../infrastructure';
import { built } from './built';
import { definitions } from './definitions';
import { prepareGround, type Given } from './infrastructure';
import { NodeProcess } from './node-process';
import type { Platform } from './platform';

export type ServiceName = ContextName | 'web';

export interface ServicesOptions {
  readonly dataDir: string;
  /** Of the web front end; 3000 unless given, 0 for a free one. */
  readonly port?: number;
  readonly given?: Given;
  /** Added to the environment of every service. */
  readonly env?: Readonly<Record<string, string>>;
  /** Services to leave out. */
  readonly without?: readonly ServiceName[];
  /** Gives up starting, and stops what has been started. */
  readonly signal?: AbortSignal;
  /** Hears what happens meanwhile. */
  readonly log?: (line: string) => void;
}

/** Every context in a process of its own, over Kafka, Redis and PostgreSQL. */
export interface Services extends Platform {
  readonly urls: Readonly<Record<ContextName, string>>;
  readonly processes: readonly ServiceName[];
  /** Null for a server that was given, which is not ours to kill. */
  readonly kafka: KafkaServers | null;
  readonly redis: RedisServer | null;
  readonly postgres: PostgresServer | null;
}

/** They start in waves, those that are asked before those that ask: identity gives the others their tokens. */
const WAVES: readonly (readonly ServiceName[])[] = [
  ['identity'],
  [...(['referrals', 'records', 'sharing', 'risk', 'reviews'] as const), 'insight', 'audit'],
  ['web'],
];
const ORDER = WAVES.flat();
const ADDRESSES = 'services.json';

/**
 * startServices starts what the services stand on, makes roles, schemas, migrations and topics, and then each service as
 * its own process with its own database role. Resolves when all are ready. What it started is stopped when it fails.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { dataDir, log = () => undefined } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  log('Starting Kafka, Redis and PostgreSQL…');
  const ground = await prepareGround(dataDir, options.given ?? {});
  const nodes = new Map<ServiceName, NodeProcess>();
  const stop = async (): Promise<void> => {
    rmSync(join(dataDir, ADDRESSES), { force: true });
    for (const wave of [...WAVES].reverse()) await Promise.all(wave.map(async (name) => nodes.get(name)?.stop()));
    await ground.stop();
  };
  try {
    log('Making roles, schemas and topics…');
    const database = await provision(ground.databaseAdminUrl, definitions);
    await prepareTopics(ground.kafkaBrokers.split(','), createLogger('services', 'warn'));
    const ports = await portsOf(dataDir, options.port ?? 3000);
    const url = (name: ServiceName): string => `http://127.0.0.1:${ports[name]}`;
    const webUrl = `http://localhost:${ports.web}`;
    const issuer = `http://localhost:${ports.identity}/oidc`;
    const common = {
      CONCORDAT_DATA: dataDir, // the secrets that they share are derived from what is kept there
      KAFKA_BROKERS: ground.kafkaBrokers,
      REDIS_URL: ground.redisUrl,
      CONCORDAT_URLS: contexts.map((context) => `${context}=${url(context)}`).join(','),
      OIDC_ISSUER: issuer,
      PUBLIC_URL: webUrl,
      ...options.env,
    };
    const start = async (name: ServiceName): Promise<void> => {
      const own = name === 'web' ? {} : { DATABASE_URL: database.urlOf(name) };
      const node = new NodeProcess({
        name,
        main: built(`apps/${name}/src/main`),
        env: { ...common, ...own, PORT: String(ports[name]) },
        dir: join(dataDir, 'log'),
        readyUrl: `${url(name)}/health/ready`,
        log,
      });
      nodes.set(name, node);
      options.signal?.throwIfAborted();
      log(`Starting ${name}…`);
      await node.start();
    };
    for (const wave of WAVES) {
      const wanted = wave.filter((name) => !options.without?.includes(name));
      const failed = (await Promise.allSettled(wanted.map(start))).find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
    }
    const at = (name: string): NodeProcess => {
      const node = nodes.get(name as ServiceName);
      if (!node) throw new Error(`There is no service called ${name}: ${[...nodes.keys()].join(', ')}`);
      return node;
    };
    const urls = Object.fromEntries(contexts.map((context) => [context, url(context)])) as Services['urls'];
    writeFileSync(join(dataDir, ADDRESSES), JSON.stringify({ webUrl, urls }));
    return {
      mode: 'services',
      webUrl,
      urls,
      dataDir,
      adminUrl: inDatabase(ground.databaseAdminUrl),
      processes: [...nodes.keys()],
      kafka: ground.kafka,
      redis: ground.redis,
      postgres: ground.postgres,
      urlOf: urlIn(urls, webUrl),
      tokenUrl: `${urls.identity}/oidc/token`,
      personaSecret: localSecrets(dataDir).of('persona-client'),
      kill: (name, signal) => at(name).kill(signal),
      start: (name) => at(name).start(),
      pid: (name) => at(name).pid,
      residentMb: (name) => at(name).residentMb(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Addresses of services that run on this folder, as `startServices` left them; undefined when none were. */
export function servicesOn(dataDir: string): { webUrl: string; urls: Services['urls'] } | undefined {
  const file = join(dataDir, ADDRESSES);
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as { webUrl: string; urls: Services['urls'] };
}

/** Sends `/api/<context>/…` to its service and everything else to the front end. */
export const urlIn =
  (urls: Services['urls'], webUrl: string) =>
  (path: string): string => {
    const context = /^\/api\/(\w+)(?=[/?]|$)/.exec(path)?.[1] as ContextName | undefined;
    return `${(context && urls[context]) ?? webUrl}${path}`;
  };

/** Ports stay the same for a folder, so that services find each other where they were. */
async function portsOf(dataDir: string, web: number): Promise<Record<ServiceName, number>> {
  const file = join(dataDir, 'ports.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<ServiceName, number>) : undefined;
  if (kept && (web === 0 || kept.web === web)) return kept;
  const free = await freePorts(ORDER.length);
  const ports = Object.fromEntries(ORDER.map((name, n) => [name, free[n] ?? 0])) as Record<ServiceName, number>;
  if (web !== 0) ports.web = web;
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function inDatabase(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.pathname = '/concordat';
  return url.href;
}
