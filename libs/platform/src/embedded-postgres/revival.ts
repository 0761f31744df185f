import type { Postmaster } from './postmaster';
import { stopPostmaster } from './postmaster';
import { startTimeOf } from './process';

/** Asking whether a process lives is one small file on Linux; elsewhere it is a program to run. */
const LOOK_MS = process.platform === 'linux' ? 200 : 2_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Brings the server back when it dies while we live: killed by the system for its memory, or by somebody. Without it the
 * process would go on refusing everything, in health, until somebody noticed. It comes back on the same port, so that the
 * pools find it by themselves.
 */
export class Revival {
  private started: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reviving: Promise<void> = Promise.resolve();
  private failures = 0;
  private stopping = false;

  /** @param launch starts the server again as it was; it rejects when that fails, and is then called again later */
  constructor(
    public postmaster: Postmaster,
    private readonly launch: () => Promise<Postmaster>,
    private readonly log: (message: string) => void,
  ) {
    this.started = startTimeOf(postmaster.pid);
    this.look(LOOK_MS);
  }

  /** Ends the watching, and then the server. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.reviving;
    await stopPostmaster(this.postmaster.pid);
  }

  private look(afterMs: number): void {
    this.timer = setTimeout(() => {
      if (this.started !== undefined && startTimeOf(this.postmaster.pid) === this.started) return this.look(LOOK_MS);
      this.reviving = this.revive();
    }, afterMs);
    this.timer.unref();
  }

  private async revive(): Promise<void> {
    this.log(`The embedded PostgreSQL (process ${this.postmaster.pid}) has died. Starting it again.`);
    try {
      this.postmaster = await this.launch();
      this.started = startTimeOf(this.postmaster.pid);
      this.failures = 0;
    } catch (error) {
      this.failures++;
      this.log(`It did not start: ${(error as Error).message}`);
    }
    if (!this.stopping) this.look(Math.min(LONGEST_PAUSE_MS, LOOK_MS * 2 ** this.failures));
  }
}
