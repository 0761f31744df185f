import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors';

/**
 * The port to listen on at 127.0.0.1: the one asked for; else the one used last time, so that connection strings that
 * somebody noted stay right; else any free one.
 *
 * @throws EmbeddedPostgresError `port-taken` only when a port was asked for
 */
export async function choosePort(home: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (await free(asked)) return asked;
    throw new EmbeddedPostgresError(
      'port-taken',
      `Port ${asked} on 127.0.0.1, wanted for the embedded PostgreSQL, is taken by another program. ` +
        'Stop that program, or leave the port out and a free one is chosen.',
    );
  }
  const last = recall(home);
  if (last !== undefined && (await free(last)) !== undefined) return last;
  const port = await free(0);
  if (port === undefined) throw new EmbeddedPostgresError('port-taken', 'No free port on 127.0.0.1.');
  return port;
}

/** The next start takes the same port, so that addresses which people wrote down go on holding. */
export function rememberPort(home: string, port: number): void {
  if (recall(home) !== port) writeFileSync(join(home, 'port'), `${port}\n`);
}

function recall(home: string): number | undefined {
  const path = join(home, 'port');
  const port = existsSync(path) ? Number(readFileSync(path, 'utf8')) : NaN;
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined;
}

/** The port itself when it can be listened on (0: any), else undefined. */
function free(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
