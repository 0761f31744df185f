import { Unreadable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { isPublicForm } from '../web-paths';
import { PublicForms } from './public-forms';
import type { WebRequest } from './visit';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether `given` is the token of the session, compared in a time that tells nothing of it. */
export const sameToken = (given: unknown, token: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(token));

/** Refuses every change that does not carry the session's own token (OWASP: synchronizer token pattern). */
@Injectable()
export class CsrfCheck {
  constructor(private readonly publicForms: PublicForms) {}

  readonly check = async (request: WebRequest, _reply: FastifyReply): Promise<void> => {
    if (SAFE.has(request.method)) return;
    if (isPublicForm(request.url)) return this.publicForms.check(request);
    const { visit } = request;
    void visit?.person; // nobody changes anything before signing in: says so rather than talk of tokens
    const sent = (request.body as Record<string, unknown> | null | undefined)?.['_csrf'];
    if (!visit?.session || !sameToken(sent, visit.session.csrf))
      throw new Unreadable('form.token', 'This form is no longer valid');
  };
}
