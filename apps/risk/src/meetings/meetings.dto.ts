import { meetingSteps, type MeetingStep } from '@concordat/contracts';
import { IsCivilDay, PartsOf, Text, Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** A day on which a forum meets; time and place are the forum's unless others are given. */
export class PlanMeetingDto {
  @IsCivilDay() heldOn!: string;
  @IsOptional() @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Enter a time like 09:30' }) startsAt?: string;
  @Text(200) place?: string;
}

/** Somebody who observes a meeting, named for it or withdrawn. */
export class KeepObserverDto {
  @IsIn(['name', 'withdraw']) do!: 'name' | 'withdraw';
  @IsUUID() userId!: string;
  /** The agency that they work for. */
  @IsUUID() orgId!: string;
  /** As whom they come. */
  @Text(400) why?: string;
}

/** Why a meeting is not held. */
export class CancelMeetingDto {
  @Words(2_000) reason!: string;
}

/** When and where a meeting is held instead, and why; the time and the place stay unless others are given. */
export class RearrangeMeetingDto extends PlanMeetingDto {
  @Words(2_000) reason!: string;
}

/** Which page of a forum's meetings. */
export class ListMeetingsDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

export class StepMeetingDto {
  @IsIn(meetingSteps) do!: MeetingStep;
  /** Of a session: that the confidentiality statement was read aloud. */
  @IsOptional() @IsBoolean() statementRead?: boolean;
}

export class OrderAgendaDto {
  @IsArray() @ArrayMaxSize(200) @ArrayUnique() @IsUUID('all', { each: true }) items!: string[];
}

class ConflictDto {
  @IsUUID() itemId!: string;
  @Words(2_000) reason!: string;
}

/** A signature: that one keeps what is said confidential, and in which cases one has a conflict of interest, or that in none. */
export class SignMeetingDto {
  @IsBoolean() agreed!: boolean;
  /** Of a member: an observer is let into each case by a chair. */
  @IsOptional() @IsBoolean() noConflict?: boolean;
  @PartsOf(50, () => ConflictDto) conflicts?: ConflictDto[];
}
