import { Id, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Keepings, readReason, type Opened } from '../keepings';

/** Releases one hold of a case, with a reason. */
@Page({
  at: 'retention/:id/holds/:holdId/release',
  folder: 'retention/release',
  may: 'hold.release',
  states: ['confirm', 'error'],
})
export class ReleaseHoldPage {
  constructor(private readonly keepings: Keepings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('holdId') holdId: string): Promise<View> {
    const opened = await this.keepings.toDecide(visit, id, 'hold');
    return view(opened, holdId, formOf({ version: opened.kept.version }));
  }

  @Post()
  send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('holdId') holdId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const { reason, problems } = readReason(sent, 'Enter why it is released');
    return this.keepings.send(visit, id, sent, {
      may: 'hold',
      step: `holds/${holdId}/release`,
      body: { reason },
      problems,
      to: `/retention/${id}?done=released`,
      field: 'reason',
      again: (opened, form, status) => view(opened, holdId, form, status),
    });
  }
}

function view({ told }: Opened, holdId: string, form: Form, status = 200): View {
  const hold = told.holds.find((h) => h.id === holdId && h.releasedAt === null);
  if (!hold) throw new NotFound('hold');
  return show({ kept: told, hold, form }, status);
}
