import { criterionAnswers, type CriterionAnswer } from '@concordat/contracts';
import { boardOnly, boardSorts, type BoardOnly, type BoardSort } from '../board';
import { nations, type Nation } from '../kind-test';
import { MOST_PAGES } from '../paged';
import { IsCivilDate, IsCivilDay, PartsOf, Text, Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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

const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

export class DatedDto {
  @Matches(CODE) code!: string;
  /** Year, month or day, as far as it is known. */
  @IsCivilDate() date!: string;
  @IsOptional() @IsBoolean() approximate?: boolean;
  @IsOptional() @IsUUID() party?: string;
}

export class RegisterReviewDto {
  @Matches(CODE, { message: 'Choose the kind of review' }) kind!: string;
  /** What happened, as far as it is known. Seen by whoever may see the review. */
  @Words(4_000) about!: string;
  @Words(200) notifier!: string;
  @IsOptional() @IsUUID('all', { message: 'Choose the area' }) areaId?: string;
  @PartsOf(60, () => DatedDto) dates?: DatedDto[];
  @IsOptional() @IsArray() @ArrayMaxSize(30) @IsUUID('all', { each: true }) parties?: string[];
}

export class KeepDateDto extends DatedDto {
  /** Why a date that was given before is corrected. */
  @Text(2_000) reason?: string;
}

export class AllowDatesDto {
  @Matches(CODE) earlier!: string;
  @Matches(CODE) later!: string;
  @Words(2_000) reason!: string;
}

export class KeepNoticeDto {
  @Matches(CODE, { message: 'Choose the notice' }) code!: string;
  @IsOptional() @IsCivilDay() sentOn?: string;
  @Text(200) how?: string;
  @Text(500) receipt?: string;
  @Text(2_000) reason?: string;
}

export class ConfirmDto {
  @Matches(CODE, { message: 'Choose what you confirm' }) guard!: string;
  @Words(4_000) evidence!: string;
}

export class ReviewCriterionDto {
  @Matches(CODE) code!: string;
  @IsIn(criterionAnswers) answer!: CriterionAnswer;
  @IsString() @MaxLength(4_000) evidence!: string;
}

export class ConsultedDto {
  @Matches(CODE) code!: string;
  /** Who of them answered or was asked. */
  @Text(200) person?: string;
  @IsOptional() @IsCivilDay() on?: string;
  @Text(4_000) view?: string;
  @IsOptional() @IsBoolean() noReply?: boolean;
}

export class DecideDto {
  @Matches(CODE, { message: 'Choose the outcome' }) outcome!: string;
  @Matches(CODE, { message: 'Choose the legal basis' }) legalBasis!: string;
  @PartsOf(40, () => ReviewCriterionDto) criteria?: ReviewCriterionDto[];
  @PartsOf(40, () => ConsultedDto) consulted?: ConsultedDto[];
  @Words(200) decider!: string;
  @Words(200) deciderRole!: string;
  @IsCivilDay() decidedOn!: string;
  @Words(10_000) rationale!: string;
  /** Conflicts of interest that were declared, or that there were none. */
  @Words(2_000) conflicts!: string;
  @Text(4_000) alternatives?: string;
  @Text(4_000) dissent?: string;
  /** The day on which it is looked at again. */
  @IsOptional() @IsCivilDay() reviewOn?: string;
  /** Who challenged an earlier decision, and what came of it. */
  @Text(4_000) challenge?: string;
}

export class AnswerKindDto {
  @Matches(/^[a-z0-9-]{1,64}\.[a-z0-9-]{1,64}$/) question!: string;
  @IsIn(criterionAnswers) answer!: CriterionAnswer;
}

export class TestKindsDto {
  @IsIn(nations, { message: 'Choose where it happened' }) nation!: Nation;
  @PartsOf(200, () => AnswerKindDto) answers!: AnswerKindDto[];
}

export class AdvanceDto {
  @Matches(/^[A-Z][A-Z0-9_]{1,39}$/) to!: string;
  @Text(2_000) reason?: string;
}

export class PauseDto {
  @Matches(CODE, { message: 'Choose why the review is paused' }) reason!: string;
  @Words(200) askedBy!: string;
  @Words(200) agreedBy!: string;
  @IsCivilDay() from!: string;
  @IsCivilDay() reviewOn!: string;
}

export class ResumeDto {
  @IsCivilDay() on!: string;
  @Matches(CODE, { message: 'Choose what ended the pause' }) ending!: string;
  /** The day of what ended it, such as a verdict or the end of an inquest. */
  @IsOptional() @IsCivilDay() endedOn?: string;
}

export class ExtendDto {
  @Matches(CODE) clock!: string;
  @IsOptional() @IsUUID() party?: string;
  @IsCivilDay() to!: string;
  @IsCivilDay() agreedOn!: string;
  @IsArray() @ArrayMaxSize(10) @Matches(CODE, { each: true }) approvers!: string[];
  @Words(2_000) reason!: string;
}

export class NameMemberDto {
  @IsUUID(undefined, { message: 'Choose somebody' }) userId!: string;
  @Words(100) seat!: string;
}

export class ListReviewsDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}

const SORTS = boardSorts.flatMap((sort): BoardSort[] => [sort, `-${sort}`]);

export class BoardDto {
  @IsOptional() @Matches(/^[a-z0-9-]{1,64}$/) kind?: string;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{1,39}$/) state?: string;
  @IsOptional() @IsIn(boardOnly) only?: BoardOnly;
  @IsOptional() @IsIn(SORTS) sort?: BoardSort;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(MOST_PAGES) page?: number;
}

/** Which page of a list. */
export class SheetDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(MOST_PAGES) page?: number;
}
