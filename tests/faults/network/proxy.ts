import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { NetworkEffect } from '../fault';
import { Way, type Passage } from './way';

/** One connection through the proxy: from whoever calls to whoever is called. */
interface Pair {
  readonly sockets: readonly [caller: Socket, called: Socket];
  readonly ways: readonly [requests: Way, replies: Way];
  passed: number;
}

/**
 * A TCP proxy on 127.0.0.1 that can do to its connections what networks do. Without a fault it passes bytes on at once, in
 * order. Nothing is parsed: it stands before HTTP, PostgreSQL, Kafka and Redis alike.
 */
export class FaultProxy {
  private readonly pairs = new Set<Pair>();
  private fault: NetworkEffect | null = null;

  private constructor(
    private readonly server: Server,
    private readonly to: () => number,
  ) {
    server.on('connection', (caller: Socket) => this.accept(caller));
  }

  /** @param to the port on 127.0.0.1 behind the proxy, asked at each connection, because what is restarted may move */
  static async open(to: number | (() => number)): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new FaultProxy(server, typeof to === 'number' ? () => to : to);
    await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.pairs.size;
  }

  /** begin makes every present and coming connection suffer `effect`, until `end`. */
  begin(effect: NetworkEffect): void {
    this.fault = effect;
    for (const pair of [...this.pairs]) {
      pair.passed = 0;
      if (effect.effect === 'reset') reset(pair);
    }
  }

  /** end heals the way. Connections that lost something are reset, as a network does that was away for too long. */
  end(): void {
    this.fault = null;
    for (const pair of [...this.pairs]) if (pair.ways.some((way) => way.torn)) reset(pair);
  }

  async close(): Promise<void> {
    this.fault = { effect: 'reset' };
    for (const pair of [...this.pairs]) reset(pair);
    await new Promise((done) => this.server.close(done));
  }

  private accept(caller: Socket): void {
    if (this.fault?.effect === 'reset') return void caller.on('error', nothing).resetAndDestroy();
    const called = connect({ port: this.to(), host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [caller, called]) socket.setNoDelay(true).on('error', nothing);
    const pair: Pair = {
      sockets: [caller, called],
      ways: [
        new Way(
          caller,
          called,
          (length) => this.passage('requests', pair, length),
          () => reset(pair),
        ),
        new Way(
          called,
          caller,
          (length) => this.passage('replies', pair, length),
          () => reset(pair),
        ),
      ],
      passed: 0,
    };
    this.pairs.add(pair);
    caller.on('close', (broken) => this.closed(pair, called, broken));
    called.on('close', (broken) => this.closed(pair, caller, broken));
  }

  /** While everything vanishes, so does the news that one side has gone: the other learns it when the fault ends. */
  private closed(pair: Pair, other: Socket, broken: boolean): void {
    if (pair.sockets.every((s) => s.destroyed)) this.pairs.delete(pair);
    else if (this.fault?.effect === 'half-open') pair.ways.forEach((way) => (way.torn = true));
    else if (broken || !other.writable || other.readableEnded) other.resetAndDestroy();
  }

  private passage(what: 'requests' | 'replies', pair: Pair, length: number): Passage {
    const { fault } = this;
    if (fault?.effect === 'half-open') return { how: 'lose' };
    if (fault?.effect === 'one-way' && fault.lost === what) return { how: 'lose' };
    if (fault?.effect === 'latency') return { how: 'delay', ms: fault.ms };
    if (fault?.effect !== 'byte-limit') return { how: 'pass' };
    const left = Math.max(0, fault.bytes - pair.passed);
    pair.passed += length;
    return length > left ? { how: 'stop-after', bytes: left } : { how: 'pass' };
  }
}

/** Both sides get a reset, as from a router that forgot the connection. */
function reset(pair: Pair): void {
  for (const socket of pair.sockets) socket.resetAndDestroy();
}

const nothing = (): void => undefined;
