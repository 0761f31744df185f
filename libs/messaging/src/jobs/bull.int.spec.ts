import { newId } from '@concordat/contracts';
import { describeWithInfrastructure, eventually, ownRedis } from '@concordat/testing';
import { createClient } from 'redis';
import type { Job, JobQueue } from '../job';
import { caller, Rig, type OpenJobs } from '../rig.contract';
import { EmbeddedTransport } from '../transports/embedded';
import { BullJobs } from './bull';
import { jobQueueContract } from './jobs.contract';

type Server = Awaited<ReturnType<typeof ownRedis>>;

const open =
  (redis: Server): OpenJobs =>
  (_, databases, log) =>
    Promise.resolve(new BullJobs(redis.url, (context) => databases.pool(context), log));

async function ask<T>(redis: Server, work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
  const client = createClient({ url: redis.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client as ReturnType<typeof createClient>);
  } finally {
    client.destroy();
  }
}

/** Everything that Redis holds, as text. */
const dump = (redis: Server): Promise<string> =>
  ask(redis, async (client) => {
    const keys = await client.keys('*');
    return JSON.stringify([keys, await Promise.all(keys.map((key) => client.hGetAll(key).catch(() => ({}))))]);
  });

describeWithInfrastructure('BullJobs', () => {
  let redis: Server;
  beforeAll(async () => {
    redis = await ownRedis();
  });
  afterAll(() => redis?.stop());

  jobQueueContract(() => Promise.resolve({ open: open(redis), dump: () => dump(redis) }));

  describe('over a Redis that may fail', () => {
    let rig: Rig;
    let worker: JobQueue;
    let done: string[];
    const handle = async (job: Job): Promise<void> => void done.push(job.payload.id);
    beforeAll(async () => {
      rig = await Rig.build({ open: () => new EmbeddedTransport(), jobs: open(redis) });
    });
    beforeEach(async () => {
      done = [];
      worker = await rig.openJobs();
    });
    afterEach(() => worker.stop());
    afterAll(() => rig?.destroy());

    const work = (): Promise<void> => worker.work(new Map([['referrals/pass-triage-clock', handle]]));
    const request = async (inMs = 0): Promise<string> => {
      const id = newId();
      await rig.referrals.unit.run({ action: 'referral.rate', call: caller() }, async (tx) => {
        const runAt = new Date(tx.now.getTime() + inMs);
        tx.enqueue({ name: 'pass-triage-clock', key: id, runAt, payload: { id, version: 1 } });
      });
      return id;
    };
    const rows = () => rig.referrals.query('SELECT job_key FROM job_outbox');

    it('runs every job once after Redis lost all it knew (D1)', async () => {
      await work();
      const ids = [await request(2_000), await request(2_500)];
      await eventually(async () => expect(await dump(redis)).toContain(ids[1]));
      await ask(redis, (client) => client.flushAll());
      await eventually(() => expect(done.toSorted()).toEqual(ids.toSorted()), { timeoutMs: 20_000 });
      await eventually(async () => expect(await rows()).toEqual([]));
    });

    it('runs a job of which Redis kept only that it failed, as after a FLUSHALL while Bull was taking it up', async () => {
      const id = await request();
      const left = { attemptsMade: 1, processedOn: 1, failedReason: 'is not in the active state. finished' };
      await ask(redis, (client) => client.hSet(`concordat:jobs:referrals:${id}.1`, left));
      await work();
      await eventually(() => expect(done).toEqual([id]), { timeoutMs: 20_000 });
      await eventually(async () => expect(await rows()).toEqual([]));
    });

    it('starts, takes jobs and stops without Redis, and does them when it is back', async () => {
      await redis.kill();
      await work();
      const id = await request();
      expect(await rows()).toEqual([{ job_key: id }]);
      await worker.stop();
      worker = await rig.openJobs();
      await work();
      await redis.start();
      await eventually(() => expect(done).toEqual([id]), { timeoutMs: 20_000 });
    });

    it('keeps what is far away out of Redis', async () => {
      await work();
      const far = await request(3_600_000);
      const near = await request();
      await eventually(() => expect(done).toEqual([near]));
      expect(await dump(redis)).not.toContain(far);
      expect(await rows()).toEqual([{ job_key: far }]);
      await rig.referrals.query('DELETE FROM job_outbox');
    });

    it('gives up after the last attempt, says so, and leaves the rest to the sweep (D3)', async () => {
      const failing = async (job: Job): Promise<void> => {
        done.push(job.payload.id);
        throw new Error('never');
      };
      await worker.work(new Map([['referrals/pass-triage-clock', failing]]));
      const id = await request();
      await eventually(() => expect(done).toEqual([id]));
      // Nine attempts of Bull's take minutes: it is told that they have been made.
      await ask(redis, (client) => client.hSet(`concordat:jobs:referrals:${id}.1`, 'attemptsMade', 9));
      await eventually(() => expect(done).toEqual([id, id]), { timeoutMs: 10_000 });
      await eventually(async () => expect(await rows()).toEqual([]));
      expect(rig.logged.some((l) => l.msg === 'job given up; its sweep remains')).toBe(true);
    });
  });
});
