import { resolve } from 'node:path';
import type { Certificates } from './certificates';
import { answers, freePorts, ServerProcess } from './server-process';
import type { RedisServer, ServerOptions } from './servers';

/**
 * `redis-server` from the PATH, as production runs it for queues: every change appended to a file, and no key ever
 * evicted (a job that is evicted is a job that never runs).
 */
export async function startRedis(options: ServerOptions): Promise<RedisServer> {
  const dir = resolve(options.dir);
  const port = options.port ?? (await freePorts(1))[0] ?? 0;
  const { certificates } = options;
  const settings = {
    ...(certificates ? encrypted(port, certificates) : { port }),
    ...{ bind: '127.0.0.1', dir, appendonly: 'yes', save: '', 'maxmemory-policy': 'noeviction' },
  };
  const server = new ServerProcess({
    name: 'redis',
    file: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    dir,
    ready: () =>
      answers(port, Buffer.from('PING\r\n'), (bytes) => bytes.toString('latin1').startsWith('+PONG'), certificates),
    readyWithinMs: 10_000,
  });
  await server.start();
  return {
    url: `${certificates ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    kill: (signal) => server.kill(signal),
    start: () => server.start(),
    stop: () => server.stop(),
  };
}

const encrypted = (port: number, { authority, certificate, key }: Certificates) => ({
  port: 0,
  'tls-port': port,
  'tls-cert-file': certificate,
  'tls-key-file': key,
  'tls-ca-cert-file': authority,
  'tls-auth-clients': 'no',
});
