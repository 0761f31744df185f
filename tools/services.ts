import { loadDemonstration } from '@concordat-app/all-in-one';
import { resolve } from 'node:path';
import { startServices, type Services } from './services/start';

export { startServices, type Services, type ServicesOptions } from './services/start';

/** `npm run services`: every context in its own process over Kafka, Redis and PostgreSQL, on this machine. */
async function main(): Promise<void> {
  const { env } = process;
  const dataDir = resolve(env['CONCORDAT_DATA'] ?? 'data/services');
  const stopping = new AbortController();
  const started = startServices({
    dataDir,
    ...(env['PORT'] ? { port: Number(env['PORT']) } : {}),
    given: {
      ...(env['DATABASE_ADMIN_URL'] ? { databaseAdminUrl: env['DATABASE_ADMIN_URL'] } : {}),
      ...(env['KAFKA_BROKERS'] ? { kafkaBrokers: env['KAFKA_BROKERS'] } : {}),
      ...(env['REDIS_URL'] ? { redisUrl: env['REDIS_URL'] } : {}),
    },
    env: passedOn(env),
    signal: stopping.signal,
    log: (line) => console.log(line),
  });
  onFirstSignal(() => {
    console.log('\nStopping…');
    stopping.abort();
    started
      .then((services) => services.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  });
  const services = await started.catch((error: unknown) => {
    if (stopping.signal.aborted) process.exit(0); // by then everything has been stopped again
    throw error;
  });
  if (env['CONCORDAT_DEMO'] !== 'no') {
    const loaded = await loadDemonstration(services);
    if (loaded) console.log(`Loaded the demonstration partnership and ${loaded.referrals} referrals.`);
  }
  report(services);
  // The servers are children that nothing waits for, and hearing signals keeps no process going either.
  setInterval(() => undefined, STAY_MS);
}

const STAY_MS = 60_000;

/** Hears the first SIGINT or SIGTERM. One Ctrl-C arrives twice under npm; a second one ends at once. */
function onFirstSignal(hear: () => void): void {
  let since: number | undefined;
  const onSignal = (): void => {
    if (since === undefined) hear();
    else if (performance.now() - since > 500) process.exit(130);
    since ??= performance.now();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
}

/** Settings of a person's own that every service is to hear. */
const passedOn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    ['CONCORDAT_DEMO', 'PARTNERSHIP_FILE', 'LOG_LEVEL', 'NODE_OPTIONS'].flatMap((name) =>
      env[name] ? [[name, env[name]]] : [],
    ),
  );

function report(services: Services): void {
  const { webUrl, urls, dataDir } = services;
  console.log(`\nConcordat is ready at ${webUrl}  (${(performance.now() / 1000).toFixed(1)} s)\n`);
  for (const [context, url] of Object.entries(urls)) console.log(`  ${context.padEnd(9)}  ${url}/api/${context}`);
  console.log(`\nData:  ${dataDir}\nLogs:  ${dataDir}/log\nStop:  Ctrl-C\n`);
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

if (process.argv[1] === __filename) main().catch(fail);
