import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { Client, Pool } from 'pg';
import { caller, Rig, type OpenJobs } from '../rig.contract';
import { EmbeddedTransport } from '../transports/embedded';
import { EmbeddedJobs } from './embedded';
import { jobQueueContract } from './jobs.contract';

const open: OpenJobs = async (bridgeUrl, _, log) => {
  const jobs = new EmbeddedJobs(bridgeUrl, log);
  await jobs.prepare();
  return jobs;
};

describe('EmbeddedJobs', () => {
  jobQueueContract(() =>
    Promise.resolve({
      open,
      dump: async (rig) => JSON.stringify(await rig.asAdmin('SELECT row_to_json(j) FROM jobs._private_jobs j')),
    }),
  );

  describe('over graphile-worker', () => {
    let rig: Rig;
    beforeAll(async () => {
      rig = await Rig.build({ open: () => new EmbeddedTransport(), jobs: open });
    });
    afterAll(() => rig?.destroy());

    it('takes back what a killed process had begun', async () => {
      const id = newId();
      await rig.referrals.unit.run({ action: 'referral.rate', call: caller() }, async (tx) => {
        tx.enqueue({ name: 'pass-triage-clock', key: id, runAt: tx.now, payload: { id, version: 1 } });
      });
      await rig.asAdmin(`UPDATE jobs._private_jobs SET locked_by = 'worker-of-the-dead', locked_at = now()`);
      const queue = await rig.openJobs();
      const done: string[] = [];
      await queue.work(new Map([['referrals/pass-triage-clock', async (job) => void done.push(job.payload.id)]]));
      await eventually(() => expect(done).toEqual([id]));
      await queue.stop();
    });

    it('outlives a connection that the server ends once the queue was stopped', async () => {
      const pools = new Set<Pool>();
      const ended = jest.spyOn(Pool.prototype, 'end').mockImplementation(function (this: Pool): void {
        pools.add(this);
      });
      const queue = await rig.openJobs();
      await queue.work(new Map([['referrals/pass-triage-clock', async () => undefined]]));
      await queue.stop();
      ended.mockRestore();
      const [pool] = [...pools];
      const lost: unknown[] = [];
      pool!.on('error', (error) => lost.push(error));
      expect(pool!.listenerCount('error')).toBe(2);
      await rig.asAdmin(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = $1',
        [new URL(rig.bridgeUrl).username],
      );
      await eventually(() => expect(lost.length).toBeGreaterThan(0));
      await pool!.end();
    });

    it('lets a context ask for jobs of its own, and see nothing of the queue', async () => {
      const request = (identifier: string, key: string) =>
        rig.records.query('SELECT jobs.request($1, $2, $3, $4)', [[identifier], ['{}'], [new Date()], [key]]);
      await expect(request('referrals/pass-triage-clock', 'records/x')).rejects.toThrow('its own jobs only');
      await expect(request('records/x', 'referrals/x')).rejects.toThrow('its own jobs only');
      await expect(rig.records.query('SELECT * FROM jobs._private_jobs')).rejects.toThrow('permission denied');
      await expect(rig.records.query(`SELECT jobs.add_job('referrals/x')`)).rejects.toThrow('permission denied');
    });

    it('has a bridge that may enter no context', async () => {
      const bridge = new Client({ connectionString: rig.bridgeUrl });
      await bridge.connect();
      await expect(bridge.query('SELECT * FROM referrals.outbox')).rejects.toThrow('permission denied');
      await bridge.end();
    });
  });
});
