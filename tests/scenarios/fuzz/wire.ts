import { Agent, request } from 'node:http';
import type { Wild } from './requests';

/** What came back. `text` is empty for an answer without a body. */
export interface Heard {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Sends requests as they are, over connections that are kept. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(private readonly url: string) {}

  /**
   * Resolves to null when the server closed the connection instead of answering, as it may before a body that is too large.
   * One that was kept may have been closed after the answer before: what was sent on it is sent again on a new one.
   */
  send(wild: Wild): Promise<Heard | null> {
    const { method, target, headers, body } = wild;
    const { hostname, port } = new URL(this.url);
    return new Promise((done, fail) => {
      const length = body === null ? {} : { 'content-length': String(body.length) };
      const asking = request({
        agent: this.agent,
        hostname,
        port,
        method,
        path: target,
        headers: { ...headers, ...length },
      });
      asking.setTimeout(30_000, () => asking.destroy(new Error(`no answer to ${method} ${target} within 30 s`)));
      asking.once('error', (error: NodeJS.ErrnoException) => {
        if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) fail(error);
        else if (asking.reusedSocket) this.send(wild).then(done, fail);
        else done(null);
      });
      asking.once('response', (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.once('error', () => done(null));
        answer.once('end', () =>
          done({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            text: Buffer.concat(pieces).toString('utf8'),
          }),
        );
      });
      asking.end(body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
