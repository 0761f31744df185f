import { contexts } from '@concordat/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

type Setting = string | { readonly secret: string };
interface ChartService {
  readonly database?: boolean;
  readonly environment?: Readonly<Record<string, Setting>>;
}
const chart = parse(read('deploy', 'helm', 'values.yaml')) as {
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
    const given = Object.keys({ ...chart.environment, ...environment, ...ofContext });
    expect(given.filter((key) => !OF_BROKERS_ELSEWHERE.includes(key)).sort()).toEqual(
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
