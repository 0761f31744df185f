import { contexts } from '@concordat/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../../libs/platform/src/config';

const ROOT = join(__dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

type Setting = string | { readonly secret: string; readonly optional?: boolean };
interface ChartService {
  readonly database?: boolean;
  readonly environment?: Readonly<Record<string, Setting>>;
}
const values = parse(read('deploy', 'helm', 'values.yaml')) as Record<string, unknown>;
const chart = values as unknown as {
  environment: Record<string, Setting>;
  contextEnvironment: Record<string, Setting>;
  services: Record<string, ChartService>;
};
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { environment?: Record<string, string>; image?: string }>;
};
const templates = readdirSync(join(ROOT, 'deploy', 'helm', 'templates'))
  .map((name) => read('deploy', 'helm', 'templates', name))
  .join('\n');
const names = ['web', ...contexts];

/** What somebody gives as the least that a cluster needs. */
const given = parse(read('deploy', 'helm', 'example-values.yaml')) as Record<string, unknown>;

/** A setting as helm would write it: what the given values say, or those of the chart. */
function filledIn(setting: string): string {
  const at = (from: unknown, path: string): unknown =>
    path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], from);
  return setting.replace(/\{\{ (?:required "[^"]*" )?\.Values\.([\w.]+) \}\}/g, (_, path: string) => {
    const found = at(given, path) ?? at(values, path);
    if (typeof found !== 'string') throw new Error(`the chart has no ${path}`);
    return found;
  });
}

const key = Buffer.alloc(32, 7).toString('base64');
/** What the secret holds where nothing that is optional is used. */
const SECRETS: Readonly<Record<string, string>> = {
  'redis-url': 'rediss://:password@redis.example.org:6379',
  'audit-detail-key': key,
  'ledger-wrap-key': key,
};

/** Compose brings its own broker, on one machine. */
const OF_BROKERS_ELSEWHERE = ['KAFKA_TLS', 'KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];

describe('deploy/helm', () => {
  it('has every context and the front end, as docker-compose.yml has, and nothing else', () => {
    expect(Object.keys(chart.services).sort()).toEqual([...names].sort());
    const built = Object.entries(compose.services).filter(([, s]) => s.image?.startsWith('concordat/'));
    expect(built.map(([name]) => name).sort()).toEqual([...names, 'migrate'].sort());
  });

  it.each(names)('gives %s the same settings', (name) => {
    const { environment = {}, database = true } = chart.services[name]!;
    const ofContext = database ? { ...chart.contextEnvironment, DATABASE_URL: '' } : {};
    const settings = Object.keys({ ...chart.environment, ...environment, ...ofContext });
    expect(settings.filter((one) => !OF_BROKERS_ELSEWHERE.includes(one)).sort()).toEqual(
      Object.keys(compose.services[name]?.environment ?? {}).sort(),
    );
  });

  it('takes from its secret whatever is secret, and from nowhere else', () => {
    const shared = [{ environment: chart.environment }, { environment: chart.contextEnvironment }];
    for (const { environment = {} } of [...shared, ...Object.values(chart.services)])
      for (const [key, value] of Object.entries(environment))
        expect([key, typeof value === 'object']).toEqual([
          key,
          /(SECRET|_KEY|_KEY_ALSO|PASSWORD|REDIS_URL)$/.test(key),
        ]);
  });

  it.each(names)('gives %s settings that it accepts in production, with nothing optional in the secret', (name) => {
    const { environment = {}, database = true } = chart.services[name]!;
    const all = { ...chart.environment, ...(database ? chart.contextEnvironment : {}), ...environment };
    const urls = contexts.map((context) => `${context}=http://concordat-${context}:3000`).join(',');
    const env = Object.entries(all).flatMap(([setting, value]): [string, string][] => {
      if (setting === 'CONCORDAT_URLS') return [[setting, urls]];
      if (setting === 'LEDGER_KEY_FILE') return [[setting, join(ROOT, 'LICENSE')]]; // a file that is mounted
      if (typeof value === 'string') return [[setting, filledIn(value)]];
      return value.optional ? [] : [[setting, SECRETS[value.secret] ?? 'a-secret-of-thirty-two-characters-or-more']];
    });
    const url = `postgres://concordat_${name}:password@postgres.example.org:5432/concordat?sslmode=verify-full`;
    const settings = readSettings(name, { ...Object.fromEntries(env), ...(database ? { DATABASE_URL: url } : {}) });
    expect(settings.production).toBe(true);
  });

  it('lets the migration reach the brokers and the database as the services do', () => {
    const job = read('deploy', 'helm', 'templates', 'migrate.yaml');
    const needs = [...Object.keys(chart.environment).filter((key) => key.startsWith('KAFKA_')), 'authorityEnvironment'];
    expect(needs.filter((name) => !job.includes(name))).toEqual([]);
  });

  it('says how to make every key that it takes from the secret', () => {
    const settings = [
      chart.environment,
      chart.contextEnvironment,
      ...Object.values(chart.services).map((s) => s.environment ?? {}),
    ];
    const keys = settings.flatMap((s) => Object.values(s)).flatMap((v) => (typeof v === 'object' ? [v.secret] : []));
    const howTo = read('docs', 'how-to', 'deploy.md');
    const wanted = [...keys, 'database-admin-url', 'ledger-key', '-db-password'];
    expect(wanted.filter((key) => !howTo.includes(key))).toEqual([]);
  });

  it('runs nothing as root, on a file system that can be written to, or without probes and a budget', () => {
    for (const words of [
      'readOnlyRootFilesystem: true',
      'runAsNonRoot: true',
      'allowPrivilegeEscalation: false',
      'drop: [ALL]',
      'automountServiceAccountToken: false',
      'kind: PodDisruptionBudget',
      'kind: NetworkPolicy',
      'kind: HorizontalPodAutoscaler',
      'path: /health/ready',
      'path: /health/live',
      'helm.sh/hook: pre-install,pre-upgrade',
    ])
      expect(templates).toContain(words);
  });
});
