import { Conflict, Id, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Agreements, type AgreementView } from '../../apis/agreements';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Signs the terms for one's organisation: those whose hash is on the page, and no others. */
@Page({ at: 'agreements/:id/sign', folder: 'agreements/sign', may: 'agreement.sign', states: ['asking', 'error'] })
export class SignAgreementPage {
  constructor(private readonly agreements: Agreements) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const view = await this.agreements.view(visit, id);
    return this.page(visit, view, formOf({ version: view.version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const view = await this.agreements.view(visit, id);
    const [contentHash, reference] = [sent.text('contentHash'), sent.text('reference')];
    let problems: FieldProblem[] = sent.ticked('read')
      ? []
      : [{ field: 'read', code: 'required', message: 'Confirm that you have read the terms and may sign them' }];
    if (problems.length === 0) {
      try {
        const body = { contentHash, ...(reference ? { reference } : {}) };
        await this.agreements.take(visit, id, 'signatures', body, { key: sent.key, version: sent.version });
        return redirect(`/agreements/${id}?done=signed`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [
            { field: 'read', code: error.code, message: 'The terms have changed since you read them. Read them again' },
          ];
        else if (error instanceof RuleBroken)
          problems = [
            { field: 'read', code: error.code, message: 'The terms do not name who signs for your organisation' },
          ];
        else throw error;
      }
    }
    return this.page(visit, view, formAgain(sent, problems, { version: view.version }), 422);
  }

  private page(visit: Visit, view: AgreementView, form: Form, status = 200): View {
    if (!view.may.sign) throw new NotFound('page');
    const { id, document, contentHash } = view;
    const organisation = visit.person.organisation;
    const signatory = document.parties.find((p) => p.orgId === organisation.id)?.signatory;
    return show(
      { ...{ id, document, contentHash, form, organisation, signatory }, back: { href: `/agreements/${id}` } },
      status,
    );
  }
}
