import { agreementSteps } from '@concordat/contracts';
import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Agreements, type AgreementView } from '../../apis/agreements';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { STEPS, type PageStep } from '../words';

/** What a rule of agreements that was broken means to whoever took the step. */
const WHY_NOT: Readonly<Record<string, string>> = {
  'agreement.findings-block': 'What was found in it must be mended first',
  'agreement.version-not-higher': 'Enter a higher version than this one has',
  'agreement.id-taken': 'There is this version already. Enter a higher one',
  'agreement.changed': 'Somebody else changed this agreement first. Look at it again',
};

/** A step is looked at before it is taken: what follows from it, and why it is done. */
@Page({
  at: 'agreements/:id/step/:step',
  folder: 'agreements/step',
  may: 'agreement.advance',
  states: ['asking', 'error', 'succeed'],
})
export class AgreementStepPage {
  constructor(private readonly agreements: Agreements) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('step') step: string): Promise<View> {
    const view = await this.agreements.view(visit, id);
    return this.page(view, step, formOf({ version: view.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('step') step: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const view = await this.agreements.view(visit, id);
    demandOpen(view, step);
    const [reason, number] = [sent.text('reason'), sent.text('number')];
    let problems: readonly FieldProblem[] = [];
    if (step === 'succeed' && !number)
      problems = [{ field: 'number', code: 'required', message: 'Enter a version, like 2.0.0' }];
    if (step !== 'succeed' && STEPS[step as PageStep].reason && !reason)
      problems = [{ field: 'reason', code: 'required', message: 'Enter why' }];
    if (problems.length === 0) {
      try {
        return redirect(await this.take(visit, id, step, { reason, number }, sent));
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict)
          problems = [
            {
              field: step === 'succeed' ? 'number' : 'form',
              code: error.code,
              message: WHY_NOT[error.code] ?? 'This cannot be done as the agreement stands now',
            },
          ];
        else throw error;
      }
    }
    return this.page(
      await this.agreements.view(visit, id),
      step,
      formAgain(sent, problems, { version: view.version }),
      422,
    );
  }

  private async take(
    visit: Visit,
    id: string,
    step: string,
    given: { reason: string | undefined; number: string | undefined },
    { key, version }: Submitted,
  ) {
    if (step === 'discard') {
      await this.agreements.discard(visit, id, version);
      return '/agreements?done=discarded';
    }
    if (step === 'succeed') {
      const made = await this.agreements.take(visit, id, 'successors', { number: given.number }, { key });
      return `/agreements/${made.id}?done=succeeded`;
    }
    const why = given.reason ? { reason: given.reason } : {};
    const what = step === 'leave' ? 'departures' : 'steps';
    await this.agreements.take(visit, id, what, step === 'leave' ? why : { do: step, ...why }, { key, version });
    return `/agreements/${id}?done=${step}`;
  }

  private page(view: AgreementView, step: string, form: Form, status = 200): View {
    demandOpen(view, step);
    const succeed = {
      button: 'Draft it',
      question: 'Draft the next version?',
      effect: 'It begins with the same terms. This version stays as it is until the next one is activated and begins.',
      reason: false,
    };
    const words = step === 'succeed' ? succeed : STEPS[step as PageStep];
    const { id, document } = view;
    return show(
      {
        ...{ id, step, form, words },
        agreement: `${document.title}, version ${document.version}`,
        back: { href: `/agreements/${id}` },
      },
      status,
    );
  }
}

/** A step that is not open to the visitor has no page. */
function demandOpen({ may }: AgreementView, step: string): void {
  const open: readonly string[] = [
    ...agreementSteps.filter((s) => may.steps.includes(s)),
    ...(may.leave ? ['leave'] : []),
    ...(may.discard ? ['discard'] : []),
    ...(may.succeed ? ['succeed'] : []),
  ];
  if (!open.includes(step)) throw new NotFound('page');
}
