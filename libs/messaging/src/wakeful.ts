import { setTimeout as delay } from 'node:timers/promises';

/**
 * A loop that runs `round` when woken and, without being woken, every `idleMs`. A hint makes it prompt; the polling makes
 * it certain (events.md R7). Rounds never overlap. An error is reported and the loop goes on after a growing pause.
 * `gapMs` is the least time between the beginnings of two rounds: what comes meanwhile goes together, for many small
 * rounds cost more than they carry. A hint after a rest is followed at once.
 */
export class Wakeful {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;
  private errors = 0;
  private progressedAt = Date.now();

  constructor(
    private readonly round: () => Promise<boolean>,
    private readonly options: { idleMs: number; gapMs?: number; onError: (error: unknown) => void },
  ) {}

  start(): void {
    this.stopped = false;
    this.progressedAt = Date.now();
    this.wake();
  }

  /** Asks for a round soon. Cheap, and safe from anywhere. */
  wake(): void {
    this.again = true;
    if (this.stopped || this.running) return;
    if (this.errors > 0 && this.timer) return; // it pauses after an error
    this.running = this.turn();
  }

  /** Resolves when no round is under way and none will begin. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.running;
  }

  /** Milliseconds since a round last succeeded. */
  age(): number {
    return Date.now() - this.progressedAt;
  }

  /** What is wrong, when no round has succeeded for `limitMs`. */
  trouble(limitMs: number): string | null {
    const age = Date.now() - this.progressedAt;
    return age > limitMs ? `no progress for ${Math.round(age / 1000)} s` : null;
  }

  private async turn(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    try {
      do {
        this.again = false;
        const began = performance.now();
        if (await this.round()) this.again = true;
        this.errors = 0;
        this.progressedAt = Date.now();
        const rest = (this.options.gapMs ?? 0) - (performance.now() - began);
        if (rest > 0 && this.again && !this.stopped) await delay(rest);
      } while (this.again && !this.stopped);
    } catch (error) {
      this.errors++;
      this.options.onError(error);
    }
    this.running = null;
    if (this.stopped) return;
    const pause =
      this.errors > 0 ? Math.min(5_000, 50 * 2 ** this.errors) * (0.5 + Math.random()) : this.options.idleMs;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.running = this.turn();
    }, pause);
  }
}
