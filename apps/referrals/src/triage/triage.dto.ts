import { isId, triageDecisions, type TriageDecision } from '@concordat/contracts';
import { Words } from '@concordat/platform';
import { IsIn, IsOptional, Matches, ValidateBy, ValidateIf } from 'class-validator';

const Code = () => Matches(/^[a-z0-9][a-z0-9-]{0,63}$/, { message: 'This must be one of the codes' });

export class RateReferralDto {
  @Code() colour!: string;
  /** Needed when the colour changes. */
  @IsOptional() @Words() rationale?: string;
}

export class AssignReferralDto {
  /** A member of staff of the triaging agency; null for nobody. */
  @ValidateIf((dto: AssignReferralDto) => dto.assignedTo !== null)
  @ValidateBy(
    { name: 'isStaffId', validator: { validate: isId, defaultMessage: () => 'Choose a member of staff, or nobody' } },
    { context: { code: 'not-an-id' } },
  )
  assignedTo!: string | null;
}

export class AddTriageNoteDto {
  @Words(10_000) text!: string;
}

export class RequestInformationDto {
  @Words() question!: string;
  /** A reason of the pack's list `return`. */
  @IsOptional() @Code() reason?: string;
}

export class ReturnInformationDto {
  @Words(10_000) answer!: string;
}

export class DecideReferralDto {
  @IsIn(triageDecisions) outcome!: TriageDecision;
  /** Code of a pathway or forum that the pathway names. */
  @IsOptional() @Code() destination?: string;
  @IsOptional() @Code() reason?: string;
  @IsOptional() @Words() rationale?: string;
  /** The outcome as it is counted, where it is not the one that the reason implies. */
  @IsOptional() @Code() result?: string;
}

export class ReopenReferralDto {
  @Code() reason!: string;
  @Words() rationale!: string;
}

export class GiveFeedbackDto {
  @Words(10_000) text!: string;
}

export class WithdrawReferralDto {
  @Code() reason!: string;
  @IsOptional() @Words() rationale?: string;
}
