import type { ContextName } from '@concordat/contracts';
import type { Logger } from 'pino';
import { join, resolve } from 'node:path';
import { keysIn, type Settings } from './config';
import type { ContextDefinition } from './context';
import { startEmbeddedPostgres, type Archive } from './embedded-postgres';
import { provision } from './provision';
import { localSecrets } from './secrets';

/** A database made ready for this process. */
export interface ProvidedDatabase {
  readonly urlOf: (context: ContextName) => string;
  readonly info: {
    readonly secret: (purpose: string) => string;
    detailKey: Buffer;
    detailKeys: readonly Buffer[];
    bridgeUrl: string | null;
  };
  /** Only a test database, which may lose what it acknowledged. */
  readonly mayLose: boolean;
  stop(): Promise<void>;
}

/**
 * provideDatabase is the seam with two living implementations: embedded PostgreSQL for one process, or a server given by
 * URL. A service signs in with DATABASE_URL as its own role; the all-in-one, given an administrator, provisions for itself.
 */
export async function provideDatabase(
  role: string,
  settings: Settings,
  definitions: readonly ContextDefinition[],
  log: Logger,
): Promise<ProvidedDatabase> {
  const secret = secretsOf(settings);
  const detailKey = settings.AUDIT_DETAIL_KEY
    ? Buffer.from(settings.AUDIT_DETAIL_KEY, 'base64')
    : Buffer.from(secret('audit-detail'), 'base64url');
  const base = { secret, detailKey, detailKeys: [detailKey, ...keysIn(settings.AUDIT_DETAIL_KEY_ALSO)] };
  const nothing = (): Promise<void> => Promise.resolve();
  if (definitions.length === 0) {
    const none = { ...base, bridgeUrl: null };
    return {
      urlOf: () => {
        throw new Error(`${role} has no database`);
      },
      info: none,
      mayLose: false,
      stop: nothing,
    };
  }
  if (settings.DATABASE_URL) {
    const url = settings.DATABASE_URL;
    return {
      urlOf: () => url,
      info: { ...base, bridgeUrl: null },
      mayLose: settings.NODE_ENV === 'test',
      stop: nothing,
    };
  }
  const embedded = settings.DATABASE_ADMIN_URL
    ? { adminUrl: settings.DATABASE_ADMIN_URL, stop: nothing }
    : await startEmbeddedPostgres({
        dataDir: join(settings.dataDir, 'postgres'),
        revive: true,
        ...archiveOf(settings),
        log: (message) => log.warn(message),
      });
  try {
    const database = new URL(embedded.adminUrl).pathname.slice(1);
    const name = settings.DATABASE_ADMIN_URL && database !== 'postgres' && database !== '' ? database : 'concordat';
    const made = await provision(embedded.adminUrl, definitions, name);
    if (made.migrated.length > 0) log.info({ migrations: made.migrated.length }, 'migrated');
    return {
      urlOf: made.urlOf,
      info: { ...base, bridgeUrl: made.bridgeUrl },
      mayLose: settings.NODE_ENV === 'test',
      stop: () => embedded.stop(),
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** What was asked for of backups; nothing when nothing was. */
function archiveOf(settings: Settings): { archive?: Archive } {
  const { CONCORDAT_BACKUP: folder, CONCORDAT_BACKUP_RECIPIENT: recipient } = settings;
  if (!folder || !recipient) return {};
  return { archive: { folder: resolve(folder), recipient, withinSeconds: settings.CONCORDAT_BACKUP_WITHIN_SECONDS } };
}

function secretsOf(settings: Settings): (purpose: string) => string {
  if (!settings.production) return (purpose) => localSecrets(settings.dataDir).of(purpose);
  return (purpose) => {
    const value =
      purpose === 'session'
        ? settings.SESSION_SECRET
        : purpose === 'service-client'
          ? settings.SERVICE_CLIENT_SECRET
          : undefined;
    if (!value) throw new Error(`No secret for ${purpose}: set it in the environment`);
    return value;
  };
}
