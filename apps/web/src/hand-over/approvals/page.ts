import { Get } from '@nestjs/common';
import { Approvals, type Approval } from '../../apis/approvals';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { titleIn } from '../words';

/** What waits for the visitor's approval, and answers to what they have asked. */
@Page({ at: 'hand-over/approvals', folder: 'hand-over/approvals', may: 'approval.list', states: ['filled', 'empty'] })
export class ApprovalsPage {
  constructor(
    private readonly approvals: Approvals,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const [{ toAnswer, news }, practice] = await Promise.all([
      this.approvals.waiting(visit),
      this.handOver.practice(visit),
    ]);
    const all = [...toAnswer, ...news];
    const names = await this.directory.names(
      visit,
      all.flatMap((a) => [a.requestedBy, a.answeredBy]),
    );
    const shown = (a: Approval) => ({
      ...a,
      title: titleIn(practice.approvalStages, a.stage),
      by: `${names.person(a.requestedBy)}, ${names.organisation(a.requestedOrg)}`,
      answeredBy: names.person(a.answeredBy),
    });
    return show({ toAnswer: toAnswer.map(shown), news: news.map(shown) });
  }
}
