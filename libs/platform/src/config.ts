import {
  IsBase64,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { plainToInstance } from 'class-transformer';
import { join, resolve } from 'node:path';
import { contexts, type ContextName } from '@concordat/contracts';
import { isRecipient } from './backup/age-keys';
import { carriageProblems } from './carriage';
import { FAILPOINTS_FORM } from './failpoint';
import { givenSecrets } from './given-secrets';
import { plaintextProblems, saslProblems } from './in-transit';

const url = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** Everything that can be set from outside. Read once, all problems reported together, relaxed locally, strict in production. */
export class Environment {
  @IsOptional() @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' =
    'development';
  @IsOptional() @IsInt() @Min(0) @Max(65535) PORT: number = 3000;
  @IsOptional() @IsString() HOST?: string;
  /**
   * How many proxies stand before this process, each adding to `X-Forwarded-For` the address that it was asked from: with none,
   * whoever connects is whoever asks. Too few, and all the world has one address; too many, and anybody may claim any.
   */
  @IsOptional() @IsInt() @Min(0) @Max(5) TRUSTED_PROXIES: number = 0;
  @IsOptional() @IsString() CONCORDAT_DATA?: string;
  @IsOptional() @IsString() DATABASE_URL?: string;
  /** Where the all-in-one and `migrate` find an owner of the database, when it is not embedded. */
  @IsOptional() @IsString() DATABASE_ADMIN_URL?: string;
  @IsOptional() @IsInt() @Min(2) @Max(50) DATABASE_POOL?: number;
  @IsOptional() @IsString() KAFKA_BROKERS?: string;
  /** Whether the brokers are spoken to over TLS, which production wants; and by whom (SCRAM). */
  @IsOptional() @IsIn(['yes', 'no']) KAFKA_TLS: 'yes' | 'no' = 'no';
  @IsOptional() @IsIn(['scram-sha-256', 'scram-sha-512']) KAFKA_SASL_MECHANISM?: 'scram-sha-256' | 'scram-sha-512';
  @IsOptional() @IsString() KAFKA_SASL_USERNAME?: string;
  @IsOptional() @IsString() KAFKA_SASL_PASSWORD?: string;
  /** `redis://` or, encrypted, `rediss://`. */
  @IsOptional() @IsString() REDIS_URL?: string;
  /** The authority (PEM) that signed the certificates of Kafka, Redis and a mail server; PostgreSQL's is named in DATABASE_URL (`sslrootcert`). */
  @IsOptional() @IsString() TLS_CA_FILE?: string;
  /** What production may reach unencrypted, because it never leaves a machine or a mesh: `postgresql,redis,kafka`. */
  @IsOptional() @Matches(/^(postgresql|redis|kafka)(,(postgresql|redis|kafka)){0,2}$/) PLAINTEXT_INSIDE?: string;
  @IsOptional() @IsUrl(url) OIDC_ISSUER?: string;
  @IsOptional() @IsString() @MinLength(1) OIDC_AUDIENCE: string = 'concordat';
  @IsOptional() @IsString() OIDC_CLIENT_ID: string = 'concordat-web';
  @IsOptional() @IsString() OIDC_CLIENT_SECRET?: string;
  /** The claim that identifies a person; Microsoft Entra ID wants `oid`, Keycloak `sub`. */
  @IsOptional() @IsString() OIDC_SUBJECT_CLAIM: string = 'sub';
  /** What is asked for at sign-in. Microsoft Entra ID wants a scope of the API among them, Keycloak none. */
  @IsOptional() @IsString() OIDC_SCOPE: string = 'openid offline_access';
  @IsOptional() @IsString() SERVICE_CLIENT_SECRET?: string;
  /** `referrals=<client id>,…`: where the identity provider mints client ids itself. Otherwise `concordat-<context>`. */
  @IsOptional() @IsString() SERVICE_CLIENT_IDS?: string;
  /** What a service asks for when it signs in as itself: only Microsoft Entra ID wants it (`<API>/.default`). */
  @IsOptional() @IsString() SERVICE_SCOPE?: string;
  /** `identity=http://identity:3000,referrals=…`: where the other contexts answer. One process needs none. */
  @IsOptional() @IsString() CONCORDAT_URLS?: string;
  @IsOptional() @IsUrl(url) PUBLIC_URL?: string;
  @IsOptional() @IsString() @MinLength(32) SESSION_SECRET?: string;
  /** 32 bytes, base64: seals the details of an act between its producer and the audit service. */
  @IsOptional() @IsBase64() AUDIT_DETAIL_KEY?: string;
  /** Other keys, between commas, that open what was sealed under them: for as long as a change of keys takes. */
  @IsOptional() @IsString() AUDIT_DETAIL_KEY_ALSO?: string;
  /** 32 bytes, base64: wraps the per-subject keys of the ledger's details. */
  @IsOptional() @IsBase64() LEDGER_WRAP_KEY?: string;
  /** As with AUDIT_DETAIL_KEY_ALSO. */
  @IsOptional() @IsString() LEDGER_WRAP_KEY_ALSO?: string;
  /** An Ed25519 private key in PEM: signs the ledger's checkpoints. */
  @IsOptional() @IsString() LEDGER_KEY?: string;
  @IsOptional() @IsString() @MaxLength(200) LEDGER_ORIGIN?: string;
  /** Who must cosign the log's checkpoints, and where they are asked (C2SP tlog-policy). Without it, nobody is. */
  @IsOptional() @IsString() LEDGER_POLICY_FILE?: string;
  /** Where checkpoints are copied for good: a folder on storage of its own, or a bucket with object lock, `https://s3.example/bucket`. */
  @IsOptional() @IsString() LEDGER_COPIES?: string;
  /** How long a bucket locks each copy. */
  @IsOptional() @IsInt() @Min(1) @Max(36_500) LEDGER_COPIES_LOCKED_DAYS: number = 3_650;
  @IsOptional() @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL?: string;
  @IsOptional() @IsIn(['yes', 'no']) CONCORDAT_DEMO: 'yes' | 'no' = 'yes';
  /** Organisations, areas and people to begin with: a file that `identity` reads at its start, instead of the demonstration. */
  @IsOptional() @IsString() PARTNERSHIP_FILE?: string;
  /** Where documents are kept when it is not a folder: `https://s3.example/bucket`. */
  @IsOptional() @IsUrl(url) DOCUMENT_BUCKET?: string;
  @IsOptional() @IsString() S3_REGION: string = 'eu-west-2';
  @IsOptional() @IsString() S3_ACCESS_KEY_ID?: string;
  @IsOptional() @IsString() S3_SECRET_ACCESS_KEY?: string;
  /** `clamav:3310`: what looks for malware in documents. In production no document is taken without. */
  @IsOptional() @Matches(/^[\w.-]+(:\d{1,5})?$/) CLAMD_ADDRESS?: string;
  /** The folder of backups of the embedded database, on other storage than its data. */
  @IsOptional() @IsString() CONCORDAT_BACKUP?: string;
  /** To whom backups are sealed: `age1…`. The key that opens them is kept elsewhere. */
  @IsOptional() @IsString() CONCORDAT_BACKUP_RECIPIENT?: string;
  /** A change is in the archive after so many seconds at the latest. */
  @IsOptional() @IsInt() @Min(1) @Max(3600) CONCORDAT_BACKUP_WITHIN_SECONDS: number = 60;
  /** Where `/metrics` is served for Prometheus: a port of its own, kept from browsers. Without it, nothing is measured. */
  @IsOptional() @IsInt() @Min(0) @Max(65535) METRICS_PORT?: number;
  /** An OpenTelemetry collector (OTLP over HTTP): `http://collector:4318`. Without it, nothing is traced. */
  @IsOptional() @IsUrl(url) OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** Seconds that a process goes on answering after it was asked to stop, so that nobody is sent to it any more. */
  @IsOptional() @IsInt() @Min(0) @Max(120) DRAIN_SECONDS: number = 0;
  /** Seconds after which a projection that has not been compared with its owner is too old to decide by. */
  @IsOptional() @IsInt() @Min(5) @Max(3600) ACCESS_BOUND_SECONDS: number = 30;
  /** How long ago somebody may have signed in who signs for their organisation. The identity provider must tell `auth_time`. */
  @IsOptional() @IsInt() @Min(1) @Max(60) STEP_UP_MINUTES: number = 5;
  /** Requests that one API client of an agency may make of one process in a minute. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) CLIENT_REQUESTS_PER_MINUTE: number = 600;
  /**
   * Requests that one person may make of one process in a minute, those of their pages with them. Without it 3,000 in production,
   * and elsewhere as many as anybody can make: a benchmark is one person's.
   */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) PERSON_REQUESTS_PER_MINUTE?: number;
  /**
   * How somebody must have signed in, by what the provider calls it, between spaces: values of `acr`, or of `acrs` as Microsoft
   * Entra ID tells them. Whoever signed in otherwise is refused. Without it, the provider decides alone.
   */
  @IsOptional() @Matches(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/) OIDC_REQUIRED_ACR?: string;
  /** By which claim the provider tells it, and is asked for it: Microsoft Entra ID by `acrs` (authentication contexts). */
  @IsOptional() @IsIn(['acr', 'acrs']) OIDC_ACR_CLAIM: 'acr' | 'acrs' = 'acr';
  /** Hosts that webhooks may go to, `api.example,.council.example`; without it, any of the public internet. */
  @IsOptional() @IsString() WEBHOOK_HOSTS?: string;
  /** Networks of one's own that webhooks may go to as well, also without TLS: `10.20.0.0/16`. */
  @IsOptional() @Matches(/^[\da-fA-F:.]+\/\d{1,3}(,[\da-fA-F:.]+\/\d{1,3})*$/) WEBHOOK_PRIVATE_RANGES?: string;
  /** The server that e-mail leaves by: `smtp://name@mail.example:587`; and from whom it says it is. */
  @IsOptional() @IsString() SMTP_URL?: string;
  @IsOptional() @IsEmail({ allow_display_name: true, require_tld: false }) MAIL_FROM?: string;
  /** Where word comes back of e-mail that did not arrive: a mailbox whose addresses with a `+` are sent on to BOUNCE_PORT, by SMTP. */
  @IsOptional() @IsEmail({ require_tld: false }) BOUNCE_ADDRESS?: string;
  @IsOptional() @IsInt() @Min(0) @Max(65535) BOUNCE_PORT?: number;
  /** Templates of GOV.UK Notify that e-mail and text messages leave by; and where Notify answers. */
  @IsOptional() @IsUUID() NOTIFY_EMAIL_TEMPLATE?: string;
  @IsOptional() @IsUUID() NOTIFY_TEXT_TEMPLATE?: string;
  @IsOptional() @IsUrl(url) NOTIFY_URL: string = 'https://api.notifications.service.gov.uk';
  /** The folder with the secrets of these, a file each: `smtp-password`, `notify-key`, `notify-receipts-token`, `bounce-….pem`. */
  @IsOptional() @IsString() MESSAGE_SECRETS_FOLDER?: string;
  /** Where this process is to die, for the fault harness: `after-commit:37`. Never in production. */
  @IsOptional() @Matches(FAILPOINTS_FORM) CONCORDAT_FAILPOINTS?: string;
}

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
const NUMBERS = new Set([
  'PORT',
  'DATABASE_POOL',
  'ACCESS_BOUND_SECONDS',
  'STEP_UP_MINUTES',
  'LEDGER_COPIES_LOCKED_DAYS',
  'CLIENT_REQUESTS_PER_MINUTE',
  'PERSON_REQUESTS_PER_MINUTE',
  'CONCORDAT_BACKUP_WITHIN_SECONDS',
  'METRICS_PORT',
  'DRAIN_SECONDS',
  'TRUSTED_PROXIES',
  'BOUNCE_PORT',
]);

