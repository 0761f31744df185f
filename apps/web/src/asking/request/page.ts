import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { KnownQuestions } from '../../apis/known-questions';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** A question that the visitor asked, in the draft vocabulary of Social Care Data, for the system of the agency that is asked. */
@Page({ at: 'asking/:id/request', folder: 'asking/request', may: 'known-question.export', states: [] })
export class KnownRequestPage {
  constructor(private readonly questions: KnownQuestions) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name } = await this.questions.request(visit, id);
    return download(bytes, name, 'application/ld+json');
  }
}
