import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// By path: jest loads this file before its module map exists, and with it only @swc/jest, not '@concordat/*'.
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../platform/src/embedded-postgres';
import { infrastructureHere } from '../../../../tools/infrastructure/here';

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
    if (!name.startsWith(PREFIX)) continue;
    const dir = join(tmpdir(), name);
    try {
      const left = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), forTests: true });
      await left.stop();
      rmSync(dir, { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}
