import { Forbidden, Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Access, type Restrictions } from '../../apis/access';
import { Directory, type Names } from '../../apis/directory';
import { People, type PersonView } from '../../apis/people';
import { attempt, readTerms, staffChoices, termsAgain } from '../../cases/restricting';
import { formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../heading';

interface Ready {
  readonly person: PersonView;
  readonly restrictions: Restrictions;
  readonly named: Names;
  readonly rules: Awaited<ReturnType<Access['kinds']>>;
}

/** Restricts a person, with every case that they are in, to named staff. For safeguarding leads of agencies that lead one. */
@Page({
  at: 'people/:id/restrict',
  folder: 'people/restrict',
  may: 'restriction.make',
  states: ['empty', 'error', 'restricted'],
})
export class RestrictPersonPage {
  constructor(
    private readonly people: People,
    private readonly access: Access,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const ready = await this.ready(visit, id);
    const form = formOf({ version: ready.restrictions.version, values: { named: [visit.person.id] } });
    return view(ready, form, 200, done === 'restricted');
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { body, problems } = readTerms(sent);
    const kind = sent.text('kind');
    const missing = kind ? [] : [{ field: 'kind', code: 'required', message: 'Select why they are restricted' }];
    const wrong = await attempt(sent, {
      problems: [...missing, ...problems],
      field: 'reason',
      change: (sending) => this.access.restrictPerson(visit, id, { ...body, kind }, sending),
    });
    if (wrong.length === 0) return redirect(`/people/${id}/restrict?done=restricted`);
    const ready = await this.ready(visit, id);
    return view(ready, termsAgain(sent, wrong, ready.restrictions.version), 422);
  }

  private async ready(visit: Visit, id: string): Promise<Ready> {
    const [person, restrictions, rules] = await Promise.all([
      this.people.person(visit, id),
      this.access.restrictionsOfPerson(visit, id),
      this.access.kinds(visit),
    ]);
    if (!restrictions.may.restrict)
      throw new Forbidden('page.forbidden', 'An agency that leads a case of this person decides who may see them');
    const staff = restrictions.staff.map((s) => s.userId);
    const named = await this.directory.names(visit, [...staff, ...restrictions.items.flatMap((r) => r.named)]);
    return { person, restrictions, named, rules };
  }
}

function view({ person, restrictions, named, rules }: Ready, form: Form, status = 200, done = false): View {
  return show(
    {
      ...{ person, heading: headingOf(person), form, days: rules.reviewWithinDays },
      kinds: rules.kinds.map((k) => ({ value: k.code, text: k.title, hint: k.hint })),
      staff: staffChoices({ restrictions, named }),
      inForce: restrictions.items
        .filter((r) => r.liftedAt === null)
        .map((r) => ({
          ...r,
          title: rules.kinds.find((k) => k.code === r.kind)?.title ?? r.kind,
          people: r.named.map((n) => named.person(n)).join(', '),
        })),
      flash: done ? { text: 'The person is open to the people that you named, and to nobody else' } : null,
    },
    status,
  );
}
