import type { Reception } from '@concordat-app/all-in-one';
import { localSecrets } from '@concordat/platform';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAllInOne } from '../services/all-in-one';
import { servicesOn, urlIn } from '../services/start';

/** Where the story is played. */
export interface Stage {
  readonly reception: Reception;
  /** For the person at the terminal. */
  readonly says: string;
  close(): Promise<void>;
}

/**
 * openStage finds the Concordat that runs here (CONCORDAT_URL, or PORT on this machine), or else starts one on a
 * throw-away folder. Of one that runs, CONCORDAT_DATA must name the data folder, where the secret for signing in is.
 *
 * @throws Error when CONCORDAT_URL names one that does not answer, or whose data folder is not known
 */
export async function openStage(env: NodeJS.ProcessEnv): Promise<Stage> {
  const { CONCORDAT_URL: named, PORT: port = '3000' } = env;
  const url = (named ?? `http://127.0.0.1:${port}`).replace(/\/$/, '');
  if (await answers(url)) {
    const found = onFolderOf(url, env);
    if (found) return found;
    const message = `The Concordat at ${url} keeps its data elsewhere: name its folder with CONCORDAT_DATA`;
    if (named) throw new Error(message);
    console.log(`${message}. Meanwhile, one of our own:`);
  } else if (named) throw new Error(`No Concordat is ready at ${url}`);
  return ourOwn();
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    return ((await response.json()) as { status?: string }).status === 'ready';
  } catch {
    return false;
  }
}

/** The all-in-one's folder is `data`, and that of the services `data/services`, unless CONCORDAT_DATA says otherwise. */
function onFolderOf(url: string, env: NodeJS.ProcessEnv): Stage | undefined {
  const folders = env['CONCORDAT_DATA'] ? [env['CONCORDAT_DATA']] : ['data', 'data/services'];
  for (const dataDir of folders.map((folder) => resolve(folder))) {
    if (!existsSync(join(dataDir, 'local-secret'))) continue;
    const services = servicesOn(dataDir);
    const urlOf = services ? urlIn(services.urls, services.webUrl) : (path: string) => `${url}${path}`;
    if (services && portOf(services.webUrl) !== portOf(url)) continue;
    const tokenUrl = `${services?.urls.identity ?? url}/oidc/token`;
    const personaSecret = localSecrets(dataDir).of('persona-client');
    const says = `On the Concordat that runs at ${url}${services ? ', as services' : ''}`;
    return { reception: { urlOf, tokenUrl, personaSecret }, says, close: () => Promise.resolve() };
  }
  return undefined;
}

const portOf = (url: string): string => new URL(url).port;

async function ourOwn(): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concordat-demo-'));
  chmodSync(dataDir, 0o711); // root runs PostgreSQL as another user, who must be able to pass
  const tidy = (): void => rmSync(dataDir, { recursive: true, force: true });
  try {
    const platform = await startAllInOne({ dataDir, env: { LOG_LEVEL: 'error' } });
    const close = (): Promise<void> => platform.stop().finally(tidy);
    return { reception: platform, says: 'On a Concordat of its own, started on a throw-away folder', close };
  } catch (error) {
    tidy();
    throw error;
  }
}
