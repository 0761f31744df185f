import { demand } from '@concordat/access';
import { MembershipChanged, newId, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import {
  Conflict,
  expectVersion,
  Invalid,
  NotFound,
  SETTINGS,
  valid,
  type Call,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import {
  administering,
  change,
  grant,
  membershipChanged,
  revoke,
  stateOf,
  type Membership,
  type Standing,
} from '../membership';
import { Memberships, type Staff } from '../memberships.repository';
import { Organisations } from '../organisations.repository';
import { ChangeMembershipDto, GrantMembershipDto, MembersQueryDto } from './memberships.dto';

/** What administrators do: who is a member of what, with which roles, for which areas. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Members of an organisation as an administrator needs them: with username and version, revoked ones too. */
  list(call: Call) {
    return this.unit.read({ action: 'membership.list', call }, async (tx) => {
      demand(tx.actor, 'membership.list');
      const { org } = valid(MembersQueryDto, call.query);
      await this.demandReach(tx, 'membership.list', org);
      const members = await this.memberships.members(tx, org);
      tx.about({ objects: members.map((m) => ({ t: 'staff', id: m.userId })) });
      return { members: members.map(({ subject: _, decidedBy: __, ...told }) => told) };
    });
  }

  async grant(call: Call) {
    const done = await this.unit.run({ action: 'membership.grant', call }, async (tx) => {
      demand(tx.actor, 'membership.grant');
      const dto = valid(GrantMembershipDto, call.body);
      await this.demandReach(tx, 'membership.grant', dto.orgId);
      await this.mustExist(tx, dto);
      const staff = await this.staffFor(tx, dto);
      const stream = await tx.lock(staff.userId);
      const was = await this.memberships.find(tx, staff.userId, dto.orgId);
      const now = grant(tx.actor, { userId: staff.userId, orgId: dto.orgId }, partOf(dto), was);
      await this.memberships.saveStaff(tx, staff);
      return this.keep(tx, stream, now, staff.subject, was ?? NOWHERE);
    });
    return { ...done.value, receipt: done.receipt };
  }

  async change(call: Call, userId: string, orgId: string) {
    return this.alter('membership.change', call, userId, orgId, async (tx, was) => {
      const dto = valid(ChangeMembershipDto, call.body);
      await this.mustExist(tx, { ...dto, orgId });
      return change(tx.actor, was, partOf(dto));
    });
  }

  async revoke(call: Call, userId: string, orgId: string) {
    return this.alter('membership.revoke', call, userId, orgId, async (tx, was) => revoke(tx.actor, was));
  }

  /** A change of an existing membership: there (404), current (409), entitled (403), then `decide`. */
  private async alter(
    action: Action,
    call: Call,
    userId: string,
    orgId: string,
    decide: (tx: Tx, was: Membership) => Promise<Membership>,
  ) {
    const objects = [{ t: 'membership' as const, id: userId }];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      const stream = await tx.lock(userId);
      const was = await this.memberships.find(tx, userId, orgId);
      if (!was) throw new NotFound('membership');
      expectVersion(call, 'membership', was.version, () => differingParts(call.body, was));
      await this.demandReach(tx, action, orgId);
      const now = await decide(tx, was);
      tx.about({
        detail: { was: { roles: was.roles, areas: was.areas }, now: { roles: now.roles, areas: now.areas } },
      });
      return this.keep(tx, stream, now, was.subject, was);
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async keep(tx: Tx, stream: Stream, now: Membership, subject: string, place: Standing) {
    await this.memberships.save(tx, now, 'administrator');
    stream.publish(MembershipChanged, membershipChanged(now, subject, place));
    tx.about({ objects: [membershipOf(now)], recipients: [{ org: now.orgId }] });
    return { id: now.userId, orgId: now.orgId, version: now.version, status: stateOf(now) };
  }

  private async demandReach(tx: Tx, action: Action, orgId: string): Promise<void> {
    demand(tx.actor, action, { orgs: administering(orgId, tx.actor, await this.organisations.areas(tx)) });
  }

  /** Throws Invalid for an organisation or an area that is unknown or no longer in the partnership. */
  private async mustExist(tx: Tx, dto: { orgId: string; areas: readonly string[] }): Promise<void> {
    const live = async (list: Promise<readonly { id: string; active: boolean }[]>): Promise<Set<string>> =>
      new Set((await list).filter((x) => x.active).map((x) => x.id));
    const orgs = await live(this.organisations.all(tx));
    const areas = await live(this.organisations.areas(tx));
    const errors = dto.areas.flatMap((area, i) =>
      areas.has(area) ? [] : [{ field: `areas.${i}`, code: 'area.unknown', message: 'There is no such area' }],
    );
    if (!orgs.has(dto.orgId))
      errors.push({ field: 'orgId', code: 'organisation.unknown', message: 'There is no such organisation' });
    if (errors.length > 0) throw new Invalid(errors);
  }

  /** The person that the request means: known already, or new. Throws Invalid or Conflict. */
  private async staffFor(tx: Tx, dto: GrantMembershipDto): Promise<Staff> {
    if (dto.userId !== undefined) {
      const known = await this.memberships.staff(tx, dto.userId);
      if (!known) throw new Invalid([{ field: 'userId', code: 'staff.unknown', message: 'There is no such person' }]);
      return known;
    }
    const userId = newId();
    // Only the development identity provider calls people by our own ids.
    if (this.settings.production && dto.subject === undefined)
      throw new Invalid([{ field: 'subject', code: 'required', message: 'This is needed' }]);
    const staff: Staff = {
      ...{ userId, username: dto.username!, subject: dto.subject ?? userId, name: dto.name!, kind: 'person' },
    };
    const taken = await this.memberships.taken(tx, staff);
    if (taken) throw new Conflict(`staff.${taken}-taken`, 'Somebody else has this already', { differing: [taken] });
    return staff;
  }
}

/** What of the membership the request would have otherwise. */
function differingParts(body: unknown, was: Membership): string[] {
  const sent = (body ?? {}) as Partial<Record<'roles' | 'areas', unknown>>;
  return (['roles', 'areas'] as const).filter(
    (field) => sent[field] !== undefined && JSON.stringify(sent[field]) !== JSON.stringify(was[field]),
  );
}

const NOWHERE: Standing = { team: null, manager: null };
const partOf = ({ roles, areas }: ChangeMembershipDto) => ({ roles, areas });
const membershipOf = (m: Membership) => ({ t: 'membership' as const, id: m.userId, ver: String(m.version) });
