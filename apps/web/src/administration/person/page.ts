import type { FieldProblem } from '@concordat/contracts';
import { Conflict, Id, IllegalTransition } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Members } from '../../apis/members';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { areasToChange, problemsOf, readPart } from '../membership-form';
import { Administering, type OpenedMember } from '../opening';
import { roleChoices, rolesInWords } from '../words';

/** One membership: other roles and areas, or a member again. Nobody changes their own. */
@Page({
  at: 'administration/people/:userId/:orgId',
  folder: 'administration/person',
  may: 'membership.change',
  states: ['member', 'own', 'ended', 'error', 'changed-meanwhile'],
})
export class PersonPage {
  constructor(
    private readonly members: Members,
    private readonly administering: Administering,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id('userId') userId: string, @Id('orgId') orgId: string): Promise<View> {
    const opened = await this.administering.member(visit, userId, orgId);
    const { roles, areas, version } = opened.member;
    return this.page(visit, opened, formOf({ values: { roles, areas }, version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id('userId') userId: string,
    @Id('orgId') orgId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const opened = await this.administering.member(visit, userId, orgId);
    const { member, areas } = opened;
    const { part, problems: missing } = readPart(sent, areasToChange(areas, visit.person.areas, member.areas).staying);
    let problems: readonly FieldProblem[] = missing;
    let meanwhile = false;
    if (problems.length === 0) {
      try {
        if (member.active) await this.members.change(visit, member, part, { key: sent.key, version: sent.version });
        else await this.members.grant(visit, { userId, orgId, ...part }, sent.key);
        return redirect(`/administration/people?org=${orgId}&done=${member.active ? 'changed' : 'granted'}`);
      } catch (error) {
        meanwhile = error instanceof Conflict && !(error instanceof IllegalTransition);
        problems = problemsOf(error);
      }
    }
    return this.page(visit, opened, formAgain(sent, problems, { version: member.version }), meanwhile, 422);
  }

  private page(visit: Visit, opened: OpenedMember, form: Form, meanwhile = false, status = 200): View {
    const { member, organisation, areas } = opened;
    const { choices, staying } = areasToChange(areas, visit.person.areas, member.areas);
    const nameOf = (id: string): string => areas.find((a) => a.id === id)?.name ?? 'Not known';
    return show(
      {
        ...{ member, organisation, form, meanwhile, roles: roleChoices, choices },
        own: member.userId === visit.person.id,
        staying: staying.map(({ name }) => name),
        now: { roles: rolesInWords(member.roles), areas: member.areas.map(nameOf).join(', ') },
      },
      status,
    );
  }
}
