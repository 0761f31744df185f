import { Text } from '@concordat/platform';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

/** What is to be removed from the newest version of a text. */
export class RemoveDto {
  /** Words as they stand in it; every place at which they stand. */
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  @Matches(/[\p{L}\p{N}].*[\p{L}\p{N}]/su, {
    each: true,
    message: 'This must have two letters or digits at least',
  })
  passages!: string[];
  /** Whole lines, counted from 1. */
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(1_000_000, { each: true })
  lines!: number[];
}

export class KeepRedactedDto extends RemoveDto {
  /** What the copy is; it may not say what was removed. */
  @IsString() @MinLength(1) @MaxLength(200) title!: string;
  @Text(2_000) note?: string;
  @IsOptional() @IsBoolean() sensitive?: boolean;
  /** The version of the document that was looked at. */
  @IsInt() @Min(1) of!: number;
}
