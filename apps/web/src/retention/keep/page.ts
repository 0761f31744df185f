import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Keepings, readReason, type Opened } from '../keepings';

/** Keeps a case whose time is up, or will be: until another day, and with a reason. */
@Page({ at: 'retention/:id/keep', folder: 'retention/keep', may: 'retention.keep', states: ['empty', 'error'] })
export class KeepCasePage {
  constructor(private readonly keepings: Keepings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.keepings.toDecide(visit, id, 'keep');
    return view(opened, formOf({ version: opened.kept.version }));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const until = sent.date('until', { what: 'The date' });
    const { reason, problems } = readReason(sent, 'Enter why it is kept');
    const undated = until === undefined && sent.errors.length === 0;
    return this.keepings.send(visit, id, sent, {
      may: 'keep',
      step: 'keeping',
      body: { reason, until },
      to: `/retention/${id}?done=kept`,
      field: 'reason',
      again: view,
      problems: [
        ...problems,
        ...(undated ? [{ field: 'until', code: 'required', message: 'Enter until when it is kept' }] : []),
        ...sent.errors,
      ],
    });
  }
}

const view = ({ told, rules }: Opened, form: Form, status = 200): View =>
  show({ kept: told, years: rules.keepAtMostYears, form }, status);
