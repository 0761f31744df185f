import { scopeNames, scopes, type FieldProblem } from '@concordat/contracts';
import { Invalid } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { ApiClients } from '../../apis/api-clients';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Administering } from '../opening';

const CHOICES = scopeNames.map((value) => ({ value, text: value, hint: scopes[value].says }));
const MESSAGES: Readonly<Record<string, string>> = {
  name: 'Enter what people call the system, at most 200 characters',
  scopes: 'Select at least one thing that it may do',
};

/** Registers a system of an agency; the answer to the form is the only page that shows its secret. */
@Page({
  at: 'administration/clients/register',
  folder: 'administration/client-register',
  may: 'client.register',
  states: ['empty', 'error', 'secret'],
})
export class RegisterClientPage {
  constructor(
    private readonly clients: ApiClients,
    private readonly administering: Administering,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('org') org?: string): Promise<View> {
    return this.page(visit, org, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted, @Query('org') org?: string): Promise<View> {
    const organisation = await this.administering.organisation(visit, org);
    const name = sent.text('name');
    const asked = sent.list('scopes');
    let problems: readonly FieldProblem[] = [
      ...(name ? [] : [missing('name')]),
      ...(asked.length > 0 ? [] : [missing('scopes')]),
    ];
    if (problems.length === 0) {
      try {
        const shown = await this.clients.register(visit, { orgId: organisation.id, name, scopes: asked }, sent.key);
        return show({ organisation, shown, name }, 200, 'secret.njk');
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map(({ field }) => missing(field.split('.')[0]!));
      }
    }
    return this.page(visit, org, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, org: string | undefined, form: Form, status = 200): Promise<View> {
    return show({ organisation: await this.administering.organisation(visit, org), form, choices: CHOICES }, status);
  }
}

const missing = (field: string): FieldProblem => ({
  field,
  code: 'required',
  message: MESSAGES[field] ?? 'This is not right',
});
