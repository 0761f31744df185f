import { IsCivilDay, Text } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength, ValidateIf } from 'class-validator';
import { importFormats, type ImportFormat } from '../../imported-file';
import { RecordEntryDto } from '../chronology.dto';

/** A file whole, as text. What a request may hold bounds it. */
export class CheckFileDto {
  @IsIn(importFormats) format!: ImportFormat;
  @IsString() @MinLength(1) content!: string;
  /** Of records of another system, which name no case here: the reference of the case that they are of. */
  @ValidateIf((o: CheckFileDto) => o.format === 'mais')
  @IsString({ message: 'Enter the reference of the case' })
  @MinLength(1, { message: 'Enter the reference of the case' })
  @MaxLength(40)
  case?: string;
}

/** Which part of a report: the rows of a page, in the order of the file, all of them or those that are wrong. */
export class ReportQueryDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) page?: number;
  @IsOptional() @IsIn(['wrong']) only?: 'wrong';
}

/** What an imported entry says: an entry of a chronology, and who wrote it down in the other system, on what day. */
export class ImportedEntryDto extends RecordEntryDto {
  @Text(200) author?: string;
  @IsOptional() @IsCivilDay() recordedOn?: string;
}

/** A row of a file: the entry, the case that it belongs to and what the other system calls it. */
export class ImportedRowDto extends ImportedEntryDto {
  @IsString() @MinLength(1) @MaxLength(200) record!: string;
  @IsString() @MinLength(1) @MaxLength(40) case!: string;
}
