import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { AsbApplications } from '../../apis/asb-applications';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { isPage, sheetLinks } from '../../reviews/sheets';
import { applicationOf, COMPLAINTS, fieldOf, inPlace, plainly } from '../application-form';

const DONE: Readonly<Record<string, string>> = {
  told: 'The application is recorded',
  'set-aside': 'The application is set aside, with your reason',
};

/** Applications that wait, and one that is told to a coordinator. */
@Page({
  at: 'reviews/asb-applications',
  folder: 'asb/applications',
  may: 'asb-application.list',
  states: ['empty', 'filled', 'telling', 'error'],
})
export class AsbApplicationsPage {
  constructor(private readonly applications: AsbApplications) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('tell') tell?: string,
    @Query('done') done?: string,
    @Query('page') given?: unknown,
  ): Promise<View> {
    if (tell) return this.telling(formOf());
    const page = typeof given === 'string' && isPage(given) ? given : '1';
    const { items, total, ...sheet } = await this.applications.waiting(visit, page);
    const at = '/reviews/asb-applications';
    return show({
      ...sheetLinks(sheet, (to) => (to === 1 ? at : `${at}?page=${to}`)),
      count: `${total} ${total === 1 ? 'application waits' : 'applications wait'}`,
      items: items.map((a) => ({ ...a, form: formOf({ version: a.version }) })),
      back: { text: 'Back to reviews', href: '/reviews' },
      ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
    });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = applicationOf(sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.applications.record(visit, body, sent.key);
        return redirect('/reviews/asb-applications?done=told');
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = plainly(inPlace(error.details.errors ?? [], sent), sent);
      }
    }
    return this.telling(formAgain(sent, problems, { fieldOf }), 422);
  }

  private telling(form: Form, status = 200): View {
    const back = { text: 'Back to applications', href: '/reviews/asb-applications' };
    return show({ form, complaints: COMPLAINTS, back }, status, 'tell.njk');
  }
}
