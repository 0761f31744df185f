import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars } from './kafka-jars';
import { answers, freePorts, ServerProcess } from './server-process';
import type { KafkaOptions, KafkaServers } from './servers';

/** Any 16 bytes: it only has to be the same for all brokers and for every start on the same folders. */
const CLUSTER_ID = Buffer.from('concordat-tests!').toString('base64url');

const LOGGING = `-Dlog4j2.configurationFile=${join(__dirname, 'kafka', 'log4j2.xml')}`;

/**
 * Real Apache Kafka (KRaft, each broker also a controller) from its Maven jars: one broker for development, or three
 * with replication 3 and min.insync.replicas 2, which is what production runs and what may lose one. Needs Java 17 and,
 * the first time, Maven. Resolves when every broker answers; about 2 s for one.
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaServers> {
  const jars = await kafkaJars();
  const nodes = await planNodes(options);
  await Promise.all(nodes.map((node) => prepare(node, nodes, jars, options.secured)));
  const processes = nodes.map(
    (node) =>
      new ServerProcess({
        name: `kafka-${node.id}`,
        file: 'java',
        args: ['-Xmx512m', '-XX:+UseSerialGC', ...java(jars), 'kafka.Kafka', node.properties],
        dir: node.dir,
        ready: () => answers(options.secured ? node.insidePort : node.port, API_VERSIONS, isApiVersions),
        readyWithinMs: 60_000,
      }),
  );
  const at = (index: number): ServerProcess => {
    const found = processes[index];
    if (found === undefined) throw new Error(`There is no broker ${index}, only ${processes.length}`);
    return found;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((each) => each.stop()));
  };
  try {
    await Promise.all(processes.map((each) => each.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    brokers: nodes.map((node) => `127.0.0.1:${node.port}`),
    kill: (index = 0, signal) => at(index).kill(signal),
    start: (index = 0) => at(index).start(),
    stop,
  };
}

interface Node {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  /** Of the broker to itself, where its clients must sign in. */
  readonly insidePort: number;
  readonly dir: string;
  readonly properties: string;
}

/** Ports stay the same for a folder, so that a restarted platform finds its broker where it was. */
async function planNodes(options: KafkaOptions): Promise<Node[]> {
  const { dir, port, brokers = 1 } = options;
  const root = resolve(dir);
  mkdirSync(root, { recursive: true });
  const note = join(root, 'ports.json');
  const each = options.secured ? 3 : 2;
  const known = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as number[]) : [];
  const ports = known.length === brokers * each ? known : await freePorts(brokers * each);
  if (port !== undefined) ports[0] = port;
  writeFileSync(note, JSON.stringify(ports));
  return Array.from({ length: brokers }, (_, index) => {
    const home = join(root, `broker-${index + 1}`);
    return {
      id: index + 1,
      port: ports[index * each] ?? 0,
      controllerPort: ports[index * each + 1] ?? 0,
      insidePort: ports[index * each + 2] ?? 0,
      dir: home,
      properties: join(home, 'server.properties'),
    };
  });
}

async function prepare(
  node: Node,
  nodes: readonly Node[],
  jars: string,
  secured: KafkaOptions['secured'],
): Promise<void> {
  const replicas = nodes.length;
  const inSync = Math.max(1, replicas - 1);
  mkdirSync(node.dir, { recursive: true });
  const settings: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': nodes.map((each) => `${each.id}@127.0.0.1:${each.controllerPort}`).join(','),
    listeners: `CLIENT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${node.port}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(node.dir, 'data'),
    'auto.create.topics.enable': 'false',
    'unclean.leader.election.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    // Fifty partitions of offsets are for clusters; each is a file to open on every start.
    'offsets.topic.num.partitions': 4,
    // The wait for further members before a group's first assignment, which delays every test by 3 s.
    'group.initial.rebalance.delay.ms': 0,
    // A killed broker may come back only when its old session has run out: 9 s by default.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    ...(secured ? encrypted(node, secured) : {}),
  };
  writeFileSync(
    node.properties,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  if (existsSync(join(node.dir, 'data', 'meta.properties'))) return;
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', node.properties, '--ignore-formatted'];
  const scram = secured ? ['--add-scram', `SCRAM-SHA-512=[name=${secured.username},password=${secured.password}]`] : [];
  await promisify(execFile)('java', [...quick, ...java(jars), ...format, ...scram], { timeout: 60_000 });
}

/** Clients come encrypted and sign in; the broker speaks to itself on a listener of its own. */
const encrypted = (node: Node, { certificates }: NonNullable<KafkaOptions['secured']>): Record<string, string> => ({
  listeners: `CLIENT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort},INSIDE://127.0.0.1:${node.insidePort}`,
  'advertised.listeners': `CLIENT://127.0.0.1:${node.port},INSIDE://127.0.0.1:${node.insidePort}`,
  'listener.security.protocol.map': 'CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT',
  'inter.broker.listener.name': 'INSIDE',
  'listener.name.client.ssl.keystore.type': 'PEM',
  'listener.name.client.ssl.keystore.location': certificates.both,
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.client.scram-sha-512.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
});

const java = (jars: string): string[] => ['-cp', join(jars, '*'), LOGGING];

/** ApiVersions v0 (KIP-35): size, api key 18, version 0, correlation id 7, no client id. A broker only answers it once it serves. */
const API_VERSIONS = Buffer.from('0000000a001200000000' + '0007' + 'ffff', 'hex');

/** Size, then our correlation id, then error code 0. */
function isApiVersions(bytes: Buffer): boolean {
  return bytes.length >= 10 && bytes.readInt32BE(4) === 7 && bytes.readInt16BE(8) === 0;
}
