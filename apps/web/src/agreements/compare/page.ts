import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { sectionsFor } from '../sections';
import { standing } from '../words';
import { changesInWords } from './told';
import { today } from '../../design/civil-date';

/** Two versions of an agreement side by side: what changed from one to the other, in plain words. */
@Page({
  at: 'agreements/:id/compare',
  folder: 'agreements/compare',
  may: 'agreement.view',
  states: ['changed', 'same', 'only'],
})
export class CompareAgreementsPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('from') asked?: string): Promise<View> {
    const view = await this.agreements.view(visit, id);
    const { document, versions } = view;
    const others = versions.filter((each) => each.id !== id);
    // The version before it, or the first there is.
    const here = versions.findIndex((each) => each.id === id);
    const from = others.find((each) => each.id === asked) ?? versions[here - 1] ?? others[0];
    const common = { id, document, back: { text: 'Back to the agreement', href: `/agreements/${id}` } };
    if (!from) return show({ ...common, others: [] });
    const [{ before, after, changes }, law, organisations] = await Promise.all([
      this.agreements.changes(visit, id, from.id),
      this.agreements.law(visit),
      this.directory.organisations(visit),
    ]);
    return show({
      ...common,
      ...{ before, after },
      others: others.map((each) => ({
        value: each.id,
        text: `${each.number}, ${standing({ ...document, status: each.status }, today()).text.toLowerCase()}`,
      })),
      form: formOf({ values: { from: from.id } }),
      sections: changesInWords(changes, sectionsFor({ document, law, organisations }), organisations),
    });
  }
}
