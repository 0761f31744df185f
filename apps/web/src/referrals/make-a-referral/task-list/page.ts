import { Id, NotFound } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { nameOf } from '../../../design/referral-sections';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf, Drafting } from '../drafting';
import { tasksOf } from './tasks';

@Page({
  at: 'referrals/make-a-referral/:id',
  folder: 'referrals/make-a-referral/task-list',
  may: 'referral.draft',
  states: ['new', 'complete'],
})
export class TaskListPage {
  constructor(private readonly drafting: Drafting) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View | Redirect> {
    const open = await this.drafting.open(visit, id).catch((error: unknown) => {
      if (error instanceof NotFound && error.code === 'pathway.not-found') return null;
      throw error;
    });
    if (!open) return redirect(addressOf(id, 'pathway'));
    const tasks = tasksOf(open);
    const subject = open.content.people?.find((p) => p.roles.includes('subject'));
    return show({
      id,
      pathway: open.pathway,
      subject: subject ? nameOf(subject) : null,
      changedAt: open.draft.changedAt,
      done: tasks.filter((t) => t.status === 'completed').length,
      tasks: tasks.map((t) => ({ ...t, href: addressOf(id, t.code) })),
      back: { href: '/' },
    });
  }
}
