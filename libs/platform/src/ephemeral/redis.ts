import type { createClient } from 'redis';
import type { Logger } from 'pino';
import { Ephemeral, type Hits } from './ephemeral';
import type { RedisTls } from '../in-transit';
import { Listeners } from './listeners';

const PREFIX = 'concordat:';

const connection = (create: typeof createClient, url: string, tls: RedisTls) =>
  create({
    url,
    // A request waits for nothing that is not there: it is refused and may be made again.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5_000,
      reconnectStrategy: (tries) => Math.min(tries * 50, 1_000),
      ...(tls ? { tls: true as const, ...tls } : {}),
    },
  });
type Connection = ReturnType<typeof connection>;

/** Ephemeral state in Redis 7, under keys that begin with `concordat:`. Live updates go by publish and subscribe. */
export class RedisEphemeral extends Ephemeral {
  private readonly listeners = new Listeners();
  private readonly channels = new Map<string, number>();
  private receiving: Promise<Connection> | null = null;

  private constructor(
    private readonly client: Connection,
    private readonly log: Logger,
  ) {
    super();
  }

  static async open(url: string, log: Logger, tls: RedisTls = null): Promise<RedisEphemeral> {
    const { createClient } = await import('redis'); // 20 MB that nobody needs where there is no Redis
    const client = connection(createClient, url, tls);
    client.on('error', (err: unknown) => log.warn({ err }, 'ephemeral store: connection lost'));
    await client.connect();
    return new RedisEphemeral(client, log);
  }

  get(kind: string, key: string): Promise<string | null> {
    return this.client.get(nameOf(kind, key));
  }

  async set(kind: string, key: string, value: string, seconds: number): Promise<void> {
    await this.client.set(nameOf(kind, key), value, { expiration: { type: 'PX', value: Math.ceil(seconds * 1000) } });
  }

  async replace(kind: string, key: string, value: string, seconds: number): Promise<boolean> {
    const options = { expiration: { type: 'PX', value: Math.ceil(seconds * 1000) }, condition: 'XX' } as const;
    return (await this.client.set(nameOf(kind, key), value, options)) !== null;
  }

  /** The names of a kind are a set, which lives for as long as the longest of them. */
  async setAmong(kind: string, key: string, value: string, seconds: number): Promise<void> {
    const [name, names, ms] = [nameOf(kind, key), nameOf('among', kind), Math.ceil(seconds * 1000)];
    await this.client
      .multi()
      .set(name, value, { expiration: { type: 'PX', value: ms } })
      .sAdd(names, name)
      .pExpire(names, ms, 'NX')
      .pExpire(names, ms, 'GT')
      .exec();
  }

  async among(kind: string): Promise<readonly string[]> {
    const names = await this.client.sMembers(nameOf('among', kind));
    if (names.length === 0) return [];
    const values = await this.client.mGet(names);
    const gone = names.filter((_, i) => values[i] === null);
    if (gone.length > 0) await this.client.sRem(nameOf('among', kind), gone);
    return values.filter((value) => value !== null);
  }

  take(kind: string, key: string): Promise<string | null> {
    return this.client.getDel(nameOf(kind, key));
  }

  async remove(kind: string, key: string): Promise<void> {
    await this.client.del(nameOf(kind, key));
  }

  async hit(key: string, seconds: number): Promise<Hits> {
    const name = nameOf('counter', key);
    const [count, , left] = await this.client
      .multi()
      .incr(name)
      .pExpire(name, Math.ceil(seconds * 1000), 'NX')
      .pTTL(name)
      .exec();
    return { count: Number(count), resetSeconds: Math.max(1, Math.ceil(Number(left) / 1000)) };
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.client.publish(PREFIX + channel, message);
  }

  async subscribe(channel: string, heard: (message: string) => void): Promise<() => Promise<void>> {
    const receiver = await this.receiver();
    const before = this.channels.get(channel) ?? 0;
    this.channels.set(channel, before + 1);
    const stop = this.listeners.add(channel, heard);
    if (before === 0) await receiver.subscribe(PREFIX + channel, (message) => this.listeners.tell(channel, message));
    return async () => {
      stop();
      const left = (this.channels.get(channel) ?? 1) - 1;
      this.channels.set(channel, left);
      if (left === 0 && receiver.isOpen) await receiver.unsubscribe(PREFIX + channel);
    };
  }

  async close(): Promise<void> {
    const receiver = await this.receiving?.catch(() => null);
    for (const open of [receiver, this.client]) if (open?.isOpen) open.destroy();
  }

  /** A connection that subscribes can do nothing else. */
  private receiver(): Promise<Connection> {
    this.receiving ??= (async () => {
      const copy = this.client.duplicate();
      copy.on('error', (err: unknown) => this.log.warn({ err }, 'ephemeral store: live updates interrupted'));
      await copy.connect();
      return copy;
    })();
    this.receiving.catch(() => (this.receiving = null));
    return this.receiving;
  }
}

const nameOf = (kind: string, key: string): string => `${PREFIX}${kind}:${key}`;
