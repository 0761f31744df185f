import { Conflict, Id, IllegalTransition, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { HandOver, type AnswerStep, type OnwardReferral } from '../../apis/hand-over';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

interface Wording {
  readonly title: string;
  readonly effect: string;
  readonly label: string;
  readonly hint?: string;
  readonly needed?: string;
  readonly button: string;
}

const STEPS: Readonly<Record<AnswerStep, Wording>> = {
  accept: {
    title: 'Accept this referral',
    effect: 'You and your manager see what was agreed, and the sender is told. Whatever you open is on record.',
    label: 'Note',
    hint: 'Optional. The sender sees it',
    button: 'Accept referral',
  },
  decline: {
    title: 'Decline this referral',
    effect: 'The sender is told your reason, and you see the offer no more.',
    label: 'Why do you decline?',
    needed: 'Enter why you decline',
    button: 'Decline referral',
  },
  withdraw: {
    title: 'End this referral',
    effect: 'The recipient sees nothing of the case any more. That you ended it, and when, is kept.',
    label: 'Why does it end?',
    hint: 'Optional',
    button: 'End referral',
  },
  complete: {
    title: 'Complete this referral',
    effect: 'The sender is told what was done, and you see what was agreed no more.',
    label: 'What was done?',
    needed: 'Enter what was done',
    button: 'Complete referral',
  },
};

/** Answers or ends a referral between agencies, one step at a time. */
@Page({
  at: 'hand-over/referrals/:id/:step',
  folder: 'hand-over/answer',
  may: ['referral.accept', 'referral.withdraw'],
  states: ['accept', 'decline', 'withdraw', 'complete', 'error', 'conflict'],
})
export class AnswerReferralPage {
  constructor(private readonly handOver: HandOver) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('step') step: string): Promise<View> {
    const referral = await this.handOver.referral(visit, id);
    const wording = wordingOf(step);
    // The step is not open, or not to this person: the page could only end in a refusal.
    if (!referral.may[step as AnswerStep])
      throw new IllegalTransition('referral.not-open', 'This cannot be done now', referral.state);
    return page(referral, wording, formOf({ version: referral.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('step') step: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const wording = wordingOf(step);
    const note = sent.text('note');
    let problems: readonly FieldProblem[] =
      wording.needed && !note ? [{ field: 'note', code: 'required', message: wording.needed }] : [];
    let refusal: Conflict | IllegalTransition | null = null;
    if (problems.length === 0) {
      try {
        const body = note ? { note } : {};
        await this.handOver.answer(visit, id, step as AnswerStep, body, { key: sent.key, version: sent.version });
        return redirect(`/hand-over/referrals/${id}?done=${step}`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof Conflict || error instanceof IllegalTransition) refusal = error;
        else throw error;
      }
    }
    const referral = await this.handOver.referral(visit, id);
    const form = formAgain(sent, problems, { version: refusal ? referral.version : sent.version });
    if (!refusal) return page(referral, wording, form, 422);
    const yours = note ? [{ key: wording.label, value: note }] : [];
    return page(referral, wording, form, 409, { closed: !referral.may[step as AnswerStep], theirs: [], yours });
  }
}

function wordingOf(step: string): Wording {
  const wording = Object.hasOwn(STEPS, step) ? STEPS[step as AnswerStep] : undefined;
  if (!wording) throw new NotFound('page');
  return wording;
}

const page = (referral: OnwardReferral, wording: Wording, form: Form, status = 200, conflict?: object): View =>
  show({ referral, wording, form, conflict }, status);
