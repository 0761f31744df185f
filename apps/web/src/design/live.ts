import { Ephemeral } from '@concordat/platform';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PassThrough } from 'node:stream';

const BEAT_MS = 15_000;
/** After this the browser comes again: nothing that was decided at the beginning holds for ever. */
const LONGEST_MS = 10 * 60_000;

/** What a browser listens to. */
export interface Listening {
  readonly channel: string;
  /** Milliseconds since 1970: what changed no later than this is known to the page that asks. */
  readonly since: number;
  /** Whether who began to listen may go on. Asked at every beat. */
  readonly entitled: () => Promise<boolean>;
}

/** Live updates as server-sent events (WHATWG HTML §9.2): `changed`, with codes of what at most. */
@Injectable()
export class Live implements OnModuleDestroy {
  private readonly open = new Set<PassThrough>();

  constructor(private readonly store: Ephemeral) {}

  /** A stream to send. It ends when the browser goes, may listen no longer, or has listened long enough. */
  async listen({ channel, since, entitled }: Listening): Promise<PassThrough> {
    const stream = new PassThrough();
    // What comes once the stream has ended, and before the browser has noticed, must not be an error of the process.
    const say = (text: string): void => void (stream.writable && stream.write(text));
    const stop = await this.store.subscribe(channel, (message) => {
      const [at, ...what] = message.split(' ');
      if (Number(at) > since) say(`event: changed\ndata: ${what.join(' ')}\n\n`);
    });
    const beat = setInterval(() => {
      entitled().then(
        (yes) => (yes ? say(':\n\n') : void stream.end()),
        () => void stream.end(),
      );
    }, BEAT_MS).unref();
    const longest = setTimeout(() => stream.end(), LONGEST_MS).unref();
    this.open.add(stream);
    stream.once('close', () => {
      clearInterval(beat);
      clearTimeout(longest);
      this.open.delete(stream);
      void stop().catch(() => undefined);
    });
    say('retry: 5000\n\n');
    return stream;
  }

  /** Before the server closes, which waits for answers under way. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.end();
  }
}
