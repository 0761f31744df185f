import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { Identity } from '../../apis/identity';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { tried } from '../sent-on';

/** Who observes a meeting: whoever leads it names them, and may withdraw them. */
@Page({
  at: 'meetings/:id/observers',
  folder: 'meetings/observers',
  may: 'meeting.keep-observers',
  states: ['asking', 'error'],
})
export class ObserversPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly directory: Directory,
    private readonly identity: Identity,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const withdrawn = sent.text('withdraw');
    const [orgId = '', userId = ''] = (withdrawn ?? sent.text('person') ?? '').split('.');
    if (!userId) sent.wrong('person', 'required', 'Choose who observes the meeting');
    const why = sent.text('why') ?? '';
    if (!withdrawn && !why) sent.wrong('why', 'required', 'Say as whom they come');
    let problems: readonly FieldProblem[] | null = sent.errors;
    const body = { do: withdrawn ? 'withdraw' : 'name', userId, orgId, ...(withdrawn ? {} : { why }) };
    if (problems.length === 0)
      problems = await tried(() => this.conferences.post(visit, `/meetings/${id}/observers`, body, { key: sent.key }));
    if (!problems) return redirect(`/meetings/${id}?done=observers`);
    const fieldOf = (field: string): string => (field === 'userId' || field === 'orgId' ? 'person' : field);
    return this.page(visit, id, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const { meeting, forum, observers, may } = await this.conferences.meeting(visit, id);
    if (!may.observers) throw new NotFound('page');
    const organisations = (await this.directory.organisations(visit)).filter(({ active }) => active !== false);
    const [names, ...staff] = await Promise.all([
      this.directory.names(
        visit,
        observers.map((o) => o.userId),
      ),
      ...organisations.map((each) => this.identity.staffOf(visit, each.id)),
    ]);
    const members = new Set(forum.members.flatMap(({ people }) => people));
    return show(
      {
        ...{ meeting, forum, form },
        observers: observers.map((o) => ({
          ...{ value: `${o.orgId}.${o.userId}`, name: names.person(o.userId), org: names.organisation(o.orgId) },
          why: o.why,
        })),
        people: organisations.flatMap((org, i) =>
          (staff[i] ?? [])
            .filter((each) => each.active && !members.has(each.id))
            .map((each) => ({ value: `${org.id}.${each.id}`, text: `${each.name}, ${org.name}` })),
        ),
        back: { text: 'Back to the meeting', href: `/meetings/${id}` },
      },
      status,
    );
  }
}
