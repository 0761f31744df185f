import { Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Identity } from '../../apis/identity';
import { Notifications } from '../../apis/notifications';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Hand over what is due of oneself to a colleague while one is away. */
@Page({ at: 'deadlines/away', folder: 'deadlines/away', may: 'stand-in.name', states: ['none', 'named', 'error'] })
export class AwayPage {
  constructor(
    private readonly notifications: Notifications,
    private readonly identity: Identity,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    return this.page(visit, formOf(), 200, done);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const ended = sent.text('end');
    if (ended) {
      const [id = '', version = ''] = ended.split('.');
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound('page');
      await this.notifications.endStandIn(visit, id, { key: sent.key, version: Number(version) });
      return redirect('/deadlines/away?done=ended');
    }
    const body = {
      toId: sent.text('toId'),
      from: sent.date('from', { what: 'The first day' }),
      until: sent.date('until', { what: 'The last day' }),
    };
    const needed: [keyof typeof body, string, string][] = [
      ['toId', 'toId', 'Choose a colleague'],
      ['from', 'from-day', 'Enter the first day'],
      ['until', 'until-day', 'Enter the last day'],
    ];
    const missing = needed.filter(([name, field]) => !body[name] && !sent.errors.some((e) => e.field === field));
    const problems: FieldProblem[] = [
      ...missing.map(([, field, message]) => ({ field, code: 'required', message })),
      ...sent.errors,
    ];
    if (problems.length > 0) return this.page(visit, formAgain(sent, problems), 422);
    try {
      await this.notifications.nameStandIn(visit, body, sent.key);
      return redirect('/deadlines/away?done=named');
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return this.page(visit, formAgain(sent, error.details.errors ?? [], { fieldOf }), 422);
    }
  }

  private async page(visit: Visit, form: Form, status = 200, done?: string): Promise<View> {
    const [all, staff] = await Promise.all([
      this.notifications.standIns(visit),
      this.identity.staffOf(visit, visit.person.organisation.id),
    ]);
    const names = await this.directory.names(
      visit,
      all.flatMap((s) => [s.userId, s.toId]),
    );
    const shown = all.map((s) => ({ ...s, who: names.person(s.mine ? s.toId : s.userId) }));
    return show(
      {
        ...{ form, named: shown.filter((s) => s.mine), standsIn: shown.filter((s) => !s.mine) },
        staff: staff
          .filter((s) => s.active && s.mayReceive && s.id !== visit.person.id)
          .map((s) => ({ value: s.id, text: s.name })),
        flash: done ? { text: done === 'named' ? 'It is handed over' : 'It is taken back' } : null,
        back: { text: 'Back to deadlines', href: '/deadlines' },
      },
      status,
    );
  }
}

const fieldOf = (field: string): string => (field === 'from' || field === 'until' ? `${field}-day` : field);
