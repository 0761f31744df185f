import { localSecrets } from '@concordat/platform';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mismatch, Refusal, tell } from './demo/story';
import { startAllInOne } from './services/all-in-one';
import type { Platform } from './services/platform';

/**
 * `npm run demo [-- --file referral.json]`: plays the story on a Concordat that runs here (PORT, CONCORDAT_DATA), or on one
 * that it starts on a throw-away folder. Ends with 1 on any mismatch or when the file is not a referral.
 */
async function main(argv: readonly string[]): Promise<number> {
  const content = readReferral(argv);
  if (typeof content === 'string') {
    console.error(content);
    return 1;
  }
  const { platform, close } = await ((await running()) ?? starting());
  try {
    await tell(platform, content.referral, (step) => console.log(`  ✓ ${step}`));
    console.log('\nEvery step was as it must be.');
    return 0;
  } catch (error) {
    if (error instanceof Refusal) {
      console.error('The referral was not taken. Put these right and send it again:');
      for (const { field, code, message } of error.errors)
        console.error(`  ${field || '(the whole)'}: ${message} [${code}]`);
      return 1;
    }
    if (!(error instanceof Mismatch)) throw error;
    console.error(`  ✗ ${error.message}`);
    return 1;
  } finally {
    await close();
  }
}

/** The referral to send: the example, or the file given. A text says why there is none. */
function readReferral(argv: readonly string[]): { referral: unknown } | string {
  const at = argv.indexOf('--file');
  const file = at < 0 ? join(process.cwd(), 'packs/demo/referral.example.json') : argv[at + 1];
  if (!file) return 'Name the file: npm run demo -- --file referral.json';
  if (!existsSync(file)) return `There is no file ${file}`;
  try {
    return { referral: JSON.parse(readFileSync(file, 'utf8')) as unknown };
  } catch (error) {
    return `${file} is not JSON: ${(error as Error).message}`;
  }
}

interface Open {
  readonly platform: Platform;
  readonly close: () => Promise<void>;
}

/** The all-in-one that runs on this machine's usual port and data folder, if there is one. */
async function running(): Promise<Open | null> {
  const port = process.env['PORT'] ?? '3000';
  const dataDir = process.env['CONCORDAT_DATA'] ?? join(process.cwd(), 'data');
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  if (!answer?.ok || !existsSync(join(dataDir, 'local-secret'))) return null;
  console.log(`Using the Concordat at ${url}`);
  const nothing = (): Promise<void> => Promise.resolve();
  const platform: Platform = {
    mode: 'embedded',
    webUrl: url,
    dataDir,
    adminUrl: '',
    processes: [],
    urlOf: (path) => `${url}${path}`,
    tokenUrl: `${url}/oidc/token`,
    personaSecret: localSecrets(dataDir).of('persona-client'),
    kill: nothing,
    start: nothing,
    residentMb: () => undefined,
    stop: nothing,
  };
  return { platform, close: nothing };
}

async function starting(): Promise<Open> {
  console.log('Starting a Concordat on a throw-away folder…');
  const dataDir = mkdtempSync(join(tmpdir(), 'concordat-demo-'));
  const platform = await startAllInOne({ dataDir });
  const close = async (): Promise<void> => {
    await platform.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { platform, close };
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
