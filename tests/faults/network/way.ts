import type { Socket } from 'node:net';

/** What a way does with the bytes that come along it. */
export type Passage =
  | { readonly how: 'pass' }
  | { readonly how: 'lose' }
  | { readonly how: 'delay'; readonly ms: number }
  /** Lets so many of these bytes through, then tells that the limit is reached. */
  | { readonly how: 'stop-after'; readonly bytes: number };

/**
 * One direction of one connection: what `from` sends arrives at `to` in order, at once, later, or not at all. The end of
 * the sending is carried like a byte.
 */
export class Way {
  /** Something was lost: whatever came after the gap would be garbage, so nothing arrives any more. */
  torn = false;
  private readonly waiting: { readonly at: number; readonly bytes: Buffer | null }[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly passage: (length: number) => Passage,
    private readonly limitReached: () => void,
  ) {
    from.on('data', (bytes: Buffer) => this.take(bytes, bytes.length));
    from.on('end', () => this.take(null, 0));
    from.on('close', () => {
      if (this.timer && this.torn) clearTimeout(this.timer);
    });
  }

  private take(bytes: Buffer | null, length: number): void {
    const passage = this.passage(length);
    if (this.torn || passage.how === 'lose') {
      this.torn = true;
      return;
    }
    if (passage.how === 'stop-after' && bytes !== null) {
      this.torn = true;
      // The bytes up to the limit do arrive: half a message is worse than none.
      this.to.write(bytes.subarray(0, passage.bytes), () => this.limitReached());
      return;
    }
    const ms = passage.how === 'delay' ? passage.ms : 0;
    if (ms === 0 && this.waiting.length === 0) return this.deliver(bytes);
    // Never before what was sent earlier, even when the delay has ended meanwhile.
    this.waiting.push({ at: Math.max(Date.now() + ms, this.waiting.at(-1)?.at ?? 0), bytes });
    this.timer ??= setTimeout(() => this.pump(), ms);
  }

  private pump(): void {
    this.timer = null;
    while (this.waiting.length > 0 && this.waiting[0]!.at <= Date.now()) this.deliver(this.waiting.shift()!.bytes);
    if (this.waiting.length > 0)
      this.timer = setTimeout(() => this.pump(), Math.max(1, this.waiting[0]!.at - Date.now()));
  }

  private deliver(bytes: Buffer | null): void {
    if (this.to.destroyed) return;
    if (bytes === null) return void this.to.end();
    if (this.to.write(bytes)) return;
    this.from.pause();
    this.to.once('drain', () => this.from.resume());
  }
}
