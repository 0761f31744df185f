import { seenAnswers, type SeenAnswer } from '@concordat/contracts';
import { IsCivilDate, PartsOf, Text, Texts, Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
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

const ITEM = /^[A-Z][A-Z0-9-]{1,39}$/;

export class GiveEvidenceDto {
  /** Year, month or day, as far as it is known. */
  @IsCivilDate() date!: string;
  @IsOptional() @IsBoolean() approximate?: boolean;
  /** What happened. The fact, apart from what anybody thinks of it. */
  @Words(4_000) event!: string;
  @Texts(20, 100) people?: string[];
  @Text(100) theme?: string;
  /** The agency’s own reference of the record that it is from. */
  @Words(200) source!: string;
  @IsIn(seenAnswers, { message: 'Choose whether somebody was seen or heard' }) seen!: SeenAnswer;
  @Text(2_000) decision?: string;
  @Text(2_000) comment?: string;
  @IsOptional() @IsBoolean() thirdParty?: boolean;
  @IsArray()
  @ArrayMinSize(1, { message: 'Choose what it tells of' })
  @ArrayMaxSize(20)
  @Matches(ITEM, { each: true })
  informs!: string[];
}

export class CorrectEvidenceDto extends GiveEvidenceDto {
  /** The item that it takes the place of. */
  @IsUUID(undefined, { message: 'Choose an entry' }) corrects!: string;
  @Words(1_000) why!: string;
}

/** An entry of the agency’s own in a case’s chronology, as it stands there. */
export class TakenEntryDto {
  @IsUUID() entryId!: string;
  @IsCivilDate() date!: string;
  @IsOptional() @IsBoolean() approximate?: boolean;
  @Words(4_000) event!: string;
  @Words(200) source!: string;
  @Text(2_000) comment?: string;
  @IsOptional() @IsBoolean() thirdParty?: boolean;
}

export class TakeEntriesDto {
  @PartsOf(100, () => TakenEntryDto) entries!: TakenEntryDto[];
  /** What all of them tell of. */
  @IsArray()
  @ArrayMinSize(1, { message: 'Choose what they tell of' })
  @ArrayMaxSize(20)
  @Matches(ITEM, { each: true })
  informs!: string[];
}

export class SameReviewEventDto {
  @IsUUID(undefined, { message: 'Choose an entry' }) one!: string;
  @IsUUID(undefined, { message: 'Choose another entry' }) other!: string;
  @Words(1_000) why!: string;
}

export class ReadChronologyDto {
  @IsOptional() @IsUUID() agency?: string;
  @IsOptional() @IsString() @MaxLength(100) person?: string;
  @IsOptional() @IsString() @MaxLength(100) theme?: string;
  /** A frozen version; the chronology as it stands when absent. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) version?: number;
}
