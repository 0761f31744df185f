import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Referrals } from '../../../apis/referrals';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf } from '../drafting';
import { pathwayChoices, read } from '../start/form';
import { movedTo } from './moved';

const ELSEWHERE = 'You changed this draft in another window. Select again what the referral is about';

/** Another pathway for a draft. Also where a draft leads whose pathway the pack no longer has. */
@Page({
  at: 'referrals/make-a-referral/:id/pathway',
  folder: 'referrals/make-a-referral/pathway',
  may: 'referral.draft',
  states: ['filled', 'error', 'check'],
})
export class PathwayPage {
  constructor(private readonly referrals: Referrals) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const { content, version } = await this.referrals.draft(visit, id);
    return this.shown(visit, id, formOf({ values: { pathway: content.pathway ?? '' }, version }));
  }

  @Post()
  async change(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [draft, { pathways }] = await Promise.all([this.referrals.draft(visit, id), this.referrals.practice(visit)]);
    const { pathway } = read(sent);
    const to = pathways.find((p) => p.code === pathway);
    if (pathway && !to) sent.wrong('pathway', 'not-in-list', 'Select one of the pathways');
    if (!to) return this.again(visit, id, sent, sent.errors);
    if (draft.content.pathway === to.code) return redirect(addressOf(id));
    const from = pathways.find((p) => p.code === draft.content.pathway);
    const { content, lost } = movedTo(draft.content, from, to);
    const seen = sent.text('_stage') === 'confirm' && sent.version === draft.version;
    if (lost.length > 0 && !seen) {
      const form = formAgain(sent, [], { version: draft.version });
      return show({ form, lost, to, keep: addressOf(id), back: { href: addressOf(id, 'pathway') } }, 200, 'check.njk');
    }
    try {
      await this.referrals.saveDraft(visit, id, sent.version, content);
      return redirect(addressOf(id));
    } catch (error) {
      if (error instanceof Conflict)
        return this.again(visit, id, sent, [{ field: 'pathway', code: 'changed', message: ELSEWHERE }]);
      if (!(error instanceof Invalid)) throw error;
      return this.again(visit, id, sent, error.details.errors ?? []);
    }
  }

  private async again(visit: Visit, id: string, sent: Submitted, problems: readonly FieldProblem[]): Promise<View> {
    const { version } = await this.referrals.draft(visit, id);
    return this.shown(visit, id, formAgain(sent, problems, { version, fieldOf: () => 'pathway' }), 422);
  }

  private async shown(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const choices = pathwayChoices(await this.referrals.practice(visit));
    return show({ form, choices, id, back: { href: addressOf(id) } }, status);
  }
}
