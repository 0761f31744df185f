import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Retention } from '../../apis/retention';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { ruleTitle } from '../told';

/** What is left of cases that were erased: that there were, by which rule they went, and who decided so. */
@Page({ at: 'retention/erased', folder: 'retention/erased', may: 'retention.list', states: ['filled', 'empty'] })
export class ErasedCasesPage {
  constructor(
    private readonly retention: Retention,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('cursor') given: unknown): Promise<View> {
    const cursor = typeof given === 'string' ? given.slice(0, 300) : undefined;
    const [list, rules] = await Promise.all([
      this.retention.erased(visit, { ...(cursor ? { cursor } : {}) }),
      this.retention.rules(visit),
    ]);
    const names = await this.directory.names(
      visit,
      list.items.flatMap((e) => [e.proposedBy, e.confirmedBy]),
    );
    const href = (to: string): string => `/retention/erased?${new URLSearchParams({ cursor: to }).toString()}`;
    return show({
      count: list.count,
      items: list.items.map((e) => ({
        ...e,
        lead: names.organisation(e.leadOrg),
        ruleTitle: ruleTitle(rules, e.rule),
        deciders: `${names.person(e.proposedBy)} and ${names.person(e.confirmedBy)}`,
      })),
      previous: list.previous && href(list.previous),
      next: list.next && href(list.next),
      trail: visit.may('trail.read'),
    });
  }
}
