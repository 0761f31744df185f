import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { correlationFrom, type Actor } from './actor';
import {
  Conflict,
  Forbidden,
  IllegalTransition,
  Invalid,
  NotFound,
  Problem,
  RuleBroken,
  SignInAgain,
  TooMany,
  Unauthenticated,
  Unavailable,
  Unreadable,
} from './errors';
import { isConnectionLoss } from './connection-loss';

/** A request as our guards and decorators leave it. */
export type Request = FastifyRequest & { actor?: Actor; signedInAt?: number | null; correlationId?: string };

/** The one place where problems meet HTTP numbers (acceptance.md, rules that hold everywhere, 1). */
const STATUS: readonly (readonly [new (...args: never[]) => Problem, number])[] = [
  [Unreadable, 400],
  [Unauthenticated, 401],
  [SignInAgain, 401],
  [Forbidden, 403],
  [NotFound, 404],
  [Conflict, 409],
  [IllegalTransition, 409],
  [Invalid, 422],
  [RuleBroken, 422],
  [TooMany, 429],
  [Unavailable, 503],
];

/** The HTTP status that a problem is answered with. */
export const statusOf = (problem: Problem): number => STATUS.find(([type]) => problem instanceof type)?.[1] ?? 500;

/** correlationOf gives the request's correlation id: the caller's if harmless, else ours. Stable within a request. */
export function correlationOf(request: Request): string {
  return (request.correlationId ??= correlationFrom(request.headers['x-correlation-id']));
}

/** Maps every error to application/problem+json (RFC 9457). Anything unexpected is a 500 that says nothing of itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.asProblem(error, request);
    if (reply.sent) return;
    if (error instanceof SignInAgain)
      void reply.header('www-authenticate', stepUp(`max_age=${error.details.maxAgeSeconds ?? 0}`));
    const { retryAfterSeconds: wait, acrValues } = error instanceof Problem ? error.details : {};
    if (acrValues !== undefined) void reply.header('www-authenticate', stepUp(`acr_values="${acrValues}"`));
    if (wait !== undefined) void reply.header('retry-after', String(wait));
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }

  private asProblem(error: unknown, request: Request) {
    const correlationId = correlationOf(request);
    const instance = request.url.split('?')[0];
    if (error instanceof Problem) {
      const status = statusOf(error);
      if (status >= 500) this.log.warn({ correlationId, code: error.code }, 'unavailable');
      return body(status, error.code, error.message, { ...error.details, instance, correlationId });
    }
    const status = statusFromLibrary(error);
    if (status !== null)
      return body(status, libraryCode(status), 'The request cannot be read', { instance, correlationId });
    if (isConnectionLoss(error)) {
      this.log.warn({ correlationId, err: error }, 'the database cannot be reached');
      return body(503, 'database.unreachable', 'The database cannot be reached', { instance, correlationId });
    }
    this.log.error({ correlationId, err: error }, 'unexpected error');
    return body(500, 'server.error', 'Something went wrong. It has been recorded', { instance, correlationId });
  }
}

/**
 * Fastify's router refuses some addresses before any route is found: too long, or not to be decoded. It would repeat them
 * in words of its own; here they become problems like any other. No hook runs then, so it sets the headers as well.
 */
export function refuseAddress(error: { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): void {
  const status = statusFromLibrary(error) ?? 400;
  const correlationId = correlationOf(request);
  void reply
    .status(status)
    .type('application/problem+json')
    .header('x-correlation-id', correlationId)
    .header('cache-control', 'no-store')
    .headers(EVERY_ANSWER)
    .send(body(status, libraryCode(status), 'The request cannot be read', { correlationId }));
}

/** On every answer whatever it is: pages of ours add what they need, and say more of what they allow. */
export const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What a client is to do before it asks again: send the person to sign in (RFC 9470 §3). */
const stepUp = (demand: string): string =>
  `Bearer error="insufficient_user_authentication", error_description="Sign in again", ${demand}`;

/** A document that cannot be made whole now is not served in part. */
export function refuseDocument(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof Problem)) throw error;
  const status = statusOf(error);
  return reply
    .status(status)
    .type('application/problem+json')
    .send(body(status, error.code, error.message, { correlationId: correlationOf(request) }));
}

/**
 * What Node's own parser refuses, such as headers that are too large, is told as a problem too and the connection is ended:
 * nothing that follows on it can be understood. No request exists yet, so there is nothing to correlate with.
 */
export function refuseUnparsed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  // Behind an answer that ended the connection, such as that a body is too large, the rest of that body is no request.
  if (socket.bytesWritten > 0) return void socket.destroySoon();
  const status = UNPARSED[error.code ?? ''] ?? 400;
  const correlationId = correlationFrom(undefined);
  const said = JSON.stringify(body(status, libraryCode(status), 'The request cannot be read', { correlationId }));
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Problem'}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(said)}`,
    `x-correlation-id: ${correlationId}`,
    'cache-control: no-store',
    ...Object.entries(EVERY_ANSWER).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${said}`);
}

const UNPARSED: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

function body<T extends object>(status: number, code: string, detail: string, more: T) {
  return {
    type: `urn:concordat:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Problem',
    status,
    code,
    detail,
    ...more,
  };
}

/** Fastify's and Nest's own refusals carry a status below 500: a body too large, bad JSON, no such route. */
function statusFromLibrary(error: unknown): number | null {
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

const LIBRARY_CODES: Readonly<Record<number, string>> = {
  400: 'request.unreadable',
  401: 'token.missing',
  404: 'route.not-found',
  405: 'method.not-allowed',
  406: 'request.not-acceptable',
  408: 'request.timed-out',
  413: 'request.too-large',
  414: 'request.too-long',
  415: 'request.media-type',
  429: 'request.too-many',
  431: 'request.headers-too-large',
};
const libraryCode = (status: number): string => LIBRARY_CODES[status] ?? 'request.refused';
