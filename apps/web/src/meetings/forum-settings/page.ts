import { Forbidden, Id, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ForumChoices } from '../forum-choices';
import { bandingChoices } from '../forum-bandings';
import { fieldOfSettings, settingsFrom, valuesOf } from '../forum-form';
import { tried } from '../sent-on';

/** Changes what a forum is set to, by the agency that keeps it: a version of its own. */
@Page({
  at: 'forums/:id/settings',
  folder: 'meetings/forum-settings',
  may: 'forum.change',
  states: ['asking', 'thresholds', 'error'],
})
export class ForumSettingsPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly choices: ForumChoices,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { banded } = await this.conferences.forum(visit, id);
    const settings = settingsFrom(sent, banded);
    const problems: readonly FieldProblem[] | null = settings
      ? await tried(() => this.conferences.put(visit, `/forums/${id}`, settings, sent.version, sent.key))
      : sent.errors;
    if (!problems) return redirect(`/forums/${id}?done=changed`);
    return this.page(visit, id, formAgain(sent, problems, { fieldOf: fieldOfSettings }), 422);
  }

  private async page(visit: Visit, id: string, typed?: Form, status = 200): Promise<View> {
    const forum = await this.conferences.forum(visit, id);
    if (!forum.may.change)
      throw new Forbidden('page.forbidden', 'Another agency keeps this forum', ['role.not-entitled']);
    const form = { ...(typed ?? formOf({ values: valuesOf(forum) })), version: forum.version };
    const { kinds: _kinds, ...choices } = await this.choices.of(visit, form, forum.cadence);
    return show(
      {
        ...{
          ...choices,
          banded: bandingChoices(forum.banded),
          form,
          title: `Settings of ${forum.title}`,
          here: `/forums/${id}/settings`,
        },
        button: 'Keep these settings',
        back: { text: `Back to ${forum.title}`, href: `/forums/${id}` },
      },
      status,
      '/meetings/forum-form.njk',
    );
  }
}
