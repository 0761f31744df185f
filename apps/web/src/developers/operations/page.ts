import { contexts } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { ApiDocuments } from '../../apis/api-documents';
import { SERVICES } from '../../administration/words';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { hasAll, wordsIn } from '../fields';

/** The operations of the API, by context, to look through and to search. */
@Page({ at: 'developers', folder: 'developers/operations', may: 'anyone', states: ['all', 'found', 'nothing-found'] })
export class OperationsPage {
  constructor(private readonly documents: ApiDocuments) {}

  @Get()
  async show(@Query('q') q?: string): Promise<View> {
    const { about, operations } = await this.documents.description();
    const words = wordsIn(q);
    const found = operations.filter((o) => hasAll(words, o.method, o.path, o.summary, o.action ?? '', ...o.scopes));
    return show({
      form: formOf({ values: { q: typeof q === 'string' ? q : '' } }),
      searched: words.length > 0,
      count: found.length,
      about: about.split('\n\n').map((text) => text.replaceAll('\n', ' ').replace(/\*\*|`/g, '')),
      groups: contexts
        .map((context) => ({
          title: SERVICES[context],
          context,
          operations: found.filter((o) => o.context === context),
        }))
        .filter((group) => group.operations.length > 0),
    });
  }
}
