import { chronologySources, type ChronologySource } from '@concordat/contracts';
import { IsCivilDate, IsCivilDay, Narrative, PartsOf, Text } from '@concordat/platform';
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
  MinLength,
} from 'class-validator';

class CameFromDto {
  @IsIn(chronologySources) kind!: ChronologySource;
  @IsUUID() id!: string;
}

/** An entry of a chronology: when, what is fact, and what the writer thinks of it, apart. */
export class RecordEntryDto {
  /** As exactly as it is known: the year, the month or the day. */
  @IsCivilDate() starts!: string;
  @IsOptional() @IsCivilDate() ends?: string | null;
  /** About then, and not exactly. */
  @IsOptional() @IsBoolean() about?: boolean;
  @IsString() @MinLength(1) @MaxLength(64) category!: string;
  @IsString() @MinLength(1) @MaxLength(10_000) fact!: string;
  @Narrative() comment?: string | null;
  @Text(200) sourceRef?: string | null;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsUUID('all', { each: true }) people?: string[];
  @IsOptional() @IsBoolean() thirdParty?: boolean;
  @IsOptional() @IsBoolean() sensitive?: boolean;
  @PartsOf(20, () => CameFromDto) cameFrom?: CameFromDto[];
}

/** The whole entry as it should have been, and why. */
export class CorrectEntryDto extends RecordEntryDto {
  @IsString() @MinLength(1) @MaxLength(2_000) reason!: string;
}

export class WithdrawEntryDto {
  @IsString() @MinLength(1) @MaxLength(2_000) reason!: string;
}

export class SearchChronologyDto {
  @IsString() @MinLength(2) @MaxLength(200) text!: string;
}

export const chronologyOrders = ['oldest', 'newest'] as const;

export class ListChronologyDto {
  @IsOptional() @IsString() @MaxLength(64) category?: string;
  @IsOptional() @IsUUID() agency?: string;
  /** What may have happened on or after, and on or before, a day. */
  @IsOptional() @IsCivilDay() from?: string;
  @IsOptional() @IsCivilDay() to?: string;
  /** A search that was kept: words that may name somebody are in no address. */
  @IsOptional() @IsUUID() search?: string;
  /** The chronology as it stood at the end of a day in London. */
  @IsOptional() @IsCivilDay() asOf?: string;
  @IsOptional() @IsIn(chronologyOrders) order?: (typeof chronologyOrders)[number];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}

export class MergedChronologyDto {
  /** Ids of other cases, with commas between them. */
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,9}$/, { message: 'This must be ids of cases' })
  with?: string;
  @IsOptional() @IsCivilDay() from?: string;
  @IsOptional() @IsCivilDay() to?: string;

  others(): string[] {
    return this.with ? [...new Set(this.with.split(','))] : [];
  }
}

export class SameEventDto {
  @IsUUID() otherCase!: string;
  @IsUUID() otherEntry!: string;
}
