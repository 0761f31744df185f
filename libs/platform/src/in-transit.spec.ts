import { readSettings } from './config';
import { kafkaSecurity, plaintextProblems, redisTls, saslProblems } from './in-transit';

const POSTGRES = 'postgres://concordat_records:x@db.example:5432/concordat?options=-c%20search_path%3Drecords';
const secured = {
  DATABASE_URL: `${POSTGRES}&sslmode=verify-full&sslrootcert=/etc/concordat/ca.pem`,
  REDIS_URL: 'rediss://:x@redis.example:6379',
  KAFKA_BROKERS: 'kafka.example:9093',
  KAFKA_TLS: 'yes' as const,
};

describe('what goes over the network in production', () => {
  it('is encrypted, to servers whose certificates are checked', () => {
    expect(plaintextProblems(secured)).toEqual([]);
  });

  it.each([
    ['postgresql', { ...secured, DATABASE_URL: POSTGRES }],
    ['postgresql', { ...secured, DATABASE_URL: `${POSTGRES}&sslmode=require` }],
    ['postgresql', { ...secured, DATABASE_URL: `${POSTGRES}&sslmode=no-verify` }],
    ['postgresql', { ...secured, DATABASE_URL: `${POSTGRES}&sslmode=verify-full&sslmode=disable` }],
    ['redis', { ...secured, REDIS_URL: 'redis://:x@redis.example:6379' }],
    ['kafka', { ...secured, KAFKA_TLS: 'no' as const }],
  ] as const)('is refused when it is not, unless that is said to be meant: %s', (what, given) => {
    const [problem, ...others] = plaintextProblems(given);
    expect([problem, others]).toEqual([expect.stringContaining(`name ${what} in PLAINTEXT_INSIDE`), []]);
    expect(plaintextProblems({ ...given, PLAINTEXT_INSIDE: what })).toEqual([]);
    const others_ = ['postgresql', 'redis', 'kafka'].filter((name) => name !== what).join(',');
    expect(plaintextProblems({ ...given, PLAINTEXT_INSIDE: others_ })).toHaveLength(1);
  });

  it('is said with all other problems of the settings, without a password, and only in production', () => {
    const given = { ...secured, DATABASE_URL: POSTGRES, REDIS_URL: 'redis://:secret-word@redis', KAFKA_TLS: 'no' };
    const start = (mode: string) => () => readSettings('records', { NODE_ENV: mode, ...given });
    expect(start('production')).toThrow(/sslmode=verify-full[^]*rediss:[^]*KAFKA_TLS/);
    expect(start('production')).not.toThrow(/secret-word/);
    expect(start('development')).not.toThrow();
    expect(() => readSettings('records', { OIDC_ISSUER: 'http://sign-in.example', NODE_ENV: 'production' })).toThrow(
      'OIDC_ISSUER must be https',
    );
  });

  it('is spoken to Kafka by whole sign-ins only', () => {
    expect(kafkaSecurity({})).toEqual({});
    expect(kafkaSecurity({ KAFKA_TLS: 'yes', KAFKA_SASL_USERNAME: 'concordat', KAFKA_SASL_PASSWORD: 'x' })).toEqual({
      ssl: {},
      sasl: { mechanism: 'scram-sha-512', username: 'concordat', password: 'x' },
    });
    expect(saslProblems({ KAFKA_SASL_USERNAME: 'concordat' })).toHaveLength(1);
    expect(() => readSettings('records', { KAFKA_SASL_PASSWORD: 'x' })).toThrow('given together');
    expect([redisTls({ REDIS_URL: 'redis://r' }), redisTls({ REDIS_URL: 'rediss://r' })]).toEqual([null, {}]);
    expect(() => redisTls({ REDIS_URL: 'rediss://r', TLS_CA_FILE: '/nowhere/ca.pem' })).toThrow('/nowhere/ca.pem');
  });
});