/**
 * readSettings checks the environment. `roles` says what this process is (a context, `web` or `all-in-one`), because
 * production asks more of some. Throws BadConfiguration naming every problem.
 */
export function readSettings(role: string, from: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const { env, problems: unread } = givenSecrets(from);
  const known = new Environment();
  const given: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(known), ...OPTIONAL])) {
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

const OPTIONAL = [
  'HOST',
  'CONCORDAT_DATA',
  'DATABASE_URL',
  'DATABASE_ADMIN_URL',
  'DATABASE_POOL',
  'KAFKA_BROKERS',
  'REDIS_URL',
  'KAFKA_SASL_MECHANISM',
  'KAFKA_SASL_USERNAME',
  'KAFKA_SASL_PASSWORD',
  'TLS_CA_FILE',
  'PLAINTEXT_INSIDE',
  'OIDC_ISSUER',
  'OIDC_CLIENT_SECRET',
  'OIDC_REQUIRED_ACR',
  'PERSON_REQUESTS_PER_MINUTE',
  'SERVICE_CLIENT_SECRET',
  'SERVICE_CLIENT_IDS',
  'SERVICE_SCOPE',
  'CONCORDAT_URLS',
  'PUBLIC_URL',
  'PARTNERSHIP_FILE',
  'SESSION_SECRET',
  'AUDIT_DETAIL_KEY',
  'AUDIT_DETAIL_KEY_ALSO',
  'LEDGER_WRAP_KEY',
  'LEDGER_WRAP_KEY_ALSO',
  'LEDGER_KEY',
  'LEDGER_ORIGIN',
  'LEDGER_POLICY_FILE',
  'LEDGER_COPIES',
  'LOG_LEVEL',
  'DOCUMENT_BUCKET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'CLAMD_ADDRESS',
  'WEBHOOK_HOSTS',
  'WEBHOOK_PRIVATE_RANGES',
  'SMTP_URL',
  'MAIL_FROM',
  'BOUNCE_ADDRESS',
  'BOUNCE_PORT',
  'NOTIFY_EMAIL_TEMPLATE',
  'NOTIFY_TEXT_TEMPLATE',
  'MESSAGE_SECRETS_FOLDER',
  'CONCORDAT_BACKUP',
  'METRICS_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'CONCORDAT_BACKUP_RECIPIENT',
  'CONCORDAT_FAILPOINTS',
];

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
