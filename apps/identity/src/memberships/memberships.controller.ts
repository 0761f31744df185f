import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, Put } from '@nestjs/common';
import { ChangeMembershipDto, GrantMembershipDto, MembersQueryDto } from './memberships.dto';
import { MembershipsService } from './memberships.service';

@ContextController('identity', 'members')
export class MembershipsController {
  constructor(private readonly memberships: MembershipsService) {}

  @Get()
  @Describe({
    summary: 'Members of an organisation, for its administrator',
    action: 'membership.list',
    query: MembersQueryDto,
  })
  list(@Calling() call: Call) {
    return this.memberships.list(call);
  }

  @Post()
  @Describe({ summary: 'Make somebody a member', action: 'membership.grant', body: GrantMembershipDto, status: 201 })
  grant(@Calling() call: Call) {
    return this.memberships.grant(call);
  }

  @Put(':userId/:orgId')
  @Describe({ summary: 'Give a member other roles or areas', action: 'membership.change', body: ChangeMembershipDto })
  change(@Calling() call: Call, @Id('userId') userId: string, @Id('orgId') orgId: string) {
    return this.memberships.change(call, userId, orgId);
  }

  @Post(':userId/:orgId/revocation')
  @HttpCode(200)
  @Describe({ summary: 'End a membership, and with it all access', action: 'membership.revoke' })
  revoke(@Calling() call: Call, @Id('userId') userId: string, @Id('orgId') orgId: string) {
    return this.memberships.revoke(call, userId, orgId);
  }
}
