import type { Logger } from 'pino';
import type { Settings } from '../config';
import { redisTls } from '../in-transit';
import type { ProcessInfo } from '../platform.module';
import type { Ephemeral } from './ephemeral';
import { PostgresEphemeral } from './postgres';
import { RedisEphemeral } from './redis';

/** openEphemeral opens the store of this process: Redis when REDIS_URL is set, else the process's own PostgreSQL. */
export async function openEphemeral(
  settings: Pick<Settings, 'REDIS_URL'> & Partial<Pick<Settings, 'TLS_CA_FILE'>>,
  process: Pick<ProcessInfo, 'bridgeUrl'>,
  log: Logger,
): Promise<Ephemeral> {
  if (settings.REDIS_URL) return RedisEphemeral.open(settings.REDIS_URL, log, redisTls(settings));
  if (process.bridgeUrl) return PostgresEphemeral.open(process.bridgeUrl, log);
  throw new Error('Sessions need a store: set REDIS_URL');
}
