import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Approvals } from '../../apis/approvals';
import { Directory } from '../../apis/directory';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { problemsIn } from '../whom';
import { choicesOf, titleIn } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  requested: 'Approval has been asked for',
  answered: 'Your answer is on record',
};

/** What of a case was approved, or is to be. */
@Page({
  at: 'cases/:id/approvals',
  folder: 'hand-over/approvals-of-case',
  may: 'case.view',
  states: ['empty', 'filled', 'read-only', 'error', 'open-already', 'conflict'],
})
export class ApprovalsOfCasePage {
  constructor(
    private readonly cases: Cases,
    private readonly approvals: Approvals,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, (version) => formOf({ version }), { done });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [stage, comment] = [sent.text('stage'), sent.text('comment')];
    const problems: FieldProblem[] = [];
    const needs = (field: string, message: string) => problems.push({ field, code: 'required', message });
    if (!stage || !/^[a-z][a-z0-9-]{0,99}$/.test(stage)) needs('stage', 'Select what is to be approved');
    if (!comment) needs('comment', 'Enter why it should be approved');
    if (problems.length > 0) return this.page(visit, id, () => formAgain(sent, problems), { status: 422 });
    try {
      await this.approvals.request(visit, id, stage!, { comment }, { key: sent.key, version: sent.version });
      return redirect(`/cases/${id}/approvals?done=requested`);
    } catch (error) {
      const wrong = problemsIn(error, { field: 'stage', message: 'Approval of this has been asked for already' });
      if (wrong) return this.page(visit, id, () => formAgain(sent, wrong), { status: 422 });
      const conflict = { closed: false, theirs: [], yours: [{ key: 'Why', value: comment ?? '' }] };
      return this.page(visit, id, (version) => formAgain(sent, [], { version }), { status: 409, conflict });
    }
  }

  private async page(
    visit: Visit,
    id: string,
    form: (version: number) => Form,
    more: { readonly status?: number; readonly done?: string | undefined; readonly conflict?: object },
  ): Promise<View> {
    const [opened, { items, stages, may }] = await Promise.all([
      this.cases.open(visit, id),
      this.approvals.ofCase(visit, id),
    ]);
    const names = await this.directory.names(
      visit,
      items.flatMap((a) => [a.requestedBy, a.answeredBy]),
    );
    const flash = more.done === undefined ? undefined : FLASHES[more.done];
    return show(
      {
        ...{ record: opened.record, heading: headingOf(opened), navigationOfCase: subNavigationOf(id, 'approvals') },
        ...{ form: form(opened.record.version), may, stages: choicesOf(stages), conflict: more.conflict },
        items: items.map((a) => ({
          ...a,
          title: titleIn(stages, a.stage),
          by: `${names.person(a.requestedBy)}, ${names.organisation(a.requestedOrg)}`,
          answeredBy: a.answeredBy && names.person(a.answeredBy),
        })),
        flash: flash ? { text: flash } : null,
      },
      more.status,
    );
  }
}
