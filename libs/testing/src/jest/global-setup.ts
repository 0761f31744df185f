import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// By path: jest loads this file before its module map exists, and with it only @swc/jest, not '@concordat/*'.
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../platform/src/embedded-postgres';
import { infrastructureHere } from '../../../../tools/infrastructure/here';
import { killAbandoned } from '../../../../tools/infrastructure/server-process';

/** What the setup leaves for the teardown, which runs in the same process. */
export interface TestServer {
  readonly postgres: EmbeddedPostgres;
  readonly dir: string;
}
declare global {
  var concordatTestServer: TestServer | undefined;
}

const PREFIX = 'concordat-test-';

/**
 * One PostgreSQL for the whole jest run, in a folder of its own that goes away with it; every test file makes its own
 * databases there (`testDatabase`). Workers learn of it by CONCORDAT_TEST_ADMIN_URL; when that is set already, whoever
 * set it owns the server.
 */
export default async function globalSetup(): Promise<void> {
  await noteInfrastructure();
  if (process.env['CONCORDAT_TEST_ADMIN_URL']) return;
  await removeLeftovers();
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  // So that, when root runs the tests, PostgreSQL's unprivileged user can pass through.
  chmodSync(dir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), forTests: true });
  globalThis.concordatTestServer = { postgres, dir };
  process.env['CONCORDAT_TEST_ADMIN_URL'] = postgres.adminUrl;
  // Every app under test has a data folder of its own; the packs that it reads there are the same for all.
  process.env['CONCORDAT_TEST_PACKS'] = join(dir, 'packs');
  mkdirSync(join(dir, 'packs'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abandon(postgres.pid, dir));
}

/** jest ends on a signal without any teardown: there is no time for an orderly stop, and nothing in there to keep. */
function abandon(pid: number, dir: string): never {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended already.
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  process.exit(130);
}

/** Tells `describeWithInfrastructure`, which has to know before any test runs, whether Kafka and Redis can run here. */
async function noteInfrastructure(): Promise<void> {
  if (process.env['CONCORDAT_TEST_INFRASTRUCTURE']) return;
  const here = await infrastructureHere();
  process.env['CONCORDAT_TEST_INFRASTRUCTURE'] = here.as;
  process.env['CONCORDAT_TEST_MISSING'] = here.as === 'neither' ? here.reasons.join('; ') : '';
}

/** Servers and folders of runs that were killed: taken over, stopped and removed. Those of living runs refuse it. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const dir = join(tmpdir(), name);
    if (name.startsWith('concordat-infrastructure-')) removeServers(dir);
    if (!name.startsWith(PREFIX)) continue;
    try {
      const left = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), forTests: true });
      await left.stop();
      rmSync(dir, { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

/** A folder that was made this minute may be about to get its first server. */
function removeServers(dir: string): void {
  try {
    const isNew = Date.now() - statSync(dir).mtimeMs < 60_000;
    if (!isNew && killAbandoned(dir)) rmSync(dir, { recursive: true, force: true });
  } catch {
    // Another run is removing it at the same time.
  }
}
