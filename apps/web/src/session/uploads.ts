import { Problem, Unauthenticated, Unreadable } from '@concordat/platform';
import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import { isOurs } from '../web-paths';
import type { WebRequest } from './visit';

/** What the other fields of a form with a file need. */
const FIELDS_BYTES = 64 * 1024;
/** A form with a file in it. The file itself is checked by whoever keeps it. */
const MOST_BYTES = 25 * 1024 * 1024 + FIELDS_BYTES;

/** The only pages to which a browser may send a file. */
const TAKES_FILES =
  /^\/(?:cases\/[0-9a-f-]{36}\/documents\/|reviews\/[0-9a-f-]{36}\/release\/add$|agreements\/drops\/check$|agreements\/bring-in$|asking\/by-request$|wordings\/load\/[a-z0-9.-]+$|imports$|administration\/packs-check$)/;

/** The field under which a page finds the file: its name begins so that it is never shown as something typed. */
export const FILE = '_file';
/** That there was a file, which was too large to be kept. */
export const TOO_LARGE = '_fileTooLarge';

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
  let end: Buffer = Buffer.alloc(0);
  for await (const part of payload as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MOST_BYTES) parts.push(part);
    // What is more is read and dropped, so that the browser hears the answer; its end holds the fields behind the file.
    else end = Buffer.concat([end.length === 0 ? (parts.at(-1) ?? end) : end, part]).subarray(-FIELDS_BYTES);
  }
  const type = request.headers['content-type'] ?? '';
  const whole = Buffer.concat(parts);
  const bytes = size > MOST_BYTES ? withoutFile(whole, end, type) : whole;
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const body: Record<string, unknown> = size > MOST_BYTES ? { [TOO_LARGE]: true } : {};
  for (const [name, value] of form) {
    if (name === '__proto__') continue;
    if (typeof value !== 'string') body[FILE] = Buffer.from(await value.arrayBuffer());
    else body[name] = name in body ? [body[name], value].flat() : value;
  }
  return body;
}

/**
 * withoutFile is a form whose file is too large as if nothing had been in it: what was typed in its other fields comes back to whoever
 * typed it. `begun` is its first bytes, `end` its last. Pure.
 * @throws Unreadable if it is not the file that makes it so large
 */
export function withoutFile(begun: Buffer, end: Buffer, type: string): Buffer {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const named = begun.indexOf('filename=');
  const content = named < 0 ? -1 : begun.indexOf('\r\n\r\n', named);
  const next = end.indexOf(`\r\n--${quoted ?? plain}`);
  if (content < 0 || next < 0) throw new Unreadable('form.too-large', 'The form is too large');
  return Buffer.concat([begun.subarray(0, content + 4), end.subarray(next)]);
}
