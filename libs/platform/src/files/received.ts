import { Invalid } from '../errors';
import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';

/** The largest file that is taken. */
export const MOST_BYTES = 25 * 1024 * 1024;

/** The body of an upload, not read yet: only a caller who has been recognised has it read. Told as JSON it is nothing. */
export class Received {
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** Everything that was sent. Throws Invalid when it is more than is taken, without reading on. */
  async bytes(): Promise<Buffer> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of this.#stream as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MOST_BYTES)
        throw new Invalid([{ field: 'file', code: 'too-large', message: 'The file must be smaller than 25 MB' }]);
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}

/** Lets routes receive bytes as they come, instead of having them read before anybody was asked who sends them. */
export function receiveBytes(app: FastifyInstance): void {
  if (app.hasContentTypeParser('application/octet-stream')) return;
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, new Received(payload)));
}
