import { worklistChannel } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Live } from '../../design/live';
import { events, Page, type Events } from '../../design/page';
import { Sessions } from '../../session/sessions';
import { Visiting, type Visit } from '../../session/visit';

/** Tells the worklist that is open in a browser that it has changed. Without scripts nobody asks. */
@Page({ at: 'triage/changes', folder: 'triage/changes', may: 'referral.list', states: [] })
export class ChangesPage {
  constructor(
    private readonly live: Live,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  async listen(@Visiting() visit: Visit, @Query('since') since?: unknown): Promise<Events> {
    const { id } = visit.person.organisation;
    const entitled = async (): Promise<boolean> =>
      visit.sessionId !== null && (await this.sessions.peek(visit.sessionId)) !== null;
    return events(await this.live.listen({ channel: worklistChannel(id), since: Number(since) || 0, entitled }));
  }
}
