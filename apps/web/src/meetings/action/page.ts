import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { tried } from '../sent-on';
import { ACTION_STEPS, actionShown } from '../words';

/** One action: where it stands, what was said of it, and its next step. Nothing closes in silence. */
@Page({
  at: 'conference-actions/:id',
  folder: 'meetings/action',
  may: 'conference-action.list',
  states: ['open', 'ended', 'error'],
})
export class ConferenceActionPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, undefined, 200, done === 'step');
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const step = sent.text('do');
    if (!step) sent.wrong('do', 'required', 'Choose what became of it');
    const body = { do: step, words: sent.text('words') };
    const problems = step
      ? await tried(() =>
          this.conferences.post(visit, `/conference-actions/${id}/steps`, body, {
            key: sent.key,
            version: sent.version,
          }),
        )
      : sent.errors;
    if (!problems) return redirect(`/conference-actions/${id}?done=step`);
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200, done = false): Promise<View> {
    const action = await this.conferences.action(visit, id);
    const [known, names] = await Promise.all([
      this.people.of(visit, [action.caseId]),
      this.directory.names(
        visit,
        action.steps.map((step) => step.byId),
      ),
    ]);
    return show(
      {
        ...{ action: actionShown(action, names), reference: known.get(action.caseId)?.reference },
        form: { ...(form ?? formOf()), version: action.version },
        steps: action.may.map((step) => ({ value: step, text: ACTION_STEPS[step] })),
        flash: done ? { text: 'It is kept' } : null,
        back: { text: 'Back to actions of your agency', href: '/conference-actions' },
      },
      status,
    );
  }
}
