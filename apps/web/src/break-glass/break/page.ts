import { isId } from '@concordat/contracts';
import { Conflict, Invalid, NotFound, TooMany, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Access } from '../../apis/access';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const MESSAGES: Readonly<Record<string, string>> = {
  case: 'Enter the reference of the case',
  ground: 'Select why you must see this case now',
  reason: 'Enter what has happened',
  minutes: 'Enter how many minutes you need, within the longest time allowed',
};

/** Opens a case in an emergency. It is offered to all who may, and finds nothing: whoever asks holds the reference already. */
@Page({
  at: 'break-glass',
  folder: 'break-glass/break',
  may: 'glass.break',
  states: ['empty', 'error', 'not-found', 'too-often'],
})
export class BreakGlassPage {
  constructor(private readonly access: Access) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('case') held?: string): Promise<View> {
    return this.page(visit, formOf(isId(held) ? { values: { case: held } } : {}));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [held, ground, reason] = [sent.text('case'), sent.text('ground'), sent.text('reason')];
    const minutes = sent.count('minutes');
    const missing = (['case', 'ground', 'reason'] as const).filter((f) => !{ case: held, ground, reason }[f]);
    let problems: FieldProblem[] = [
      ...missing.map((field) => ({ field, code: 'required', message: MESSAGES[field] ?? '' })),
      ...sent.errors,
    ];
    if (problems.length === 0) {
      try {
        const body = compact({ case: held, ground, reason, minutes });
        const { caseId } = await this.access.breakGlass(visit, body, { key: sent.key });
        return redirect(`/cases/${caseId}`);
      } catch (error) {
        if (error instanceof Conflict && isId(held)) return redirect(`/cases/${held}`);
        if (error instanceof NotFound)
          problems = [{ field: 'case', code: error.code, message: 'There is no case with this reference. Check it' }];
        else if (error instanceof Conflict)
          problems = [
            { field: 'case', code: error.code, message: 'You may see this case already. Look for it in the list' },
          ];
        else if (error instanceof TooMany)
          problems = [
            {
              field: 'case',
              code: error.code,
              message: 'You have tried this too often. Call the agency that leads the case',
            },
          ];
        else if (error instanceof Invalid)
          problems = (error.details.errors ?? []).map((p) => ({ ...p, message: MESSAGES[p.field] ?? p.message }));
        else throw error;
      }
    }
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const { grounds, minutes, atMostMinutes } = await this.access.glassPractice(visit);
    return show(
      {
        form,
        minutes,
        atMostMinutes,
        held: isId(form.values['case']),
        grounds: grounds.map((g) => ({ value: g.code, text: g.title, hint: g.hint })),
      },
      status,
    );
  }
}
