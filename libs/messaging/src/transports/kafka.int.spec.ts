import { eventsTopic, newEventId, newId, PARTITIONS } from '@concordat/contracts';
import { createLogger } from '@concordat/platform';
import { describeWithInfrastructure, eventually, ownKafka } from '@concordat/testing';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { Rig } from '../rig.contract';
import type { Shipment } from '../transport';
import { partitionOf } from '../tx';
import { KafkaTransport, type KafkaOptions } from './kafka';
import { transportContract } from './transport.contract';
import { FramedSocket } from './whole-frames';

type Cluster = Awaited<ReturnType<typeof ownKafka>>;

const silent = createLogger('test', 'silent');
const crashes: Error[] = [];
/** A session as short as a broker allows, because some tests kill members of the group. */
const options = { crash: (error: Error) => void crashes.push(error), sessionTimeoutMs: 6_000 };
const open =
  (kafka: Cluster) =>
  (log = silent, more: KafkaOptions = {}) =>
    new KafkaTransport(kafka.brokers, 'test', log, { ...options, ...more });

async function withAdmin<T>(kafka: Cluster, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

describeWithInfrastructure('KafkaTransport', () => {
  transportContract(async () => {
    const kafka = await ownKafka();
    return { open: open(kafka), close: () => kafka.stop() };
  });

  describe('over one broker', () => {
    let kafka: Cluster;
    let rig: Rig;

    beforeAll(async () => {
      kafka = await ownKafka();
      rig = await Rig.build({ open: open(kafka) });
      await rig.start();
    }, 120_000);
    afterAll(async () => {
      await rig?.destroy();
      await kafka?.stop();
      expect(crashes.filter((e) => !/a log that is broken|neither gets on/.test(e.message))).toEqual([]);
    });

    const shipment = (count: number, bytes: number): Shipment => {
      const streamId = newId();
      const partition = partitionOf(streamId);
      const rows = Array.from({ length: count }, (_, i) => ({
        eventId: newEventId(),
        streamId,
        version: BigInt(i + 1),
        body: Buffer.from(JSON.stringify({ id: newEventId(), filler: 'x'.repeat(bytes) })),
      }));
      return { source: 'audit', topic: eventsTopic('audit'), partition, rows };
    };

    it('makes every topic as it must be for life, and leaves those that are there (R8, §5)', async () => {
      await withAdmin(kafka, async (admin) => {
        const { topics } = await admin.fetchTopicMetadata({ topics: ['referrals.events', 'records.acts'] });
        expect(topics.map((t) => t.partitions.length)).toEqual([PARTITIONS, PARTITIONS]);
        const { resources } = await admin.describeConfigs({
          includeSynonyms: false,
          resources: [{ type: 2, name: 'referrals.events' }],
        });
        const values = Object.fromEntries(resources[0]!.configEntries.map((e) => [e.configName, e.configValue]));
        expect(values).toMatchObject({
          'retention.ms': String(14 * 86_400_000),
          'cleanup.policy': 'delete',
          'min.insync.replicas': '1',
        });
      });
    });

    it('sends what one batch cannot hold in pieces, in order (R3)', async () => {
      const large = shipment(40, 60_000);
      const before = await high(large);
      await rig.transport.send(large);
      expect((await high(large)) - before).toBe(40);
      const values = await readBack(kafka, large, before, 40);
      expect(values.map((v) => (JSON.parse(v) as { id: string }).id)).toEqual(
        large.rows.map((r) => (JSON.parse(r.body.toString()) as { id: string }).id),
      );
    });

    it('sends to no topic that is not ours (R8)', async () => {
      await expect(rig.transport.send({ ...shipment(1, 1), topic: 'elsewhere' })).rejects.toThrow('not one of ours');
    });

    it('believes a reply only when it confirms the partition (R6)', async () => {
      const transport = open(kafka)();
      const replies: unknown[][] = [
        [],
        [{ topicName: 'audit.events', partition: 99, errorCode: 0, baseOffset: '5' }],
        [{ topicName: 'audit.events', partition: partitionOf(newId()), errorCode: 0, baseOffset: '-1' }],
      ];
      const producer = (transport as unknown as { producer: { send: () => Promise<unknown[]> } }).producer;
      producer.send = () => Promise.resolve(replies.shift() ?? []);
      for (let n = 0; n < 3; n++) await expect(transport.send(shipment(1, 1))).rejects.toThrow('did not confirm');
    });

    it('applies once what comes again after the group lost its offsets (C8, C9)', async () => {
      const id = await rig.submit();
      await rig.rate(id);
      await rig.shows(id, ['1 submitted', '2 rated']);
      await rig.stop();
      await eventually(() => withAdmin(kafka, (admin) => admin.deleteGroups(['concordat-records'])), {
        timeoutMs: 20_000,
      });
      await rig.assemble();
      await rig.start();
      await rig.accept(id);
      await rig.shows(id, ['1 submitted', '2 rated', '3 accepted']);
    });

    it('raises an alarm when records are gone before they were read, and the reconciler fetches them (C9)', async () => {
      const id = await rig.submit();
      await rig.shows(id, ['1 submitted']);
      await rig.stop();
      const relayOnly = open(kafka)();
      await relayOnly.start();
      await rig.rate(id);
      const [row] = await rig.referrals.query<{ body: Buffer; event_id: string }>(
        'UPDATE outbox SET published_at = now() WHERE stream_id = $1 AND published_at IS NULL RETURNING body, event_id',
        [id],
      );
      const partition = partitionOf(id);
      const lost = { eventId: row!.event_id, streamId: id, version: 2n, body: row!.body };
      await relayOnly.send({ source: 'referrals', topic: 'referrals.events', partition, rows: [lost] });
      await relayOnly.stop();
      await withAdmin(kafka, async (admin) => {
        const [at] = (await admin.fetchTopicOffsets('referrals.events')).filter((o) => o.partition === partition);
        await admin.deleteTopicRecords({ topic: 'referrals.events', partitions: [{ partition, offset: at!.high }] });
      });
      await rig.assemble();
      await rig.start();
      await eventually(() => expect(rig.logged.some((l) => l['alarm'] === 'offset-out-of-range')).toBe(true));
      await rig.referrals.query(`UPDATE stream SET changed_at = now() - interval '61 seconds' WHERE id = $1`, [id]);
      await rig.begin(rig.records.reconciler);
      await rig.shows(id, ['1 submitted', '2 rated']);
    });

    it('loses, doubles and reorders nothing while the broker is killed under load, and says it is in trouble', async () => {
      const ids: string[] = [];
      let going = true;
      const clients = Array.from({ length: 4 }, async () => {
        while (going) {
          const id = await rig.submit();
          await rig.rate(id);
          await rig.accept(id);
          ids.push(id);
        }
      });
      await eventually(() => ids.length > 20, { timeoutMs: 60_000 });
      await kafka.kill();
      const killedAt = ids.length;
      await eventually(() => ids.length > killedAt + 40, { timeoutMs: 60_000 }); // commands go on meanwhile
      const later = Date.now() + 31_000;
      const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
      expect(rig.transport.trouble()).toMatch(/heard nothing from Kafka for 3\d s/);
      clock.mockRestore();
      await kafka.start();
      await eventually(() => ids.length > killedAt + 80, { timeoutMs: 60_000 });
      going = false;
      await Promise.all(clients);
      for (const id of ids) await rig.shows(id, ['1 submitted', '2 rated', '3 accepted'], 120_000);
      await eventually(async () =>
        expect(await rig.referrals.query('SELECT 1 FROM outbox WHERE published_at IS NULL')).toEqual([]),
      );
      await eventually(() => expect(rig.transport.trouble()).toBeNull());
      expect(await rig.records.query(`SELECT 1 FROM stream_cursor WHERE parked_reason IS NOT NULL`)).toEqual([]);
    }, 300_000);

    it('understands the next connection after one was cut in the middle of a reply', async () => {
      const id = await rig.submit();
      await rig.shows(id, ['1 submitted']);
      const cut = cutRepliesInHalf();
      try {
        await rig.rate(id); // its produce, and every fetch and heartbeat meanwhile
        await eventually(() => expect(cut.sockets.size).toBeGreaterThanOrEqual(6), { timeoutMs: 20_000 });
      } finally {
        cut.restore();
      }
      await rig.accept(id);
      await rig.shows(id, ['1 submitted', '2 rated', '3 accepted'], 40_000);
      expect(rig.transport.trouble()).toBeNull();
    });

    it('ends the process when a consumer hangs, and not when there is only nothing to do (C10, C11)', async () => {
      await rig.stop();
      await rig.assemble();
      rig.transport = open(kafka)(silent, { hangsMs: 3_000 });
      rig.transport.subscribe(rig.records.inbox);
      await rig.begin(rig.transport);
      await rig.begin(rig.referrals.relay);
      const before = crashes.length;
      const idleSince = performance.now();
      await eventually(() => performance.now() - idleSince > 4_000, { timeoutMs: 10_000 }); // longer than one may hang
      expect(crashes.length).toBe(before);
      rig.records.inbox.receive = () => new Promise(() => undefined);
      await rig.submit();
      await eventually(() => expect(crashes.at(-1)?.message).toMatch(/neither gets on nor fails/), {
        timeoutMs: 20_000,
      });
    });

    it('ends the process when a consumer cannot go on (C10)', async () => {
      await rig.stop();
      await rig.assemble();
      const broken = createLogger('test', 'silent');
      broken.warn = (_: unknown, message?: string) => {
        if (message?.startsWith('the inbox cannot be written')) throw new TypeError('a log that is broken');
      };
      const transport = open(kafka)(broken);
      rig.records.inbox.receive = () => Promise.reject(new Error('no database'));
      transport.subscribe(rig.records.inbox);
      rig.transport = transport;
      await rig.begin(transport);
      await rig.begin(rig.referrals.relay);
      await rig.submit();
      await eventually(() => expect(crashes.some((e) => /a log that is broken/.test(e.message))).toBe(true), {
        timeoutMs: 20_000,
      });
    });

    it('refuses to start on a topic with another count of partitions', async () => {
      await rig.stop();
      await withAdmin(kafka, (admin) => admin.deleteTopics({ topics: ['records.events'] }));
      const topics = [{ topic: 'records.events', numPartitions: 3 }];
      // A topic is gone some time after it was deleted; and one that was made by a request whose answer was late is there already.
      await withAdmin(kafka, (admin) =>
        eventually(
          async () => {
            await admin.createTopics({ topics });
            const found = await admin.fetchTopicMetadata({ topics: ['records.events'] });
            expect(found.topics[0]!.partitions).toHaveLength(3);
          },
          { timeoutMs: 20_000 },
        ),
      );
      const transport = open(kafka)();
      await expect(transport.start()).rejects.toThrow('records.events: must have 12 partitions');
      await transport.stop();
    });

    const high = (s: Shipment): Promise<number> =>
      withAdmin(kafka, async (admin) => {
        const offsets = await admin.fetchTopicOffsets(s.topic);
        return Number(offsets.find((o) => o.partition === s.partition)?.high ?? 0);
      });
  });

  it('keeps three copies where there are three brokers, and goes on when one dies (§5)', async () => {
    const kafka = await ownKafka({ brokers: 3 });
    const fatal: Error[] = [];
    // As a supervisor does: a consumer that cannot go on ends its process, and another is started (C10).
    let restarted: Promise<void> = Promise.resolve();
    const crash = (error: Error): void => {
      fatal.push(error);
      restarted = restarted.then(() => rig.restart());
    };
    const rig = await Rig.build({ open: (log) => open(kafka)(log, { crash }) });
    try {
      await rig.start();
      await withAdmin(kafka, async (admin) => {
        const { topics } = await admin.fetchTopicMetadata({ topics: ['referrals.events'] });
        expect(topics[0]!.partitions.every((p) => p.replicas.length === 3)).toBe(true);
      });
      const ids: string[] = [];
      for (let n = 0; n < 30; n++) {
        if (n === 10) await kafka.kill(1);
        const id = await rig.submit();
        await rig.rate(id);
        ids.push(id);
      }
      const shown = Promise.all(ids.map((id) => rig.shows(id, ['1 submitted', '2 rated'], 90_000)));
      await shown.catch((error: Error) => {
        const told = rig.logged.filter((l) => l.level >= 40).map((l) => JSON.stringify(l));
        error.message += `\nfatal: ${fatal.map(String).join('; ')}\n${told.slice(-30).join('\n')}`;
        throw error;
      });
    } finally {
      await restarted;
      await rig.destroy();
      await kafka.stop();
    }
  }, 240_000);
});

/** From now on, whatever comes from a broker comes in half, and its connection ends. */
function cutRepliesInHalf(): { readonly sockets: ReadonlySet<FramedSocket>; restore(): void } {
  const sockets = new Set<FramedSocket>();
  const { push } = FramedSocket.prototype;
  FramedSocket.prototype.push = function (this: FramedSocket, chunk: Buffer | null): boolean {
    if (chunk === null || sockets.has(this)) return push.call(this, chunk);
    sockets.add(this);
    push.call(this, chunk.subarray(0, Math.ceil(chunk.length / 2)));
    this.destroy(Object.assign(new Error('cut in half'), { code: 'ECONNRESET' }));
    return false;
  };
  return { sockets, restore: () => (FramedSocket.prototype.push = push) };
}

/** The values of `count` records from an offset on, as another program would read them. */
async function readBack(
  kafka: Cluster,
  { topic, partition }: Shipment,
  from: number,
  count: number,
): Promise<string[]> {
  const client = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING });
  const consumer = client.consumer({ groupId: `reader-${newId()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await consumer.run({
    eachMessage: ({ partition: p, message }) => {
      if (p === partition && Number(message.offset) >= from) values.push(message.value?.toString() ?? '');
      return Promise.resolve();
    },
  });
  await eventually(() => values.length >= count, { timeoutMs: 20_000 });
  await consumer.disconnect();
  return values;
}
