import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as delay } from 'node:timers/promises';
import { count, timed } from './metrics';
import { begin, isTracing, type Begun } from './tracing';

/** How long requests that are being answered are waited for when the process stops. */
const DRAIN_MS = 10_000;
const LOOK_MS = 20;

/** What is asked of this process and not answered yet: counted, timed, traced where somebody traces, and waited for. */
export class Requests {
  private readonly open = new Set<FastifyReply>();
  private readonly spans = new WeakMap<FastifyRequest, Begun>();
  private draining = false;

  watch(app: FastifyInstance): void {
    app.addHook('onRequest', (request, reply, done) => {
      this.open.add(reply);
      if (this.draining) void reply.header('connection', 'close');
      const span = isTracing() ? begin(nameOf(request), 'server', {}, request.headers['traceparent'] as string) : null;
      if (!span) return done();
      this.spans.set(request, span);
      span.within(done);
    });
    app.addHook('onResponse', (request, reply, done) => {
      this.open.delete(reply);
      count('concordat_http_requests_total', {
        method: request.method,
        status: `${Math.floor(reply.statusCode / 100)}xx`,
      });
      timed(reply.elapsedTime / 1000);
      this.spans.get(request)?.end(reply.statusCode >= 500, { 'http.response.status_code': reply.statusCode });
      done();
    });
  }

  get inFlight(): number {
    return [...this.open].filter((reply) => !isEndless(reply)).length;
  }

  /** drain resolves when everything that was asked has been answered, or has had ten seconds. */
  async drain(): Promise<void> {
    this.draining = true;
    for (const until = performance.now() + DRAIN_MS; this.inFlight > 0 && performance.now() < until;)
      await delay(LOOK_MS);
  }
}

/** A stream of news has no end of its own, so nobody waits for it. */
const isEndless = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');

/** The pattern of the route and never the address, which holds ids. */
const nameOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url ?? 'no route'}`;
