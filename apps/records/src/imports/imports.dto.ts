import { IMPORT_SOURCE, importKinds, type ImportKind } from '@concordat/contracts';
import { Type } from 'class-transformer';
import {
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
  ValidateIf,
} from 'class-validator';
import { importFormats, type ImportFormat } from '../imported-file';

/** A file whole, as text. What a request may hold bounds it. */
export class CheckFileDto {
  /** What it holds; entries of chronologies unless said. */
  @IsOptional() @IsIn(importKinds) kind?: ImportKind;
  /** The system that it comes from, called the same each time; needed for cases and people. */
  @IsOptional()
  @MaxLength(40)
  @Matches(IMPORT_SOURCE, { message: 'This must be a short name in small letters and digits' })
  source?: string;
  /** The area of the cases in it. */
  @IsOptional() @IsUUID() areaId?: string;
  @IsIn(importFormats) format!: ImportFormat;
  @IsString() @MinLength(1) content!: string;
  /** Of records of Social Care Data, which name no case here: the reference of the case that they are of. */
  @ValidateIf((o: CheckFileDto) => o.format === 'mais')
  @IsString({ message: 'Enter the reference of the case' })
  @MinLength(1, { message: 'Enter the reference of the case' })
  @MaxLength(40)
  case?: string;
}

/**
 * Which part of a report: the rows of a page, in the order of the file; all of them, those that are wrong, or with `to-mend` those
 * that are wrong while there is one, and all otherwise.
 */
export class ReportQueryDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) page?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
  @IsOptional() @IsIn(['wrong', 'to-mend']) only?: 'wrong' | 'to-mend';
}

/** Whom somebody in a file is, among those who were offered; null: none of them. */
export class DecideMatchDto {
  @IsOptional() @IsUUID() personId?: string | null;
}

/** Files that were checked, a page of them. */
export class ListImportsDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) page?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
}

/** How a file that was checked is brought in. */
export class StartImportDto {
  /** Whether what it says otherwise than when it was brought in before is corrected here; left as it is unless said. */
  @IsOptional() @IsBoolean() corrections?: boolean;
}
