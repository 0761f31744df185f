import { Forbidden, Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Cases, headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const OUTSIDE = 'outside';

/** Which agency a case is referred to, or that it is none of the partnership. */
@Page({ at: 'cases/:id/refer', folder: 'hand-over/refer-to', may: 'referral.offer', states: ['empty', 'error'] })
export class ReferToPage {
  constructor(
    private readonly cases: Cases,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const to = sent.text('to');
    const known = (await this.directory.organisations(visit)).some((o) => o.id === to);
    if (to && (known || to === OUTSIDE)) return redirect(`/cases/${id}/refer/${to}`);
    const problem = { field: 'to', code: 'required', message: 'Select whom you refer to' };
    return this.page(visit, id, formAgain(sent, [problem]), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const [opened, { may }] = await Promise.all([this.cases.open(visit, id), this.handOver.ofCase(visit, id)]);
    if (!may.refer) throw new Forbidden('page.forbidden', 'The lead agency decides whom this case is referred to');
    const organisations = await this.directory.organisations(visit);
    const agencies = organisations
      .filter((o) => o.active !== false && o.id !== opened.record.leadOrg)
      .map((o) => ({ value: o.id, text: o.name }))
      .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));
    const outside = {
      value: OUTSIDE,
      text: 'A body outside the partnership',
      hint: 'It is put on record. Nothing is sent.',
    };
    return show({ record: opened.record, heading: headingOf(opened), form, agencies: [...agencies, outside] }, status);
  }
}
