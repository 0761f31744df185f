import { isId } from '@concordat/contracts';
import { Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Access, type LookedBack } from '../../apis/access';
import { Directory } from '../../apis/directory';
import { dateTimeOf } from '../../design/filters';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { GROUNDS } from '../grounds';

/** Who could have seen a case or a person on a day, by what, and when; whether they did is in the trail. For auditors. */
@Page({
  at: 'audit/could-have-seen',
  folder: 'audit/could-have-seen',
  may: 'access.look-back',
  states: ['start', 'filled', 'empty', 'error'],
})
export class CouldHaveSeenPage {
  constructor(
    private readonly access: Access,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const asked = new Submitted(given);
    const [held, person, on] = [asked.text('case'), asked.text('person'), asked.date('on', { what: 'The day' })];
    const values = asked.values;
    if (!held && !person && Object.keys(given).every((name) => !name.startsWith('on'))) return show({ form: formOf() });
    let problems: FieldProblem[] = [
      ...(!held && !person
        ? [{ field: 'case', code: 'required', message: 'Enter the reference of a case, or the id of a person' }]
        : []),
      ...(person && !isId(person)
        ? [{ field: 'person', code: 'not-an-id', message: 'Enter the id of the person' }]
        : []),
      ...(on === undefined && asked.errors.length === 0 && 'on-day' in given
        ? [{ field: 'on-day', code: 'required', message: 'Enter the day' }]
        : []),
      ...asked.errors,
    ];
    if (problems.length > 0) return show({ form: formOf({ values, problems }) }, 422);
    if (on === undefined) return show({ form: formOf({ values }) });
    const page = Math.max(1, Number(asked.text('page') ?? 1) || 1);
    try {
      const about = held ? { case: held } : { person: person ?? '' };
      const found = await this.access.lookBack(visit, { ...about, on, page });
      return show({ form: formOf({ values }), on, found: await this.shown(visit, found, values) });
    } catch (error) {
      if (error instanceof NotFound)
        problems = [
          { field: held ? 'case' : 'person', code: error.code, message: 'There is none that you may ask about' },
        ];
      else if (error instanceof Invalid) problems = [...(error.details.errors ?? [])];
      else throw error;
    }
    return show({ form: formOf({ values, problems }) }, 422);
  }

  private async shown(visit: Visit, found: LookedBack, values: Submitted['values']) {
    const names = await this.directory.names(
      visit,
      found.items.map((i) => i.userId),
    );
    const href = (page: number): string =>
      `/audit/could-have-seen?${new URLSearchParams({ ...(values as Record<string, string>), page: String(page) }).toString()}`;
    const day = found.on.split('-').reverse().map(Number).join('/');
    return {
      ...found,
      items: found.items.map((i) => ({
        who: names.person(i.userId),
        agency: names.organisation(i.orgId),
        spans: i.spans.map((s) => ({
          text: GROUNDS[s.ground] ?? s.ground,
          when: `${dateTimeOf(s.from)} to ${dateTimeOf(s.to)}`,
        })),
        did: `/audit?${new URLSearchParams({ case: i.caseId, user: i.userId, from: day, to: day }).toString()}`,
      })),
      previous: found.page > 1 ? href(found.page - 1) : null,
      next: found.page < found.pages ? href(found.page + 1) : null,
    };
  }
}
