import { localSecrets } from '@concordat/platform';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../infrastructure/server-process';
import { built } from './built';
import { NodeProcess } from './node-process';
import type { Platform } from './platform';

export interface AllInOneOptions {
  readonly dataDir: string;
  readonly port?: number;
  /** Over the defaults: `{ CONCORDAT_DEMO: 'no' }`. */
  readonly env?: Readonly<Record<string, string>>;
}

const NAME = 'all-in-one';

/**
 * Runs the all-in-one in a process of its own, as `npm start` does, on the given folder. Resolves when it is ready; the
 * demonstration referrals may still be arriving then (`demonstrated` waits for them).
 */
export async function startAllInOne(options: AllInOneOptions): Promise<Platform> {
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const port = options.port ?? (await freePorts(1))[0] ?? 0;
  const url = `http://127.0.0.1:${port}`;
  const node = new NodeProcess({
    name: NAME,
    main: built('apps/all-in-one/src/main'),
    env: { PORT: String(port), CONCORDAT_DATA: dataDir, ...options.env },
    dir: join(dataDir, 'log'),
    readyUrl: `${url}/health/ready`,
  });
  await node.start();
  return {
    mode: 'embedded',
    webUrl: `http://localhost:${port}`,
    dataDir,
    get adminUrl() {
      return adminUrlOf(dataDir);
    },
    processes: [NAME],
    urlOf: (path) => `${url}${path}`,
    tokenUrl: `${url}/oidc/token`,
    personaSecret: localSecrets(dataDir).of('persona-client'),
    kill: (_, signal) => node.kill(signal),
    start: () => node.start(),
    pid: () => node.pid,
    residentMb: () => node.residentMb(),
    stop: () => node.stop(),
  };
}

/** Whether the demonstration referrals have all been made: the all-in-one notes it in its data folder. */
export const demonstrated = (dataDir: string): boolean => existsSync(join(dataDir, 'demonstration.json'));

/** The embedded database's address: its port from postmaster.pid (fourth line), its password from beside it. */
export function adminUrlOf(dataDir: string): string {
  const folder = join(dataDir, 'postgres');
  const moved = join(folder, 'moved-to');
  const home = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : folder;
  const port = readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8')
    .split('\n')[3]
    ?.trim();
  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  return `postgres://concordat:${encodeURIComponent(password)}@127.0.0.1:${port}/concordat`;
}
