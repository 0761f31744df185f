import {
  actions,
  actKinds,
  actOutcomes,
  actsOfAdministration,
  type Action,
  type ActKind,
  type ActOutcome,
} from '@concordat/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { AGREEMENT_ID } from '../under-agreement';

/** Which part of the trail. All given conditions hold together; `all` says that none is wanted. */
export class TrailQueryDto {
  @IsOptional() @IsUUID() case?: string;
  @IsOptional() @IsUUID() person?: string;
  @IsOptional() @IsUUID() user?: string;
  @IsOptional() @IsUUID() agency?: string;
  /** The id of an agreement, of whichever version. */
  @IsOptional() @Matches(AGREEMENT_ID) agreement?: string;
  @IsOptional() @IsIn(['true']) all?: 'true';
  /** A day in London, or a time in UTC; both ends are included. */
  @IsOptional() @IsString() @MaxLength(30) from?: string;
  @IsOptional() @IsString() @MaxLength(30) to?: string;
  @IsOptional() @IsIn(actions) action?: Action;
  /** What was done: who read, changed, disclosed, searched, exported, was refused, or broke the glass. */
  @IsOptional() @IsIn(actKinds) kind?: ActKind;
  @IsOptional() @IsIn(actOutcomes) outcome?: ActOutcome;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

/** Which disclosures: all given conditions hold together; `all` says that none of the ids is wanted. */
export class DisclosuresQueryDto {
  @IsOptional() @IsUUID() case?: string;
  @IsOptional() @IsUUID() person?: string;
  @IsOptional() @IsUUID() agency?: string;
  /** The id of an agreement, of whichever version. */
  @IsOptional() @Matches(AGREEMENT_ID) agreement?: string;
  @IsOptional() @IsIn(['true']) all?: 'true';
  /** A day in London, or a time in UTC; both ends are included. */
  @IsOptional() @IsString() @MaxLength(30) from?: string;
  @IsOptional() @IsString() @MaxLength(30) to?: string;
  /** Those alone of which the two ends do not say the same: unacknowledged, unsolicited or mismatched. */
  @IsOptional() @IsIn(['true']) unmatched?: 'true';
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

/** Of whom and when: all given conditions hold together. Days are days in London, times are UTC; both ends are included. */
class DaysQueryDto {
  @IsOptional() @IsUUID() user?: string;
  @IsOptional() @IsString() @MaxLength(30) from?: string;
  @IsOptional() @IsString() @MaxLength(30) to?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

/** Which looks at a case, and at what of it. */
export class AccessesQueryDto extends DaysQueryDto {
  @IsOptional() @IsUUID() document?: string;
}

/** Which acts of administration: all given conditions hold together. */
export class AdministrationQueryDto extends DaysQueryDto {
  @IsOptional() @IsUUID() agency?: string;
  @IsOptional() @IsIn(actsOfAdministration) action?: Action;
  @IsOptional() @IsIn(actOutcomes) outcome?: ActOutcome;
}
