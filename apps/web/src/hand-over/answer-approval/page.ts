import { Conflict, Id, IllegalTransition, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Approvals } from '../../apis/approvals';
import { Directory } from '../../apis/directory';
import { Cases, headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { titleIn } from '../words';

const OUTCOMES = [
  { value: 'approved', text: 'Approve' },
  { value: 'rejected', text: 'Reject' },
];

/** Approves a stage of a case, or rejects it. */
@Page({
  at: 'cases/:id/approvals/:approvalId',
  folder: 'hand-over/answer-approval',
  may: 'approval.answer',
  states: ['empty', 'error', 'answered-already'],
})
export class AnswerApprovalPage {
  constructor(
    private readonly cases: Cases,
    private readonly approvals: Approvals,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('approvalId') approvalId: string): Promise<View> {
    const { approval } = await this.found(visit, id, approvalId);
    if (!approval.may.answer)
      throw new IllegalTransition('approval.not-open', 'This cannot be done now', approval.state);
    return this.page(visit, id, approvalId, formOf({ version: approval.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('approvalId') approvalId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const [outcome, comment] = [sent.text('outcome'), sent.text('comment')];
    let problems: readonly FieldProblem[] = [
      ...(outcome ? [] : [{ field: 'outcome', code: 'required', message: 'Select whether you approve' }]),
      ...(comment ? [] : [{ field: 'comment', code: 'required', message: 'Enter why' }]),
    ];
    if (problems.length === 0) {
      try {
        await this.approvals.answer(visit, approvalId, { outcome, comment }, { key: sent.key, version: sent.version });
        return redirect(`/cases/${id}/approvals?done=answered`);
      } catch (error) {
        if (error instanceof Conflict || error instanceof IllegalTransition)
          return this.page(visit, id, approvalId, formAgain(sent, []), 409, {
            ...{ closed: true, theirs: [], yours: [{ key: 'Why', value: comment ?? '' }] },
          });
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    return this.page(visit, id, approvalId, formAgain(sent, problems), 422);
  }

  private async found(visit: Visit, id: string, approvalId: string) {
    const { items, stages } = await this.approvals.ofCase(visit, id);
    const approval = items.find((a) => a.id === approvalId);
    if (!approval) throw new NotFound('approval');
    return { approval, title: titleIn(stages, approval.stage) };
  }

  private async page(
    visit: Visit,
    id: string,
    approvalId: string,
    form: Form,
    status = 200,
    conflict?: object,
  ): Promise<View> {
    const [opened, { approval, title }] = await Promise.all([
      this.cases.open(visit, id),
      this.found(visit, id, approvalId),
    ]);
    const names = await this.directory.names(visit, [approval.requestedBy]);
    return show(
      {
        ...{ record: opened.record, heading: headingOf(opened), form, conflict, stage: title, outcomes: OUTCOMES },
        ...{ approval, by: `${names.person(approval.requestedBy)}, ${names.organisation(approval.requestedOrg)}` },
      },
      status,
    );
  }
}
