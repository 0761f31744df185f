import { Client as Database } from 'pg';
import { PROBE_TABLES } from '../inside/tables';

/** Where the system of an agency runs that is told by webhook: nothing here is reached unless it is said to be. */
export const CONSUMERS = '127.0.0.1/32';

/** A new connection, that a lost server does not take us down with. */
export async function connected(url: string): Promise<Database> {
  const connection = new Database({ connectionString: url });
  connection.on('error', () => undefined);
  await connection.connect();
  return connection;
}

/** Makes the tables of the probe, before the product first looks. */
export async function withProbe(database: () => Promise<Database>): Promise<void> {
  const connection = await database();
  await connection.query(PROBE_TABLES);
  await connection.end();
}

/** The same server's database of the contexts. */
export function inDatabase(adminUrl: string, name = 'concordat'): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
