import type { Action } from '@concordat/contracts';
import { Forbidden, Open } from '@concordat/platform';
import {
  applyDecorators,
  Controller,
  Injectable,
  SetMetadata,
  StreamableFile,
  UseGuards,
  UseInterceptors,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type INestApplicationContext,
  type NestInterceptor,
} from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { mergeMap, type Observable } from 'rxjs';
import { Unread } from '../session/unread';
import type { WebRequest } from '../session/visit';
import { rendered } from './rendering';

const PAGE = 'concordat:page';

/** What a page says of itself, beside its route. */
export interface Declaration {
  /** Where it answers, without the leading slash. */
  readonly at: string;
  /** Its folder under `src`: where its template is, and the name by which tests know it. */
  readonly folder: string;
  /** Who may come: whoever may do one of these actions, any `member` who is signed in, or `anyone`. */
  readonly may: Action | readonly Action[] | 'member' | 'anyone';
  /** The states that a test visits with axe (user-interface.md §4). Empty for a route that shows nothing. */
  readonly states: readonly string[];
}

/** What a page answers with: data for its template. */
export class View {
  constructor(
    readonly data: Readonly<Record<string, unknown>>,
    readonly status: number,
    readonly template: string,
  ) {}
}
export class Redirect {
  constructor(readonly to: string) {}
}
export class Download {
  constructor(
    readonly content: string | Readable | Buffer,
    readonly name: string,
    /** What it is, when its name does not say. */
    readonly type?: string,
  ) {}
}

export class Nothing {}
/** Data for a script of ours. */
export class Json {
  constructor(readonly data: unknown) {}
}
/** Server-sent events, for as long as they come. */
export class Events {
  constructor(readonly stream: Readable) {}
}
/** Bytes whose headers the page has set itself. */
export class Raw {
  constructor(readonly bytes: Buffer) {}
}

/** Shows the page's own template, `page.njk` unless another of its folder is named, or with a leading slash any other. */
export const show = (data: Readonly<Record<string, unknown>>, status = 200, template = 'page.njk'): View =>
  new View(data, status, template);
/** 303 See Other: what was posted is done, and the browser gets another page. */
export const redirect = (to: string): Redirect => new Redirect(to);
export const json = (data: unknown): Json => new Json(data);
/** 204 No Content. */
export const nothing = (): Nothing => new Nothing();
export const events = (stream: Readable): Events => new Events(stream);
/** Text as an attachment; nothing that users write is ever shown inline (user-interface.md §7). */
export const download = (content: string | Readable | Buffer, name: string, type?: string): Download =>
  new Download(content, name, type);

/** Lets in who the page's declaration lets in. The contexts check again: this spares a page that could only fail. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const { may } = this.reflector.get<Declaration>(PAGE, execution.getClass());
    const { visit } = execution.switchToHttp().getRequest<WebRequest>();
    if (may === 'anyone') return true;
    void visit?.person; // throws when nobody is signed in
    if (may === 'member') return true;
    const actions = typeof may === 'string' ? [may] : may;
    if (!actions.some((action) => visit?.may(action)))
      throw new Forbidden('page.forbidden', 'You may not see this page', ['role.not-entitled']);
    return true;
  }
}

/** Turns what a page answered into a reply. */
@Injectable()
export class PageRenderer implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly unread: Unread,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { folder } = this.reflector.get<Declaration>(PAGE, execution.getClass());
    const request = execution.switchToHttp().getRequest<WebRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(mergeMap((answer) => this.reply(answer, folder, request, reply)));
  }

  private async reply(
    answer: unknown,
    folder: string,
    request: WebRequest,
    reply: FastifyReply,
  ): Promise<string | Buffer | StreamableFile> {
    if (answer instanceof Redirect) {
      request.answer = { status: 303, location: answer.to };
      return '';
    }
    if (answer instanceof Nothing) {
      request.answer = { status: 204 };
      return '';
    }
    if (answer instanceof Json) {
      request.answer = { status: 200 };
      void reply.type('application/json; charset=utf-8');
      return JSON.stringify(answer.data);
    }
    if (answer instanceof Download) {
      request.answer = { status: 200 };
      void reply
        .type(answer.type ?? (answer.name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'text/plain; charset=utf-8'))
        .header('content-disposition', `attachment; filename="${answer.name}"`);
      return answer.content instanceof Readable ? new StreamableFile(answer.content) : answer.content;
    }
    if (answer instanceof Events) {
      request.answer = { status: 200 };
      void reply.header('x-accel-buffering', 'no'); // a proxy that waits for more would hold back what is to be told now
      return new StreamableFile(answer.stream, { type: 'text/event-stream' });
    }
    if (answer instanceof Raw) {
      request.answer = { status: 200 };
      return answer.bytes;
    }
    if (!(answer instanceof View)) throw new Error(`${folder} answered with neither a view nor a redirect`);
    request.answer = { status: answer.status };
    void reply.type('text/html; charset=utf-8');
    const { template } = answer;
    return rendered(
      reply,
      request,
      template.startsWith('/') ? template.slice(1) : `${folder}/${template}`,
      answer.data,
      request.visit ? await this.unread.of(request.visit) : null,
    );
  }
}

/** A page: a controller that says where it is, who may come and which states it has. */
export const Page = (declaration: Declaration) =>
  applyDecorators(
    Controller(declaration.at),
    SetMetadata(PAGE, declaration),
    Open(),
    UseGuards(PageGuard),
    UseInterceptors(PageRenderer),
  );

export interface DeclaredPage extends Declaration {
  readonly name: string;
}

/** All pages of a running app, for tests that visit every declared state. */
export function declaredPages(app: INestApplicationContext): DeclaredPage[] {
  return controllersOf(app.get(DiscoveryService, { strict: false })).flatMap(({ type, declaration }) =>
    declaration ? [{ ...declaration, name: type.name }] : [],
  );
}

/** demandDeclarations throws unless every controller of `module` declares who may see it: at start-up, not at the first visit. */
export function demandDeclarations(discovery: DiscoveryService, module: object): void {
  const undeclared = controllersOf(discovery).filter((c) => c.module === module && !c.declaration);
  if (undeclared.length > 0)
    throw new Error(
      `These routes do not declare who may see them (@Page): ${undeclared.map((c) => c.type.name).join(', ')}`,
    );
}

function controllersOf(discovery: DiscoveryService) {
  return discovery.getControllers().flatMap((wrapper) => {
    const type = wrapper.metatype as (new () => object) | null;
    if (!type) return [];
    const declaration = Reflect.getMetadata(PAGE, type) as Declaration | undefined;
    return [{ type, module: wrapper.host?.metatype as object | undefined, declaration }];
  });
}
