import { IsCivilDay, PartOf, Text, Words } from '@concordat/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Max,
  Min,
} from 'class-validator';

export class AskManagementReviewDto {
  @IsArray()
  @ArrayMinSize(1, { message: 'Choose the agencies to ask' })
  @ArrayMaxSize(60)
  @IsUUID('all', { each: true })
  agencies!: string[];
  @IsCivilDay() from!: string;
  @IsCivilDay() to!: string;
  @IsCivilDay() dueOn!: string;
}

export class SubmissionDto {
  @Words(200) author!: string;
  @IsBoolean() independent!: boolean;
  @Words(200) signer!: string;
  @IsCivilDay() signedOn!: string;
  @IsCivilDay() from!: string;
  @IsCivilDay() to!: string;
  @Words(2_000) records!: string;
  @IsInt() @Min(0) @Max(9_999) staffSeen!: number;
  @Text(200) clearance?: string;
  @IsInt({ message: 'Choose the version of the terms of reference that it answers' }) @Min(1) terms!: number;
  @IsBoolean() goodPractice!: boolean;
  @IsInt() @Min(0) @Max(999) recommendations!: number;
}

export class SubmitDto {
  @IsIn(['start', 'submit', 'refuse']) move!: 'start' | 'submit' | 'refuse';
  @PartOf(() => SubmissionDto) submission?: SubmissionDto;
  @Text(2_000) reason?: string;
}

export class JudgeDto {
  @IsIn(['accept', 'return', 'waive', 'escalate']) move!: 'accept' | 'return' | 'waive' | 'escalate';
  @IsOptional() @IsBoolean() analysis?: boolean;
  @IsOptional() @IsBoolean() smart?: boolean;
  @Text(2_000) reason?: string;
}
