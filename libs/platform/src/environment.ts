import {
  getMetadataStorage,
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
} from 'class-validator';
import { FAILPOINTS_FORM } from './failpoint';

const url = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/**
 * Everything that can be set from outside, each with what holds for it: this is the one list. What is an `@IsInt` is read as a
 * number, and what is said of each becomes docs/generated/settings.md.
 */
export class Environment {
  /** `production` makes what is only advised elsewhere a condition, and allows nothing that is embedded or generated. */
  @IsOptional() @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' =
    'development';
  /** Where requests are answered; 0 takes any port that is free. */
  @IsOptional() @IsInt() @Min(0) @Max(65535) PORT: number = 3000;
  /** The address to listen at. Without it: all of the machine's in production, `127.0.0.1` elsewhere. */
  @IsOptional() @IsString() HOST?: string;
  /**
   * How many proxies stand before this process, each adding to `X-Forwarded-For` the address that it was asked from: with none,
   * whoever connects is whoever asks. Too few, and all the world has one address; too many, and anybody may claim any.
   */
  @IsOptional() @IsInt() @Min(0) @Max(5) TRUSTED_PROXIES: number = 0;
  /** The folder for whatever is kept in files; `./data` unless given. */
  @IsOptional() @IsString() CONCORDAT_DATA?: string;
  /** The database of this context, with its own role: `postgres://…`. Nothing else can reach its schema. */
  @IsOptional() @IsString() DATABASE_URL?: string;
  /** Where the all-in-one and `migrate` find an owner of the database, when it is not embedded. */
  @IsOptional() @IsString() DATABASE_ADMIN_URL?: string;
  /** Connections that a context may have for requests; 8 unless given. */
  @IsOptional() @IsInt() @Min(2) @Max(50) DATABASE_POOL?: number;
  /** Where Kafka answers, between commas: `kafka-1:9092,kafka-2:9092`. */
  @IsOptional() @IsString() KAFKA_BROKERS?: string;
  /** Whether the brokers are spoken to over TLS, which production wants. */
  @IsOptional() @IsIn(['yes', 'no']) KAFKA_TLS: 'yes' | 'no' = 'no';
  /** How one signs in at the brokers (SCRAM); `scram-sha-512` unless given. */
  @IsOptional() @IsIn(['scram-sha-256', 'scram-sha-512']) KAFKA_SASL_MECHANISM?: 'scram-sha-256' | 'scram-sha-512';
  /** By what name one signs in at the brokers. */
  @IsOptional() @IsString() KAFKA_SASL_USERNAME?: string;
  /** With what password one signs in at the brokers. */
  @IsOptional() @IsString() KAFKA_SASL_PASSWORD?: string;
  /** `redis://` or, encrypted, `rediss://`. */
  @IsOptional() @IsString() REDIS_URL?: string;
  /** The authority (PEM) that signed the certificates of Kafka, Redis and a mail server; PostgreSQL's is named in DATABASE_URL (`sslrootcert`). */
  @IsOptional() @IsString() TLS_CA_FILE?: string;
  /** What production may reach unencrypted, because it never leaves a machine or a mesh: `postgresql,redis,kafka`. */
  @IsOptional() @Matches(/^(postgresql|redis|kafka)(,(postgresql|redis|kafka)){0,2}$/) PLAINTEXT_INSIDE?: string;
  /** The identity provider, exactly as its tokens name it. */
  @IsOptional() @IsUrl(url) OIDC_ISSUER?: string;
  /** Whom its tokens for Concordat are meant for (`aud`). */
  @IsOptional() @IsString() @MinLength(1) OIDC_AUDIENCE: string = 'concordat';
  /** The client by which people sign in. */
  @IsOptional() @IsString() OIDC_CLIENT_ID: string = 'concordat-web';
  /** The secret of that client. */
  @IsOptional() @IsString() OIDC_CLIENT_SECRET?: string;
  /** The claim that identifies a person; Microsoft Entra ID wants `oid`, Keycloak `sub`. */
  @IsOptional() @IsString() OIDC_SUBJECT_CLAIM: string = 'sub';
  /** What is asked for at sign-in. Microsoft Entra ID wants a scope of the API among them, Keycloak none. */
  @IsOptional() @IsString() OIDC_SCOPE: string = 'openid offline_access';
  /** The secret by which this service signs in as itself. */
  @IsOptional() @IsString() SERVICE_CLIENT_SECRET?: string;
  /** `referrals=<client id>,…`: where the identity provider mints client ids itself. Otherwise `concordat-<context>`. */
  @IsOptional() @IsString() SERVICE_CLIENT_IDS?: string;
  /** What a service asks for when it signs in as itself: only Microsoft Entra ID wants it (`<API>/.default`). */
  @IsOptional() @IsString() SERVICE_SCOPE?: string;
  /** `identity=http://identity:3000,referrals=…`: where the other contexts answer. One process needs none. */
  @IsOptional() @IsString() CONCORDAT_URLS?: string;
  /** The address in people's browsers, which sign-in returns to and messages lead to. */
  @IsOptional() @IsUrl(url) PUBLIC_URL?: string;
  /** Seals sessions of the pages where they are kept; 32 characters at least. */
  @IsOptional() @IsString() @MinLength(32) SESSION_SECRET?: string;
  /** 32 bytes, base64: seals the details of an act between its producer and the audit service. */
  @IsOptional() @IsBase64() AUDIT_DETAIL_KEY?: string;
  /** Other keys, between commas, that open what was sealed under them: for as long as a change of keys takes. */
  @IsOptional() @IsString() AUDIT_DETAIL_KEY_ALSO?: string;
  /** 32 bytes, base64: wraps the per-subject keys of the ledger's details. */
  @IsOptional() @IsBase64() LEDGER_WRAP_KEY?: string;
  /** Other keys, between commas, that open what was wrapped by them, as with AUDIT_DETAIL_KEY_ALSO. */
  @IsOptional() @IsString() LEDGER_WRAP_KEY_ALSO?: string;
  /** An Ed25519 private key in PEM: signs the ledger's checkpoints. */
  @IsOptional() @IsString() LEDGER_KEY?: string;
  /** The name of the log, for ever: a URL without its scheme, `concordat.example.org/ledger`. */
  @IsOptional() @IsString() @MaxLength(200) LEDGER_ORIGIN?: string;
  /** Who must cosign the log's checkpoints, and where they are asked (C2SP tlog-policy). Without it, nobody is. */
  @IsOptional() @IsString() LEDGER_POLICY_FILE?: string;
  /** Where checkpoints are copied for good: a folder on storage of its own, or a bucket with object lock, `https://s3.example/bucket`. */
  @IsOptional() @IsString() LEDGER_COPIES?: string;
  /** How long a bucket locks each copy. */
  @IsOptional() @IsInt() @Min(1) @Max(36_500) LEDGER_COPIES_LOCKED_DAYS: number = 3_650;
  /** From which weight on something is logged. Without it: `info` in production, `warn` elsewhere. */
  @IsOptional() @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL?: string;
  /** Whether the one process plays the demonstration at its first start. */
  @IsOptional() @IsIn(['yes', 'no']) CONCORDAT_DEMO: 'yes' | 'no' = 'yes';
  /** Organisations, areas and people to begin with: a file that `identity` reads at its start, instead of the demonstration. */
  @IsOptional() @IsString() PARTNERSHIP_FILE?: string;
  /** Where documents are kept when it is not a folder: `https://s3.example/bucket`. */
  @IsOptional() @IsUrl(url) DOCUMENT_BUCKET?: string;
  /** The region by which requests to buckets are signed. */
  @IsOptional() @IsString() S3_REGION: string = 'eu-west-2';
  /** By what name one signs in at the store of buckets. */
  @IsOptional() @IsString() S3_ACCESS_KEY_ID?: string;
  /** The secret that goes with that name. */
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
  /** The server that e-mail leaves by: `smtp://name@mail.example:587`. */
  @IsOptional() @IsString() SMTP_URL?: string;
  /** From whom e-mail says that it is. */
  @IsOptional() @IsEmail({ allow_display_name: true, require_tld: false }) MAIL_FROM?: string;
  /** Where word comes back of e-mail that did not arrive: a mailbox whose addresses with a `+` are sent on to BOUNCE_PORT, by SMTP. */
  @IsOptional() @IsEmail({ require_tld: false }) BOUNCE_ADDRESS?: string;
  /** The port at which such word is taken, by SMTP. */
  @IsOptional() @IsInt() @Min(0) @Max(65535) BOUNCE_PORT?: number;
  /** The template of GOV.UK Notify by which e-mail leaves, in the place of SMTP_URL. */
  @IsOptional() @IsUUID() NOTIFY_EMAIL_TEMPLATE?: string;
  /** The template of GOV.UK Notify by which text messages leave. */
  @IsOptional() @IsUUID() NOTIFY_TEXT_TEMPLATE?: string;
  /** Where GOV.UK Notify answers. */
  @IsOptional() @IsUrl(url) NOTIFY_URL: string = 'https://api.notifications.service.gov.uk';
  /** The folder with the secrets of whatever sends messages, a file each: `smtp-password`, `notify-key`, `notify-receipts-token`, `bounce-….pem`. */
  @IsOptional() @IsString() MESSAGE_SECRETS_FOLDER?: string;
  /** Where this process is to die, for the fault harness: `after-commit:37`. Never in production. */
  @IsOptional() @Matches(FAILPOINTS_FORM) CONCORDAT_FAILPOINTS?: string;
}

const rules = getMetadataStorage().getTargetValidationMetadatas(Environment, '', false, false);
/** Names of all settings, as Environment declares them. */
export const SETTING_NAMES: readonly string[] = [...new Set(rules.map((rule) => rule.propertyName))];
/** Those of them that are whole numbers. */
export const NUMBERS: ReadonlySet<string> = new Set(
  rules.filter((rule) => rule.name === 'isInt').map((rule) => rule.propertyName),
);
