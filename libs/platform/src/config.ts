import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { join, resolve } from 'node:path';
import { contexts, type ContextName } from '@concordat/contracts';
import { isRecipient } from './backup/age-keys';
import { carriageProblems } from './carriage';
import { Environment, NUMBERS, SETTING_NAMES } from './environment';
import { givenSecrets } from './given-secrets';
import { plaintextProblems, saslProblems } from './in-transit';

/** The settings of this process: the environment, completed and checked. */
export interface Settings extends Readonly<Omit<Environment, 'KAFKA_BROKERS'>> {
  readonly dataDir: string;
  readonly production: boolean;
  readonly brokers: readonly string[];
  readonly urls: Readonly<Partial<Record<ContextName, string>>>;
  /** Client ids by which services are known at the identity provider, where they are not `concordat-<context>`. */
  readonly serviceClients: Readonly<Partial<Record<ContextName | 'web', string>>>;
  readonly personRequestsPerMinute: number;
  /** What `OIDC_REQUIRED_ACR` demands, one of which is enough; empty when nothing is demanded. */
  readonly requiredAcr: readonly string[];
}

/** Raised with every problem at once, so that nobody mends a deployment one variable at a time. */
export class BadConfiguration extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Concordat cannot start. Mend these settings:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'BadConfiguration';
  }
}

/** Needed in production: nothing is generated, embedded or assumed there. */
const REQUIRED = [
  'DATABASE_URL',
  'KAFKA_BROKERS',
  'REDIS_URL',
  'OIDC_ISSUER',
  'SERVICE_CLIENT_SECRET',
  'CONCORDAT_URLS',
  'AUDIT_DETAIL_KEY',
] as const;

/**
 * readSettings reads the environment and checks it: relaxed locally, strict in production. `role` says what this process is (a
 * context, `web` or `all-in-one`), because production asks more of some. Throws BadConfiguration naming every problem.
 */
export function readSettings(role: string, from: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const { env, problems: unread } = givenSecrets(from);
  const given: Record<string, unknown> = {};
  for (const key of SETTING_NAMES) {
    const value = env[key];
    if (value !== undefined && value !== '') given[key] = NUMBERS.has(key) ? Number(value) : value;
  }
  const e = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const problems = validateSync(e, { validationError: { target: false, value: false } }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  problems.push(...unread);
  const { urls, bad } = parseUrls(e.CONCORDAT_URLS);
  problems.push(...bad);
  const clients = parseClients(e.SERVICE_CLIENT_IDS);
  problems.push(...clients.bad);
  problems.push(...saslProblems(e));
  problems.push(...carriageProblems(e));
  for (const key of ['AUDIT_DETAIL_KEY', 'LEDGER_WRAP_KEY'] as const) {
    if (e[key] && Buffer.from(e[key], 'base64').length !== 32) problems.push(`${key} must be 32 bytes in base64`);
    const also = `${key}_ALSO` as const;
    if (keysIn(e[also]).some((each) => each.length !== 32)) problems.push(`${also} must be keys of 32 bytes in base64`);
  }
  if (!e.CONCORDAT_BACKUP !== !e.CONCORDAT_BACKUP_RECIPIENT)
    problems.push('CONCORDAT_BACKUP and CONCORDAT_BACKUP_RECIPIENT must be given together');
  if (e.CONCORDAT_BACKUP_RECIPIENT && !isRecipient(e.CONCORDAT_BACKUP_RECIPIENT))
    problems.push('CONCORDAT_BACKUP_RECIPIENT must be a recipient of age: npm run backup -- key');
  if (e.NODE_ENV === 'production') problems.push(...productionProblems(role, e));
  if (problems.length > 0) throw new BadConfiguration(problems);
  return {
    ...e,
    dataDir: resolve(e.CONCORDAT_DATA ?? join(process.cwd(), 'data')),
    production: e.NODE_ENV === 'production',
    personRequestsPerMinute: e.PERSON_REQUESTS_PER_MINUTE ?? (e.NODE_ENV === 'production' ? 3_000 : 1_000_000),
    requiredAcr: e.OIDC_REQUIRED_ACR?.split(' ') ?? [],
    brokers: e.KAFKA_BROKERS?.split(',').map((b) => b.trim()) ?? [],
    urls,
    serviceClients: clients.ids,
  };
}

/** Keys between commas. */
export const keysIn = (text: string | undefined): Buffer[] =>
  (text ?? '')
    .split(',')
    .filter(Boolean)
    .map((key) => Buffer.from(key.trim(), 'base64'));

function productionProblems(role: string, e: Environment): string[] {
  const web = role === 'web' ? (['OIDC_CLIENT_SECRET', 'SESSION_SECRET', 'PUBLIC_URL'] as const) : [];
  const audit = role === 'audit' ? (['LEDGER_KEY', 'LEDGER_ORIGIN', 'LEDGER_WRAP_KEY'] as const) : [];
  const notForWeb = role === 'web' ? ['DATABASE_URL', 'KAFKA_BROKERS', 'AUDIT_DETAIL_KEY'] : [];
  const missing = [...REQUIRED.filter((k) => !notForWeb.includes(k)), ...web, ...audit].filter((k) => !e[k]);
  const problems = missing.map((k) => `${k} is required in production`);
  if (role === 'all-in-one')
    problems.push('The all-in-one has embedded parts and a development identity provider: run services in production');
  if (e.PUBLIC_URL?.startsWith('http:')) problems.push('PUBLIC_URL must be https in production');
  // Whoever could answer in its place could sign in as anybody.
  if (e.OIDC_ISSUER?.startsWith('http:')) problems.push('OIDC_ISSUER must be https in production');
  problems.push(...plaintextProblems(e));
  if (e.CONCORDAT_FAILPOINTS) problems.push('CONCORDAT_FAILPOINTS is for tests: remove it in production');
  return problems;
}

function parseUrls(text: string | undefined): { urls: Partial<Record<ContextName, string>>; bad: string[] } {
  const urls: Partial<Record<ContextName, string>> = {};
  const bad: string[] = [];
  for (const part of (text ?? '').split(',').filter(Boolean)) {
    const [name, ...rest] = part.trim().split('=');
    const target = rest.join('=');
    if (contexts.includes(name as ContextName) && URL.canParse(target))
      urls[name as ContextName] = target.replace(/\/$/, '');
    else bad.push(`CONCORDAT_URLS has an entry that is not <context>=<url>: contexts are ${contexts.join(', ')}`);
  }
  return { urls, bad };
}

function parseClients(text: string | undefined): { ids: Partial<Record<ContextName | 'web', string>>; bad: string[] } {
  const ids: Partial<Record<ContextName | 'web', string>> = {};
  const bad: string[] = [];
  for (const part of (text ?? '').split(',').filter(Boolean)) {
    const [name = '', id = ''] = part.trim().split('=');
    if (id && (name === 'web' || contexts.includes(name as ContextName))) ids[name as ContextName] = id;
    else bad.push('SERVICE_CLIENT_IDS has an entry that is not <context>=<client id>');
  }
  const all = Object.values(ids);
  if (new Set(all).size < all.length) bad.push('SERVICE_CLIENT_IDS gives two services the same client id');
  return { ids, bad };
}
