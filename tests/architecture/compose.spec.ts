import { contexts, PARTITIONS, topics } from '@concordat/contracts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../../libs/platform/src/config';
import { kafkaVersion } from '../../tools/infrastructure/kafka-jars';

const ROOT = join(__dirname, '..', '..');
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');

interface Service {
  readonly image?: string;
  readonly restart?: string;
  readonly healthcheck?: { readonly test: readonly unknown[] };
  readonly environment?: Record<string, string>;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
}
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };

/** As compose does it: `${NAME:?…}` and `${NAME:-default}` from the .env file. */
function substituted(environment: Record<string, string>, env: Record<string, string>): Record<string, string> {
  const value = (text: string): string =>
    text.replace(/\$\{(\w+):([?-])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
      const found = env[name] || (kind === '-' ? rest : undefined);
      if (found === undefined) throw new Error(`${name} is not in the .env file`);
      return found;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, given]) => [name, value(given)]));
}

function generatedEnv(): Record<string, string> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-env-'));
  try {
    execFileSync(process.execPath, [join(ROOT, 'tools', 'make-env.mjs'), join(dir, '.env')], { stdio: 'ignore' });
    const lines = readFileSync(join(dir, '.env'), 'utf8').split('\n');
    const settings = lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2));
    return Object.fromEntries(settings) as Record<string, string>;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe('docker-compose.yml', () => {
  it('runs every context and the web, each with a health check and a restart policy', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...contexts, 'web', 'kafka', 'postgres', 'redis']));
    for (const [name, service] of Object.entries(services)) {
      const isJob = ['migrate', 'topics'].includes(name);
      expect([name, service.restart]).toEqual([name, isJob ? 'on-failure:5' : 'unless-stopped']);
      if (isJob) continue;
      expect(service.healthcheck?.test.every((word) => typeof word === 'string')).toBe(true);
    }
  });

  it('lets whoever asks from outside reach every context and the pages, and is told whom it is asked by', () => {
    const edge = readFileSync(join(ROOT, 'deploy', 'edge', 'nginx.conf'), 'utf8');
    const named = /location ~ \^\/api\/\(\?<context>([a-z|]+)\)/.exec(edge)?.[1]?.split('|') ?? [];
    expect(named.sort()).toEqual([...contexts].sort());
    expect(edge).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;');
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['edge', ['127.0.0.1:${WEB_PORT:-3000}:8080']]]);
  });

  it('makes the topics of the contracts', () => {
    expect(services['topics']?.environment?.['TOPICS']?.split(/\s+/).sort()).toEqual([...topics].sort());
    expect(services['topics']?.command?.join()).toContain(`--partitions ${PARTITIONS} `);
  });

  it('runs the Kafka that the tests run', () => {
    expect(services['kafka']?.image).toBe(`apache/kafka:${kafkaVersion()}`);
  });

  it('has no secret of its own: each is required from outside, or is of a bucket or a change of keys that there need not be', () => {
    const needNotBe = ['AUDIT_DETAIL_KEY_ALSO', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'LEDGER_WRAP_KEY_ALSO'];
    const defaulted = [...text.matchAll(/\$\{(\w+):-([^}]*)\}/g)].filter(([, name]) =>
      /PASSWORD|SECRET|KEY/.test(name!),
    );
    expect(defaulted.map(([, name, value]) => [name, value])).toEqual(needNotBe.map((name) => [name, '']));
    const secrets = Object.values(services).flatMap((service) =>
      Object.entries(service.environment ?? {}).filter(([name]) => /(PASSWORD|SECRET|_KEY|_KEY_ALSO)$/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(10);
    const unrequired = secrets.filter(([, value]) => !/^\$\{\w+:\?[^}]*\}$/.test(value));
    expect(unrequired.filter(([name]) => !needNotBe.includes(name))).toEqual([]);
  });

  it('gives each service settings that it accepts in production, from the file that make-env writes', () => {
    const filledIn = {
      OIDC_ISSUER: 'https://sign-in.example.org',
      OIDC_CLIENT_SECRET: 'given-by-the-provider',
      PUBLIC_URL: 'https://concordat.example.org',
      LEDGER_ORIGIN: 'concordat.example.org/ledger',
      LEDGER_KEY_FILE: './ledger.key',
    };
    const env = { ...generatedEnv(), ...filledIn };
    for (const name of [...contexts, 'web']) {
      const mounted = name === 'audit' ? { LEDGER_KEY_FILE: join(ROOT, 'LICENSE') } : {}; // a file: what is in it, is the service's affair
      const settings = readSettings(name, { ...environmentOf(name, env), ...mounted });
      expect(settings.production).toBe(true);
      // The pages open nothing that is sealed.
      expect([name, settings.AUDIT_DETAIL_KEY !== undefined]).toEqual([name, name !== 'web']);
      if (name === 'web') continue;
      const url = new URL(settings.DATABASE_URL ?? '');
      expect(url.username).toBe(`concordat_${name}`);
      expect(url.searchParams.get('options')).toBe(`-c search_path=${name},public -c concordat.scope=none`);
    }
  });

  const environmentOf = (name: string, env: Record<string, string>): Record<string, string> =>
    substituted(services[name]?.environment ?? {}, env);
});
