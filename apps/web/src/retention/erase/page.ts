import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Keepings, readReason, type Opened } from '../keepings';

/** Proposes to erase a case whose time is up. Nothing is erased before somebody else has confirmed it. */
@Page({
  at: 'retention/:id/erase',
  folder: 'retention/erase',
  may: 'retention.propose-erasure',
  states: ['confirm', 'error'],
})
export class EraseCasePage {
  constructor(private readonly keepings: Keepings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.keepings.toDecide(visit, id, 'propose');
    return view(opened, formOf({ version: opened.kept.version }));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { reason, problems } = readReason(sent, 'Enter why it may be erased');
    return this.keepings.send(visit, id, sent, {
      may: 'propose',
      step: 'erasure',
      body: { reason },
      problems,
      to: `/retention/${id}?done=proposed`,
      field: 'reason',
      again: view,
    });
  }
}

const view = ({ told }: Opened, form: Form, status = 200): View => show({ kept: told, form }, status);
