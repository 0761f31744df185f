import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from 'node:net';
import { setImmediate as nextRound, setTimeout as delay } from 'node:timers/promises';
import { count, timed } from './metrics';
import { begin, isTracing, type Begun } from './tracing';

/** How long requests that are being answered are waited for when the process stops. */
const DRAIN_MS = 10_000;
/** How long a connection that was only just made is given to say what it wants. Browsers make some and ask nothing. */
const JUST_MADE_MS = 250;
const LOOK_MS = 20;

/** What is asked of this process and not answered yet: counted, timed, traced where somebody traces, and waited for. */
export class Requests {
  private readonly open = new Set<FastifyReply>();
  private readonly spans = new WeakMap<FastifyRequest, Begun>();
  private leaving = false;

  watch(app: FastifyInstance): void {
    app.addHook('onRequest', (request, reply, done) => {
      this.open.add(reply);
      if (this.leaving) reply.raw.setHeader('connection', 'close'); // also where a library answers by itself
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

  /**
   * leave says, on every answer from now on, that its connection ends with it. Whoever keeps connections to this process has
   * none left when it stops, unless one was not used all the while.
   */
  leave(): void {
    this.leaving = true;
  }

  /**
   * drain takes no more connections, ends those that nobody asks anything on, and resolves when everything that was asked has
   * been answered, or has had ten seconds. Only then may connections be cut.
   */
  async drain(server: Server): Promise<void> {
    this.leaving = true;
    await nextRound(); // what had arrived by now has been read: a connection with a request on it is not idle
    server.close();
    const began = performance.now();
    const lasts = (ms: number): boolean => performance.now() - began < ms;
    while (lasts(JUST_MADE_MS) && (await connectionsOf(server)) > this.open.size) await delay(LOOK_MS);
    while (lasts(DRAIN_MS) && this.inFlight > 0) await delay(LOOK_MS);
  }
}

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((done) => server.getConnections((error, count) => done(error ? 0 : count)));

/** A stream of news has no end of its own, so nobody waits for it. */
const isEndless = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');

/** The pattern of the route and never the address, which holds ids. */
const nameOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url ?? 'no route'}`;
