import type { ContextName, Received } from '@concordat/contracts';
import { decode } from '@concordat/messaging';
import { Peers } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

interface Heads {
  readonly heads: readonly { readonly stream: string; readonly version: string }[];
  readonly next: string | null;
}
interface Body {
  readonly version: string;
  readonly eventId: string;
  readonly body: string;
}

const AT_ONCE = 8;
/** Streams that are read before what they told is counted. */
const PAGE = 200;

/** Reads what a context has ever told, stream by stream, as its outbox keeps it (decision 13): by the addresses that heal losses. */
@Injectable()
export class Past {
  constructor(private readonly peers: Peers) {}

  async *of(source: ContextName): AsyncGenerator<{ readonly streams: number; readonly events: readonly Received[] }> {
    let after: string | null = null;
    do {
      const query: string = after === null ? '' : `?after=${encodeURIComponent(after)}`;
      const page: Heads = await this.peers.get<Heads>('insight', source, `/streams/heads${query}`);
      for (let from = 0; from < page.heads.length; from += PAGE) {
        const streams = page.heads.slice(from, from + PAGE).map(({ stream }) => stream);
        yield { streams: streams.length, events: await this.eventsOf(source, streams) };
      }
      after = page.next;
    } while (after !== null);
  }

  private async eventsOf(source: ContextName, streams: readonly string[]): Promise<Received[]> {
    const events: Received[] = [];
    const queue = streams.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const stream of queue) events.push(...(await this.stream(source, stream)));
      }),
    );
    return events;
  }

  private async stream(source: ContextName, streamId: string): Promise<Received[]> {
    const events: Received[] = [];
    for (;;) {
      const from = events.length + 1;
      const bodies = await this.peers.get<Body[]>('insight', source, `/streams/${streamId}/events?from=${from}`);
      if (bodies.length === 0) return events;
      for (const { version, eventId, body } of bodies)
        events.push(
          decode({
            source,
            streamId,
            version: BigInt(version),
            eventId,
            body: Buffer.from(body, 'base64'),
          }),
        );
    }
  }
}
