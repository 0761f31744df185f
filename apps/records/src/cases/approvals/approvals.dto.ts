import { Words } from '@concordat/platform';
import { IsIn } from 'class-validator';
import { approvalOutcomes, type ApprovalOutcome } from '../../approval';

export class RequestApprovalDto {
  @Words(2_000) comment!: string;
}
export class AnswerApprovalDto {
  @IsIn(approvalOutcomes) outcome!: ApprovalOutcome;
  @Words(2_000) comment!: string;
}
