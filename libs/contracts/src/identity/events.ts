import { IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { EventType } from '../event';
import { roles, type Role } from '../permissions';

/** Kinds of agency (domain/information-sharing.md §1). */
export const agencyTypes = [
  'COUNCIL',
  'POLICE',
  'NHS',
  'ICB',
  'PROBATION',
  'FIRE',
  'HOUSING',
  'VCS',
  'EDUCATION',
  'PRISON',
] as const;
export type AgencyType = (typeof agencyTypes)[number];

@EventType('identity.organisation-changed.v1', 'An organisation joined the partnership, or its particulars changed.')
export class OrganisationChanged {
  @IsUUID() orgId!: string;
  @IsIn(agencyTypes) agencyType!: AgencyType;
  @IsBoolean() active!: boolean;
}

@EventType('identity.area-changed.v1', 'An area (hub) was added, or another organisation now triages for it.')
export class AreaChanged {
  @IsUUID() areaId!: string;
  @IsUUID() leadOrg!: string;
  @IsBoolean() active!: boolean;
}

@EventType('identity.membership-changed.v1', 'A member of staff gained, changed or lost roles in an organisation.')
export class MembershipChanged {
  @IsUUID() userId!: string;
  /** The subject claim by which the identity provider knows this person: opaque, never a name or an address. */
  @IsString() @MaxLength(255) subject!: string;
  @IsUUID() orgId!: string;
  @IsArray() @IsIn(roles, { each: true }) roles!: Role[];
  @IsArray() @IsUUID('all', { each: true }) areas!: string[];
  @IsBoolean() active!: boolean;
  /** Whether referrals may be addressed to this account (a system account's may not). */
  @IsOptional() @IsBoolean() mayReceive?: boolean;
  /** The team, which may reach across organisations. Opaque: its name stays with identity. */
  @IsOptional() @IsUUID() teamId?: string;
  /** Whoever may answer for this person: their manager. */
  @IsOptional() @IsUUID() managerId?: string;
}
