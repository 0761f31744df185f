import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Readable } from 'node:stream';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { ShownMinutes } from '../minuted';
import { minutesPdf } from '../minutes-paper';

/** Minutes as a PDF, as far as the visitor may read them. */
@Page({ at: 'meetings/:id/minutes.pdf', folder: 'meetings/minutes-pdf', may: 'meeting.read-minutes', states: [] })
export class MinutesPdfPage {
  constructor(private readonly minutes: ShownMinutes) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const shown = await this.minutes.of(visit, id);
    const bytes = Readable.from(minutesPdf(shown, new Date()), { objectMode: false });
    return download(bytes, `minutes-${shown.meeting.heldOn}.pdf`, 'application/pdf');
  }
}
