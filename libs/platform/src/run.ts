import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule, NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppModule, ContextDefinition } from './context';
import { Allowances } from './allowances';
import { Documents, OWN_PART } from './documents';
import { readSettings, type Settings } from './config';
import { Databases, DEFAULT_POOL } from './database';
import { armFailpoints } from './failpoint';
import { Authenticators, Gatekeeper } from './gatekeeper';
import { correlationOf, EVERY_ANSWER, ProblemFilter, refuseAddress, refuseDocument, refuseUnparsed } from './http';
import { Lifecycle } from './lifecycle';
import { createLogger, nestLogger } from './logging';
import { Metrics } from './observing/metrics';
import { MetricsServer } from './observing/metrics-server';
import { Requests } from './observing/requests';
import { SpanExporter } from './observing/span-exporter';
import { traceTo } from './observing/tracing';
import { Peers } from './peers';
import { openApi } from './openapi';
import { PlatformModule, type ProcessInfo } from './platform.module';
import { provideDatabase } from './provide-database';
import { Tokens } from './tokens';

/** A process that runs. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly settings: Settings;
  readonly process: ProcessInfo;
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly url: string;
  stop(): Promise<void>;
}

@Module({})
class Root {}

/**
 * run starts a process that holds `modules`: checks the configuration once, opens the databases, initialises the app,
 * listens, then starts relays, workers and consumers. The shape of a process is decided by its caller and nowhere else.
 */
export async function run(role: string, modules: readonly AppModule[], given?: Settings): Promise<Running> {
  const settings = given ?? readSettings(role);
  armFailpoints(settings.CONCORDAT_FAILPOINTS);
  const log = createLogger(role, settings.LOG_LEVEL ?? (settings.production ? 'info' : 'warn'));
  const port = settings.PORT === 0 ? await freePort() : settings.PORT;
  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${port}`;
  const definitions = modules.flatMap((m): ContextDefinition[] => (m.context ? [m.context] : []));
  const database = await provideDatabase(role, settings, definitions, log);
  let opened: NestFastifyApplication | null = null;
  try {
    const info: ProcessInfo = {
      role,
      publicUrl,
      issuer: settings.OIDC_ISSUER ?? `${publicUrl}/oidc`,
      ...database.info,
    };
    const databases = new Databases(database.urlOf, settings.DATABASE_POOL ?? DEFAULT_POOL, log);
    await databases.openAll(
      definitions.map((definition) => definition.name),
      database.mayLose,
    );
    const loopback = `http://127.0.0.1:${port}`;
    const tokens = new Tokens({
      issuer: info.issuer,
      audience: settings.OIDC_AUDIENCE,
      subjectClaim: settings.OIDC_SUBJECT_CLAIM,
      requiredAcr: settings.requiredAcr,
      acrClaim: settings.OIDC_ACR_CLAIM,
      serviceSecret: settings.SERVICE_CLIENT_SECRET ?? info.secret('service-client'),
      serviceClients: settings.serviceClients,
      ...(settings.SERVICE_SCOPE ? { serviceScope: settings.SERVICE_SCOPE } : {}),
      clientKeysUrl: `${settings.urls.identity ?? loopback}/api/identity/token-keys`,
    });
    const peers = new Peers((context) => settings.urls[context] ?? loopback, tokens);
    const platform = PlatformModule.with({ settings, log, process: info, databases, tokens, peers });
    const requests = new Requests();
    const root = { module: Root, imports: [platform, DiscoveryModule, ...modules] };
    const app = (opened = await createApp(root, log, settings, requests));
    const observed = observe(app, role, settings, requests);
    serveDocuments(app, settings);
    await app.listen(port, settings.HOST ?? (settings.production ? '0.0.0.0' : '127.0.0.1'));
    await app.get(Lifecycle).start();
    const stop = async (): Promise<void> => {
      app.get(Lifecycle).leave();
      requests.leave();
      await delay(settings.DRAIN_SECONDS * 1000);
      await requests.drain(app.getHttpServer());
      await app.close();
      await observed.stop();
      await database.stop();
    };
    return { app, settings, process: info, url: loopback, stop };
  } catch (error) {
    await opened?.close().catch(() => undefined); // what has started stops before its database does
    await database.stop();
    throw error;
  }
}

/** Metrics and traces, for those who asked for them: nothing is listened on, kept or sent otherwise. */
function observe(app: NestFastifyApplication, role: string, settings: Settings, requests: Requests) {
  const { METRICS_PORT: port, HOST: host, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings;
  const [metrics, lifecycle] = [app.get(Metrics), app.get(Lifecycle)];
  metrics.collect(() => [{ name: 'concordat_http_in_flight', labels: {}, value: requests.inFlight }]);
  if (port !== undefined)
    lifecycle.add(new MetricsServer(port, host ?? (settings.production ? '0.0.0.0' : '127.0.0.1'), metrics, lifecycle));
  const exporter = endpoint ? new SpanExporter(endpoint, role) : null;
  if (exporter) traceTo(exporter);
  return {
    stop: async () => {
      if (!exporter) return;
      traceTo(null);
      await exporter.stop();
    },
  };
}

async function createApp(
  root: DynamicModule,
  log: ReturnType<typeof createLogger>,
  settings: Settings,
  requests: Requests,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: 1_048_576,
    forceCloseConnections: true,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 200 },
    trustProxy: settings.TRUSTED_PROXIES || false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseUnparsed,
  });
  requests.watch(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger(log),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(log));
  const allowances = {
    client: new Allowances('client', settings.CLIENT_REQUESTS_PER_MINUTE),
    person: new Allowances('person', settings.personRequestsPerMinute),
  };
  app.useGlobalGuards(new Gatekeeper(app.get(Reflector), app.get(Tokens), app.get(Authenticators), allowances));
  adapter.getInstance().addHook('onSend', async (request, reply) => {
    void reply.header('x-correlation-id', correlationOf(request));
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    void reply.headers(EVERY_ANSWER);
  });
  return app;
}

/** The API and event documents, made when somebody first asks for them. */
function serveDocuments(app: NestFastifyApplication, settings: Settings): void {
  const documents = new Documents(() => openApi(app), settings.urls);
  const serve = (path: string, make: () => object | Promise<object>): void => {
    app
      .getHttpAdapter()
      .getInstance()
      .get(path, async (request, reply) => {
        try {
          return await reply.type('application/json').send(await make());
        } catch (error) {
          return refuseDocument(error, request, reply);
        }
      });
  };
  serve('/api/openapi.json', () => documents.whole());
  serve(OWN_PART, () => documents.own());
  serve('/api/asyncapi.json', () => documents.events());
}

/** One Ctrl-C reaches a process twice under npm: from the terminal, and passed on by npm. */
const SAME_KEYPRESS_MS = 500;

/** Lives as a process of its own: stops on SIGTERM and Ctrl-C, HTTP and workers first, the database last. A second signal ends at once. */
export function asProcess(running: Running, say: (text: string) => void = () => undefined): void {
  let since: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_KEYPRESS_MS) process.exit(130);
      return;
    }
    since = performance.now();
    say(`Stopping (${signal})`);
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
