import cookie from '@fastify/cookie';
import view from '@fastify/view';
import type { FastifyInstance } from 'fastify';
import nunjucks from 'nunjucks';
import { problemAsPage } from './design/problem-page';
import { templateFolders, templateOptions } from './design/templates';
import { answer } from './session/answer';
import type { CsrfCheck } from './session/csrf';
import type { RateLimits } from './session/rate-limits';
import { nonce, securityHeaders } from './session/security-headers';
import type { SessionLoader } from './session/session-loader';
import { takeUploads } from './session/uploads';
import { isOurs } from './web-paths';

/** The parts of the pipeline that need something of the process. */
export interface PipelineParts {
  readonly sessions: SessionLoader;
  readonly limits: RateLimits;
  readonly csrf: CsrfCheck;
}

/**
 * What happens to every request of the web front end, in order. Requests of the APIs and of the identity provider, which
 * may live in the same process, pass untouched. A step that throws a Problem ends in that problem's page.
 */
export function assemble(app: FastifyInstance, { sessions, limits, csrf }: PipelineParts): void {
  void app.register(cookie);
  takeUploads(app);
  void app.register(view, { engine: { nunjucks }, templates: templateFolders(), options: templateOptions });
  app.after(() => {
    app.addHook('onRequest', forOurs(nonce)); //           a fresh nonce for this response's scripts and styles
    app.addHook('onRequest', forOurs(sessions.load)); //   who is there
    app.addHook('preHandler', forOurs(limits.check)); //   not too often
    app.addHook('preHandler', forOurs(csrf.check)); //     only from our own forms
    //                                                     … the page: declared permission, then its handler
    app.addHook('onSend', answerForOurs(answer)); //       the status and place that the page decided
    app.addHook('onSend', answerForOurs(problemAsPage)); //  a problem as a page for people
    app.addHook('onSend', answerForOurs(securityHeaders)); // user-interface.md §7, errors included
  });
}

type Before = (request: WebFastifyRequest, reply: WebFastifyReply) => Promise<void>;
type After = (request: WebFastifyRequest, reply: WebFastifyReply, payload: unknown) => Promise<unknown>;
type WebFastifyRequest = Parameters<typeof nonce>[0];
type WebFastifyReply = Parameters<typeof nonce>[1];

const forOurs =
  (step: Before): Before =>
  async (request, reply) => {
    if (isOurs(request.url)) await step(request, reply);
  };

const answerForOurs =
  (step: After): After =>
  async (request, reply, payload) =>
    isOurs(request.url) ? step(request, reply, payload) : payload;
