import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { json, Page, type Json } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** The summary of a case as it is typed, for the script of the session page. Without scripts nobody asks. */
@Page({ at: 'meetings/:id/cases/:itemId/notes', folder: 'meetings/notes', may: 'agenda-item.view', states: [] })
export class NotesPage {
  constructor(private readonly conferences: Conferences) {}

  /** With the token of the session as it is now: whoever signed in again goes on where they were. */
  @Get('now')
  async now(@Visiting() visit: Visit, @Id('itemId') itemId: string): Promise<Json> {
    const { version, may, harm, contributory, protective } = await this.conferences.notes(visit, itemId);
    return json({ version, open: may.note, texts: { harm, contributory, protective }, csrf: visit.session?.csrf });
  }

  /** Keeps texts to the letter: what is trimmed here would not be what the page knows to be kept. */
  @Post()
  async keep(@Visiting() visit: Visit, @Id('itemId') itemId: string, @Sent() sent: Submitted): Promise<Json> {
    const text = (name: string): string => String(sent.values[name] ?? '').replace(/\r\n?/g, '\n');
    const body = { harm: text('harm'), contributory: text('contributory'), protective: text('protective') };
    const { version } = await this.conferences.put(
      visit,
      `/agenda-items/${itemId}/notes`,
      ...([body, sent.version, sent.key] as const),
    );
    return json({ version });
  }
}
