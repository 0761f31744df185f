import { contexts } from '@concordat/contracts';
import { localSecrets, provision, startEmbeddedPostgres } from '@concordat/platform';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Edge, Target } from '../fault';
import type { InsideSettings } from '../inside/settings';
import { FaultProxy } from '../network/proxy';
import { freePorts } from '../../../tools/infrastructure/server-process';
import { Child } from './child';
import { connected, CONSUMERS, inDatabase, withProbe } from './database';
import type { Part, Platform } from './platform';
import { postmasterOf, signalAll } from './postgres-processes';
import type { Reaper } from './reaper';

const DATABASE = 'concordat';
const MAIN = 'apps/all-in-one/src/main.js';
/** How long the one process may take to notice that its database has died, and to mend that by itself. */
const RECOVERY_MS = 20_000;

/** The all-in-one in a process of its own, over its embedded PostgreSQL, with proxies before both. */
export async function startEmbedded(
  dir: string,
  reaper: Reaper,
  inside: Omit<InsideSettings, 'role' | 'routes'>,
  built: (path: string) => string,
): Promise<Platform> {
  const data = join(dir, 'data');
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const { adminUrl, clusterDir } = await prepareDatabase(data);
  const [port = 0] = await freePorts(1);
  const direct = `http://127.0.0.1:${port}`;
  const postgresPort = Number(new URL(adminUrl).port);
  const client = await FaultProxy.open(port);
  const toPostgres = await FaultProxy.open(postgresPort);
  const settings: InsideSettings = { ...inside, role: 'all-in-one', routes: { [postgresPort]: toPostgres.port } };
  const logFile = join(dir, 'all-in-one.log');
  const node = new Child(
    {
      name: 'all-in-one',
      main: built(MAIN),
      inside: built('tests/faults/inside/index.js'),
      env: () => ({
        PORT: String(port),
        CONCORDAT_DATA: data,
        LOG_LEVEL: 'info',
        WEBHOOK_PRIVATE_RANGES: CONSUMERS,
        FAULTS_INSIDE: JSON.stringify(settings),
      }),
      logFile,
      readyUrl: `${direct}/health/ready`,
    },
    reaper,
  );
  const nodePart: Part = {
    end: (signal) => node.end(signal),
    start: async () => {
      node.spawn();
      await node.ready();
    },
    pause: () => node.signal('SIGSTOP'),
    resume: () => node.signal('SIGCONT'),
  };
  const platform: Platform = {
    contexts,
    parts: new Map<Target, Part>([
      ['all-in-one', nodePart],
      ['postgres', postgresPart(clusterDir, node, nodePart)],
    ]),
    children: new Map<Target, Child>([['all-in-one', node]]),
    proxies: new Map<Edge, FaultProxy[]>([
      ['client->all-in-one', [client]],
      ['all-in-one->postgres', [toPostgres]],
    ]),
    urlOf: () => `http://127.0.0.1:${client.port}`,
    directUrlOf: () => direct,
    tokens: {
      endpoint: () => `${direct}/oidc/token`,
      host: `localhost:${port}`,
      clientSecret: () => localSecrets(data).of('persona-client'),
    },
    clusterDir,
    database: () => connected(adminUrl),
    files: () => [logFile, join(clusterDir, '..', 'postgres.log'), join(clusterDir, '..', 'postgres.log.1')],
    topics: () => Promise.resolve(null),
    stop: async () => {
      for (const proxy of [client, toPostgres]) proxy.end();
      signalAll(clusterDir, 'SIGCONT');
      await node.end('SIGTERM').catch(() => node.end('SIGKILL'));
      signalAll(clusterDir, 'SIGQUIT');
      for (const proxy of [client, toPostgres]) await proxy.close();
    },
  };
  await nodePart.start();
  reaper.watchCluster(clusterDir);
  return platform;
}

/** Makes the cluster and the probe's tables before the product first sees it, and remembers its port for the proxy. */
async function prepareDatabase(data: string): Promise<{ adminUrl: string; clusterDir: string }> {
  const server = await startEmbeddedPostgres({ dataDir: join(data, 'postgres') });
  try {
    await provision(server.adminUrl, [], DATABASE);
    const adminUrl = inDatabase(server.adminUrl, DATABASE);
    await withProbe(() => connected(adminUrl));
    return { adminUrl, clusterDir: server.clusterDir };
  } finally {
    await server.stop();
  }
}

/** The database dies alone. Whether the one process mends that, or ends so that somebody may start it, is its own affair. */
function postgresPart(clusterDir: string, node: Child, nodePart: Part): Part {
  return {
    end: (signal) => Promise.resolve(void signalAll(clusterDir, signal === 'SIGKILL' ? 'SIGKILL' : 'SIGINT')),
    start: async () => {
      const patience = Date.now() + RECOVERY_MS;
      while (node.running && Date.now() < patience) {
        if (postmasterOf(clusterDir) !== undefined) return node.ready();
        await delay(100);
      }
      if (node.running) throw new Error('the all-in-one neither ended nor brought its dead database back');
      await nodePart.start();
    },
    pause: () => void signalAll(clusterDir, 'SIGSTOP'),
    resume: () => void signalAll(clusterDir, 'SIGCONT'),
  };
}
