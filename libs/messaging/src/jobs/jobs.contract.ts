import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { EmbeddedTransport } from '../transports/embedded';
import { caller, Rig, type OpenJobs } from '../rig.contract';
import type { Job, JobHandler, JobQueue, JobRequest } from '../job';

export interface JobsUnderTest {
  readonly open: OpenJobs;
  /** Everything that the queue keeps outside the contexts' own tables, as text. */
  dump(rig: Rig): Promise<string>;
}

/** What every job queue must do (job.ts). Each adapter runs it over its real server. */
export function jobQueueContract(make: () => Promise<JobsUnderTest>): void {
  describe('as every job queue', () => {
    let subject: JobsUnderTest;
    let rig: Rig;
    let done: Job[];
    let handler: JobHandler;
    const working: JobQueue[] = [];

    beforeAll(async () => {
      subject = await make();
      rig = await Rig.build({ open: () => new EmbeddedTransport(), jobs: subject.open });
    });
    beforeEach(() => {
      done = [];
      handler = async (job) => void done.push(job);
    });
    afterEach(async () => {
      for (const queue of working.splice(0)) await queue.stop();
    });
    afterAll(() => rig?.destroy());

    const work = async (): Promise<JobQueue> => {
      const queue = await rig.openJobs();
      working.push(queue);
      await queue.work(new Map([['referrals/pass-triage-clock', (job: Job) => handler(job)]]));
      return queue;
    };
    const ask = (job: Partial<JobRequest> = {}, then: () => void = () => undefined): Promise<unknown> =>
      rig.referrals.unit.run({ action: 'referral.rate', call: caller() }, async (tx) => {
        const id = job.payload?.id ?? newId();
        tx.enqueue({ name: 'pass-triage-clock', key: id, runAt: tx.now, payload: { id, version: 1 }, ...job });
        then();
      });
    const ids = (): string[] => done.map((job) => job.payload.id);

    it('hands a job over once, with its payload, after the commit', async () => {
      await work();
      const payload = { id: newId(), version: 7 };
      await ask({ payload });
      await eventually(() => expect(done).toEqual([{ context: 'referrals', name: 'pass-triage-clock', payload }]));
    });

    it('knows nothing of a job whose transaction was rolled back', async () => {
      await work();
      const [never, later] = [newId(), newId()];
      const refused = ask({ payload: { id: never, version: 1 } }, () => {
        throw new Error('rolled back');
      });
      await expect(refused).rejects.toThrow('rolled back');
      await ask({ payload: { id: later, version: 1 } });
      await eventually(() => expect(ids()).toEqual([later]));
      expect(await subject.dump(rig)).not.toContain(never);
    });

    it('keeps a job until a worker comes', async () => {
      const id = newId();
      await ask({ payload: { id, version: 1 } });
      await work();
      await eventually(() => expect(ids()).toEqual([id]));
    });

    it('runs no job early, and a due one in good time', async () => {
      await work();
      const id = newId();
      const runAt = new Date(Date.now() + 1_500);
      let at = 0;
      handler = async (job) => {
        if (job.payload.id === id) at = Date.now();
      };
      await ask({ payload: { id, version: 1 }, runAt });
      await eventually(() => at > 0, { timeoutMs: 10_000 });
      expect(at).toBeGreaterThanOrEqual(runAt.getTime());
      expect(at - runAt.getTime()).toBeLessThan(4_000);
    });

    it('replaces an earlier job of the same key that has not begun', async () => {
      await work();
      const key = newId();
      const [first, second] = [newId(), newId()];
      await ask({ key, payload: { id: first, version: 1 }, runAt: new Date(Date.now() + 2_000) });
      await ask({ key, payload: { id: second, version: 2 } });
      await eventually(() => expect(ids()).toEqual([second]));
      const marker = newId();
      await ask({ payload: { id: marker, version: 1 }, runAt: new Date(Date.now() + 2_500) });
      await eventually(() => expect(ids()).toContain(marker), { timeoutMs: 10_000 });
      expect(ids()).not.toContain(first);
    });

    it('tries again what failed, and keeps nothing of what the failure said', async () => {
      const secret = `Rosalind Testperson ${newId()}`;
      const id = newId();
      let tries = 0;
      handler = async (job) => {
        if (job.payload.id !== id) return;
        if (++tries === 1) throw new Error(secret);
        done.push(job);
      };
      await work();
      await ask({ payload: { id, version: 1 } });
      await eventually(() => expect(tries).toBe(1));
      await eventually(async () => expect(await subject.dump(rig)).toContain('job.failed'));
      expect(await subject.dump(rig)).not.toContain('Rosalind');
      await eventually(() => expect(ids()).toEqual([id]), { timeoutMs: 15_000 });
      expect(JSON.stringify(rig.logged)).not.toContain('Rosalind Testperson');
    });

    it('stops only when no handler is running, and loses nothing by it', async () => {
      const [id, waiting] = [newId(), newId()];
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      let began = false;
      handler = async (job) => {
        if (job.payload.id === id) {
          began = true;
          await held;
        }
        done.push(job);
      };
      const queue = await work();
      await ask({ payload: { id, version: 1 } });
      await eventually(() => began);
      let stopped = false;
      const stopping = queue.stop().then(() => (stopped = true));
      await ask({ payload: { id: waiting, version: 1 } }); // some queues still take it, others leave it
      expect(stopped).toBe(false);
      release();
      await stopping;
      const finished = ids();
      expect(finished).toContain(id);
      working.splice(0);
      await work();
      await eventually(() => expect(ids().toSorted()).toEqual([id, waiting].toSorted()));
      expect(ids().slice(0, finished.length)).toEqual(finished);
    });

    it('carries many jobs, each once', async () => {
      await work();
      const all = Array.from({ length: 60 }, () => newId());
      await rig.referrals.unit.run({ action: 'referral.rate', call: caller() }, async (tx) => {
        for (const id of all)
          tx.enqueue({ name: 'pass-triage-clock', key: id, runAt: tx.now, payload: { id, version: 1 } });
      });
      await eventually(() => expect(ids().toSorted()).toEqual(all.toSorted()), { timeoutMs: 15_000 });
    });
  });
}
