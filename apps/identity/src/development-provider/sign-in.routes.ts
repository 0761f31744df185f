import { TooMany, Unauthenticated } from '@concordat/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider' with { 'resolution-mode': 'import' };
import { errorPage, signInPage, STYLE, type Asked } from './pages';
import { Personas, type Attempt } from './personas';

/**
 * Headers of every answer under the mount. A sign-in ends at the front end, so forms may lead there. The provider adds the
 * hash of its one script to `script-src`: a page that goes on by itself when there is no session left to end.
 */
export const headersOf = (publicUrl: string): Readonly<Record<string, string>> => ({
  'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' ${new URL(publicUrl).origin}; frame-ancestors 'none'; base-uri 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
});

type WithUid = FastifyRequest<{ Params: { uid: string }; Body: URLSearchParams }>;

/** The sign-in page: plain HTML that works without JavaScript. */
export class SignInRoutes {
  constructor(
    private readonly provider: () => Promise<Provider>,
    private readonly personas: Personas,
    private readonly publicUrl: string,
  ) {}

  register(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4_096 },
      (_, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.addHook('onSend', async (_, reply) => void reply.headers(headersOf(this.publicUrl)));
    scope.get('/style.css', (_, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE),
    );
    scope.get('/sign-in/:uid', (request: WithUid, reply) => this.show(request, reply));
    scope.post('/sign-in/:uid', (request: WithUid, reply) => this.choose(request, reply));
  }

  private async show(request: WithUid, reply: FastifyReply): Promise<FastifyReply> {
    const asked = await this.underWay(request, reply);
    if (!asked) return this.over(reply);
    return html(reply, 200, signInPage(request.params.uid, await this.personas.all(attemptOf(request)), asked));
  }

  private async choose(request: WithUid, reply: FastifyReply): Promise<FastifyReply> {
    const asked = await this.underWay(request, reply);
    if (!asked) return this.over(reply);
    const from = attemptOf(request);
    try {
      const accountId = await this.personas.signIn(request.body?.get('persona') ?? '', from);
      const provider = await this.provider();
      const acr = request.body?.get('factor') === 'yes' ? asked.acr : undefined;
      const login = { accountId, ...(acr ? { acr } : {}) };
      const onwards = await provider.interactionResult(request.raw, reply.raw, { login });
      return reply.redirect(onwards, 303);
    } catch (error) {
      if (error instanceof TooMany) void reply.header('retry-after', String(error.details.retryAfterSeconds ?? 60));
      else if (!(error instanceof Unauthenticated)) throw error;
      const page = signInPage(request.params.uid, await this.personas.all(from), asked, error.message);
      return html(reply, error instanceof TooMany ? 429 : 401, page);
    }
  }

  /**
   * What is asked for, when this browser has the sign-in that the address names; null when it has not: the provider's signed cookie for it must be there, so no
   * other site can post a choice on somebody's behalf.
   */
  private async underWay(request: WithUid, reply: FastifyReply): Promise<Asked | null> {
    try {
      const provider = await this.provider();
      const { uid, params } = await provider.interactionDetails(request.raw, reply.raw);
      const { acr_values: values } = params;
      return uid === request.params.uid ? { acr: typeof values === 'string' ? values.split(' ')[0] : undefined } : null;
    } catch (error) {
      if ((error as { name?: string }).name === 'SessionNotFound') return null;
      throw error;
    }
  }

  private over(reply: FastifyReply): FastifyReply {
    return html(reply, 400, errorPage(this.publicUrl));
  }
}

const html = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);

/** The path without the sign-in's own id. */
const attemptOf = (request: FastifyRequest): Attempt => ({
  method: request.method,
  path: '/oidc/sign-in',
  address: request.ip,
});
