import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../../design/page';
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
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const open = await this.drafting.open(visit, id);
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
