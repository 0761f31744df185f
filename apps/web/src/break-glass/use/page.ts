import { Conflict, Id, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Access } from '../../apis/access';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { told } from '../told';

/** One emergency opening: who, when, why; and what its review found, or the form for it. */
@Page({
  at: 'break-glass/uses/:id',
  folder: 'break-glass/use',
  may: 'glass.list',
  states: ['to-review', 'error', 'reviewed'],
})
export class GlassUsePage {
  constructor(
    private readonly access: Access,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, (version) => formOf({ version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [outcome, note] = [sent.text('outcome'), sent.text('note')];
    let problems: FieldProblem[] = [
      ...(outcome ? [] : [{ field: 'outcome', code: 'required', message: 'Select what the review found' }]),
      ...(note ? [] : [{ field: 'note', code: 'required', message: 'Enter why' }]),
    ];
    if (problems.length === 0) {
      try {
        await this.access.reviewGlass(visit, id, { outcome, note }, { key: sent.key, version: sent.version });
        return redirect('/break-glass/uses?done=reviewed');
      } catch (error) {
        if (error instanceof Invalid) problems = [...(error.details.errors ?? [])];
        else if (error instanceof RuleBroken)
          problems = [
            { field: 'note', code: error.code, message: 'Somebody else must review what you opened yourself' },
          ];
        else if (error instanceof Conflict)
          problems = [{ field: 'note', code: error.code, message: 'Somebody else has reviewed this first' }];
        else throw error;
      }
    }
    return this.page(visit, id, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async page(visit: Visit, id: string, form: (version: number) => Form, status = 200): Promise<View> {
    const [use, practice] = await Promise.all([this.access.glassUse(visit, id), this.access.glassPractice(visit)]);
    const names = await this.directory.names(visit, [use.userId, use.reviewedBy]);
    return show(
      {
        use: told(use, names, practice),
        form: form(use.version),
        outcomes: use.outcomes.map((o) => ({ value: o.code, text: o.title, hint: o.hint })),
        opensBreach: use.outcome === 'not-justified' && visit.may('breach.open'),
        trail: visit.may('trail.read') && use.caseId !== null,
      },
      status,
    );
  }
}
