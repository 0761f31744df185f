import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Keepings, readReason, type Opened } from '../keepings';

/** Puts a case on hold, as for proceedings or an inquiry: it is not erased until the hold is released. */
@Page({ at: 'retention/:id/hold', folder: 'retention/hold', may: 'hold.place', states: ['empty', 'error'] })
export class HoldCasePage {
  constructor(private readonly keepings: Keepings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.keepings.toDecide(visit, id, 'hold');
    return view(opened, formOf({ version: opened.kept.version }));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { reason, problems } = readReason(sent, 'Enter why it must be kept');
    return this.keepings.send(visit, id, sent, {
      may: 'hold',
      step: 'holds',
      body: { reason },
      problems,
      to: `/retention/${id}?done=held`,
      field: 'reason',
      again: view,
    });
  }
}

const view = ({ told }: Opened, form: Form, status = 200): View => show({ kept: told, form }, status);
