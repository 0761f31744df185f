import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { capitalsInWords, outcomeChoices, outcomes } from '../words';

/** What was decided: one's own decisions, and for governance and audit those at either end of which is their organisation. */
@Page({ at: 'agreements/decisions', folder: 'agreements/decisions', may: 'decision.list', states: ['filled', 'empty'] })
export class DecisionsPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('outcome') asked?: string,
    @Query('agreement') agreement?: string,
    @Query('cursor') cursor?: string,
  ): Promise<View> {
    const outcome = outcomeChoices.find((o) => o.value === asked)?.value;
    const filters = { ...(outcome ? { outcome } : {}), ...(agreement ? { agreement } : {}) };
    const list = await this.agreements.decisions(visit, { ...filters, ...(cursor ? { cursor } : {}) });
    const names = await this.directory.names(
      visit,
      list.items.map((d) => d.actorId),
    );
    const at = (to: string | null) =>
      to && `/agreements/decisions?${new URLSearchParams({ ...filters, cursor: to }).toString()}`;
    return show({
      items: list.items.map((d) => ({
        ...d,
        told: outcomes[d.outcome],
        // What was allowed in spite of a reason was looked at by somebody, or was an emergency.
        why:
          d.mode === 'BREAK_GLASS'
            ? 'In an emergency, whatever the agreement says'
            : d.reason && `${d.outcome === 'PERMIT' ? 'All the same: ' : ''}${capitalsInWords(d.reason)}`,
        who: `${names.person(d.actorId)}, ${names.organisation(d.actorOrg)}`,
        between: `${names.organisation(d.sender)} to ${d.recipients.map((r) => names.organisation(r)).join(', ')}`,
      })),
      form: formOf({ values: { outcome: outcome ?? '', agreement: agreement ?? '' } }),
      ...{ outcomes: outcomeChoices, previous: at(list.previous), next: at(list.next) },
      back: { text: 'Back to agreements', href: '/agreements' },
    });
  }
}
