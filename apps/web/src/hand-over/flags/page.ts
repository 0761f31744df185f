import { Conflict, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post, Query } from '@nestjs/common';
import { Bulk } from '../../apis/bulk';
import { Directory } from '../../apis/directory';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { titleIn } from '../words';

const FLASHES: Readonly<Record<string, string>> = { flagged: 'The flag is on the case', ended: 'The flag is off' };

/** Marks on a case, by which those who work on it find what needs them. */
@Page({
  at: 'cases/:id/flags',
  folder: 'hand-over/flags',
  may: 'case.view',
  states: ['empty', 'filled', 'read-only', 'error'],
})
export class CaseFlagsPage {
  constructor(
    private readonly cases: Cases,
    private readonly bulk: Bulk,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, formOf(), 200, done);
  }

  @Post()
  async flag(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const flag = sent.text('flag');
    let problems: readonly FieldProblem[] = flag
      ? []
      : [{ field: 'flag', code: 'required', message: 'Select a flag to put on the case' }];
    if (flag) {
      try {
        await this.bulk.flag(visit, id, flag, { key: sent.key });
        return redirect(`/cases/${id}/flags?done=flagged`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof Conflict)
          problems = [{ field: 'flag', code: error.code, message: 'This flag is on the case already' }];
        else throw error;
      }
    }
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  @Post(':flag/end')
  async end(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('flag') flag: string,
    @Sent() sent: Submitted,
  ): Promise<Redirect> {
    if (!/^[a-z][a-z0-9-]{0,99}$/.test(flag)) throw new NotFound('flag');
    await this.bulk.unflag(visit, id, flag, { key: sent.key });
    return redirect(`/cases/${id}/flags?done=ended`);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200, done?: string): Promise<View> {
    const [opened, { items, kinds, may }] = await Promise.all([this.cases.open(visit, id), this.bulk.flags(visit, id)]);
    const names = await this.directory.names(
      visit,
      items.flatMap((f) => [f.by, f.endedBy]),
    );
    const told = items.map((f) => ({
      ...f,
      title: titleIn(kinds, f.flag),
      by: `${names.person(f.by)}, ${names.organisation(f.orgId)}`,
      endedBy: f.endedBy && names.person(f.endedBy),
    }));
    const flash = done === undefined ? undefined : FLASHES[done];
    return show(
      {
        ...{ record: opened.record, heading: headingOf(opened), navigationOfCase: subNavigationOf(id, 'flags'), form },
        ...{ may, kinds: kinds.map((k) => ({ value: k.code, text: k.title })) },
        ...{ on: told.filter((f) => f.to === null), off: told.filter((f) => f.to !== null) },
        flash: flash ? { text: flash } : null,
      },
      status,
    );
  }
}
