import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets of a local installation. In production each comes from the environment and none of this is used. */
export interface LocalSecrets {
  /** A secret for one purpose, stable over restarts of this data folder: 32 bytes in base64url. */
  of(purpose: string): string;
}

/**
 * localSecrets keeps one random root in the data folder (0600) and derives a secret per purpose from it by HMAC-SHA256,
 * so that a laptop needs no configuration and two laptops share nothing.
 */
export function localSecrets(dataDir: string): LocalSecrets {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'local-secret');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(32).toString('base64'), { mode: 0o600 });
    renameSync(draft, file); // whole or not at all, should the process die here
  }
  chmodSync(file, 0o600);
  const root = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  return { of: (purpose) => createHmac('sha256', root).update(purpose).digest('base64url') };
}
