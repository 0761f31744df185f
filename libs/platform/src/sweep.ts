import type { Part } from './lifecycle';
import type { Logger } from 'pino';

const SILENCE_MS = 60_000;

/** How soon a sweep of what has its time begins: whoever was away has been missed by some, and may be gone again in seconds. */
export const AT_ONCE_MS = 500;

/**
 * Work done again and again beside the requests, a while after it last ended. It is well as long as it comes to an end
 * (events.md C11, D3); a round that fails is logged and tried again.
 */
export class Sweep implements Part {
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private stopped = true;
  private lastDone = Date.now();

  constructor(
    readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
    private readonly log: Logger,
    /** When the first round begins, after the start. */
    private readonly firstMs = everyMs,
  ) {}

  start(): void {
    this.stopped = false;
    this.lastDone = Date.now();
    this.schedule(this.firstMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.round;
  }

  age(): number {
    return Date.now() - this.lastDone;
  }

  trouble(): string | null {
    const silent = Date.now() - this.lastDone;
    return silent > this.everyMs + SILENCE_MS ? `not done for ${Math.round(silent / 1000)} s` : null;
  }

  private schedule(ms = this.everyMs): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.once();
    }, ms);
  }

  private async once(): Promise<void> {
    try {
      await this.work();
      this.lastDone = Date.now();
    } catch (err) {
      this.log.warn({ err, sweep: this.name }, 'sweep');
    }
    this.schedule();
  }
}
