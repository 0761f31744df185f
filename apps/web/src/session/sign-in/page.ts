import { Unauthenticated } from '@concordat/platform';
import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Identity, type Me } from '../../apis/identity';
import { asBearer } from '../../apis/apis';
import { Page, redirect, type Redirect } from '../../design/page';
import { localPath } from '../../web-paths';
import { browserOf } from '../browser';
import { Cookies } from '../cookies';
import { IdentityProvider } from '../identity-provider';
import type { SessionTokens } from '../session';
import { Sessions } from '../sessions';
import { Visiting, type Visit, type WebRequest } from '../visit';

/** Sign-in: off to the identity provider, and back with a code. */
@Page({ at: 'sign-in', folder: 'session/sign-in', may: 'anyone', states: [] })
export class SignInPage {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly cookies: Cookies,
    private readonly identity: Identity,
  ) {}

  @Get()
  async begin(
    @Visiting() visit: Visit,
    @Query('to') to: unknown,
    @Query('again') again: unknown,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Redirect> {
    const anew = again === 'yes';
    const { url, attempt } = await this.provider.begin(localPath(to), anew || this.cookies.mustAskAgain(request));
    if (visit.sessionId && (anew || !visit.me)) await this.sessions.end(visit.sessionId);
    const { id } = await this.sessions.start({ attempt });
    this.cookies.give(reply, id, false);
    return redirect(url);
  }

  @Get('callback')
  async complete(
    @Visiting() visit: Visit,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Redirect> {
    const { sessionId, session } = visit;
    const attempt = session?.attempt;
    if (!sessionId || !attempt) throw new Unauthenticated('sign-in.refused', 'Sign-in did not work. Try again');
    // Spent whatever comes of it: a code and its state serve once.
    await this.sessions.end(sessionId);
    const query = request.url.slice(request.url.indexOf('?'));
    const tokens = await this.provider.complete(query, attempt);
    const me = await this.recognised(visit, tokens);
    const { id } = await this.sessions.start({ tokens, me, browser: browserOf(request.headers['user-agent']) });
    this.cookies.give(reply, id, true);
    return redirect(attempt.to);
  }

  /** Puts the sign-in on record and asks who it is. A person without a membership is refused here, and that is on record too. */
  private async recognised(visit: Visit, tokens: SessionTokens): Promise<Me> {
    const asking = asBearer(visit, () => Promise.resolve(tokens.access));
    try {
      await this.identity.startSession(asking, randomUUID());
      return await this.identity.me(asking);
    } catch (error) {
      // Known, but not signed in as this installation demands: another sign-in may be.
      if (error instanceof Unauthenticated && error.code === 'sign-in.too-weak') throw error;
      if (error instanceof Unauthenticated) throw new Unauthenticated('member.unknown', 'You are not known here');
      throw error;
    }
  }
}
