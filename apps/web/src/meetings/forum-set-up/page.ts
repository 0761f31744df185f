import type { FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ForumChoices } from '../forum-choices';
import { fieldOfSettings, settingsFrom } from '../forum-form';
import { tried } from '../sent-on';

/** Sets up a forum of a kind that the pack knows. Whoever sets it up keeps it for their agency. */
@Page({ at: 'forums/set-up', folder: 'meetings/forum-set-up', may: 'forum.set-up', states: ['asking', 'error'] })
export class SetUpForumPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly choices: ForumChoices,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const kind = sent.text('kind');
    if (!kind) sent.wrong('kind', 'required', 'Choose the kind of forum');
    const settings = settingsFrom(sent);
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (settings) {
      let made = '';
      problems = await tried(async () => {
        made = (await this.conferences.post(visit, '/forums', { ...settings, kind }, { key: sent.key })).id;
      });
      if (!problems) return redirect(`/forums/${made}?done=set-up`);
    }
    return this.page(visit, formAgain(sent, problems, { fieldOf: fieldOfSettings }), 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    return show(
      {
        ...{ ...(await this.choices.of(visit, form)), form, title: 'Set up a forum', here: '/forums/set-up' },
        button: 'Set up the forum',
        back: { text: 'Back to meetings', href: '/forums' },
      },
      status,
      '/meetings/forum-form.njk',
    );
  }
}
