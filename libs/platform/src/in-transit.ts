import { readFileSync } from 'node:fs';
import type { Environment } from './environment';

/** What may be reached unencrypted in production when that is said so: because it never leaves one machine or one mesh. */
export const PLAINTEXT = ['postgresql', 'redis', 'kafka'] as const;
export type Plaintext = (typeof PLAINTEXT)[number];

/** How Kafka is spoken to: encrypted or not, and as whom. */
export interface KafkaSecurity {
  /** Certificates of the brokers are checked against `ca`, else against what Node trusts. Absent: not encrypted. */
  readonly ssl?: { readonly ca?: string };
  readonly sasl?: {
    readonly mechanism: 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** How Redis is spoken to; null for a server that is not encrypted (`redis://`). */
export type RedisTls = { readonly ca?: string } | null;

type Given = Partial<
  Pick<
    Environment,
    | 'TLS_CA_FILE'
    | 'KAFKA_TLS'
    | 'KAFKA_SASL_MECHANISM'
    | 'KAFKA_SASL_USERNAME'
    | 'KAFKA_SASL_PASSWORD'
    | 'DATABASE_URL'
    | 'REDIS_URL'
    | 'PLAINTEXT_INSIDE'
  >
>;

/** The authority of TLS_CA_FILE, in PEM. Read where it is used, so that a file that is not there is an error by its name. */
const authority = ({ TLS_CA_FILE: file }: Given): { ca?: string } => (file ? { ca: readFileSync(file, 'utf8') } : {});

/** kafkaSecurity says how to speak to Kafka, by KAFKA_TLS, KAFKA_SASL_… and TLS_CA_FILE. */
export function kafkaSecurity(given: Given): KafkaSecurity {
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = given;
  const mechanism = given.KAFKA_SASL_MECHANISM || 'scram-sha-512';
  return {
    ...(given.KAFKA_TLS === 'yes' ? { ssl: authority(given) } : {}),
    ...(username && password ? { sasl: { mechanism, username, password } } : {}),
  };
}

/** redisTls says how to speak to the Redis of REDIS_URL: `rediss://` is encrypted and its certificate checked. */
export const redisTls = (given: Given): RedisTls => (given.REDIS_URL?.startsWith('rediss:') ? authority(given) : null);

/** What a `KAFKA_SASL_…` lacks of another: half of a sign-in would be no sign-in, and the brokers might take it. */
export function saslProblems(given: Given): string[] {
  if (Boolean(given.KAFKA_SASL_USERNAME) === Boolean(given.KAFKA_SASL_PASSWORD)) return [];
  return ['KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are given together or not at all'];
}

/**
 * What would go over the network unencrypted, or to a server whose certificate nobody checks, though PLAINTEXT_INSIDE does
 * not say that it may. For production, where nothing is assumed of the network.
 */
export function plaintextProblems(given: Given & { KAFKA_BROKERS?: string }): string[] {
  const allowed = new Set((given.PLAINTEXT_INSIDE ?? '').split(',').map((name) => name.trim()));
  const problems: string[] = [];
  const refuse = (what: Plaintext, problem: string): void => {
    if (!allowed.has(what)) problems.push(`${problem}, or name ${what} in PLAINTEXT_INSIDE`);
  };
  if (given.DATABASE_URL && modeOf(given.DATABASE_URL) !== 'verify-full')
    refuse('postgresql', 'DATABASE_URL must ask for sslmode=verify-full in production');
  if (given.REDIS_URL && !given.REDIS_URL.startsWith('rediss:'))
    refuse('redis', 'REDIS_URL must begin rediss:// in production');
  if (given.KAFKA_BROKERS && given.KAFKA_TLS !== 'yes') refuse('kafka', 'KAFKA_TLS must be yes in production');
  return problems;
}

const modeOf = (url: string): string | null =>
  URL.canParse(url) ? (new URL(url).searchParams.getAll('sslmode').at(-1) ?? null) : null;
