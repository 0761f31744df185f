import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { isReady } from '../../../tools/services/node-process';

interface Member {
  readonly name: string;
  readonly port: number;
  ready: boolean;
  taken: number;
  cut: number;
}

const LOOK_MS = 100;

/**
 * What stands before the processes of one service, as in a cluster: one address, whose new connections go in turn to those that
 * say they are ready. A connection stays where it went for as long as it lasts; nothing of it is read, or sent again.
 */
export class Balancer {
  private readonly members: Member[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly timer: NodeJS.Timeout;
  private turn = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', (caller: Socket) => this.accept(caller));
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  static async open(): Promise<Balancer> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
    return new Balancer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many connections went to each, by its name, and how many of them it ended while an answer was awaited. */
  get given(): Readonly<Record<string, { readonly taken: number; readonly cut: number }>> {
    return Object.fromEntries(this.members.map(({ name, taken, cut }) => [name, { taken, cut }]));
  }

  /** @param name of a process that is ready and listens on `port` of 127.0.0.1 */
  add(name: string, port: number): void {
    this.members.push({ name, port, ready: true, taken: 0, cut: 0 });
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private async look(): Promise<void> {
    await Promise.all(
      this.members.map(async (m) => void (m.ready = await isReady(`http://127.0.0.1:${m.port}/health/ready`))),
    );
  }

  /** Nobody ready: whoever calls is refused, as by an address with nobody behind it. */
  private accept(caller: Socket): void {
    const ready = this.members.filter((m) => m.ready);
    const member = ready[this.turn++ % ready.length];
    caller.on('error', nothing);
    if (!member) return void caller.resetAndDestroy();
    member.taken++;
    const called = connect({ port: member.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', nothing);
    let awaited = false;
    caller.on('data', () => (awaited = true));
    called.on('data', () => (awaited = false));
    called.once('end', () => (member.cut += awaited ? 1 : 0));
    called.once('error', () => (member.cut += awaited ? 1 : 0));
    for (const [from, to] of [
      [caller, called],
      [called, caller],
    ] as const) {
      this.sockets.add(from.setNoDelay(true));
      from.pipe(to);
      from.on('close', (broken) => {
        this.sockets.delete(from);
        if (broken) to.resetAndDestroy();
      });
    }
  }
}

const nothing = (): void => undefined;
