import { Text } from '@concordat/platform';
import { IsBoolean, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min, MinLength } from 'class-validator';
import { Type } from 'class-transformer';

export class KeepDocumentDto {
  /** The file, uploaded before. */
  @IsUUID() uploadId!: string;
  @IsString() @MinLength(1) @MaxLength(200) title!: string;
  @Text(2_000) note?: string;
  @IsOptional() @IsBoolean() sensitive?: boolean;
  /** The document of the case of which this is a redacted copy. */
  @IsOptional() @IsUUID() redactionOf?: string;
}

export class NewVersionDto {
  @IsUUID() uploadId!: string;
  @IsString() @MinLength(1) @MaxLength(2_000) reason!: string;
}

export class OpenDocumentDto {
  /** The version wanted; the newest unless given. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) version?: number;
}
