import { Id, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Members } from '../../apis/members';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { problemsOf } from '../membership-form';
import { Administering, type OpenedMember } from '../opening';

/** Ends a membership, and with it all access, within the time that revocation takes to be known everywhere. */
@Page({
  at: 'administration/people/:userId/:orgId/end',
  folder: 'administration/end',
  may: 'membership.revoke',
  states: ['confirm', 'error'],
})
export class EndMembershipPage {
  constructor(
    private readonly members: Members,
    private readonly administering: Administering,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id('userId') userId: string, @Id('orgId') orgId: string): Promise<View> {
    const opened = await this.open(visit, userId, orgId);
    return view(opened, formOf({ version: opened.member.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id('userId') userId: string,
    @Id('orgId') orgId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const opened = await this.open(visit, userId, orgId);
    try {
      await this.members.revoke(visit, opened.member, { key: sent.key, version: sent.version });
      return redirect(`/administration/people?org=${orgId}&done=ended`);
    } catch (error) {
      const problems = problemsOf(error).map((p) => ({ ...p, field: 'end' }));
      return view(opened, formAgain(sent, problems, { version: opened.member.version }), 422);
    }
  }

  /** Throws NotFound for a membership that has ended, and for the visitor's own. */
  private async open(visit: Visit, userId: string, orgId: string): Promise<OpenedMember> {
    const opened = await this.administering.member(visit, userId, orgId);
    if (!opened.member.active || userId === visit.person.id) throw new NotFound('membership');
    return opened;
  }
}

const view = ({ member, organisation }: OpenedMember, form: Form, status = 200): View =>
  show({ member, organisation, form }, status);
