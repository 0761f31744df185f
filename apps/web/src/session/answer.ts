import type { FastifyReply } from 'fastify';
import type { WebRequest } from '../session/visit';

/** Puts the status and place that a page decided on its reply: Nest has set its own by then. */
export async function answer(request: WebRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (request.answer && reply.statusCode < 300) {
    void reply.code(request.answer.status);
    if (request.answer.location) void reply.header('location', request.answer.location);
  }
  return payload;
}
