import { Conflict, Id, IllegalTransition, NotFound, RuleBroken } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { AsbApplications } from '../../apis/asb-applications';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Erases what was sent in an application that need not be kept any more, once whoever does it has seen what that means. */
@Page({
  at: 'reviews/asb-applications/:id/erase',
  folder: 'asb/application-erase',
  may: 'asb-application.erase',
  states: ['asking', 'error'],
})
export class EraseApplicationPage {
  constructor(private readonly applications: AsbApplications) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    try {
      await this.applications.erase(visit, id, sent);
      return redirect('/reviews/asb-applications/kept?done=erased');
    } catch (error) {
      if (!(error instanceof RuleBroken || error instanceof Conflict || error instanceof IllegalTransition))
        throw error;
      const message = WHY_NOT[error.code] ?? 'Somebody else has changed it since';
      return this.page(visit, id, formAgain(sent, [{ field: 'form', code: error.code, message }]), 422);
    }
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200): Promise<View> {
    const application = await this.applications.keptOne(visit, id);
    if (!application) throw new NotFound('page');
    return show(
      {
        ...{ application, form: form ?? formOf({ version: application.version }) },
        back: { text: 'Back to how long applications are kept', href: '/reviews/asb-applications/kept' },
      },
      status,
    );
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  'asb-application.kept': 'It is still to be kept',
  'asb-application.erased': 'It is erased already',
};
