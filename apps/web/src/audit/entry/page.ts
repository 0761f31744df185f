import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Audit } from '../../apis/audit';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, staffIn } from '../acts';

/** One entry of the ledger: what is on record of an act, and what opens its commitment. */
@Page({ at: 'audit/entries/:eventId', folder: 'audit/entry', may: 'ledger.read', states: ['filled'] })
export class EntryPage {
  constructor(
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id('eventId') eventId: string): Promise<View> {
    const entry = await this.audit.entry(visit, eventId);
    const names = await this.directory.names(visit, staffIn([entry.record]));
    const sealed = Buffer.from(entry.entry, 'base64').toString('utf8');
    return show({ entry, line: lineOf(entry.record, names), sealed, form: formOf() });
  }

  /** Verifying is an act of its own, so it is asked for with a button; the proof stands at an address. */
  @Post()
  verify(@Id('eventId') eventId: string): Redirect {
    return redirect(`/audit/entries/${eventId}/proof`);
  }
}
