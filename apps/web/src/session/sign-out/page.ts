import { LOGGER } from '@concordat/platform';
import { Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { randomUUID } from 'node:crypto';
import { Identity } from '../../apis/identity';
import { Page, redirect, type Redirect } from '../../design/page';
import { Cookies } from '../cookies';
import { Sessions } from '../sessions';
import { Visiting, type Visit } from '../visit';

/** Ends the session here. The identity provider's own is ended from the page that follows. */
@Page({ at: 'sign-out', folder: 'session/sign-out', may: 'member', states: [] })
export class SignOutPage {
  constructor(
    private readonly identity: Identity,
    private readonly sessions: Sessions,
    private readonly cookies: Cookies,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Post()
  async signOut(@Visiting() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<Redirect> {
    // Nobody is kept signed in because it could not be put on record.
    await this.identity
      .endSession(visit, randomUUID())
      .catch(() => this.log.warn({ correlationId: visit.correlationId }, 'a sign-out is not on record'));
    if (visit.sessionId) await this.sessions.end(visit.sessionId);
    this.cookies.forget(reply);
    return redirect('/signed-out');
  }
}
