import { IsCivilDay, Text } from '@concordat/platform';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { RecordEntryDto } from './chronology.dto';

/** What an imported entry says: an entry of a chronology, and who wrote it down in the other system, on what day. */
export class ImportedEntryDto extends RecordEntryDto {
  @Text(200) author?: string;
  @IsOptional() @IsCivilDay() recordedOn?: string;
}

/** A row of a file: the entry, the case that it belongs to and what the other system calls it. */
export class ImportedRowDto extends ImportedEntryDto {
  @IsString() @MinLength(1) @MaxLength(200) record!: string;
  @IsString() @MinLength(1) @MaxLength(200) case!: string;
}
