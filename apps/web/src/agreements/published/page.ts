import { Get, Query } from '@nestjs/common';
import { PublishedAgreements } from '../../apis/published-agreements';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Agreements in force, for anybody. */
@Page({
  at: 'published-agreements',
  folder: 'agreements/published',
  may: 'anyone',
  states: ['filled', 'empty'],
})
export class PublishedAgreementsPage {
  constructor(private readonly published: PublishedAgreements) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('organisation') asked?: string): Promise<View> {
    const all = await this.published.list(visit);
    const names = new Map(all.flatMap(({ parties }) => parties.map(({ orgId, name }) => [orgId, name] as const)));
    const organisation = typeof asked === 'string' && asked !== '' ? asked : undefined;
    return show({
      items: all.filter(({ parties }) => !organisation || parties.some(({ orgId }) => orgId === organisation)),
      organisations: [...names].map(([value, text]) => ({ value, text })).sort((a, b) => a.text.localeCompare(b.text)),
      form: formOf({ values: { organisation: organisation ?? '' } }),
    });
  }
}
