import type { CookieSerializeOptions } from '@fastify/cookie';
import { PROCESS, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Our two cookies. `__Host-` (RFC 6265bis) keeps them to this host, path / and TLS; over plain HTTP, which only a local
 * installation uses, browsers would refuse them under that name.
 */
@Injectable()
export class Cookies {
  readonly session: string;
  private readonly again: string;
  private readonly options: CookieSerializeOptions;

  constructor(@Inject(PROCESS) process: ProcessInfo) {
    const secure = process.publicUrl.startsWith('https:');
    this.session = `${secure ? '__Host-' : ''}concordat`;
    this.again = `${secure ? '__Host-' : ''}concordat-again`;
    this.options = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  }

  idIn(request: FastifyRequest): string | null {
    return request.cookies[this.session] ?? null;
  }

  /** `complete` when somebody is signed in by it: until then the next try asks again as well. */
  give(reply: FastifyReply, id: string, complete: boolean): void {
    void reply.setCookie(this.session, id, this.options);
    if (complete) void reply.clearCookie(this.again, this.options);
  }

  /** After signing out, the next sign-in asks who it is, whatever the identity provider remembers. */
  forget(reply: FastifyReply): void {
    void reply
      .clearCookie(this.session, this.options)
      .setCookie(this.again, '1', this.options)
      // What a browser might keep of pages that were shown, those that “back” leads to among it.
      .header('clear-site-data', '"cache", "storage"');
  }

  mustAskAgain(request: FastifyRequest): boolean {
    return request.cookies[this.again] === '1';
  }
}
