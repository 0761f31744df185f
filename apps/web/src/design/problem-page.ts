import type { FastifyReply } from 'fastify';
import type { WebRequest } from '../session/visit';
import { problemPage } from './problems';
import { rendered } from './rendering';

/**
 * Shows a problem document (RFC 9457) as a page. The platform's one filter turns every error into such a document, wherever
 * it came from, so this is the one place where people are told of them. Somebody who never signed in is asked to.
 */
export async function problemAsPage(request: WebRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || !String(reply.getHeader('content-type')).startsWith('application/problem+json'))
    return payload;
  const problem = JSON.parse(payload) as Parameters<typeof problemPage>[0];
  if (problem.code === 'session.none' && request.method === 'GET') {
    void reply
      .code(303)
      .header('location', `/sign-in?to=${encodeURIComponent(request.url)}`)
      .type('text/html; charset=utf-8');
    return '';
  }
  void reply.type('text/html; charset=utf-8').removeHeader('content-length');
  return rendered(reply, request, 'design/problem.njk', { problem: problemPage(problem, request) });
}
