import { whatToDo } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { ApiDocuments } from '../../apis/api-documents';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { hasAll, wordsIn } from '../fields';

/** Every problem code that the API answers with, and what its caller can do about it. */
@Page({ at: 'developers/problems', folder: 'developers/problems', may: 'anyone', states: ['found'] })
export class ProblemCodesPage {
  constructor(private readonly documents: ApiDocuments) {}

  @Get()
  async show(@Query('q') q?: string): Promise<View> {
    const { problems } = await this.documents.description();
    const words = wordsIn(q);
    const items = problems
      .filter((p) => hasAll(words, p.code, p.says, String(p.status)))
      .map((p) => ({ ...p, whatToDo: whatToDo[p.status] }));
    return show({ items, form: formOf({ values: { q: typeof q === 'string' ? q : '' } }) });
  }
}
