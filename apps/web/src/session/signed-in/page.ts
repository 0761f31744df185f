import { LOGGER, NotFound } from '@concordat/platform';
import { Get, Inject, Post, Query } from '@nestjs/common';
import type { Logger } from 'pino';
import { Identity } from '../../apis/identity';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Sessions } from '../sessions';
import { Visiting, type Visit } from '../visit';

const DONE: Readonly<Record<string, string>> = {
  one: 'You are signed out there',
  others: 'You are signed out everywhere else',
};

/** Where one is signed in: to see whether somebody else is, and to end it. */
@Page({ at: 'sessions', folder: 'session/signed-in', may: 'member', states: ['here-only', 'elsewhere-too', 'ended'] })
export class SignedInPage {
  constructor(
    private readonly identity: Identity,
    private readonly sessions: Sessions,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    const here = visit.session?.handle;
    const all = await this.sessions.of(visit.person.id);
    return show({
      form: formOf(),
      sessions: all.map((one) => ({ ...one, here: one.handle === here })),
      others: all.some(({ handle }) => handle !== here),
      flash: done && Object.hasOwn(DONE, done) ? { text: DONE[done] } : null,
    });
  }

  @Post()
  async end(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<Redirect> {
    const [what, handle = ''] = (sent.text('do') ?? '').split('.');
    // First, and whatever becomes of the record: whoever else is there must be out.
    if (what === 'others') await this.sessions.endAll(visit.person.id, visit.session?.handle);
    else if (what === 'one' && /^[\w-]{22}$/.test(handle)) await this.sessions.endOne(visit.person.id, handle);
    else throw new NotFound('page');
    await this.identity
      .endSession(visit, sent.key)
      .catch(() => this.log.warn({ correlationId: visit.correlationId }, 'a sign-out is not on record'));
    return redirect(`/sessions?done=${what}`);
  }
}
