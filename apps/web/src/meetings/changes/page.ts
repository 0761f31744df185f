import { agendaItemChannel } from '@concordat/contracts';
import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Live } from '../../design/live';
import { events, Page, type Events } from '../../design/page';
import { Sessions } from '../../session/sessions';
import { Visiting, type Visit } from '../../session/visit';

/** Tells a case that is open in a browser that it has changed, and of what by a code. Without scripts nobody asks. */
@Page({ at: 'meetings/:id/cases/:itemId/changes', folder: 'meetings/changes', may: 'agenda-item.view', states: [] })
export class CaseChangesPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly live: Live,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  async listen(
    @Visiting() visit: Visit,
    @Id('itemId') itemId: string,
    @Query('since') since?: unknown,
  ): Promise<Events> {
    await this.conferences.notes(visit, itemId); // throws unless they see the case and have signed
    const entitled = async (): Promise<boolean> =>
      visit.sessionId !== null && (await this.sessions.peek(visit.sessionId)) !== null;
    const channel = agendaItemChannel(itemId);
    return events(await this.live.listen({ channel, since: Number(since) || 0, entitled }));
  }
}
