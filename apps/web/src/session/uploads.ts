import { Problem, Unauthenticated, Unreadable } from '@concordat/platform';
import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import { isOurs } from '../web-paths';
import type { WebRequest } from './visit';

/** A form with a file in it, and what its other fields need. The file itself is checked by whoever keeps it. */
const MOST_BYTES = 25 * 1024 * 1024 + 64 * 1024;

/** The only pages to which a browser may send a file. */
const TAKES_FILES =
  /^\/(?:cases\/[0-9a-f-]{36}\/documents\/|reviews\/[0-9a-f-]{36}\/release\/add$|agreements\/drops\/check$|agreements\/bring-in$|asking\/by-request$|wordings\/load\/[a-z0-9.-]+$|imports$|administration\/packs-check$)/;

/** The field under which a page finds the file: its name begins so that it is never shown as something typed. */
export const FILE = '_file';

/**
 * Forms with files (multipart/form-data, RFC 7578), read whole and only for who is signed in, on pages that take files. The
 * platform's own reader takes them apart. Their fields come as those of any other form, so that the form token is checked.
 */
export function takeUploads(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', (request, payload, done) => {
    read(request as WebRequest, payload).then(
      (body) => done(null, body),
      (error: unknown) =>
        done(error instanceof Problem ? error : new Unreadable('form.unreadable', 'The form cannot be read')),
    );
  });
}

async function read(request: WebRequest, payload: Readable): Promise<Record<string, unknown>> {
  if (!isOurs(request.url) || !TAKES_FILES.test(request.url))
    throw new Unreadable('form.no-files', 'No file can be sent here');
  if (!request.visit?.me) throw new Unauthenticated('session.none', 'Sign in to see this page');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of payload as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MOST_BYTES) parts.push(part); // what is more is read and dropped, so that the browser hears the answer
  }
  if (size > MOST_BYTES) throw new Unreadable('form.too-large', 'The file must be smaller than 25 MB');
  const form = await new Response(new Uint8Array(Buffer.concat(parts)), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
  const body: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name === '__proto__') continue;
    if (typeof value !== 'string') body[FILE] = Buffer.from(await value.arrayBuffer());
    else body[name] = name in body ? [body[name], value].flat() : value;
  }
  return body;
}
