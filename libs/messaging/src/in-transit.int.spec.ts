import { newId, PARTITIONS, topics } from '@concordat/contracts';
import { createLogger, Databases, kafkaSecurity, openEphemeral, redisTls } from '@concordat/platform';
import { describeWithInfrastructure, eventually } from '@concordat/testing';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Pool } from 'pg';
import { createClient } from 'redis';
import { startKafka, startPostgres, startRedis } from '../../../tools/infrastructure';
import { throwAwayCertificates, type Certificates } from '../../../tools/infrastructure/certificates';
import type { KafkaServers, PostgresServer, RedisServer } from '../../../tools/infrastructure';
import { BullJobs } from './jobs/bull';
import { KafkaTransport } from './transports/kafka';

const log = createLogger('in-transit', 'silent');
/** In containers, servers have no certificates here; what is tried is our side, and that is the same. */
const asProcesses = process.env['CONCORDAT_TEST_INFRASTRUCTURE'] !== 'containers';

/** Real servers with throw-away certificates: what is encrypted, and what is refused. */
(asProcesses ? describeWithInfrastructure : (): void => undefined)('what goes over the network', () => {
  let dir: string;
  let certificates: Certificates;
  let stranger: Certificates;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'concordat-in-transit-'));
    chmodSync(dir, 0o711);
    certificates = throwAwayCertificates(join(dir, 'ours'));
    stranger = throwAwayCertificates(join(dir, 'stranger'));
    chmodSync(join(dir, 'ours'), 0o711);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

  describe('to PostgreSQL', () => {
    let postgres: PostgresServer;
    beforeAll(async () => {
      postgres = await startPostgres({ dir: join(dir, 'postgres'), forTests: true });
      const admin = new Client({ connectionString: postgres.adminUrl });
      await admin.connect();
      const { rows } = await admin.query<{ dir: string }>(`SELECT current_setting('data_directory') AS dir`);
      const { uid, gid } = statSync(rows[0]!.dir);
      for (const file of [certificates.certificate, certificates.key]) {
        chownSync(file, uid, gid);
        chmodSync(file, 0o600);
      }
      await admin.query(`ALTER SYSTEM SET ssl_cert_file = '${certificates.certificate}'`);
      await admin.query(`ALTER SYSTEM SET ssl_key_file = '${certificates.key}'`);
      await admin.query('ALTER SYSTEM SET ssl = on');
      await admin.query('SELECT pg_reload_conf()');
      await eventually(async () => (await admin.query('SHOW ssl')).rows[0]?.ssl === 'on');
      await admin.end();
    });
    afterAll(() => postgres?.stop());

    /** What a context's own pool is told of its connection, by a URL with `more`. */
    async function openWith(
      more: Record<string, string>,
      host = '127.0.0.1',
    ): Promise<{ ssl: boolean; version: string }> {
      const url = new URL(postgres.adminUrl);
      url.hostname = host;
      for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
      const databases = new Databases(() => url.href, 2, log);
      try {
        await databases.openAll(['records'], true);
        const { rows } = await databases
          .pool('records')
          .query('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
        return rows[0] as { ssl: boolean; version: string };
      } finally {
        await databases.onApplicationShutdown();
      }
    }

    it('is encrypted with sslmode=verify-full, to a server that our authority vouches for', async () => {
      const checked = { sslmode: 'verify-full', sslrootcert: certificates.authority };
      expect(await openWith(checked)).toEqual({ ssl: true, version: expect.stringMatching(/^TLSv1\.[23]$/) });
      expect(await openWith({})).toEqual({ ssl: false, version: null });
    });

    it('is refused to a server of another authority, and under a name that the certificate does not have', async () => {
      await expect(openWith({ sslmode: 'verify-full', sslrootcert: stranger.authority })).rejects.toThrow(
        /certificate|self-signed|signature/i,
      );
      await expect(
        openWith({ sslmode: 'verify-full', sslrootcert: certificates.authority }, '127.0.0.2'),
      ).rejects.toThrow(/altnames|ECONNREFUSED/i);
    });
  });

  describe('to Redis', () => {
    let redis: RedisServer;
    beforeAll(async () => void (redis = await startRedis({ dir: join(dir, 'redis'), certificates })));
    afterAll(() => redis?.stop());

    it('is encrypted for sessions, and refused to a server of another authority', async () => {
      const store = await openEphemeral(
        { REDIS_URL: redis.url, TLS_CA_FILE: certificates.authority },
        { bridgeUrl: null },
        log,
      );
      await store.set('kind', 'key', 'value', 60);
      expect(await store.get('kind', 'key')).toBe('value');
      await store.close();
      const untrusted = createClient({
        url: redis.url,
        socket: {
          tls: true,
          ...redisTls({ REDIS_URL: redis.url, TLS_CA_FILE: stranger.authority }),
          reconnectStrategy: false,
        },
      });
      untrusted.on('error', () => undefined);
      await expect(untrusted.connect()).rejects.toThrow(/certificate|self-signed|signature/i);
      untrusted.destroy();
    });

    it('is encrypted for jobs', async () => {
      const tls = redisTls({ REDIS_URL: redis.url, TLS_CA_FILE: certificates.authority });
      const none = { query: () => Promise.resolve({ rows: [], rowCount: 0 }) } as unknown as Pool;
      const jobs = new BullJobs(redis.url, () => none, log, tls);
      await jobs.work(new Map([['records/look', () => Promise.resolve()]]));
      const client = createClient({ url: redis.url, socket: { tls: true, ...tls } });
      client.on('error', () => undefined);
      await client.connect();
      // Bull names its connections once they are there; a server that takes none unencrypted has none of the other kind.
      await eventually(async () =>
        ((await client.sendCommand(['CLIENT', 'LIST'])) as unknown as string).includes('name=concordat:jobs'),
      );
      client.destroy();
      await jobs.stop();
    });
  });

  describe('to Kafka', () => {
    const [username, password] = ['concordat', newId()];
    let kafka: KafkaServers;
    beforeAll(async () => {
      kafka = await startKafka({ dir: join(dir, 'kafka'), secured: { certificates, username, password } });
    }, 90_000);
    afterAll(() => kafka?.stop());

    const transport = (more: object = {}): KafkaTransport =>
      new KafkaTransport(kafka.brokers, 'in-transit', log, {
        security: kafkaSecurity({
          KAFKA_TLS: 'yes',
          KAFKA_SASL_USERNAME: username,
          KAFKA_SASL_PASSWORD: password,
          TLS_CA_FILE: certificates.authority,
          ...more,
        }),
      });

    it('is encrypted and signed in for topics and events', async () => {
      const ours = transport();
      await ours.start();
      const rows = Array.from({ length: 50 }, () => ({ streamId: newId(), body: Buffer.from('x'.repeat(20_000)) }));
      const shipment = { topic: topics[0]!, partition: PARTITIONS - 1, rows } as unknown as Parameters<
        typeof ours.send
      >[0];
      // A topic that was only just made may have no leader yet: then the relay sends again too.
      await eventually(() => ours.send(shipment).then(() => true), { timeoutMs: 30_000 });
      await ours.stop();
    }, 60_000);

    it.each([
      ['to brokers of another authority', () => ({ TLS_CA_FILE: stranger.authority })],
      ['with a wrong password', () => ({ KAFKA_SASL_PASSWORD: 'wrong' })],
      ['without TLS', () => ({ KAFKA_TLS: 'no' })],
    ])('is refused %s', async (_, more) => {
      const theirs = transport(more());
      const started = theirs.prepare();
      started.catch(() => undefined);
      const outcome = await Promise.race([
        started.then(() => 'in'),
        new Promise((done) => setTimeout(() => done('out'), 1_500)),
      ]);
      void theirs.stop();
      expect(outcome).toBe('out');
    });
  });
});
