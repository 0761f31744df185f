import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly auditEntry: string | undefined;
  readonly body: string;
}

/** Longer than anything healthy takes, and short enough to notice a way on which nothing arrives. */
const PATIENCE_MS = 5_000;

/** One client's own connection, as a browser or another system would keep it open. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 2 });

  /** send resolves with whatever answer came, whole; rejects when none did. */
  send(
    url: string,
    method: 'GET' | 'POST',
    headers: Readonly<Record<string, string>>,
    body?: string,
    patienceMs = PATIENCE_MS,
  ): Promise<Answer> {
    return new Promise((done, fail) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(url, { method, agent: this.agent, headers: { ...headers, ...length } }, (reply) => {
        const pieces: Buffer[] = [];
        reply.on('data', (piece: Buffer) => pieces.push(piece));
        reply.on('error', fail);
        reply.on('aborted', () => fail(new Error('the answer was cut')));
        reply.on('end', () => {
          clearTimeout(timer);
          if (!reply.complete) return fail(new Error('the answer was cut'));
          const entry = reply.headers['concordat-audit-entry'];
          const auditEntry = typeof entry === 'string' ? entry : undefined;
          done({ status: reply.statusCode ?? 0, auditEntry, body: Buffer.concat(pieces).toString('utf8') });
        });
      });
      const timer = setTimeout(
        () => sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
        patienceMs,
      );
      sent.on('error', (error) => {
        clearTimeout(timer);
        fail(error);
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
