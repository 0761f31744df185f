import { setTimeout as delay } from 'node:timers/promises';
import { ServerProcess } from '../infrastructure/server-process';

export interface NodeProcessSpec {
  readonly name: string;
  /** The built main file. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  /** Log and pid file go here. */
  readonly dir: string;
  /** Answers 200 once the process may be asked for anything. */
  readonly readyUrl: string;
  readonly readyWithinMs?: number;
  /** Hears what a person at the terminal might want to know. */
  readonly log?: (line: string) => void;
}

/**
 * V8 lets a heap grow with the memory of the machine: on a large one a busy process takes twice what it needs. The bound is
 * many times what any process of ours has been seen to keep, and is the same in `npm start` and in the image. So is that of the
 * young generation (MiB): 16, V8's own, keeps 25 MB more of an idle process, and a referral costs no less for it.
 */
export const HEAP_BOUNDS: readonly string[] = ['--max-old-space-size=512', '--max-semi-space-size=4'];

/** Waits before a restart: 0.2 s, doubled each time up to 10 s, and from the start again after a minute without trouble. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
const CALM_MS = 60_000;

/** One process of the product, started again with growing pauses when it ends without being asked to. */
export class NodeProcess {
  private readonly server: ServerProcess;
  private wanted = false;
  private waitMs = FIRST_WAIT_MS;
  private startedAt = 0;

  constructor(private readonly spec: NodeProcessSpec) {
    this.server = new ServerProcess({
      name: spec.name,
      file: process.execPath,
      // The folder, which the program itself does not read, is how a later start recognises a process left behind.
      args: [...HEAP_BOUNDS, spec.main, spec.dir],
      dir: spec.dir,
      ready: () => isReady(spec.readyUrl),
      readyWithinMs: spec.readyWithinMs ?? 60_000,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...spec.env },
      ended: () => void this.again(),
    });
  }

  get pid(): number | undefined {
    return this.server.pid;
  }

  /** Resolves when the process is ready. @throws Error with the end of its log */
  async start(): Promise<void> {
    this.startedAt = performance.now();
    await this.server.start();
    this.wanted = true;
  }

  /** Ends the process, which then stays down. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.wanted = false;
    await this.server.kill(signal);
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.server.stop();
  }

  /** Resident memory in MB; undefined where the system does not tell. */
  residentMb(): number | undefined {
    return this.server.residentMb;
  }

  private async again(): Promise<void> {
    while (this.wanted && this.pid === undefined) {
      if (performance.now() - this.startedAt > CALM_MS) this.waitMs = FIRST_WAIT_MS;
      this.spec.log?.(`${this.spec.name} ended by itself; starting it again in ${this.waitMs / 1000} s`);
      await delay(this.waitMs);
      this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
      if (!this.wanted) return;
      this.startedAt = performance.now();
      await this.server.start().catch(() => undefined); // it ends again, and is tried again
    }
  }
}

/** Whether an address answers 200. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
