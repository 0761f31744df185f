import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Access } from '../../apis/access';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../opened';
import { readTerms, RestrictingCases, staffChoices, type Restricting } from '../restricting';

/** Restricts a case to named staff. For the lead agency's safeguarding leads. */
@Page({ at: 'cases/:id/restrict', folder: 'cases/restrict', may: 'restriction.make', states: ['empty', 'error'] })
export class RestrictPage {
  constructor(
    private readonly restricting: RestrictingCases,
    private readonly access: Access,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.restricting.toRestrict(visit, id);
    const values = { named: [visit.person.id] };
    return this.page(visit, opened, formOf({ version: opened.restrictions.version, values }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { body, problems } = readTerms(sent);
    const kind = sent.text('kind');
    const rules = await this.access.kinds(visit);
    return this.restricting.send(visit, id, sent, {
      problems: [
        ...(kind ? [] : [{ field: 'kind', code: 'required', message: 'Select why it is restricted' }]),
        ...problems,
      ],
      done: 'restricted',
      field: 'reason',
      change: async (sending) => {
        const done = await this.access.restrict(visit, id, { ...body, kind }, sending);
        return done;
      },
      again: (opened, form, status) => view(opened, rules, form(opened.restrictions.version), status),
    });
  }

  private async page(visit: Visit, opened: Restricting, form: Form): Promise<View> {
    return view(opened, await this.access.kinds(visit), form);
  }
}

function view(opened: Restricting, rules: Awaited<ReturnType<Access['kinds']>>, form: Form, status = 200): View {
  return show(
    {
      record: opened.record,
      heading: headingOf(opened),
      form,
      kinds: rules.kinds.map((k) => ({ value: k.code, text: k.title, hint: k.hint })),
      days: rules.reviewWithinDays,
      staff: staffChoices(opened),
    },
    status,
  );
}
