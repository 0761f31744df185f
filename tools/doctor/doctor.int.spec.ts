import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { NotificationsModule } from '@concordat-app/notifications';
import { RiskModule } from '@concordat-app/risk';
import { SharingModule } from '@concordat-app/sharing';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { Lifecycle } from '@concordat/platform';
import { dashboardExpressions, metricsIn, rules } from '../../tests/architecture/observability-files';
import { freePorts } from '../infrastructure/server-process';
import { examineKafka, examineRedis, examineServices } from './around';
import { examineDatabase } from './database';

const definitions = [IdentityModule, RiskModule, AuditModule].map((m) => m.context);

describe('the doctor, at a running installation', () => {
  let app: TestApp;
  let client: Client;
  let collector: Collector;
  let metricsPort = 0;
  beforeAll(async () => {
    collector = await Collector.start();
    [metricsPort = 0] = await freePorts(1);
    app = await startApp([RiskModule, SharingModule, NotificationsModule, AuditModule], {
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await app?.stop();
    await collector?.stop();
  });

  const wrong = async () =>
    (await examineDatabase(client, definitions)).filter((f) => f.state === 'wrong').map((f) => f.says);

  /** Breaks something, looks, and puts it right. */
  const broken = async (by: string, right: string): Promise<string[]> => {
    await client.query(by);
    try {
      return await wrong();
    } finally {
      await client.query(right);
    }
  };

  it('finds nothing wrong with a healthy one, but that tests may lose what they are told', async () => {
    await eventually(async () => expect(await wrong()).toEqual(LOSSY), { timeoutMs: 20_000 });
    expect(await examineServices({ Concordat: app.url })).toMatchObject([{ state: 'well' }]);
  });

  it('names what is broken in five that are', async () => {
    const id = crypto.randomUUID();
    const parked = `INSERT INTO risk.stream_cursor VALUES ('identity', '${id}', 1, 'handler.failed', now())`;
    expect(await broken(parked, `DELETE FROM risk.stream_cursor WHERE stream_id = '${id}'`)).toEqual([
      ...LOSSY,
      'risk: 1 records are held up',
    ]);
    const open = 'ALTER TABLE risk.assessment DISABLE ROW LEVEL SECURITY';
    expect(await broken(open, 'ALTER TABLE risk.assessment ENABLE ROW LEVEL SECURITY')).toEqual([
      ...LOSSY,
      'the policies of risk.assessment are not in force',
    ]);
    const reach = 'GRANT USAGE ON SCHEMA audit TO concordat_risk';
    expect(await broken(reach, 'REVOKE USAGE ON SCHEMA audit FROM concordat_risk')).toEqual([
      ...LOSSY,
      'concordat_risk may use the schema audit, which is not its own',
    ]);
    const older = `UPDATE risk.migration SET name = 'Gone' WHERE name LIKE 'NotesOfTwo%'`;
    expect(
      await broken(older, `UPDATE risk.migration SET name = 'NotesOfTwo1700000150000' WHERE name = 'Gone'`),
    ).toEqual([...LOSSY, 'risk lacks NotesOfTwo1700000150000', 'risk has had Gone, which this version does not know']);
    const foreign = `INSERT INTO risk.malformed VALUES ('records.events', 0, 1, 'not-json', 'x', now())`;
    expect(await broken(foreign, 'DELETE FROM risk.malformed')).toEqual([
      ...LOSSY,
      'risk: 1 messages could not be read',
    ]);
    expect(await wrong()).toEqual(LOSSY);
  });

  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();

  it('gives out every metric that an alert or the dashboard names, and nothing about anybody', async () => {
    const text = await metrics();
    const given = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    const named = new Set([...rules().map((r) => r.expr), ...dashboardExpressions()].flatMap(metricsIn));
    // There is no broker here to be behind.
    expect([...named].filter((name) => !given.has(name))).toEqual(['concordat_kafka_lag']);
    expect(text).toMatch(/^concordat_ready 1$/m);
    expect(text).toMatch(/^concordat_outbox_unsent\{context="risk",kind="act"\} \d+$/m);
    expect(text).toMatch(/^concordat_checkpoint_age_seconds \d/m);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('says in its metrics what is held up', async () => {
    const id = crypto.randomUUID();
    await client.query(`INSERT INTO risk.stream_cursor VALUES ('identity', '${id}', 1, 'handler.failed', now())`);
    expect(await metrics()).toMatch(/^concordat_parked_streams\{context="risk"\} 1$/m);
    await client.query(`DELETE FROM risk.stream_cursor WHERE stream_id = '${id}'`);
    expect(await metrics()).toMatch(/^concordat_parked_streams\{context="risk"\} 0$/m);
  });

  it('leaves one trace from a request to the ledger, without an id or a word of anybody', async () => {
    const traceId = 'abcdef0123456789abcdef0123456789';
    const trace = (): Sent[] => collector.spans.filter((s) => s.traceId === traceId);
    const answer = await fetch(`${app.url}/api/sharing/decisions?limit=1`, {
      headers: {
        authorization: `Bearer ${await app.tokenFor('erin')}`,
        traceparent: `00-${traceId}-0123456789abcdef-01`,
      },
    });
    expect([200, 403]).toContain(answer.status);
    await eventually(() => expect(trace().map((s) => s.name)).toContain('apply audit.act-recorded.v1'), {
      timeoutMs: 20_000,
    });
    const byId = new Map(trace().map((s) => [s.spanId, s]));
    const path: string[] = [];
    for (let at = trace().find((s) => s.name.startsWith('apply audit')); at; at = byId.get(at.parentSpanId))
      path.unshift(at.name);
    expect(path).toEqual(['GET /api/sharing/decisions', 'decision.list', 'apply audit.act-recorded.v1']);
    expect(byId.get('0123456789abcdef')).toBeUndefined(); // the caller's own, which is not ours to send
    const all = JSON.stringify(collector.spans.map(({ name, attributes }) => ({ name, attributes })));
    expect(all).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|erin|limit=/);
  });

  it('says of what does not answer that it does not', async () => {
    const nowhere = 'http://127.0.0.1:9';
    expect(await examineServices({ risk: nowhere })).toMatchObject([
      { state: 'wrong', says: 'risk does not answer at http://127.0.0.1:9' },
    ]);
    expect(await examineRedis('redis://127.0.0.1:9')).toMatchObject({ state: 'wrong', says: 'it does not answer' });
    expect(await examineKafka(['127.0.0.1:9'])).toMatchObject([{ state: 'wrong', says: 'the brokers do not answer' }]);
  });

  // Last: the process is not ready from here on.
  it('is not ready once it is to stop, and ends when what was asked has been answered', async () => {
    const slow = client.query('BEGIN; LOCK TABLE sharing.decision IN ACCESS EXCLUSIVE MODE');
    await slow;
    const asked = app.as('erin').get('/api/sharing/decisions?limit=1');
    await eventually(async () => expect(await metrics()).toMatch(/^concordat_http_in_flight [1-9]/m));
    const stopped = app.stop();
    await eventually(() => expect(app.running.app.get(Lifecycle).troubles()).toEqual(['stopping']));
    expect(await examineServices({ all: app.url })).toMatchObject([
      { state: 'wrong', says: 'all is not ready: stopping' },
    ]);
    await delay(300); // long after a process that does not wait would have cut the connection
    await client.query('COMMIT');
    await client.end();
    expect([200, 403]).toContain((await asked).status);
    await stopped;
  });
});

/** A test database is thrown away with its run. */
const LOSSY = ['fsync', 'full_page_writes', 'synchronous_commit'].map(
  (name) => `${name} is off: what was acknowledged could be lost`,
);

interface Sent {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly attributes: unknown;
}

/** A collector of OpenTelemetry that keeps what it is sent. */
class Collector {
  readonly spans: Sent[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Collector> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const made = new Collector(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        expect(request.url).toBe('/v1/traces');
        const body = JSON.parse(Buffer.concat(parts).toString('utf8'));
        made.spans.push(...body.resourceSpans[0].scopeSpans[0].spans);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    return made;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
