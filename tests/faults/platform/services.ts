import { prepareTopics } from '@concordat/messaging';
import { createLogger, localSecrets, provision } from '@concordat/platform';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client as Database } from 'pg';
import { freePorts } from '../../../tools/infrastructure/server-process';
import { definitions } from '../../../tools/services/definitions';
import { deleteGroup, readTopics } from '../evidence/topics';
import { services, type Edge, type Service, type Target } from '../fault';
import type { InsideSettings } from '../inside/settings';
import { FaultProxy } from '../network/proxy';
import { Child } from './child';
import { connected, CONSUMERS, inDatabase, withProbe } from './database';
import { startGround, type Ground } from './ground';
import type { Part, Platform } from './platform';
import type { Reaper } from './reaper';

/** Every context in a process of its own over real Kafka, PostgreSQL and Redis, with a proxy on every way between them. */
export async function startServices(
  dir: string,
  brokers: 1 | 3,
  reaper: Reaper,
  inside: Omit<InsideSettings, 'role' | 'routes'>,
  built: (path: string) => string,
): Promise<Platform> {
  const ground = await startGround(join(dir, 'ground'), brokers, reaper);
  const proxies = new Map<Edge, FaultProxy[]>();
  const stop = async (): Promise<void> => {
    for (const proxy of [...proxies.values()].flat()) proxy.end();
    await ground.stop();
    for (const proxy of [...proxies.values()].flat()) await proxy.close();
  };
  try {
    return await onGround(dir, ground, proxies, stop, reaper, inside, built);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function onGround(
  dir: string,
  ground: Ground,
  proxies: Map<Edge, FaultProxy[]>,
  stopGround: () => Promise<void>,
  reaper: Reaper,
  inside: Omit<InsideSettings, 'role' | 'routes'>,
  built: (path: string) => string,
): Promise<Platform> {
  const data = join(dir, 'data');
  mkdirSync(data, { recursive: true });
  const secrets = localSecrets(data); // made before the services, which would each make their own
  const made = await provision(ground.adminUrl, definitions);
  const adminUrl = inDatabase(ground.adminUrl);
  const database = (): Promise<Database> => connected(adminUrl);
  await withProbe(database);
  await prepareTopics([...ground.brokers], createLogger('faults', 'silent'));

  const numbers = await freePorts(services.length * 2);
  const ports = Object.fromEntries(services.map((s, i) => [s, numbers[i]!])) as Record<Service, number>;
  const twinPorts = Object.fromEntries(services.map((s, i) => [s, numbers[services.length + i]!])) as typeof ports;
  const routes = await openWays(proxies, ground, ports);
  const direct = (service: Service): string => `http://127.0.0.1:${ports[service]}`;
  const logs: string[] = [];
  const makeChild = (name: string, service: Service, port: number): Child => {
    const logFile = join(dir, `${name}.log`);
    logs.push(logFile);
    const settings: InsideSettings = { ...inside, role: service, routes: routes[service] };
    const env = {
      PORT: String(port),
      CONCORDAT_DATA: data,
      LOG_LEVEL: 'info',
      DATABASE_URL: made.urlOf(service),
      KAFKA_BROKERS: ground.brokers.join(','),
      REDIS_URL: ground.redisUrl,
      CONCORDAT_URLS: services.map((s) => `${s}=${direct(s)}`).join(','),
      OIDC_ISSUER: `http://localhost:${ports.identity}/oidc`,
      PUBLIC_URL: `http://localhost:${ports.identity}`,
      WEBHOOK_PRIVATE_RANGES: CONSUMERS,
      FAULTS_INSIDE: JSON.stringify(settings),
    };
    const readyUrl = `http://127.0.0.1:${port}/health/ready`;
    return new Child(
      {
        name,
        main: built(`apps/${service}/src/main.js`),
        inside: built('tests/faults/inside/index.js'),
        env: () => env,
        logFile,
        readyUrl,
      },
      reaper,
    );
  };
  const children = new Map<Target, Child>(services.map((s) => [s, makeChild(s, s, ports[s])]));
  const parts = new Map<Target, Part>([
    ...ground.parts,
    ...[...children].map(([target, child]): [Target, Part] => [target, partOf(child)]),
  ]);
  const twins = new Map<Service, Child>();
  const platform: Platform = {
    contexts: services,
    parts,
    children,
    proxies,
    urlOf: (service) => `http://127.0.0.1:${proxies.get(`client->${service}`)![0]!.port}`,
    directUrlOf: direct,
    tokens: {
      endpoint: () => `${direct('identity')}/oidc/token`,
      host: `localhost:${ports.identity}`,
      clientSecret: () => secrets.of('persona-client'),
    },
    clusterDir: ground.clusterDir,
    database,
    files: () => [...logs, ...ground.files()],
    topics: () => readTopics(ground.brokers),
    flushRedis: () => ground.flushRedis(),
    forgetOffsets: async (group) => {
      const child = children.get(group)!;
      await child.end('SIGTERM');
      try {
        await deleteGroup(ground.brokers, `concordat-${group}`);
      } finally {
        child.spawn();
        await child.ready();
      }
    },
    twin: (service) => {
      const twin = twins.get(service) ?? makeChild(`${service}-twin`, service, twinPorts[service]);
      twins.set(service, twin);
      return twin;
    },
    stop: async () => {
      const all = [...children.values(), ...twins.values()];
      for (const part of parts.values()) part.resume();
      await Promise.all(all.map((child) => child.end('SIGTERM').catch(() => child.end('SIGKILL'))));
      await stopGround();
    },
  };
  try {
    // One after another: a service asks those before it when it starts.
    for (const child of children.values()) {
      child.spawn();
      await child.ready();
    }
  } catch (error) {
    await Promise.all([...children.values()].map((child) => child.end('SIGKILL')));
    throw error;
  }
  return platform;
}

/** A proxy for each way: from each service to each thing that it talks to, and from the clients to each service. */
async function openWays(
  proxies: Map<Edge, FaultProxy[]>,
  ground: Ground,
  ports: Readonly<Record<Service, number>>,
): Promise<Record<Service, Record<string, number>>> {
  const portOf = (address: string): number => Number(address.split(':').at(-1));
  const behind: readonly [Target | 'kafka', number[]][] = [
    ['postgres', [Number(new URL(ground.adminUrl).port)]],
    ['kafka', ground.brokers.map(portOf)],
    ['redis', [Number(new URL(ground.redisUrl).port)]],
    ...services.map((s): [Target, number[]] => [s, [ports[s]]]),
  ];
  const routes = Object.fromEntries(services.map((s) => [s, {}])) as Record<Service, Record<string, number>>;
  for (const from of services) {
    for (const [to, targets] of behind) {
      if (to === from) continue;
      const opened = await Promise.all(targets.map((port) => FaultProxy.open(port)));
      proxies.set(`${from}->${to}`, opened);
      targets.forEach((port, i) => (routes[from][port] = opened[i]!.port));
    }
    proxies.set(`client->${from}`, [await FaultProxy.open(ports[from])]);
  }
  return routes;
}

const partOf = (child: Child): Part => ({
  end: (signal) => child.end(signal),
  start: async () => {
    child.spawn();
    await child.serving();
  },
  pause: () => child.signal('SIGSTOP'),
  resume: () => child.signal('SIGCONT'),
});
