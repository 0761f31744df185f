import { Get, Query } from '@nestjs/common';
import { Directory } from '../../../apis/directory';
import { HandOver } from '../../../apis/hand-over';
import { Questions, type QuestionBox } from '../../../apis/questions';
import { Page, show, type View } from '../../../design/page';
import { titleIn } from '../../../hand-over/words';
import { Visiting, type Visit } from '../../../session/visit';
import { QUESTION_STATES, REVIEW_STATES } from '../words';

/** What the rules left to a person: for governance what it has to answer, for everybody what became of what they asked. */
@Page({
  at: 'agreements/to-decide',
  folder: 'agreements/to-decide/list',
  may: 'question.list',
  states: ['to-answer', 'asked', 'empty'],
})
export class QuestionsPage {
  constructor(
    private readonly questions: Questions,
    private readonly directory: Directory,
    private readonly handOver: HandOver,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('box') asked?: string, @Query('done') done?: string): Promise<View> {
    const answers = visit.may('question.answer');
    const box: QuestionBox = answers && asked !== 'asked' ? 'to-answer' : 'asked';
    const [items, purposes] = await Promise.all([this.questions.list(visit, box), this.purposes(visit)]);
    const names = await this.directory.names(
      visit,
      items.map((q) => q.askedBy),
    );
    return show({
      ...{ box, answers },
      items: items.map((q) => ({
        ...q,
        told: (q.mode === 'BREAK_GLASS' ? REVIEW_STATES : QUESTION_STATES)[q.state],
        who: `${names.person(q.askedBy)}, ${names.organisation(q.askedOrg)}`,
        between: `${names.organisation(q.sender)} to ${q.recipients.map((r) => names.organisation(r)).join(', ')}`,
        purposeText: titleIn(purposes, q.purpose),
      })),
      back: { text: 'Back to agreements', href: '/agreements' },
      ...(done === 'answered' ? { flash: { text: 'Your answer is on record. Whoever asked is told' } } : {}),
    });
  }

  /** Governance does not hand cases over, so it is not told how that is done: codes stand for themselves. */
  private async purposes(visit: Visit) {
    return visit.may('referral.list') ? (await this.handOver.practice(visit)).purposes : [];
  }
}
