import { LOGGER } from '@concordat/platform';
import { Get, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { randomUUID } from 'node:crypto';
import { Identity } from '../../apis/identity';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Cookies } from '../cookies';
import { Sessions } from '../sessions';
import { Visiting, type Visit } from '../visit';

/** Ends every session of whoever asks, in every browser: for a computer that was left, or lost, signed in. */
@Page({ at: 'sign-out-everywhere', folder: 'session/sign-out-everywhere', may: 'member', states: ['asked'] })
export class SignOutEverywherePage {
  constructor(
    private readonly identity: Identity,
    private readonly sessions: Sessions,
    private readonly cookies: Cookies,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Get()
  show(): View {
    return show({});
  }

  @Post()
  async signOut(@Visiting() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<Redirect> {
    // First, and whatever becomes of the record: a lost computer must not stay signed in for it.
    await this.sessions.endAll(visit.person.id);
    await this.identity
      .endSession(visit, randomUUID())
      .catch(() => this.log.warn({ correlationId: visit.correlationId }, 'a sign-out is not on record'));
    this.cookies.forget(reply);
    return redirect('/signed-out');
  }
}
