import { Get, Query } from '@nestjs/common';
import { Breaches } from '../../../apis/breaches';
import { formOf } from '../../../design/form';
import { Page, show, type View } from '../../../design/page';
import { Visiting, type Visit } from '../../../session/visit';
import { BREACH_STATES, riskText, stateChoices } from '../words';

/** What may be breaches of personal data by the visitor's agency. */
@Page({
  at: 'agreements/breaches',
  folder: 'agreements/breaches/list',
  may: 'breach.list',
  states: ['filled', 'empty'],
})
export class BreachesPage {
  constructor(private readonly breaches: Breaches) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('state') asked?: string,
    @Query('cursor') cursor?: string,
  ): Promise<View> {
    const state = stateChoices.find((s) => s.value === asked)?.value;
    const list = await this.breaches.list(visit, { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) });
    const at = (to: string | null) =>
      to && `/agreements/breaches?${state ? `state=${state}&` : ''}cursor=${encodeURIComponent(to)}`;
    const now = new Date().toISOString();
    return show({
      items: list.items.map((b) => ({
        ...{ ...b, told: BREACH_STATES[b.state], riskText: riskText(b.risk) },
        overdue: b.state !== 'closed' && b.notifyBy < now,
      })),
      form: formOf({ values: { state: state ?? '' } }),
      ...{ states: stateChoices, may: list.may, previous: at(list.previous), next: at(list.next) },
      back: { text: 'Back to agreements', href: '/agreements' },
    });
  }
}
