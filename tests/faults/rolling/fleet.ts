import { contexts, type ContextName } from '@concordat/contracts';
import { localSecrets } from '@concordat/platform';
import { join } from 'node:path';
import { freePorts } from '../../../tools/infrastructure/server-process';
import type { Ground } from '../../../tools/services/infrastructure';
import { NodeProcess } from '../../../tools/services/node-process';
import { urlIn, type ServiceName } from '../../../tools/services/start';
import { Balancer } from './balancer';
import type { Version } from './version';

/** Those that are asked before those that ask, as docs/how-to/upgrade.md has it. */
export const ORDER: readonly ServiceName[] = ['identity', ...contexts.filter((c) => c !== 'identity'), 'web'];

export interface FleetOptions {
  readonly dir: string;
  readonly ground: Ground;
  /** What each context's role signs in with. */
  readonly databaseUrl: (context: ContextName) => string;
  readonly drainSeconds: number;
}

/** Every service behind an address that stays, by one process or, for as long as an upgrade takes, by two. */
export class Fleet {
  private readonly running = new Map<string, NodeProcess>();

  private constructor(
    private readonly options: FleetOptions,
    private readonly fronts: ReadonlyMap<ServiceName, Balancer>,
  ) {}

  static async open(options: FleetOptions): Promise<Fleet> {
    return new Fleet(options, new Map(await Promise.all(ORDER.map(async (n) => [n, await Balancer.open()] as const))));
  }

  /** Where callers find the services, in the shape that visitors of an installation want. */
  get reception() {
    const urls = Object.fromEntries(contexts.map((c) => [c, this.at(c)])) as Record<ContextName, string>;
    return {
      urlOf: urlIn(urls, this.at('web')),
      tokenUrl: `${this.at('identity')}/oidc/token`,
      personaSecret: localSecrets(this.options.dir).of('persona-client'),
    };
  }

  /** Connections that each process was given, and cut. */
  get given(): Readonly<Record<string, Balancer['given']>> {
    return Object.fromEntries([...this.fronts].map(([name, front]) => [name, front.given]));
  }

  /** Starts a process of a service; it is given connections once it is ready. @throws Error with the end of its log */
  async start(name: ServiceName, version: Version): Promise<void> {
    const { dir, ground, databaseUrl, drainSeconds } = this.options;
    const [port = 0] = await freePorts(1);
    const instance = `${name}-${version.name}`;
    const node = new NodeProcess({
      name: instance,
      main: version.built(`apps/${name}/src/main`),
      dir: join(dir, 'log'),
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      env: {
        ...{ NODE_ENV: 'development', LOG_LEVEL: 'warn', PORT: String(port), DRAIN_SECONDS: String(drainSeconds) },
        ...{ CONCORDAT_DATA: dir, KAFKA_BROKERS: ground.kafkaBrokers, REDIS_URL: ground.redisUrl },
        CONCORDAT_URLS: contexts.map((context) => `${context}=${this.at(context)}`).join(','),
        OIDC_ISSUER: `${this.at('identity')}/oidc`,
        PUBLIC_URL: this.at('web').replace('127.0.0.1', 'localhost'),
        ...(name === 'web' ? {} : { DATABASE_URL: databaseUrl(name) }),
      },
    });
    this.running.set(instance, node);
    await node.start();
    this.fronts.get(name)!.add(version.name, port);
  }

  /** Asks a process to stop, and waits until it has. */
  async retire(name: ServiceName, version: Version): Promise<void> {
    const instance = `${name}-${version.name}`;
    await this.running.get(instance)!.kill('SIGTERM');
    this.running.delete(instance);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((node) => node.stop()));
    await Promise.all([...this.fronts.values()].map((front) => front.close()));
  }

  private at(name: ServiceName): string {
    return `http://127.0.0.1:${this.fronts.get(name)!.port}`;
  }
}
