import type { FieldProblem } from '@concordat/contracts';
import { Get, Post, Query } from '@nestjs/common';
import { Members } from '../../apis/members';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { areasToChange, problemsOf, readPart } from '../membership-form';
import { Administering } from '../opening';
import { roleChoices } from '../words';

/** Makes somebody who is new here a member. */
@Page({
  at: 'administration/people/add',
  folder: 'administration/add',
  may: 'membership.grant',
  states: ['empty', 'error'],
})
export class AddMemberPage {
  constructor(
    private readonly members: Members,
    private readonly administering: Administering,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('org') org?: string): Promise<View> {
    return this.page(visit, org, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted, @Query('org') org?: string): Promise<View | Redirect> {
    const { id: orgId } = await this.administering.organisation(visit, org);
    const { part, problems: missing } = readPart(sent, []);
    const [name, username, subject] = ['name', 'username', 'subject'].map((field) => sent.text(field));
    let problems: readonly FieldProblem[] = [
      ...(name ? [] : [{ field: 'name', code: 'required', message: 'Enter their name' }]),
      ...(username ? [] : [{ field: 'username', code: 'required', message: 'Enter a username' }]),
      ...missing,
    ];
    if (problems.length === 0) {
      try {
        await this.members.grant(visit, { orgId, name, username, ...(subject ? { subject } : {}), ...part }, sent.key);
        return redirect(`/administration/people?org=${orgId}&done=granted`);
      } catch (error) {
        problems = problemsOf(error);
      }
    }
    return this.page(visit, org, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, org: string | undefined, form: Form, status = 200): Promise<View> {
    const organisation = await this.administering.organisation(visit, org);
    const { areas } = await this.administering.reach(visit);
    const { choices } = areasToChange(areas, visit.person.areas, []);
    return show({ organisation, form, roles: roleChoices, choices }, status);
  }
}
