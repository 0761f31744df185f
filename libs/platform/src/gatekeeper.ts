import { isId, type ContextName } from '@concordat/contracts';
import {
  applyDecorators,
  Controller,
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Actor, Call } from './actor';
import { Allowances } from './allowances';
import { NotFound, Unauthenticated, Unreadable } from './errors';
import { OPEN } from './health';
import { correlationOf, type Request } from './http';
import { Tokens, type Claims } from './tokens';

const CONTEXT = 'concordat:context';

/** A controller of a context: under `/api/<context>[/<path>]`, for signed-in callers unless a route is `@Open()`. */
export const ContextController = (context: ContextName, path = '') =>
  applyDecorators(Controller(`api/${context}${path ? `/${path}` : ''}`), SetMetadata(CONTEXT, context));

/** Turns verified claims into an actor, for one context: by its own projection of who works where. */
export type Authenticator = (claims: Claims, request: Request) => Promise<Actor>;

/** Who can tell actors from claims, by context. Filled at start-up by `libs/access`. */
@Injectable()
export class Authenticators {
  private readonly byContext = new Map<ContextName, Authenticator>();

  register(context: ContextName, authenticator: Authenticator): void {
    this.byContext.set(context, authenticator);
  }

  of(context: ContextName): Authenticator {
    const found = this.byContext.get(context);
    if (!found) throw new Unauthenticated('token.unusable', 'Nobody can be recognised here');
    return found;
  }
}

/** The one guard. A route is open by name, or belongs to a context and needs a bearer token; anything else is closed. */
@Injectable()
export class Gatekeeper implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly authenticators: Authenticators,
    private readonly allowances: Readonly<Record<'client' | 'person', Allowances>>,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(OPEN, targets)) return true;
    const context = this.reflector.getAllAndOverride<ContextName | undefined>(CONTEXT, targets);
    if (!context) throw new Unauthenticated('route.closed', 'This address answers nobody');
    const request = execution.switchToHttp().getRequest<Request>();
    const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new Unauthenticated();
    const claims = await this.tokens.verify(token);
    // Our own services are not counted: they ask as often as what happens wants.
    if (!claims.service)
      this.allowances[claims.client ? 'client' : 'person'].take(
        claims.subject,
        execution.switchToHttp().getResponse<FastifyReply>(),
        Date.now(),
      );
    request.actor = await this.authenticators.of(context)(claims, request);
    request.signedInAt = claims.signedInAt;
    return true;
  }
}

const KEY = /^[\x21-\x7e]{8,128}$/;
const PURPOSE = /^[a-z][a-z0-9-]{1,63}$/;

/** The request as a `Call`. POST needs an Idempotency-Key (events.md W3), because an unknown outcome is settled by it. */
export const Calling = createParamDecorator((_: unknown, execution: ExecutionContext): Call => {
  const request = execution.switchToHttp().getRequest<Request>();
  if (!request.actor) throw new Unauthenticated();
  const reply = execution.switchToHttp().getResponse<FastifyReply>();
  return {
    actor: request.actor,
    correlationId: correlationOf(request),
    purpose: codeHeader(request, 'concordat-purpose', PURPOSE) ?? 'safeguarding',
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    address: request.ip,
    idempotencyKey: idempotencyKey(request),
    expectedVersion: versionIn(request.headers['if-match']),
    signedInAt: request.signedInAt ?? null,
    body: request.body,
    query: (request.query ?? {}) as Record<string, unknown>,
    answered: (auditId) => void reply.header('concordat-audit-entry', auditId),
  };
});

/** A path parameter that must be one of our ids. Anything else cannot exist, so it answers as an absent record does. */
export const Id = createParamDecorator((name: string | undefined, execution: ExecutionContext): string => {
  const request = execution.switchToHttp().getRequest<Request>();
  const value = (request.params as Record<string, string>)[name ?? 'id'];
  if (!isId(value)) throw new NotFound('record');
  return value;
});

/** Every POST carries one. A PUT or PATCH may: whoever got no answer then learns of its own success, and not that a version moved on. */
function idempotencyKey(request: Request): string | null {
  const key = request.headers['idempotency-key'];
  const may = request.method === 'PUT' || request.method === 'PATCH';
  if (request.method !== 'POST' && (!may || key === undefined)) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new Unreadable(
      'idempotency-key.missing',
      'Send an Idempotency-Key header of 8 to 128 visible characters with every POST',
    );
  }
  return key;
}

function codeHeader(request: Request, name: string, form: RegExp): string | null {
  const value = request.headers[name];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !form.test(value))
    throw new Unreadable('header.unreadable', `The ${name} header must be a code`);
  return value;
}

/** If-Match carries the version as a strong or weak ETag, or bare: `"7"`, `W/"7"`, `7`. */
function versionIn(header: string | undefined): number | null {
  if (header === undefined) return null;
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1];
  if (digits === undefined)
    throw new Unreadable('if-match.unreadable', 'If-Match must carry the version that you changed');
  return Number(digits);
}
