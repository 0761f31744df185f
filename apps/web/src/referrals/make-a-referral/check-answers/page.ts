import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Referrals } from '../../../apis/referrals';
import { formOf } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { sectionsOf } from '../../../design/referral-sections';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf, Drafting, groupOf } from '../drafting';

@Page({
  at: 'referrals/make-a-referral/:id/check-answers',
  folder: 'referrals/make-a-referral/check-answers',
  may: 'referral.submit',
  states: ['incomplete', 'complete'],
})
export class CheckAnswersPage {
  constructor(
    private readonly drafting: Drafting,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('changed') changed?: string): Promise<View> {
    return this.shown(visit, id, [], 200, changed !== undefined);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    try {
      await this.referrals.sendDraft(visit, id, { key: sent.key, version: sent.version });
      return redirect(`/referrals/${id}/sent`);
    } catch (error) {
      // Another window has saved since these answers were checked: they are shown again before anything is sent.
      if (error instanceof Conflict) return redirect(`${addressOf(id, 'check-answers')}?changed`);
      if (!(error instanceof Invalid)) throw error;
      return this.shown(visit, id, error.details.errors ?? [], 422);
    }
  }

  private async shown(
    visit: Visit,
    id: string,
    problems: readonly FieldProblem[],
    status: number,
    changed = false,
  ): Promise<View> {
    const { draft, content, pathway, practice, areas } = await this.drafting.open(visit, id);
    const href = (group: string, ref?: string): string => `${addressOf(id, ref ? `people/${ref}` : group)}?from=check`;
    const titles = new Map(pathway.groups.map((g) => [g.code, g.title]));
    const missing = draft.missing.map((p) => ({
      text: p.message,
      href: `${addressOf(id, groupOf(p))}?incomplete&from=check`,
      group: titles.get(groupOf(p)) ?? '',
    }));
    return show(
      {
        form: formOf({ problems, version: draft.version, fieldOf: (path) => `section-${groupOf({ field: path })}` }),
        sections: sectionsOf(content, {
          pathway,
          area: areas.find((a) => a.id === content.area)?.name ?? '',
          grounds: practice.consentGrounds,
          href,
        }),
        missing,
        changed,
        pathway,
        back: { href: addressOf(id) },
      },
      status,
    );
  }
}
