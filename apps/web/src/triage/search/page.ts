import { Id, Invalid, NotFound } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Referrals } from '../../apis/referrals';
import { formAgain, formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Lines } from '../lines';

/** Free-text search. What is searched for is posted, and the results stand under an id that says nothing of it. */
@Page({
  at: 'triage/search',
  folder: 'triage/search',
  may: 'referral.search',
  states: ['empty', 'error', 'filled', 'nothing-found', 'expired'],
})
export class SearchPage {
  constructor(
    private readonly referrals: Referrals,
    private readonly lines: Lines,
  ) {}

  @Get()
  start(): View {
    return show({ form: formOf() });
  }

  @Post()
  async search(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const q = sent.text('q') ?? '';
    const message = 'Enter at least two letters or digits to search for';
    if (q.length < 2) sent.wrong('q', 'too-short', message);
    if (q.length > 200) sent.wrong('q', 'too-long', 'Search for at most 200 characters');
    if (sent.errors.length === 0) {
      try {
        return redirect(`/triage/search/${await this.referrals.search(visit, { q, side: 'received' }, sent.key)}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        sent.wrong('q', 'too-short', message);
      }
    }
    return show({ form: formAgain(sent, sent.errors) }, 422);
  }

  @Get(':id')
  async found(@Visiting() visit: Visit, @Id() id: string, @Query('cursor') cursor?: string): Promise<View> {
    try {
      const list = await this.referrals.found(visit, id, cursor);
      const href = (to: string | null): string | null => to && `/triage/search/${id}?cursor=${encodeURIComponent(to)}`;
      return show({
        form: formOf(),
        found: list,
        items: await this.lines.of(visit, list.items),
        previous: href(list.previous),
        next: href(list.next),
      });
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return show({ form: formOf(), expired: true }, 404);
    }
  }
}
