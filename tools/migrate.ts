import { contexts, type ContextName } from '@concordat/contracts';
import { prepareTopics } from '@concordat/messaging';
import { createLogger, kafkaSecurity, provision } from '@concordat/platform';
import { definitions } from './services/definitions';

const USAGE = `Give DATABASE_ADMIN_URL: postgres://<superuser>:<password>@<host>:<port>/postgres
Also read:
  CONCORDAT_ROLE_PASSWORD_<CONTEXT>  the password of a context's role (${contexts.join(', ')}), in place of the derived one
  KAFKA_BROKERS                      makes the topics as well; by KAFKA_TLS, KAFKA_SASL_… and TLS_CA_FILE, as the services do`;

/**
 * `npm run migrate`: makes the database, a role and a schema per context, runs the migrations that are missing and, given
 * brokers, makes the topics. Repeating it changes nothing. It says no password: they are given, or derived from the
 * administrator's (libs/platform/src/provision.ts), as the services' DATABASE_URL must have them.
 */
async function main(): Promise<void> {
  const { DATABASE_ADMIN_URL: adminUrl, KAFKA_BROKERS: brokers } = process.env;
  if (!adminUrl || !URL.canParse(adminUrl)) throw new Error(USAGE);
  const made = await provision(adminUrl, definitions, databaseOf(adminUrl), passwordsOf(process.env));
  for (const name of made.migrated) console.log(`Ran ${name}`);
  console.log(made.migrated.length > 0 ? 'The database is up to date.' : 'The database was up to date.');
  if (!brokers) return;
  await prepareTopics(brokers.split(','), createLogger('migrate', 'warn'), kafkaSecurity(process.env as object));
  console.log('The topics are there.');
}

/** The database that the URL names, unless it names none of ours. */
function databaseOf(adminUrl: string): string {
  const name = decodeURIComponent(new URL(adminUrl).pathname.slice(1));
  return name === '' || name === 'postgres' ? 'concordat' : name;
}

function passwordsOf(env: NodeJS.ProcessEnv): Partial<Record<ContextName, string>> {
  return Object.fromEntries(
    contexts.flatMap((context) => {
      const given = env[`CONCORDAT_ROLE_PASSWORD_${context.toUpperCase()}`];
      return given ? [[context, given]] : [];
    }),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
