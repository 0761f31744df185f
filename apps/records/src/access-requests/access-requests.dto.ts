import {
  accessItemDecisions,
  accessRequesters,
  accessRequestStates,
  accessRequestSteps,
  type AccessItemDecision,
  type AccessRequester,
  type AccessRequestState,
  type AccessRequestStep,
} from '@concordat/contracts';
import { IsCivilDay } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';

const SAID = /\S/;

/** A name as somebody gives it who asks. Sent in a body: it names somebody. */
export class FindPersonDto {
  @IsOptional() @IsString() @Matches(SAID) @MaxLength(100) given?: string;
  @IsString() @Matches(SAID, { message: 'Enter the family name' }) @MaxLength(100) family!: string;
}

export class RecordRequestDto {
  @IsUUID() personId!: string;
  @IsIn(accessRequesters) requester!: AccessRequester;
  @IsString() @Matches(SAID, { message: 'Enter who asks' }) @MaxLength(200) requesterName!: string;
  @IsCivilDay() receivedOn!: string;
  /** Whether it is known already that whoever asks is who they say, and may ask. */
  @IsBoolean() identityProven!: boolean;
}

export class ListRequestsDto {
  @IsOptional() @IsIn(accessRequestStates) state?: AccessRequestState;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}

export class TakeStepDto {
  @IsIn(accessRequestSteps) step!: AccessRequestStep;
  /** Needed for what keeps somebody waiting or sends work back: ask, extend, return, close. */
  @IsOptional() @IsString() @Matches(SAID) @MaxLength(2_000) reason?: string;
}

export class DecideItemDto {
  @IsIn(accessItemDecisions) decision!: AccessItemDecision;
  @IsBoolean() thirdParty!: boolean;
  /** A ground of the pack in force: GET /api/records/access-requests/practice. */
  @IsOptional() @IsString() @MaxLength(64) exemption?: string;
  /** Whose professional opinion the ground rests on. */
  @IsOptional() @IsString() @Matches(SAID) @MaxLength(2_000) opinion?: string;
  /** What is given in the place of the item. */
  @IsOptional() @IsString() @Matches(SAID) @MaxLength(50_000) redacted?: string;
}
