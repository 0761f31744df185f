import { isId, type ReferralStep } from '@concordat/contracts';
import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { tried } from '../sent-on';
import { REFERRAL_STEPS, STAGE_FORCES, STANDINGS } from '../words';

/** Referrals of a case to forums: where each stands, what became of it and why, and what whoever looks may do about it. */
@Page({
  at: 'cases/:id/forum-referrals',
  folder: 'meetings/referrals',
  may: 'forum-referral.list',
  states: ['filled', 'empty', 'error'],
})
export class CaseReferralsPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly cases: Cases,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('done') done?: string,
    @Query('referral') referral = '',
  ): Promise<View> {
    return this.page(visit, id, formOf(), referral, 200, done === 'step');
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const referral = sent.text('referral') ?? '';
    if (!isId(referral)) throw new NotFound('page');
    const step = sent.text('do');
    if (!step) sent.wrong('do', 'required', 'Choose what becomes of it');
    const body = {
      do: step,
      words: sent.text('words') ?? '',
      ...(sent.text('advice') ? { advice: sent.text('advice') } : {}),
      ...(step === 'merge' && sent.text('into') ? { into: sent.text('into') } : {}),
    };
    const problems: readonly FieldProblem[] | null = step
      ? await tried(() =>
          this.conferences.post(visit, `/forum-referrals/${referral}/steps`, body, {
            key: sent.key,
            version: sent.version,
          }),
        )
      : sent.errors;
    if (!problems) return redirect(`/cases/${id}/forum-referrals?done=step`);
    const said = problems.map((each) => (each.field === 'words' ? { ...each, message: 'Say why' } : each));
    return this.page(visit, id, formAgain(sent, said), referral, 422);
  }

  private async page(
    visit: Visit,
    id: string,
    form: Form,
    answering: string,
    status = 200,
    done = false,
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { items, forums } = await this.conferences.referrals(visit, id);
    const { record } = opened;
    const names = await this.directory.names(
      visit,
      items.flatMap((item) => [...item.steps, ...item.stages].map(({ byId }) => byId)),
    );
    const named = (personId: string): string => {
      const person = record.people.find((each) => each.id === personId);
      return person ? nameOf(person) : 'Somebody of this case';
    };
    const told = ({ orgId, at }: (typeof items)[number]) => ({ by: names.organisation(orgId), at });
    // One form at a time: a page with many would have many fields of one name.
    const open =
      items.find((item) => item.id === answering && item.may.length > 0) ?? items.find((item) => item.may.length > 0);
    return show(
      {
        ...{ record, heading: headingOf(opened), navigationOfCase: subNavigationOf(id, 'risk') },
        items: items.map((item) => ({
          other: item.may.length > 0 && item.id !== open?.id,
          ...{
            ...item,
            subject: named(item.subjectId),
            by: names.organisation(item.orgId),
            tag: STANDINGS[item.standing],
            stays: items.filter((each) => each.id === item.mergedInto).map(told)[0],
            merged: items.filter((each) => each.mergedInto === item.id).map(told),
          },
          forum: forums.find((forum) => forum.id === item.forumId)?.title ?? 'A forum',
          stages: item.stages.map((stage) => ({
            ...{ ...stage, by: names.person(stage.byId), org: names.organisation(stage.orgId) },
            forceText: stage.force && STAGE_FORCES[stage.force],
          })),
          steps: item.steps.map((step) => ({
            ...{
              ...step,
              text: step.step === 'transfer' ? 'Transferred' : REFERRAL_STEPS[step.step].done,
              by: names.person(step.byId),
            },
            org: names.organisation(step.orgId),
          })),
        })),
        open: open && {
          ...{ ...open, steps: choices(open.may), advises: open.may.includes('not-accept') },
          intos: open.may.includes('merge')
            ? items
                .filter((each) => open.into.includes(each.id))
                .map((each) => ({ value: each.id, ...told(each), subject: named(each.subjectId) }))
            : [],
        },
        openForum: open && forums.find((forum) => forum.id === open.forumId)?.title,
        form: { ...form, version: open?.version ?? 0 },
        flash: done ? { text: 'It is kept' } : null,
      },
      status,
    );
  }
}

const choices = (may: readonly ReferralStep[]) => may.map((step) => ({ value: step, text: REFERRAL_STEPS[step].ask }));
