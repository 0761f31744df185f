import { startEmbeddedPostgres } from '@concordat/platform';
import type { PostgresServer, ServerOptions } from './servers';

/**
 * The embedded PostgreSQL as a server among the others, so that the same tests can kill it too. `kill` takes SIGQUIT
 * (PostgreSQL's immediate shutdown: no checkpoint, recovery at the next start) unless told otherwise.
 */
export async function startPostgres(options: ServerOptions & { forTests?: boolean }): Promise<PostgresServer> {
  const launch = (port: number | undefined): ReturnType<typeof startEmbeddedPostgres> =>
    startEmbeddedPostgres({
      dataDir: options.dir,
      ...(port === undefined ? {} : { port }),
      ...(options.forTests === undefined ? {} : { forTests: options.forTests }),
    });
  let running = await launch(options.port);
  const { adminUrl, port } = running;
  return {
    adminUrl,
    kill: async (signal = 'SIGQUIT') => {
      process.kill(running.pid, signal);
      await running.stop();
    },
    start: async () => {
      running = await launch(port);
    },
    stop: () => running.stop(),
  };
}
