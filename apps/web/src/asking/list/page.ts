import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { KnownQuestions, type KnownBox } from '../../apis/known-questions';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { KNOWN_STATES } from '../words';

/** What the visitor asked other agencies about people, or what theirs was asked. Nobody is named in a list. */
@Page({
  at: 'asking',
  folder: 'asking/list',
  may: 'known-question.list',
  states: ['asked', 'received', 'empty'],
})
export class KnownQuestionsPage {
  constructor(
    private readonly questions: KnownQuestions,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('box') asked?: string): Promise<View> {
    const asks = visit.may('person.ask-known');
    const box: KnownBox = asks && asked !== 'received' ? 'asked' : 'received';
    const items = await this.questions.list(visit, box);
    const names = await this.directory.names(
      visit,
      items.map((q) => q.askedBy),
    );
    return show({
      ...{ box, asks },
      items: items.map((q) => ({
        ...{ id: q.id, askedAt: q.askedAt, told: KNOWN_STATES[q.state], agency: names.organisation(q.toOrg) },
        who: `${names.person(q.askedBy)}, ${names.organisation(q.askedOrg)}`,
      })),
      back: { text: 'Back to agreements', href: '/agreements' },
    });
  }
}
