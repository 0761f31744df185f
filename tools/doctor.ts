import { kafkaSecurity, readSettings, redisTls } from '@concordat/platform';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { examineBackups } from './doctor/backups';
import { examineKafka, examineNode, examineRedis, examineServices } from './doctor/around';
import { examineDatabase } from './doctor/database';
import { wrong, type Finding } from './doctor/finding';
import { adminUrlOf } from './services/all-in-one';
import { judgeKeys } from './keys/judge';
import { keysInUse } from './keys/keys';
import { definitions } from './services/definitions';

const USAGE = `npm run doctor [-- --json]   looks at a running installation, changes nothing, and says what to mend
Read from the environment, all that is given:
  DATABASE_ADMIN_URL  the database's superuser; or CONCORDAT_DATA, the data folder of the all-in-one (./data)
  PORT                where the all-in-one answers (3000); or CONCORDAT_URLS, as the services have it
  KAFKA_BROKERS, REDIS_URL, and KAFKA_TLS, KAFKA_SASL_…, TLS_CA_FILE as the services have them
  CONCORDAT_BACKUP    the folder of backups
  AUDIT_DETAIL_KEY, LEDGER_WRAP_KEY and …_ALSO, as npm run keys has them: whether older keys are still in use
Exit: 0 all that was looked at is well, 1 something is wrong, 2 there is nothing to look at.`;

/** `npm run doctor`. */
async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const dataDir = resolve(env['CONCORDAT_DATA'] ?? 'data');
  const embedded = !env['DATABASE_ADMIN_URL'];
  if (args.some((a) => a !== '--json') || (embedded && !existsSync(join(dataDir, 'postgres')))) {
    console.error(USAGE);
    return 2;
  }
  const found = [
    examineNode(process.version),
    ...(await database(env['DATABASE_ADMIN_URL'] ?? (() => adminUrlOf(dataDir)))),
    ...(await examineServices(addresses(env))),
    ...(env['KAFKA_BROKERS'] ? await examineKafka(env['KAFKA_BROKERS'].split(','), kafkaSecurity(env as object)) : []),
    ...(env['REDIS_URL'] ? [await examineRedis(env['REDIS_URL'], redisTls(env as object))] : []),
  ];
  console.log(args.includes('--json') ? JSON.stringify(found) : found.map(line).join('\n'));
  return found.some(({ state }) => state === 'wrong') ? 1 : 0;
}

async function database(where: string | (() => string)): Promise<Finding[]> {
  const gone = 'Look whether it runs, and at DATABASE_ADMIN_URL or CONCORDAT_DATA';
  try {
    const url = new URL(typeof where === 'string' ? where : where());
    if (url.pathname === '/' || url.pathname === '/postgres') url.pathname = '/concordat';
    const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const folder = process.env['CONCORDAT_BACKUP'];
      const keys = readSettings('doctor', { ...process.env, NODE_ENV: 'development' });
      return [
        ...(await examineDatabase(client, definitions)),
        ...(await examineBackups(client, folder ? resolve(folder) : null)),
        ...judgeKeys(await keysInUse(url.href, keys)),
      ];
    } finally {
      await client.end();
    }
  } catch (error) {
    // Its code only: a message may quote an address with its password.
    return [wrong('Database', `it cannot be looked at (${(error as { code?: string }).code ?? 'no answer'})`, gone)];
  }
}

function addresses(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = (env['CONCORDAT_URLS'] ?? '').split(',').flatMap((entry) => {
    const [name, url] = entry.split('=');
    return name && url && URL.canParse(url) ? [[name, url.replace(/\/$/, '')]] : [];
  });
  return given.length > 0
    ? (Object.fromEntries(given) as Record<string, string>)
    : { Concordat: `http://127.0.0.1:${env['PORT'] ?? 3000}` };
}

const MARK = { well: '✓', wrong: '✗', 'not-checked': '·' } as const;

const line = ({ about, state, says, mend }: Finding): string =>
  `${MARK[state]} ${about}: ${says}${mend ? `\n    → ${mend}` : ''}`;

main(process.argv.slice(2), process.env).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
