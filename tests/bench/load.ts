import { connect, type Socket } from 'node:net';

/** One request, ready to be written. */
export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
}

/**
 * A keep-alive HTTP/1.1 connection over a bare socket. A library's client costs more than the server under test on a small
 * machine, and would be measured with it.
 */
export class Connection {
  private socket: Socket | null = null;
  private buffer = '';
  private waiting: { resolve: (a: Answer) => void; reject: (e: Error) => void; started: number } | null = null;

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  async send(shot: Shot): Promise<Answer> {
    const socket = await this.open();
    const body = shot.body ?? '';
    const head = [
      `${shot.method} ${shot.path} HTTP/1.1`,
      `host: ${this.host}:${this.port}`,
      ...Object.entries(shot.headers).map(([k, v]) => `${k}: ${v}`),
    ];
    if (body) head.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject, started: performance.now() };
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private open(): Promise<Socket> {
    if (this.socket) return Promise.resolve(this.socket);
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, this.host, () => resolve(socket));
      socket.setNoDelay(true).setEncoding('utf8');
      socket.on('data', (text: string) => this.take(text));
      socket.on('error', (error) => this.fail(error, reject));
      socket.on('close', () => this.fail(new Error('connection closed'), reject));
      this.socket = socket;
    });
  }

  private take(text: string): void {
    this.buffer += text;
    const end = this.buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.buffer.slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const rest = this.buffer.slice(end + 4);
    if (Buffer.byteLength(rest) < length) return;
    this.buffer = '';
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.resolve({ status: Number(head.slice(9, 12)), ms: performance.now() - waiting.started, body: rest });
  }

  private fail(error: Error, reject: (e: Error) => void): void {
    this.socket = null;
    reject(error);
    this.waiting?.reject(error);
    this.waiting = null;
  }
}

/** A few connections to one server, for more requests than there are of them: each waits for one that is free. */
export class Connections {
  private readonly free: Connection[];
  private readonly waiting: ((c: Connection) => void)[] = [];

  constructor(url: string, size: number) {
    const { hostname, port } = new URL(url);
    this.free = Array.from({ length: size }, () => new Connection(hostname, Number(port)));
  }

  async with<T>(work: (c: Connection) => Promise<T>): Promise<T> {
    const connection = this.free.pop() ?? (await new Promise<Connection>((r) => this.waiting.push(r)));
    try {
      return await work(connection);
    } finally {
      const next = this.waiting.shift();
      if (next) next(connection);
      else this.free.push(connection);
    }
  }

  close(): void {
    for (const connection of this.free) connection.close();
  }
}

export interface Outcome {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly done: number;
  readonly refused: number;
}

/** Closed loop: `clients` connections, each sending its next request when the last is answered, for `seconds`. */
export async function closedLoop(
  url: string,
  clients: number,
  seconds: number,
  shot: (n: number) => Shot,
  expected = 201,
): Promise<Outcome> {
  return closedLoopOf(url, clients, seconds, async (connection, n) => {
    const { status } = await connection.send(shot(n));
    return status === expected ? null : String(status);
  });
}

/** The same of things that may take several requests each. `work` says what was wrong, or null; a thing that went wrong has no time. */
export async function closedLoopOf(
  url: string,
  clients: number,
  seconds: number,
  work: (connection: Connection, n: number) => Promise<string | null>,
): Promise<Outcome & { readonly wrong: readonly string[] }> {
  const { hostname, port } = new URL(url);
  const times: number[] = [];
  const wrong: string[] = [];
  let n = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const connection = new Connection(hostname, Number(port));
      while (performance.now() < until) {
        const began = performance.now();
        const problem = await work(connection, n++);
        if (problem === null) times.push(performance.now() - began);
        else wrong.push(problem);
      }
      connection.close();
    }),
  );
  return {
    ...summary(times),
    perSecond: times.length / ((performance.now() - started) / 1000),
    done: times.length,
    refused: wrong.length,
    wrong,
  };
}

/** Open loop: requests start on time whatever became of the earlier ones, so a stall is counted in full. */
export async function openLoop(
  url: string,
  perSecond: number,
  shots: readonly Shot[],
  connections = 32,
): Promise<Outcome> {
  const pool = new Connections(url, connections);
  const times: number[] = [];
  let refused = 0;
  const started = performance.now();
  await Promise.all(
    shots.map(async (shot, i) => {
      const due = started + (i * 1000) / perSecond;
      await new Promise((r) => setTimeout(r, Math.max(0, due - performance.now())));
      const answer = await pool.with((c) => c.send(shot));
      times.push(performance.now() - due);
      if (answer.status >= 300) refused++;
    }),
  );
  pool.close();
  return {
    ...summary(times),
    perSecond: times.length / ((performance.now() - started) / 1000),
    done: times.length - refused,
    refused,
  };
}

export function summary(times: readonly number[]): { p50: number; p95: number; p99: number; max: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (q: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(sorted.at(-1) ?? 0) };
}

export const round = (value: number): number => Math.round(value * 100) / 100;
/** What one figure is of another: with more digits than others have, as a goal is met by them or missed. */
export const share = (part: number, whole: number): number => Math.round((part / whole) * 10_000) / 10_000;
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
