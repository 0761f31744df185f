import { rmSync } from 'node:fs';
// Brings the declaration of globalThis.concordatTestServer.
import type { TestServer } from './global-setup';

/** Stops what `globalSetup` started and removes its folder. */
export default async function globalTeardown(): Promise<void> {
  const server: TestServer | undefined = globalThis.concordatTestServer;
  if (server === undefined) return;
  await server.postgres.stop();
  // A last file may still be written while its folder is removed.
  rmSync(server.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
